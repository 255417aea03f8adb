"""Help of every command, in one form: its docstring, how it is called, its EXAMPLES, what can be chosen.

A command is a module of this folder with a function `main`. Its docstring says in one line, in Italian and
English, what it does; `EXAMPLES` holds pairs of arguments and what they do. A command on settings names in
`CHOICES` the groups of files that it takes; another declares its arguments in a `CommandParser`.
"""

import argparse
import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NoReturn

from experiments.refusal import refuse

FOLDER = Path(__file__).parent

PROGRAM = "python -m experiments"
"""How commands are called."""

WIDTH = 110
"""Most characters of a line."""

FIRST = ("scenarios", "new", "compare", "report", "explain", "dashboard", "run")
"""Commands that somebody who tries a reform meets, in that order; the rest is for research and upkeep."""

HEADINGS = ("Provare una riforma / Try a reform", "Ricerca e manutenzione / Research and upkeep")

INTRODUCTION = (
    "Area Vasta: che cosa cambia una riforma, Comune per Comune / what a reform changes, by commune."
)

FIRST_STEPS = ("scenarios", "new my_reform", "compare 'reforms=[my_reform]'", "compare --help")
"""Command lines that the list of commands ends with."""

EXAMPLES_TITLE = "Esempi / Examples"
CHOICES_TITLE = "Si sceglie fra / Choose from"
ARGUMENTS_TITLE = "Argomenti / Arguments"

MOST_NAMES = 8
"""Most names of files that help writes out; a command of the group's name lists more of them."""


@dataclass(frozen=True)
class Command:
    """What a command says of itself: what it does, pairs of arguments and explanation, groups it takes."""

    name: str
    does: str
    examples: tuple[tuple[str, str], ...] = ()
    choices: tuple[str, ...] = ()


@cache
def commands() -> dict[str, Command]:
    """Return every command by name, read from its source and not imported."""
    known = {}
    for path in sorted([*FOLDER.glob("[a-z]*.py"), *FOLDER.glob("[a-z]*/__init__.py")]):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(node, ast.FunctionDef) and node.name == "main" for node in tree.body):
            name = path.parent.name if path.stem == "__init__" else path.stem
            does = (ast.get_docstring(tree) or "").partition("\n")[0]
            known[name] = Command(name, does, _constant(tree, "EXAMPLES"), _constant(tree, "CHOICES"))
    return known


def _constant(tree: ast.Module, name: str) -> tuple:  # type: ignore[type-arg]
    """Return a constant of a module, which its source writes out; empty when it has none."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == [name]:
            return tuple(ast.literal_eval(node.value))
    return ()


def listing(known: Mapping[str, Command]) -> str:
    """Return the plain list of commands: those to try a reform with, the others, first steps."""
    width = max(map(len, known), default=0)
    first = [name for name in FIRST if name in known]
    lines = [INTRODUCTION]
    for heading, names in zip(HEADINGS, (first, [name for name in known if name not in first]), strict=True):
        lines += ["", heading, *(f"  {name:<{width}}  {known[name].does}" for name in names)]
    lines += ["", EXAMPLES_TITLE, *(f"  {PROGRAM} {step}" for step in FIRST_STEPS)]
    return "\n".join(lines)


def settings_help(name: str, root: Path) -> str:
    """Return the help of a command on settings: what it does, examples, files to choose from."""
    from experiments._config_files import GROUPS, options

    command = commands()[name]
    width = max(map(len, command.choices), default=0) + 1
    lines = [command.does, "", f"  {PROGRAM} {name} [key=value ...]", *_examples(name)]
    if command.choices:
        lines += ["", CHOICES_TITLE]
    for group in command.choices:
        names = options(root, GROUPS[group])
        many = f"{len(names)}: {PROGRAM} {group}"
        told = ", ".join(names) if len(names) <= MOST_NAMES else many
        lines.append(f"  {group + '=':<{width}}  {told}")
    lines += ["", "Ogni chiave con il suo valore / every key with its value: --cfg"]
    return "\n".join(lines)


def _examples(words: str) -> Iterator[str]:
    """Yield examples of a command, or of a part of it such as `store list`."""
    name, _, part = words.partition(" ")
    found = [one for one in commands()[name].examples if one[0].startswith(part)]
    if found:
        yield from ("", EXAMPLES_TITLE)
    for arguments, told in found:
        yield f"  {PROGRAM} {name} {arguments}".rstrip()
        yield f"      {told}"


class CommandParser(argparse.ArgumentParser):
    """Parser of the arguments of a command, or of a part of it such as `store list`."""

    def __init__(self, prog: str, description: str = "") -> None:
        self.words = prog.removeprefix(f"{PROGRAM} ")
        told = description or commands()[self.words].does
        super().__init__(
            f"{PROGRAM} {self.words}", description=told, formatter_class=_Formatter, add_help=False
        )
        self._parts: argparse._SubParsersAction[CommandParser] | None = None
        self.add_argument("-h", "--help", action="help", help=argparse.SUPPRESS)

    def add_part(self, name: str, does: str) -> "CommandParser":
        """Return the parser of a part of the command, such as `list` of `store`."""
        if self._parts is None:
            self._parts = self.add_subparsers(dest="command", required=True)
        return self._parts.add_parser(name, help=does, description=does)

    def format_help(self) -> str:
        """Return what the command does, how it is called, examples and arguments."""
        formatter = self._get_formatter()
        formatter.start_section(ARGUMENTS_TITLE)
        formatter.add_arguments(self._actions)
        formatter.end_section()
        usage = " ".join(self.format_usage().removeprefix("usage:").split())
        lines = [
            self.description or "",
            "",
            f"  {usage}",
            *_examples(self.words),
            "",
            formatter.format_help(),
        ]
        return "\n".join(lines).rstrip() + "\n"

    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line and leave."""
        sys.exit(refuse(f"{self.words}: {message}; {self.prog} --help"))


class _Formatter(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=32, width=WIDTH)
