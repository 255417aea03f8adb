"""The difference between two trees, broken down as they are."""

import math
from dataclasses import replace

from experiments.explain.tree import Node, Operation
from experiments.explain.words import say


def explain_difference(before: Node, after: Node) -> Node:
    """Return `after` less `before` as a sum of the differences of their parts, matched by key.

    Parts of a sum keep their own difference, to the cent for money. What multiplies or divides contributes
    by the logarithmic mean Divisia method, which leaves no residual (Ang 2005, Energy Policy 33(7)); where a
    factor is missing or not above zero, parts are shown and nothing is attributed to them. What does not
    differ is left out.
    """
    if after.operation is Operation.sum and before.operation is Operation.sum:
        return _change(before, after, Operation.sum, _matched(before, after))
    if _multiplies(before, after):
        return _change(before, after, Operation.sum, _contributions(before, after))
    return _change(before, after, Operation.leaf, _matched(before, after))


def _change(before: Node, after: Node, operation: Operation, children: tuple[Node, ...]) -> Node:
    notes = {note for note in (before.note, after.note) if note}
    note = after.note or before.note
    if before.amount or after.amount:
        told = say("before_after", after.lang, before=before.value, after=after.value)
        note = f"{told}; {note}" if len(notes) == 1 else told
    differing = tuple(child for child in children if child.amount or child.children)
    return replace(
        after, amount=after.amount - before.amount, operation=operation, note=note, children=differing,
        is_change=True,
    )  # fmt: skip


def _matched(before: Node, after: Node) -> tuple[Node, ...]:
    """Return the differences of parts; one that a side lacks counts there as nothing."""
    old = {child.key: child for child in before.children}
    new = {child.key: child for child in after.children}
    return tuple(
        explain_difference(old.get(key) or _nothing(new[key]), new.get(key) or _nothing(old[key]))
        for key in dict.fromkeys([*new, *old])
    )


def _nothing(node: Node) -> Node:
    """Return a node as it is where there is no such thing."""
    return replace(
        node, amount=0, operation=node.operation if node.operation is Operation.sum else Operation.leaf,
        note="", children=(),
    )  # fmt: skip


def _multiplies(before: Node, after: Node) -> bool:
    """Say whether a change can be shared out between the factors of two products or ratios."""
    same = before.operation is after.operation in (Operation.product, Operation.ratio)
    keys = [child.key for child in before.children] == [child.key for child in after.children]
    parts = (*before.children, *after.children, before, after)
    return same and keys and all(part.amount > 0 for part in parts)


def _contributions(before: Node, after: Node) -> tuple[Node, ...]:
    """Return what each factor adds to the change, in the unit of the whole."""
    mean = _logarithmic_mean(before.amount, after.amount)
    parts = []
    for position, (old, new) in enumerate(zip(before.children, after.children, strict=True)):
        sign = -1.0 if after.operation is Operation.ratio and position else 1.0
        part = sign * mean * math.log(new.amount / old.amount)
        inner = explain_difference(old, new).children
        told = say("part_before_after", after.lang, before=old.value, after=new.value)
        parts.append(
            replace(
                new, key=f"{new.key}/part", amount=part, unit=after.unit, operation=Operation.leaf,
                note=told, children=inner, is_change=True,
            )
        )  # fmt: skip
    return tuple(parts)


def _logarithmic_mean(first: float, second: float) -> float:
    return first if first == second else (second - first) / math.log(second / first)
