import argparse
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import pytest

from experiments import _hydra
from experiments.__main__ import main
from experiments._command_line import read_command_line
from experiments._config_files import GROUPS
from experiments._help import EXAMPLES_TITLE, FIRST_STEPS, WIDTH, Command, commands, listing
from experiments._hydra import PROJECT_ROOT

MOST_LINES = 25
COMMANDS = list(commands().values())
CALLS = [(command.name, arguments) for command in COMMANDS for arguments, _ in command.examples]
STEPS = [step.partition(" ")[::2] for step in FIRST_STEPS if not step.endswith("--help")]


class Read(Exception):  # noqa: N818 it reports no error
    """An example was read whole, and nothing was run."""


def read_settings(arguments: Sequence[str], command: str, *_: object, root: Path = PROJECT_ROOT) -> NoReturn:
    """Take the place of `run_hydra`: compose the settings of an example, or of each of its jobs."""
    overrides = tuple(argument for argument in arguments if not argument.startswith("-"))
    many = "-m" in arguments
    with _hydra._session(root):
        line = read_command_line(overrides, root, multirun=many)
        if not many:
            _hydra._settings(line, root)
    raise Read(command)


def read_arguments(parse: Callable[..., argparse.Namespace]) -> Callable[..., NoReturn]:
    def read(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> NoReturn:
        parse(parser, arguments)
        raise Read(parser.prog)

    return read


def test_every_command_says_what_it_does_in_both_languages() -> None:
    assert COMMANDS
    for command in COMMANDS:
        assert command.does.endswith("."), command.name
        assert len(command.does.split(" / ")) == 2, command.name
        assert all(group in GROUPS for group in command.choices), command.name


def test_the_list_has_every_command_on_one_plain_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    for command in COMMANDS:
        assert sum(line.split() == [command.name, *command.does.split()] for line in lines) == 1
    assert all(len(line) <= WIDTH for line in lines)
    assert "\n  one  Uno / one.\n" in listing({"one": Command("one", "Uno / one.")})


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_help_is_short_and_has_examples(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        assert main([command.name, "--help"]) == 0
    except SystemExit as leaves:
        assert leaves.code == 0  # noqa: PT017 commands with arguments of their own leave so
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == command.does
    assert len(lines) <= MOST_LINES
    assert len(command.examples) >= 2
    assert EXAMPLES_TITLE in lines
    for arguments, told in command.examples:
        shown = f"  python -m experiments {command.name} {arguments}".rstrip()
        assert lines[lines.index(shown) + 1] == f"      {told}"
        assert " / " in told
        assert len(told) <= WIDTH


@pytest.mark.parametrize(("name", "arguments"), [*CALLS, *STEPS])
def test_every_example_can_be_read(name: str, arguments: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its arguments parse, or its settings compose; nothing is run."""
    parse = argparse.ArgumentParser.parse_args
    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", read_arguments(parse))
    monkeypatch.setattr(_hydra, "run_hydra", read_settings)
    words = shlex.split(arguments.replace("my_reform]", "fund_cut]"))
    with pytest.raises(Read):
        import_module(f"experiments.{name}").main(words)


def test_an_unknown_command_gets_a_suggestion(capsys: pytest.CaptureFixture[str]) -> None:
    name = next(iter(commands()))
    assert main([name[:-1] + "x"]) == 2
    told = capsys.readouterr().err.splitlines()
    assert told == [f"Unknown command '{name[:-1]}x'; did you mean {name}?"]


def test_a_command_like_no_other_gets_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["zzzzz"]) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert all(name in told[0] for name in commands())


def test_the_module_runs_from_the_shell() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "experiments", "zzzzz"],
        cwd=PROJECT_ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
