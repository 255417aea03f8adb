"""Holdings: the competence table resolved into one row for each holder of each function in each commune."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from areavasta.rules.sums import positions, sum_by

Numbers = NDArray[np.float64]
Index = NDArray[np.intp]

COMMUNE, UNION, AREA, REGION = range(4)
"""Positions of the levels on every level axis."""

LEVELS = 4
"""Their number."""

AGENCY, DISTRICT = LEVELS, LEVELS + 1
"""Further forms in which communes hold a function; the levels themselves are the others."""

FORMS = LEVELS + 2
"""Number of forms."""

MONEY_LEVELS = 3
"""Levels between which resources move: communal (commune, union or agency), area, region."""


KEPT = {"place", "function", "cell", "first"}
"""Columns of holdings that stay as they are where each commune keeps as many rows for a function."""


@dataclass(frozen=True)
class Providers:
    """Positions of bodies that deliver: as accounts up to the region, then the districts.

    `area_of` and `district_of` give the area and district of each place.
    """

    communes: int
    unions: int
    areas: int
    districts: int
    area_of: Index
    district_of: Index

    @property
    def area(self) -> int:
        """Position of the first area."""
        return self.communes + self.unions

    @property
    def agency(self) -> int:
        """Position of the agency of all communes."""
        return self.area + self.areas

    @property
    def region(self) -> int:
        """Position of the region."""
        return self.agency + 1

    @property
    def district(self) -> int:
        """Position of the first district."""
        return self.region + 1

    @property
    def count(self) -> int:
        """Number of providers."""
        return self.district + self.districts

    @cached_property
    def bodies(self) -> Index:
        """Provider of each place by form, (place, form); for a union, to which its number is to be added."""
        body = np.empty((self.communes, FORMS), dtype=np.intp)
        body[:, COMMUNE] = np.arange(self.communes)
        body[:, UNION] = self.communes
        body[:, AREA] = self.area + self.area_of
        body[:, REGION] = self.region
        body[:, AGENCY] = self.agency
        body[:, DISTRICT] = self.district + self.district_of
        return body


@dataclass(frozen=True)
class Holdings:
    """A row for each share of a function that a commune needs, ordered by place, function and level.

    `provider` delivers, `body` pays suppliers for it (communes in a district or an agreement pay for
    themselves; an agreement's provider is the commune that leads it). `joint` marks what a union, a
    district or an agreement holds, `agreed` what an agreement does. `pool` numbers the (provider, function)
    pairs that are held: `pool_provider` and `pool_function` name them, `pool_pair` is their position in a
    ravelled table (provider, function), `pool_members` the number of communes that share each. `cell` is
    place times functions plus function, `code` cell times levels plus level: positions in ravelled tables
    (place, function) and (place, function, level). `money_cell` numbers place and level that has the money
    (communal, area, region). `overlap` is 1 less the sum of squared shares of the cell. `first` is the first
    row of each place, and the number of rows at the end, (place + 1,).
    """

    place: Index
    function: Index
    level: Index
    provider: Index
    body: Index
    share: Numbers
    code: Index
    cell: Index
    first: Index
    overlap: Numbers
    pool: Index
    pool_provider: Index
    pool_function: Index
    pool_pair: Index
    pool_members: Index
    money_cell: Index
    joint: NDArray[np.bool_]
    agreed: NDArray[np.bool_]

    @cached_property
    def money_code(self) -> Index:
        """Cell times money levels plus the level that has the money."""
        return money_codes(self.cell, self.level)

    def rows_of(self, places: Index) -> Index:
        """Return the rows of some places, in order."""
        asked = np.zeros(self.first.size - 1, dtype=bool)
        asked[places] = True
        return positions(asked.take(self.place))


class Spending(NamedTuple):
    """What was spent on each holding of a year, EUR, (row,); of the holdings only what tells whose it was."""

    cell: Index
    level: Index
    share: Numbers
    spent: Numbers


def money_codes(cell: Index, level: Index) -> Index:
    """Return positions in a ravelled table (place, function, level that has the money), (row,)."""
    return np.asarray(cell * MONEY_LEVELS + np.maximum(level - 1, 0))


def communal_share(shares: Numbers) -> Numbers:
    """Return the share that communes hold, themselves or in unions, (place, function)."""
    return np.asarray(shares[:, :, COMMUNE] + shares[:, :, UNION])


def resolve_shares(law: Numbers, delegated: NDArray[np.bool_], member: NDArray[np.bool_]) -> Numbers:
    """Return the shares that hold in each place, (place, function, level), from those of the law.

    What the law gives to unions stays with a commune that is in none; what a commune delegated goes
    whole to its union.
    """
    shares = law.copy()
    to_commune = np.where(member[:, np.newaxis], 0.0, shares[:, :, UNION])
    shares[:, :, COMMUNE] += to_commune
    shares[:, :, UNION] -= to_commune
    to_union = np.where(delegated & member[:, np.newaxis], shares[:, :, COMMUNE], 0.0)
    shares[:, :, UNION] += to_union
    shares[:, :, COMMUNE] -= to_union
    return shares


class Holders(NamedTuple):
    """Who holds functions in each form.

    `union` of each place, -1 outside; `forms` in which each level holds a function, (function, level);
    `lead` is the commune that leads the agreement of a place for a function, -1 where there is none,
    (place, function).
    """

    providers: Providers
    union: Index
    forms: Index
    lead: Index


def build_holdings(shares: Numbers, needed: NDArray[np.bool_], holders: Holders) -> Holdings:
    """Return the rows of all shares above zero of functions that are needed, (place, function)."""
    columns, functions = _columns(np.arange(needed.shape[0]), shares, needed, holders), needed.shape[1]
    pair = columns["provider"] * functions + columns["function"]
    first = np.searchsorted(columns["place"], np.arange(needed.shape[0] + 1))
    return Holdings(first=first, **columns, **_pools(pair, functions))


def reassign(
    before: Holdings, places: Index, shares: Numbers, needed: NDArray[np.bool_], holders: Holders
) -> Holdings:
    """Return what `build_holdings` does, from the rows before functions changed holder in some places.

    Most changes give a function from one holder to another: each commune keeps as many rows for it.
    """
    new = _columns(places, shares, needed, holders)
    rows = before.rows_of(places)
    if not np.array_equal(new["cell"], before.cell.take(rows)):
        return build_holdings(shares, needed, holders)
    columns = {name: getattr(before, name) for name in KEPT}
    for name in new.keys() - KEPT:
        columns[name] = getattr(before, name).copy()
        columns[name][rows] = new[name]
    pair, functions = before.pool_pair.take(before.pool), needed.shape[1]
    pair[rows] = new["provider"] * functions + new["function"]
    return Holdings(**columns, **_pools(pair, functions))


def _columns(
    places: Index, shares: Numbers, needed: NDArray[np.bool_], holders: Holders
) -> dict[str, NDArray[Any]]:
    """Return the columns of the rows of some places, in their order, but for those of pools."""
    functions = shares.shape[1]
    held = (shares[places] > 0) & needed[places, :, np.newaxis]
    number, level = np.divmod(held.ravel().nonzero()[0], LEVELS)
    which, function = np.divmod(number, functions)
    place = places.take(which)
    cell = place * functions + function
    code = cell * LEVELS + level
    share = shares.take(code)
    form = holders.forms.take(function * LEVELS + level)
    leader = holders.lead.take(cell)
    agreed, in_district = (form == COMMUNE) & (leader >= 0), form == DISTRICT
    bodies = holders.providers.bodies[places]
    bodies[:, UNION] += holders.union[places]
    provider = bodies.take(which * FORMS + form)
    np.copyto(provider, leader, where=agreed)
    squares = sum_by(number, share * share, places.size * functions)
    return {
        "place": place,
        "function": function,
        "level": level,
        "provider": provider,
        "body": np.where(in_district | agreed, place, provider),
        "share": share,
        "code": code,
        "cell": cell,
        "overlap": 1.0 - squares.take(number),
        "money_cell": place * MONEY_LEVELS + np.maximum(level - 1, 0),
        "joint": (form == UNION) | in_district | agreed,
        "agreed": agreed,
    }


def _pools(pair: Index, functions: int) -> dict[str, NDArray[Any]]:
    """Return the columns that number the pairs of provider and function held, from the pair of each row."""
    communes = np.bincount(pair)
    pairs = positions(communes > 0)
    number = np.empty_like(communes)
    number[pairs] = np.arange(pairs.size)
    return {
        "pool": number.take(pair),
        "pool_provider": pairs // functions,
        "pool_function": pairs % functions,
        "pool_pair": pairs,
        "pool_members": communes.take(pairs),
    }


def forms_of(by_agency: NDArray[np.bool_], by_district: NDArray[np.bool_]) -> Index:
    """Return the form in which each level holds a function, (function, level): the level but for communes.

    `by_agency` and `by_district` say which functions communes hold through the agency or a district,
    (function,).
    """
    form = np.repeat(np.arange(LEVELS)[np.newaxis], by_agency.size, axis=0)
    form[by_district, COMMUNE] = DISTRICT
    form[by_agency, COMMUNE] = AGENCY
    return form
