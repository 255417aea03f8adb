"""Costruisce, verifica, abbozza le tabelle di un territorio / build, check, sketch a territory."""

from pathlib import Path

from areavasta.functions import load_catalogue
from areavasta.territory import Territory, TerritoryError, load_territory
from experiments._help import CommandParser
from experiments.refusal import refuse

ROOT = Path(__file__).resolve().parents[2]

SHIPPED = ROOT / "model" / "areavasta" / "territories"
"""Folder of the territories that the project ships."""

EXAMPLES = (
    ("build region=Toscana", "le tabelle di una regione, poi / of a region, then: compare territory=toscana"),
    ("build region=Toscana,Umbria", "più regioni insieme / several regions as one territory"),
    ("build region=italia special=flag", "tutta l’Italia / all of Italy, special statutes flagged"),
    ("template my_territory", "un esempio da completare, ogni colonna spiegata / an example to fill in"),
    ("check my_territory", "ogni errore delle tabelle, poi / every problem, then: compare territory.folder="),
)


def main(arguments: list[str]) -> int:
    """Run `build`, `check` or `template`; return 0 when all is well, 2 when something is wrong."""
    parser = CommandParser("territory")
    build = parser.add_part(
        "build", "Costruisce le tabelle di una regione / build the tables of a region (`make env-research`)"
    )
    build.add_argument(
        "what", nargs="*", default=[str(SHIPPED / "emilia_romagna")],
        metavar="region=NAME[,NAME] [special=flag] | FOLDER",
    )  # fmt: skip
    check = parser.add_part("check", "Elenca ogni errore delle tabelle / list every problem of tables")
    check.add_argument("folder", type=Path, metavar="FOLDER")
    template = parser.add_part("template", "Scrive un esempio spiegato / write an example, explained")
    template.add_argument("folder", type=Path, metavar="FOLDER")
    chosen = parser.parse_args(arguments)
    if chosen.command == "build":
        return _build(chosen.what)
    return _check(chosen.folder) if chosen.command == "check" else _template(chosen.folder)


def _build(what: list[str]) -> int:
    from experiments.territory.build import BuildError, build_territory
    from experiments.territory.build_italy import build_regions
    from experiments.territory.regions import UnknownRegionError

    given = dict(word.partition("=")[::2] for word in what if "=" in word)
    folders = [word for word in what if "=" not in word]
    unknown = [key for key in given if key not in ("region", "special")]
    if (
        unknown
        or given.get("special", "flag") != "flag"
        or ("region" in given) == bool(folders)
        or len(folders) > 1
    ):
        told = "territory build takes region=NAME[,NAME], with special=flag if need be, or one folder"
        return refuse(f"{told}; it was given {' '.join(what)}")
    try:
        if folders:
            files = build_territory(Path(folders[0]).resolve())
            print(f"{len(files)} files written to {folders[0]}")
            return 0
        key, files = build_regions(given["region"], "special" in given, ROOT)
    except (BuildError, UnknownRegionError, TerritoryError, OSError) as error:
        return refuse(error)
    print(_summary(load_territory(files[0].parent)))
    print(f"python -m experiments compare territory={key}")
    return 0


def _template(folder: Path) -> int:
    from experiments.territory.template import write_template

    try:
        files = write_template(folder)
    except OSError as error:
        return refuse(f"{folder}: {error.strerror or error}")
    print(f"{len(files)} files written to {folder}; README.md there explains every column")
    return 0


def _check(folder: Path) -> int:
    from experiments.territory.drawing import drawing_problems

    try:
        territory = load_territory(folder, frozenset(load_catalogue().keys))
    except TerritoryError as error:
        return refuse(error)
    problems = drawing_problems(folder, territory.codes)
    if problems:
        return refuse(*problems)
    print(_summary(territory))
    return 0


def _summary(territory: Territory) -> str:
    return (
        f"OK: {territory.key}, {len(territory.codes)} communes, {int(territory.population.sum())} residents, "
        f"{len(territory.union_keys)} unions, {len(territory.area_keys)} areas"
    )
