"""Reports as pages: valid, whole in themselves, escaped, spoken, the same every time; and their PDF."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from experiments import report as command
from experiments.comparison_communes import VERDICTS
from experiments.report import write_report
from experiments.report.analyses import Analyses
from experiments.report.page import import_weasyprint
from experiments.report.words import words
from tests.report.conftest import TITLE, Made, parsed

LANGUAGES = ("it", "en")
WHICH = (
    "report",
    pytest.param("other_report", marks=pytest.mark.long),
    pytest.param("several_report", marks=pytest.mark.long),
    pytest.param("search_report", marks=pytest.mark.long),
    pytest.param("goal_report", marks=pytest.mark.long),
)
SECTIONS = ("law", "indicators", "who", "paths", "money", "instruments")
SHARED = ("dependence", "limits", "provenance")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("which", WHICH)
def test_the_page_is_valid_and_asks_for_nothing(
    which: str, lang: str, request: pytest.FixtureRequest
) -> None:
    made: Made = request.getfixturevalue(which)
    page = made.pages[lang]
    tree = parsed(page)
    assert tree.attrib["lang"] == lang
    assert tree.find("head/title").text
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag not in ("script", "link", "iframe", "object", "embed", "base")
        for name in ("src", "href", "srcset", "data", "poster", "action"):
            if name in element.attrib:
                assert element.attrib[name].startswith(("data:", "#")), element.attrib[name][:60]
    for address in re.findall(r"url\(([^)]{0,40})", page):
        assert address.startswith("data:")
    assert "@import" not in page
    identifiers = [one.attrib["id"] for one in tree.iter() if "id" in one.attrib]
    assert len(identifiers) == len(set(identifiers))
    links = {one.attrib["href"][1:] for one in tree.iter("a") if one.attrib["href"].startswith("#")}
    assert links <= set(identifiers)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("which", WHICH)
def test_every_image_speaks(which: str, lang: str, request: pytest.FixtureRequest) -> None:
    images = list(parsed(request.getfixturevalue(which).pages[lang]).iter("img"))
    assert images
    for image in images:
        assert 20 < len(image.attrib["alt"]) <= 400


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_and_texts_are_escaped(report: Made, lang: str) -> None:
    page = report.pages[lang]
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    tree = parsed(page)
    assert any(TITLE in "".join(one.itertext()) for one in tree.iter("p"))
    assert not [one for one in tree.iter("img") if "example.invalid" in one.attrib["src"]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_section_is_there_and_says_something(report: Made, lang: str) -> None:
    tree = parsed(report.pages[lang])
    found = {one.attrib["id"]: one for one in tree.iter("section") if "id" in one.attrib}
    wanted = [f"{reform}-{key}" for reform in ("hostile",) for key in SECTIONS] + list(SHARED)
    assert list(found) == wanted
    for key, section in found.items():
        assert len("".join(section.itertext())) > 100, key
    law = "".join(found["hostile-law"].itertext())
    for year in ("2027", "2029"):
        assert year in law


def test_all_words_are_there_in_both_languages_and_used() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in Path(command.__file__).parent.rglob("*")
        if path.suffix in (".py", ".html")
    )
    sources += " ".join(f'"{verdict}"' for verdict in VERDICTS)
    for key, told in words().items():
        italian, english = told["it"], told["en"]
        assert italian, key
        assert english, key
        assert set(re.findall(r"{\w+}", italian)) == set(re.findall(r"{\w+}", english)), key
        family = key.partition("_")[0]
        assert f'"{key}"' in sources or f'f"{family}_{{' in sources, key


def test_pages_are_in_their_own_language(report: Made) -> None:
    italian, english = (re.sub(r"<[^>]+>", " ", report.pages[lang]) for lang in LANGUAGES)
    for text in ("Che cosa cambia", "Provenienza", "legislazione vigente"):
        assert text in italian
        assert text not in english
    for text in ("What changes", "Provenance", "present law"):
        assert text in english
        assert text not in italian
    for text in ("significativ", "previsioni "):
        assert text not in italian


def test_the_pdf_opens_with_title_and_language(report: Made) -> None:
    try:
        import_weasyprint()
    except OSError:
        pytest.skip("the library Pango is missing: reports are HTML alone")
    reader = PdfReader(report.output / "report_it.pdf")
    assert reader.metadata is not None
    assert "Area Vasta" in str(reader.metadata.title)
    root: Any = reader.trailer["/Root"]
    assert str(root["/Lang"]).startswith("it")
    assert "/MarkInfo" in root
    assert len(reader.pages) > 5
    width, height = (float(side) / 72 * 2.54 for side in reader.pages[0].mediabox[2:])
    assert width == pytest.approx(21.0, abs=0.1)
    assert height == pytest.approx(29.7, abs=0.1)
    first = reader.pages[0].extract_text()
    assert "Area Vasta" in first
    assert f"1 di {len(reader.pages)}" in re.sub(r"\s+", " ", first)


@pytest.mark.long
def test_the_same_results_give_the_same_page(compared: Path, report: Made, tmp_path: Path) -> None:
    (again,) = write_report(compared, "it", tmp_path, pdf=False)
    assert again.read_text(encoding="utf-8") == report.pages["it"]


def test_without_pango_the_page_is_written_and_one_line_says_what_to_install(
    compared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("experiments.report.page.import_weasyprint", _no_library)
    assert command.main([str(compared), "--output", str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert told.err.count("\n") == 1
    assert "apt install libpango-1.0-0 libpangoft2-1.0-0" in told.err
    assert [path.name for path in tmp_path.iterdir()] == ["report_it.html"]


def _no_library() -> None:
    raise OSError("cannot load library 'libpango-1.0-0'")


@pytest.mark.long
def test_an_analysis_is_told(compared: Path, analysed: Path, tmp_path: Path) -> None:
    (path,) = write_report(compared, "it", tmp_path, Analyses(analysed), pdf=False)
    tree = parsed(path.read_text(encoding="utf-8"))
    section = next(one for one in tree.iter("section") if one.attrib.get("id") == "dependence")
    told = "".join(section.itertext())
    assert json.loads((analysed / "manifest.json").read_text())["run_id"] in told
    assert list(section.iter("img"))


@pytest.mark.long
def test_where_reforms_fail_is_told(project: Path, compared: Path, tmp_path: Path) -> None:
    from experiments._hydra import run_hydra
    from experiments.discover.command import discover
    from tests.report.conftest import TOY, quiet

    found, cut = tmp_path / "found", "scenario.equalisation.cut_per_head: {low: 0, high: 60}"
    with quiet():
        arguments = [
            f"discover.factors={{{cut}, parameters.cost.duplication: {{}}}}", "discover.points=40",
            "discover.criterion.of=level", "discover.criterion.at_least=100",
            "discover.reforms=[hostile,fund_cut]", f"output={found}",
        ]  # fmt: skip
        assert run_hydra([*TOY, *arguments], "discover", discover, project) == 0
    (path,) = write_report(compared, "en", tmp_path, Analyses(discovery=found), pdf=False)
    section = next(
        one
        for one in parsed(path.read_text(encoding="utf-8")).iter("section")
        if one.attrib.get("id") == "conditions"
    )
    told = "".join(section.itertext())
    assert TITLE in told
    assert len(list(section.iter("li"))) == 1
    assert len(list(section.iter("img"))) == 2
    (path,) = write_report(found, "it", tmp_path / "alone", pdf=False)
    page = path.read_text(encoding="utf-8")
    parsed(page)
    assert "Rimpianto massimo" in page


@pytest.mark.long
def test_one_pair_and_no_ablation(project: Path, tmp_path: Path) -> None:
    from experiments._hydra import run_hydra
    from experiments.compare import compare
    from tests.report.conftest import TOY, quiet

    with quiet():
        arguments = ["reforms=[fund_cut]", "run.draws=0", "run.replicates=1", f"output={tmp_path / 'one'}"]
        assert run_hydra([*TOY, *arguments], "compare", compare, project) == 0
    (path,) = write_report(tmp_path / "one", "en", tmp_path / "report", pdf=False)
    page = path.read_text(encoding="utf-8")
    parsed(page)
    assert "ablate=true" in page
    assert "central value" in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_folders_that_are_no_results_are_refused_in_one_line(
    lang: str, compared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lacking, broken = tmp_path / "lacking", tmp_path / "broken"
    for folder, text in ((lacking, '{"command": "compare"}'), (broken, "{")):
        folder.mkdir()
        (folder / "manifest.json").write_text(text)
    half = tmp_path / "half"
    half.mkdir()
    (half / "manifest.json").write_bytes((compared / "manifest.json").read_bytes())
    cases = [[str(tmp_path / "nowhere")], [str(lacking)], [str(broken)], [str(half)], [str(tmp_path)]]
    cases += [[str(compared), option, str(compared)] for option in ("--sensitivity", "--discover")]
    for arguments in cases:
        assert command.main([*arguments, "--lang", lang, "--output", str(tmp_path / "out")]) == 2
        told = capsys.readouterr()
        assert told.err.count("\n") == 1, told.err
        assert "Traceback" not in told.err
    assert not (tmp_path / "out").exists()
