"""Put charts of a finished comparison into `results/gallery/`: `make gallery` runs the comparison first."""

import shutil
import sys
from pathlib import Path

from experiments.charts.listing import ChartEntry, read_charts
from experiments.language import LANGUAGES
from experiments.refusal import refuse
from experiments.results import RESULTS, ResultsError, read_manifest, results_folder

GALLERY = RESULTS / "gallery"

SHOWN = (
    "multilevel_governance_2_effects", "multilevel_governance_3_map", "multilevel_governance_4_groups",
    "multilevel_governance_1_paths_cost", "multilevel_governance_5_instruments_cost",
    "multilevel_governance_6_flows",
)  # fmt: skip
"""Names of the charts that the gallery shows, in its order."""

HEADINGS = {
    "it": ("Galleria", "La riforma «{title}» a confronto con la legislazione vigente"),
    "en": ("Gallery", "The reform “{title}” compared with present law"),
}

RUN = {
    "it": "{territory}, {first}–{last}, {pairs} repliche; esecuzione {run}, impostazioni {settings}.",
    "en": "{territory}, {first}–{last}, {pairs} runs; run {run}, settings {settings}.",
}

REFORM = "multilevel_governance"
"""The reform whose charts are shown."""


def main(arguments: list[str]) -> int:
    """Renew the gallery from a folder of results, by default the latest; return the exit code."""
    try:
        written = make_gallery(results_folder(arguments[0] if arguments else "latest"), GALLERY)
    except ResultsError as error:
        return refuse(error)
    print("\n".join(path.name for path in written))
    return 0


def make_gallery(folder: Path, gallery: Path) -> list[Path]:
    """Copy the charts shown and write what each says; return the files, those of earlier galleries removed.

    Raises ResultsError when the results lack a chart.
    """
    entries = {(one.name, one.lang): one for one in read_charts(folder / "charts")}
    shown = [entries.get((name, lang)) for name in SHOWN for lang in LANGUAGES]
    if None in shown:
        raise ResultsError(f"{folder}: lacks charts of the gallery; `make gallery` makes all of them")
    gallery.mkdir(parents=True, exist_ok=True)
    for old in gallery.glob("*.png"):
        old.unlink()
    written = [_copied(one, gallery) for one in shown if one is not None]
    page = gallery / "README.md"
    page.write_text(_page(folder, [one for one in shown if one is not None]), encoding="utf-8")
    return [*written, page]


def _copied(one: ChartEntry, gallery: Path) -> Path:
    return Path(shutil.copyfile(one.files["png"], gallery / _name(one)))


def _name(one: ChartEntry) -> str:
    return f"{one.name}_{one.lang}.png"


def _page(folder: Path, shown: list[ChartEntry]) -> str:
    manifest = read_manifest(folder)
    parts = []
    for lang in LANGUAGES:
        heading, of = HEADINGS[lang]
        told = RUN[lang].format(
            territory=manifest["territory"]["name"][lang], first=manifest["first_year"],
            last=manifest["horizon"], pairs=manifest["pairs"], run=manifest["run_id"],
            settings=manifest["settings_hash"],
        )  # fmt: skip
        title = manifest["scenarios"][REFORM]["title"][lang]
        parts.append(f"# {heading}\n\n{of.format(title=title)}. {told}\n")
        parts += [
            f"## {one.title}\n\n![{one.alternative}]({_name(one)})\n\n{one.caption}\n"
            for one in shown
            if one.lang == lang
        ]
    return "\n".join(parts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
