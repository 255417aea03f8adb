import subprocess
import sys

import pytest

from experiments.__main__ import commands, main
from experiments._hydra import PROJECT_ROOT


def test_every_command_says_what_it_does() -> None:
    known = commands()
    assert known
    for name, does in known.items():
        assert does.endswith("."), name


def test_the_list_is_a_few_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(commands()) + 2
    assert all(len(line) <= 110 for line in lines)


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
