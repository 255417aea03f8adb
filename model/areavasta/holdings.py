"""Holdings: the competence table resolved into one row for each holder of each function in each commune."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from areavasta.rules.sums import sum_by

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


@dataclass(frozen=True)
class Holdings:
    """A row for each share of a function that a commune needs, ordered by place, function and level.

    `provider` delivers, `body` pays suppliers for it (communes in a district or an agreement pay for
    themselves; an agreement's provider is the commune that leads it). `joint` marks what a union, a
    district or an agreement holds, `agreed` what an agreement does. `pool` numbers the (provider, function)
    pairs that are held: `pool_provider` and `pool_function` name them, `pool_pair` is their position in a
    ravelled table (provider, function), `pool_members` the number of communes that share each, and
    `log_members` its log by row. `cell` is place times functions plus function, `code` cell times levels
    plus level: positions in ravelled tables (place, function) and (place, function, level). `money_cell`
    numbers place and level that has the money (communal, area, region). `overlap` is 1 less the sum of
    squared shares of the cell.
    """

    place: Index
    function: Index
    level: Index
    provider: Index
    body: Index
    share: Numbers
    code: Index
    cell: Index
    overlap: Numbers
    pool: Index
    pool_provider: Index
    pool_function: Index
    pool_pair: Index
    pool_members: Index
    log_members: Numbers
    money_cell: Index
    joint: NDArray[np.bool_]
    agreed: NDArray[np.bool_]

    @cached_property
    def money_code(self) -> Index:
        """Cell times money levels plus the level that has the money."""
        return money_codes(self.cell, self.level)


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


def build_holdings(
    shares: Numbers,
    needed: NDArray[np.bool_],
    union: Index,
    providers: Providers,
    by_agency: NDArray[np.bool_],
    by_district: NDArray[np.bool_],
    lead: Index,
) -> Holdings:
    """Return the rows of all shares above zero of functions that are needed, (place, function).

    `by_agency` and `by_district` say which functions communes hold through the agency or a district,
    shape (function,); `lead` is the commune that leads the agreement of a place for a function, -1 where
    there is none, (place, function).
    """
    functions = shares.shape[1]
    code = (shares.ravel() > 0).nonzero()[0]
    cell = code // LEVELS
    if not needed.all():
        rows = needed.ravel().take(cell).nonzero()[0]
        code, cell = code.take(rows), cell.take(rows)
    level = code - cell * LEVELS
    place = cell // functions
    function = cell - place * functions
    form = _forms(by_agency, by_district).take(function * LEVELS + level)
    provider = _holders(union, providers).take(place * FORMS + form)
    leader = lead.take(cell)
    agreed = (form == COMMUNE) & (leader >= 0)
    np.copyto(provider, leader, where=agreed)
    share = shares.take(code)
    squares = sum_by(cell, share * share, shares.shape[0] * functions)
    pair = provider * functions + function
    communes = np.bincount(pair)
    pairs = np.flatnonzero(communes > 0)
    members = communes.take(pairs)
    number = np.zeros_like(communes)
    number[pairs] = np.arange(pairs.size)
    pool = number.take(pair)
    in_district = form == DISTRICT
    return Holdings(
        place=place,
        function=function,
        level=level,
        provider=provider,
        body=np.where(in_district | agreed, place, provider),
        share=share,
        code=code,
        cell=cell,
        overlap=1.0 - squares.take(cell),
        pool=pool,
        pool_provider=pairs // functions,
        pool_function=pairs % functions,
        pool_pair=pairs,
        pool_members=members,
        log_members=np.log(members).take(pool),
        money_cell=place * MONEY_LEVELS + np.maximum(level - 1, 0),
        joint=(form == UNION) | in_district | agreed,
        agreed=agreed,
    )


def _forms(by_agency: NDArray[np.bool_], by_district: NDArray[np.bool_]) -> Index:
    """Return the form in which each level holds a function, (function, level): the level but for communes."""
    form = np.repeat(np.arange(LEVELS)[np.newaxis], by_agency.size, axis=0)
    form[by_district, COMMUNE] = DISTRICT
    form[by_agency, COMMUNE] = AGENCY
    return form


def _holders(union: Index, providers: Providers) -> Index:
    """Return the provider of each place by form, (place, form)."""
    holder = np.empty((union.size, FORMS), dtype=np.intp)
    holder[:, COMMUNE] = np.arange(union.size)
    holder[:, UNION] = providers.communes + union
    holder[:, AREA] = providers.area + providers.area_of
    holder[:, REGION] = providers.region
    holder[:, AGENCY] = providers.agency
    holder[:, DISTRICT] = providers.district + providers.district_of
    return holder
