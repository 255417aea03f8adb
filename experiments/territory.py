"""`python -m experiments territory`: build the tables of a territory, or check those in a folder."""

import argparse
import sys
from pathlib import Path

from areavasta.functions import load_catalogue
from areavasta.territory import Territory, TerritoryError, load_territory

SHIPPED = Path(__file__).resolve().parents[1] / "model" / "areavasta" / "territories"
"""Folder of the territories that the project ships."""


def main(arguments: list[str]) -> int:
    """Run `build` or `check`; return 0 when all is well, 2 when something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m experiments territory", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="build the tables from published figures (extra 'build')")
    build.add_argument("folder", nargs="?", type=Path, default=SHIPPED / "emilia_romagna")
    check = commands.add_parser("check", help="check the tables in a folder and list every problem")
    check.add_argument("folder", type=Path)
    chosen = parser.parse_args(arguments)
    return _build(chosen.folder) if chosen.command == "build" else _check(chosen.folder)


def _build(folder: Path) -> int:
    from experiments.territory_build import BuildError, build_territory

    try:
        files = build_territory(folder.resolve())
    except (BuildError, TerritoryError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{len(files)} files written to {folder}")
    return 0


def _check(folder: Path) -> int:
    from experiments.territory_drawing import drawing_problems

    try:
        territory = load_territory(folder, frozenset(load_catalogue().keys))
    except TerritoryError as error:
        print(error, file=sys.stderr)
        return 2
    problems = drawing_problems(folder, territory.codes)
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 2
    print(_summary(territory))
    return 0


def _summary(territory: Territory) -> str:
    return (
        f"OK: {territory.key}, {len(territory.codes)} communes, {int(territory.population.sum())} residents, "
        f"{len(territory.union_keys)} unions, {len(territory.area_keys)} areas"
    )
