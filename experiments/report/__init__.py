"""Scrive il rapporto di risultati finiti, HTML e PDF / write the report of finished results."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from experiments._help import CommandParser
from experiments.refusal import refuse

if TYPE_CHECKING:
    from experiments.report.analyses import Analyses

EXAMPLES = (
    ("", "degli ultimi risultati, in italiano / of the latest results, in Italian"),
    ("results/latest --lang en --output my_report", "in inglese, altrove / in English, elsewhere"),
    ("latest --sensitivity FOLDER --discover FOLDER", "con altre analisi / with other analyses too"),
)


def main(arguments: list[str]) -> int:
    """Write the report of a folder of results and return the exit code."""
    chosen = _parser().parse_args(arguments)
    from experiments.report.analyses import Analyses
    from experiments.report.words import word
    from experiments.results import ResultsError, results_folder

    try:
        folder = results_folder(chosen.results)
        named = Analyses(chosen.sensitivity, chosen.discover)
        written = write_report(folder, chosen.lang, chosen.output, named, pdf=chosen.pdf)
    except ResultsError as error:
        return refuse(error)
    print(word("written", chosen.lang, files=", ".join(map(_short, written))))
    return 0


def _parser() -> CommandParser:
    parser = CommandParser("report")
    parser.add_argument(
        "results", nargs="?", default="latest", metavar="RESULTS",
        help="cartella di risultati / folder of results (latest)",
    )  # fmt: skip
    parser.add_argument("--lang", choices=("it", "en"), default="it", help="lingua / language (it)")
    parser.add_argument(
        "--output", type=Path, metavar="FOLDER",
        help="dove scrivere / where to write (RESULTS/report)",
    )  # fmt: skip
    parser.add_argument(
        "--sensitivity", type=Path, metavar="FOLDER",
        help="analisi da citare / analysis to tell of: results of `sensitivity`",
    )  # fmt: skip
    parser.add_argument(
        "--discover", type=Path, metavar="FOLDER",
        help="dove la riforma fallisce / where the reform fails: results of `discover`",
    )  # fmt: skip
    parser.add_argument("--no-pdf", dest="pdf", action="store_false", help="solo HTML / HTML alone")
    return parser


def write_report(
    folder: Path, lang: str, output: Path | None = None, analyses: Analyses | None = None, *, pdf: bool = True
) -> list[Path]:
    """Write the report of a folder of results; return the files written.

    `output` is a folder, by default `report` within the results. Without the library Pango the PDF is left
    out, and a line on standard error says what to install. Raises ResultsError, in one line, when a folder
    has no results or the report cannot be written.
    """
    from experiments.report.analyses import Analyses
    from experiments.report.building import build_report
    from experiments.report.folder import read_results
    from experiments.report.page import NoPangoError, render, write_pdf
    from experiments.report.words import word
    from experiments.results import results_errors

    results = read_results(folder)
    analyses = analyses or Analyses()
    analyses.check()
    target = output or results.folder / "report"
    with results_errors(target), tempfile.TemporaryDirectory() as scratch:
        report = build_report(results, analyses, lang, Path(scratch))
        target.mkdir(parents=True, exist_ok=True)
        files = [_put(target / f"report_{lang}.html", render(report, lang).encode())]
        if pdf:
            drawn = Path(scratch) / "report.pdf"
            try:
                write_pdf(render(report, lang, printed=True), drawn, results.manifest["run_id"])
                files.append(_put(target / f"report_{lang}.pdf", drawn.read_bytes()))
            except NoPangoError:
                print(word("no_pango", lang), file=sys.stderr)
    return files


def _put(path: Path, content: bytes) -> Path:
    """Write a file aside, then put it in its place."""
    aside = path.with_name(f".{path.name}.part")
    aside.write_bytes(content)
    aside.replace(path)
    return path


def _short(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
