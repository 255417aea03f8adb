"""The services of a commune: who holds each function, what it costs and why, what citizens feel of it."""

from areavasta.model import TerritorialModel
from experiments import language
from experiments.explain.holders import Holders, Row
from experiments.explain.tree import Node, Operation, Unit, total
from experiments.explain.words import say
from experiments.factor_names import function_name


def explain_service(model: TerritorialModel, place: int, lang: str) -> Node:
    """Return the commune's service level: each function's weight in its need times what citizens feel."""
    rows = Holders.of(model).rows_of(place, lang)
    functions = tuple(
        _function(model, place, key, [row for row in rows if row.function == number], lang)
        for number, key in enumerate(model.catalogue.keys)
        if model.need_weight[place, number] > 0
    )
    return total("service", say("service", lang), lang, functions, Unit.factor)


def _function(model: TerritorialModel, place: int, key: str, rows: list[Row], lang: str) -> Node:
    number = model.catalogue.index[key]
    weight = Node(
        f"{key}/weight", say("weight", lang), float(model.need_weight[place, number]), Unit.factor, lang
    )
    felt = total(
        f"{key}/felt", say("felt", lang), lang,
        tuple(_felt(key, row, lang) for row in rows), Unit.factor, _essential(model, place, number, lang),
    )  # fmt: skip
    amount = float(model.need_weight[place, number] * model.state.felt[place, number])
    note = "; ".join((_holders(rows, lang), _essential(model, place, number, lang)))
    return Node(
        key, function_name(key, lang), amount, Unit.factor, lang, Operation.product, note, (weight, felt)
    )


def _holders(rows: list[Row], lang: str) -> str:
    """Return who holds a function, with the share where several do."""
    if len(rows) == 1:
        return rows[0].holder
    return ", ".join(f"{row.holder} {language.percent(row.share, lang)}" for row in rows)


def _essential(model: TerritorialModel, place: int, function: int, lang: str) -> str:
    met = model.state.felt[place, function] >= model.law.services.essential_level
    return say("essential_met" if met else "essential_not_met", lang)


def _felt(key: str, row: Row, lang: str) -> Node:
    """Return what citizens feel of one holder's service: share, proximity and level."""
    place = f"{key}/{row.key}"
    parts = (
        Node(f"{place}/share", say("share", lang), row.share, Unit.factor, lang),
        Node(f"{place}/proximity", say("proximity", lang), row.proximity, Unit.factor, lang),
        _level(place, row, lang),
    )
    felt = row.share * row.proximity * row.level
    return Node(f"{place}/felt", row.holder, felt, Unit.factor, lang, Operation.product, children=parts)


def _level(place: str, row: Row, lang: str) -> Node:
    """Return the service level: spending over the cost of the standard service; a need of nothing is met."""
    if row.cost <= 0:
        return Node(f"{place}/level", say("level", lang), row.level, Unit.factor, lang)
    spent = Node(f"{place}/spent", say("spent", lang), row.spent, Unit.euro, lang)
    return Node(
        f"{place}/level", say("level", lang), row.level, Unit.factor, lang, Operation.ratio,
        children=(spent, explain_cost(place, row, lang)),
    )  # fmt: skip


def explain_cost(place: str, row: Row, lang: str) -> Node:
    """Return the cost of the standard service of one holding, EUR, as the product of its parts."""
    number = language.number
    joint = (
        say("coordination", lang, members=number(row.members, lang))
        if row.members > 1
        else say("alone", lang)
    )
    parts = (
        ("residents", say("residents", lang), row.residents, Unit.count),
        ("base", say("base", lang), row.base, Unit.number),
        ("share", say("share", lang), row.share, Unit.factor),
        ("duplication", say("duplication", lang), row.duplication, Unit.factor),
        ("scale", say("scale", lang, served=number(row.served, lang)), row.scale, Unit.factor),
        ("slack", say("slack", lang), row.slack, Unit.factor),
        ("coordination", joint, row.coordination, Unit.factor),
    )
    children = tuple(
        Node(f"{place}/cost/{key}", label, amount, unit, lang) for key, label, amount, unit in parts
    )
    return Node(
        f"{place}/cost", say("cost", lang), row.cost, Unit.euro, lang, Operation.product, children=children
    )
