"""The money of a commune in the year that closed last, as a tree that adds up to the cent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np

from areavasta.accounts import ClosedYear, Flows
from areavasta.model import TerritorialModel
from experiments.explain.tree import Node, Operation, Unit, total
from experiments.explain.words import say
from experiments.factor_names import function_name
from experiments.money_words import kind_name, level_name, rule_name

Path = tuple[str, str, str, str]
"""Kind, rule, the other side's name and function of a flow."""


def closed_books(model: TerritorialModel) -> ClosedYear:
    """Return the books of the year that closed last; raise ValueError before there is one."""
    if model.ledger.closed_year is None:
        raise ValueError("no year has closed yet")
    return model.ledger.closed_year


def explain_books(model: TerritorialModel, place: int, lang: str) -> Node:
    """Return the closing balance of a commune: opening, what came in, what went out, in cents."""
    books = closed_books(model)
    opening = Node("opening", say("opening", lang), int(books.opening[place]), Unit.cents, lang)
    sides = _both_sides(model, books.flows, place, lang)
    return total("books", say("books", lang), lang, (opening, *sides))


def explain_transfers(model: TerritorialModel, place: int, lang: str) -> Node:
    """Return what came from others before the year's taxes, less what was paid to them, in cents."""
    return total(
        "net_transfers", say("before_tax", lang), lang, _both_sides(model, _before_taxes(model), place, lang)
    )


def _both_sides(
    model: TerritorialModel, flows: tuple[Flows, ...], place: int, lang: str
) -> tuple[Node, Node]:
    """Return what came in and what went out in some flows."""
    inflows = _amounts(model, flows, place, "payee", lang)
    outflows = _amounts(model, flows, place, "payer", lang)
    return _by_kind("inflows", inflows, lang), _by_kind("outflows", outflows, lang)


def _before_taxes(model: TerritorialModel) -> tuple[Flows, ...]:
    """Return the flows booked before communes collected their taxes."""
    flows = closed_books(model).flows
    return flows[: next(i for i, flow in enumerate(flows) if flow.rule == "tax_effort")]


def _amounts(
    model: TerritorialModel, flows: Iterable[Flows], place: int, side: str, lang: str
) -> dict[Path, int]:
    """Sum a commune's flows by kind, rule, other side and function, in cents; what it pays is negative."""
    other, sign = ("payer", 1) if side == "payee" else ("payee", -1)
    sums: dict[Path, int] = defaultdict(int)
    for flow in flows:
        mine = np.flatnonzero((flow.column(side) == place) & (flow.cents > 0))
        if mine.size == 0:
            continue
        bodies, functions = flow.column(other)[mine], flow.column("function")[mine]
        for body, function, cents in zip(bodies, functions, flow.cents[mine], strict=True):
            name = body_name(model, int(body), lang)
            sums[flow.kind.value, flow.rule, name, _function_key(model, int(function))] += sign * int(cents)
    return sums


def _function_key(model: TerritorialModel, function: int) -> str:
    return model.catalogue.keys[function] if function >= 0 else ""


def body_name(model: TerritorialModel, account: int, lang: str) -> str:
    """Return the name of the body that an account belongs to."""
    territory, accounts = model.territory, model.accounts
    if account < accounts.union:
        return territory.names[account]
    if account < accounts.area:
        return model.union_slots.names[account - accounts.union]
    if account < accounts.agency:
        return territory.area_names[account - accounts.area]
    if account == accounts.region:
        return territory.region_name
    level = {accounts.agency: "agency", accounts.state: "state", accounts.residents: "residents"}
    return level_name(level.get(account, "suppliers"), lang)


def _by_kind(side: str, amounts: Mapping[Path, int], lang: str) -> Node:
    """Return the flows of one side as a tree: kind, then rule and other side, then function."""
    kinds: dict[str, dict[Path, int]] = defaultdict(dict)
    for path, cents in amounts.items():
        kinds[path[0]][path] = cents
    children = tuple(_one_kind(side, kind, parts, lang) for kind, parts in kinds.items())
    return total(side, say(side, lang), lang, children)


def _one_kind(side: str, kind: str, parts: Mapping[Path, int], lang: str) -> Node:
    rules: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for (_, rule, body, function), cents in parts.items():
        rules[rule, body][function] = cents
    children = tuple(
        _one_rule(side, kind, rule, body, functions, lang) for (rule, body), functions in rules.items()
    )
    return total(f"{side}/{kind}", kind_name(kind, lang), lang, children)


def _one_rule(side: str, kind: str, rule: str, body: str, functions: Mapping[str, int], lang: str) -> Node:
    key, label = f"{side}/{kind}/{rule}/{body}", rule_name(rule, lang)
    note = say("from" if side == "inflows" else "to", lang, who=body)
    if set(functions) == {""}:
        return Node(key, label, functions[""], Unit.cents, lang, Operation.leaf, note)
    children = tuple(
        Node(f"{key}/{function}", function_name(function, lang), cents, Unit.cents, lang)
        for function, cents in functions.items()
    )
    return total(key, label, lang, children, note=note)
