"""Why a commune has a value: the tree behind each quantity that results record of communes."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from areavasta.functions import DOMAINS
from areavasta.holdings import UNION
from areavasta.model import TerritorialModel
from areavasta.staff import staff_by_row
from areavasta.wellbeing import AMPI_BASE, AMPI_RANGE
from experiments import language
from experiments.explain.books import explain_books, explain_transfers
from experiments.explain.holders import Holders, Row
from experiments.explain.services import explain_cost, explain_service
from experiments.explain.tree import Node, Operation, Unit, total
from experiments.explain.words import say
from experiments.factor_names import function_name

Explain = Callable[[TerritorialModel, int, str], Node]


def explain_commune(model: TerritorialModel, place: int, lang: str, indicator: str | None = None) -> Node:
    """Return the tree behind a quantity of a commune in the year that closed last.

    Without one: its books and its services, side by side. Raises KeyError for a quantity that is not in
    EXPLAINED, ValueError before any year has closed.
    """
    if indicator is not None:
        return EXPLAINED[indicator](model, place, lang)
    parts = (explain_books(model, place, lang), explain_service(model, place, lang))
    name, year = model.territory.names[place], str(model.year)
    return Node(f"commune/{model.territory.codes[place]}", f"{name}, {year}",
                float(model.state.population[place]), Unit.count, lang, children=parts)  # fmt: skip


def _leaf(
    key: str, unit: Unit, read: Callable[[TerritorialModel, int], float], note: str,
    model: TerritorialModel, place: int, lang: str,
) -> Node:  # fmt: skip
    told = say(note, lang) if note else ""
    return Node(key, say(key, lang), float(read(model, place)), unit, lang, Operation.leaf, told)


def _need(model: TerritorialModel, place: int, lang: str) -> Node:
    children = tuple(
        Node(f"need/{key}", function_name(key, lang), float(model.state.need[place, number]),
             Unit.euro_per_head, lang)
        for number, key in enumerate(model.catalogue.keys)
        if model.communal[number]
    )  # fmt: skip
    return total("need", say("need", lang), lang, children, Unit.euro_per_head)


def _communal_rows(model: TerritorialModel, place: int, lang: str) -> list[Row]:
    """Return the holdings whose money is communal: the commune, its union, district or agency."""
    return [row for row in Holders.of(model).rows_of(place, lang) if row.level_of_government <= UNION]


def _residents(model: TerritorialModel, place: int, lang: str) -> Node:
    amount = max(float(model.state.population[place]), 1.0)
    return Node("residents", say("residents", lang), amount, Unit.count, lang)


def _over_residents(
    key: str, label: str, above: Node, model: TerritorialModel, place: int, lang: str
) -> Node:
    residents = _residents(model, place, lang)
    return Node(key, label, above.plain / residents.amount, Unit.euro_per_head, lang, Operation.ratio,
                children=(above, residents))  # fmt: skip


def _cost(model: TerritorialModel, place: int, lang: str) -> Node:
    children = tuple(
        _named(explain_cost(f"{_key(model, row)}/{row.key}", row, lang), model, row, lang)
        for row in _communal_rows(model, place, lang)
    )
    above = total("cost/euro", say("euro", lang), lang, children, Unit.euro)
    return _over_residents("cost", say("cost_column", lang), above, model, place, lang)


def _key(model: TerritorialModel, row: Row) -> str:
    return model.catalogue.keys[row.function]


def _named(node: Node, model: TerritorialModel, row: Row, lang: str) -> Node:
    """Return a node that goes by the function and says who holds it."""
    label = function_name(_key(model, row), lang)
    return Node(node.key, label, node.amount, node.unit, lang, node.operation, row.holder, node.children)


def _spending(model: TerritorialModel, place: int, lang: str) -> Node:
    children = []
    for row in _communal_rows(model, place, lang):
        at = f"{_key(model, row)}/{row.key}"
        level = Node(f"{at}/level", say("level", lang), row.level, Unit.factor, lang)
        spent = Node(f"{at}/spent", "", row.spent, Unit.euro, lang, Operation.product,
                     children=(explain_cost(at, row, lang), level))  # fmt: skip
        children.append(_named(spent, model, row, lang))
    above = total("spending/euro", say("euro", lang), lang, tuple(children), Unit.euro)
    return _over_residents("spending", say("spending", lang), above, model, place, lang)


def _below_essential(model: TerritorialModel, place: int, lang: str) -> Node:
    below = (model.state.felt[place] < model.law.services.essential_level) & (model.state.need[place] > 0)
    return _list_of_functions("below_essential", np.flatnonzero(below), model, lang)


def _list_of_functions(key: str, functions: NDArray[np.intp], model: TerritorialModel, lang: str) -> Node:
    names = [model.catalogue.keys[number] for number in functions]
    children = tuple(Node(f"{key}/{name}", function_name(name, lang), 1, Unit.count, lang) for name in names)
    return total(key, say(key, lang), lang, children, Unit.count)


def _in_union(model: TerritorialModel, place: int, lang: str) -> Node:
    held = np.flatnonzero(model.state.shares[place, :, UNION] > 0)
    return _list_of_functions("functions_in_union", held, model, lang)


def _in_agreement(model: TerritorialModel, place: int, lang: str) -> Node:
    holdings = model.state.holdings
    held = holdings.function[holdings.agreed & (holdings.place == place)]
    return _list_of_functions("functions_in_agreement", held, model, lang)


def _own_revenue(model: TerritorialModel, place: int, lang: str) -> Node:
    capacity = Node("capacity", say("capacity", lang), float(model.state.capacity[place]), Unit.number, lang)
    amount = float(model.state.effort[place] * model.state.capacity[place])
    return Node("own_revenue", say("own_revenue", lang), amount, Unit.euro_per_head, lang, Operation.product,
                children=(capacity, _tax_effort(model, place, lang)))  # fmt: skip


def _tax_effort(model: TerritorialModel, place: int, lang: str) -> Node:
    bounds = (model.law.taxation.effort_floor, model.state.effort_ceiling)
    low, high = (language.number(bound, lang, 2) for bound in bounds)
    return Node("tax_effort", say("tax_effort", lang), float(model.state.effort[place]), Unit.factor, lang,
                note=say("effort_note", lang, low=low, high=high))  # fmt: skip


def _transfers(model: TerritorialModel, place: int, lang: str) -> Node:
    return _from_cents("transfers", explain_transfers(model, place, lang), model, place, lang)


def _cash(model: TerritorialModel, place: int, lang: str) -> Node:
    return _from_cents("cash", explain_books(model, place, lang), model, place, lang)


def _from_cents(key: str, money: Node, model: TerritorialModel, place: int, lang: str) -> Node:
    """Return money of the books in EUR a head."""
    return _over_residents(key, say(key, lang), money, model, place, lang)


def _slack(model: TerritorialModel, place: int, lang: str) -> Node:
    """Return slack over efficient cost, of all levels that serve the commune."""
    wasted, efficient = [], []
    for row in Holders.of(model).rows_of(place, lang):
        at, name = f"{_key(model, row)}/{row.key}", function_name(_key(model, row), lang)
        lost = row.cost * (1.0 - 1.0 / row.slack)
        wasted.append(Node(f"{at}/wasted", name, lost, Unit.euro, lang, note=row.holder))
        efficient.append(Node(f"{at}/efficient", name, row.cost - lost, Unit.euro, lang, note=row.holder))
    parts = (
        total("slack/money", say("slack_money", lang), lang, tuple(wasted), Unit.euro),
        total("slack/efficient", say("efficient_money", lang), lang, tuple(efficient), Unit.euro),
    )
    ratio = parts[0].amount / max(parts[1].amount, 1e-9)
    return Node("slack", say("slack_column", lang), ratio, Unit.factor, lang, Operation.ratio, children=parts)


def _ampi(model: TerritorialModel, place: int, lang: str) -> Node:
    """Return the composite: the mean of the domains on the scale of AMPI, less the penalty."""
    posts = model.goalposts
    scaled = AMPI_BASE + AMPI_RANGE * (model.state.wellbeing[place] - posts.reference) / posts.width
    parts = tuple(
        Node(f"ampi/{domain}", say(domain, lang), float(value) / len(DOMAINS), Unit.points, lang,
             note=say("domain_part", lang), children=(_domain(domain, model, place, lang),))
        for domain, value in zip(DOMAINS, scaled, strict=True)
    )  # fmt: skip
    mean = total("ampi/mean", say("mean_of_domains", lang), lang, parts, Unit.points)
    lost = float(model.state.ampi[place]) - mean.amount
    penalty = Node("ampi/imbalance", say("imbalance", lang), lost, Unit.points, lang)
    return total("ampi", say("ampi", lang), lang, (mean, penalty), Unit.points)


def _domain(domain: str, model: TerritorialModel, place: int, lang: str) -> Node:
    number, felt = DOMAINS.index(domain), model.state.felt[place]
    weights = model.wellbeing_profile.weights[:, number]
    children = tuple(
        Node(f"{domain}/{key}", function_name(key, lang), float(felt[f]), Unit.factor, lang,
             note=say("weight_in_domain", lang, weight=language.percent(float(weights[f]), lang, 1)))
        for f, key in enumerate(model.catalogue.keys)
        if weights[f] > 0
    )  # fmt: skip
    amount = float(model.state.wellbeing[place, number])
    return Node(domain, say(domain, lang), amount, Unit.number, lang, note=say("domain_note", lang),
                children=children)  # fmt: skip


def _staff(model: TerritorialModel, place: int, lang: str) -> Node:
    holdings, staff = model.state.holdings, staff_by_row(model)
    rows = np.flatnonzero((holdings.place == place) & (holdings.level <= UNION))
    children = tuple(
        Node(f"staff/{model.catalogue.keys[holdings.function[row]]}/{holdings.level[row]}",
             function_name(model.catalogue.keys[holdings.function[row]], lang), float(staff[row]),
             Unit.points, lang)
        for row in rows
    )  # fmt: skip
    return total("staff", say("staff", lang), lang, children, Unit.points)


def _union(model: TerritorialModel, place: int, lang: str) -> Node:
    union = int(model.state.union[place])
    name = model.union_slots.names[union] if union >= 0 else say("no_union", lang)
    return Node("union", say("union_column", lang), union, Unit.count, lang, note=name)


EXPLAINED: dict[str, Explain] = {
    "population": partial(
        _leaf, "population", Unit.count, lambda model, place: model.state.population[place], "drivers_note"
    ),
    "need": _need,
    "cost": _cost,
    "spending": _spending,
    "service": explain_service,
    "below_essential": _below_essential,
    "own_revenue": _own_revenue,
    "transfers": _transfers,
    "tax_effort": _tax_effort,
    "cash": _cash,
    "trust": partial(
        _leaf, "trust", Unit.factor, lambda model, place: model.state.trust[place], "trust_note"
    ),
    "slack": _slack,
    "ampi": _ampi,
    **{domain: partial(_domain, domain) for domain in DOMAINS},
    "functions_in_union": _in_union,
    "functions_in_agreement": _in_agreement,
    "staff": _staff,
    "union": _union,
}
"""What explains each quantity of a commune, by its name in the tables of communes."""
