"""Scrive una riforma commentata, da completare / write a commented reform, to fill in."""

import os
import re
from pathlib import Path

from experiments._help import CommandParser
from experiments.refusal import refuse

EXAMPLES = (
    ("planning_to_provinces", "scrive / writes scenarios/planning_to_provinces.yaml"),
    ("unioni_piu_grandi", "il nome è anche quello per `compare` / the name is the one for `compare` too"),
)

NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")
"""What the name of a scenario's file may be."""

EXAMPLE_FUNCTION = "planning_building"
"""The one function that the sketch shows; the others are written likewise."""

HEAD = """\
# @package scenario
# Che cosa cambia rispetto a scenarios/status_quo.yaml; il resto resta: si toglie il # dove si cambia.
# What changes from scenarios/status_quo.yaml; the rest stays: take the # off the lines to change.
defaults: [status_quo, _self_]

title: {{it: "{title}", en: "{title}"}}
reason: {{it: "Da scrivere: perché.", en: "To be written: why."}}
effective: 2027  # anno di entrata in vigore / year in which it takes effect
# financing: new_money  # con risorse nuove, oltre quelle della Regione / with new money
# changes:  # cambiamenti successivi / later changes
#   2030: {{resources: {{rule: standard_need}}}}
"""


def main(arguments: list[str]) -> int:
    """Write `scenarios/NAME.yaml` unless there is one; return the exit code."""
    parser = CommandParser("new")
    parser.add_argument("name", help="minuscole, cifre e _ / small letters, digits and _")
    name = parser.parse_args(arguments).name
    from experiments._hydra import PROJECT_ROOT

    if not NAME.fullmatch(name):
        return refuse(f"'{name}' cannot name a scenario; use small letters, digits and _, a letter first")
    folder = PROJECT_ROOT / "scenarios"
    try:
        write_reform(folder, name)
    except FileExistsError:
        return refuse(f"scenarios/{name}.yaml is there already; choose another name")
    except OSError as error:
        return refuse(f"scenarios/{name}.yaml cannot be written: {error.strerror}")
    print(f"scenarios/{name}.yaml\npython -m experiments compare 'reforms=[{name}]'")
    return 0


def write_reform(folder: Path, name: str) -> Path:
    """Write the sketch of a reform into the folder of scenarios; raise FileExistsError when it is there."""
    from experiments._config_files import PRESENT_LAW

    law = (folder / f"{PRESENT_LAW}.yaml").read_text(encoding="utf-8")
    path, draft = folder / f"{name}.yaml", folder / f".{name}.yaml.{os.getpid()}"
    if path.exists():
        raise FileExistsError
    draft.write_text(sketch(name, law), encoding="utf-8", newline="\n")
    draft.replace(path)
    return path


def sketch(name: str, law: str) -> str:
    """Return a reform that changes nothing yet: present law as comments, with one function of all."""
    title = name.replace("_", " ").capitalize()
    body = law[law.index("\nfunctions:") + 1 :].splitlines()
    kept, function = [], ""
    inside = False
    for line in body:
        if line and not line.startswith((" ", "#")):
            inside = line.startswith("functions:")
        elif inside and line.startswith("  ") and not line.startswith("   "):
            function = line.split(":")[0].strip()
        if not inside or line.startswith(("functions:", "#")) or function == EXAMPLE_FUNCTION:
            kept.append(line if not line or line.startswith("#") else f"# {line}")
    return HEAD.format(title=title) + "\n" + "\n".join(kept).strip() + "\n"
