"""Show a tree in the terminal."""

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from experiments.explain.tree import Node, Operation

SIGNS = {Operation.product: "× ", Operation.ratio: "÷ "}
"""Signs before the parts of a product, and before what a ratio divides by."""


def show_tree(console: Console, node: Node, depth: int) -> None:
    """Print a node and as many levels below it as `depth` says."""
    console.print(_branch(node, "", depth))


def _branch(node: Node, sign: str, depth: int) -> Tree:
    tree = Tree(_line(node, sign), guide_style="dim")
    if depth > 0:
        for position, child in enumerate(node.children):
            tree.children.append(_branch(child, sign_of(node, position), depth - 1))
    return tree


def sign_of(parent: Node, position: int) -> str:
    """Return the sign before one part of a node; parts of a sum need none."""
    first_of_ratio = parent.operation is Operation.ratio and position == 0
    return "" if first_of_ratio else SIGNS.get(parent.operation, "")


def _line(node: Node, sign: str) -> Text:
    text = Text(f"{sign}{node.label}  ")
    text.append(node.value, style="bold")
    if node.note:
        text.append(f"  ({node.note})", style="dim")
    return text
