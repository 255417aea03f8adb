"""`python -m experiments store`: what is in a store, whether it is sound, and how to get it out."""

import argparse
from pathlib import Path

from experiments._help import CommandParser
from experiments.refusal import refuse
from experiments.results import ResultsError

SHIPPED = Path(__file__).resolve().parents[2] / "results" / "store"
"""Store that commands use when they are not told another."""

DONE = 0
"""Exit code when all is well."""


def store(arguments: list[str]) -> int:
    """Run `list`, `check`, `export` or `clean`; return 0 when all is well, 2 when something is wrong."""
    chosen = _parser().parse_args(arguments)
    try:
        if not chosen.store.is_dir():
            raise ResultsError(
                f"{chosen.store}: there is no store; `sweep` makes one, or name it with --store"
            )
        work = {"list": _list, "check": _check, "export": _export, "clean": _clean}[chosen.command]
        return work(chosen)
    except ResultsError as error:
        return refuse(error)


def _parser() -> CommandParser:
    parser = CommandParser("store")
    parser.add_argument(
        "--store", type=Path, default=SHIPPED, metavar="FOLDER", help="cartella / folder (results/store)"
    )
    parser.add_part("list", "Quante simulazioni, di quale codice / how many runs, of which code")
    parser.add_part("check", "Rilegge ogni file e nomina i guasti / read every file, name what is damaged")
    export = parser.add_part("export", "Scrive una tabella / write one table (.csv, .parquet)")
    export.add_argument("path", type=Path, help="file .csv o / or .parquet")
    export.add_argument(
        "--record",
        default="indicators",
        help="che cosa / what: indicators, last_year, communes, o un nome di / or a name of list",
    )
    clean = parser.add_part("clean", "Toglie resti e file guasti / remove leftovers and damaged files")
    clean.add_argument(
        "--old",
        action="store_true",
        help="anche le simulazioni di altre versioni del codice / runs of other versions of the code too",
    )
    clean.add_argument(
        "--failed",
        action="store_true",
        help="anche quelle fallite, che così si ritentano / failed runs too, so that they are tried again",
    )
    return parser


def _list(chosen: argparse.Namespace) -> int:
    from experiments.store.upkeep import holdings

    held = holdings(chosen.store)
    for one in held:
        print(one)
    if not held:
        print("0")
    return DONE


def _check(chosen: argparse.Namespace) -> int:
    from experiments.store.upkeep import check

    runs, problems = check(chosen.store)
    print(f"{runs} simulazioni integre, {len(problems)} guasti / {runs} sound runs, {len(problems)} problems")
    return refuse(*problems) if problems else DONE


def _export(chosen: argparse.Namespace) -> int:
    from experiments.store.export import export

    rows = export(chosen.store, chosen.path, chosen.record)
    print(f"{chosen.path}: {rows} righe / rows")
    return DONE


def _clean(chosen: argparse.Namespace) -> int:
    from experiments.store.upkeep import clean

    files, size = clean(chosen.store, old=chosen.old, failed=chosen.failed)
    print(f"{files} file, {size / 1e6:.1f} MB: tolti / removed")
    return DONE
