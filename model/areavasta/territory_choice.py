"""The territory that settings name: shipped tables, a folder of tables, or a generated one."""

from functools import lru_cache
from pathlib import Path

from areavasta.functions import load_catalogue
from areavasta.settings import TerritoryChoice
from areavasta.synthetic import generate_territory
from areavasta.territory import Territory, load_territory

SHIPPED = Path(__file__).parent / "territories"
"""Folder of the territories that the package ships."""


def shipped_territories() -> tuple[str, ...]:
    """Return the names of the shipped territories."""
    return tuple(sorted(path.parent.name for path in SHIPPED.glob("*/communes.csv")))


def territory_folder(choice: TerritoryChoice) -> Path | None:
    """Return the folder of tables of a choice, None for a generated territory."""
    if choice.synthetic_communes:
        return None
    return Path(choice.folder) if choice.folder else SHIPPED / choice.name


def chosen_territory(choice: TerritoryChoice) -> Territory:
    """Return the territory of a choice; raise TerritoryError with every problem of its tables."""
    folder = territory_folder(choice)
    if folder is None:
        return generate_territory(choice.synthetic_communes, choice.synthetic_seed)
    return _loaded(folder)


@lru_cache(maxsize=8)
def _loaded(folder: Path) -> Territory:
    return load_territory(folder, frozenset(load_catalogue().keys))
