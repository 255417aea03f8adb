"""List the commands, or run one: `python -m experiments COMMAND ...`."""

import ast
import importlib
import sys
from pathlib import Path

FOLDER = Path(__file__).parent

UNKNOWN_COMMAND = 2
INTERRUPTED = 130
"""Exit codes."""


def commands() -> dict[str, str]:
    """Return what each command does: a module of this folder with a function `main` is a command."""
    described = {}
    for path in sorted([*FOLDER.glob("[a-z]*.py"), *FOLDER.glob("[a-z]*/__init__.py")]):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(node, ast.FunctionDef) and node.name == "main" for node in tree.body):
            name = path.parent.name if path.stem == "__init__" else path.stem
            described[name] = (ast.get_docstring(tree) or "").partition("\n")[0]
    return described


def listing(known: dict[str, str]) -> str:
    """Return the plain list of commands."""
    width = max(map(len, known), default=0)
    return "\n".join(
        [
            "Area Vasta. Comandi / Commands:",
            *(f"  {name:<{width}}  {does}" for name, does in known.items()),
            "python -m experiments COMMAND --help",
        ]
    )


def main(arguments: list[str]) -> int:
    """Run the command that the first argument names and return its exit code."""
    known = commands()
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(listing(known))
        return 0
    name, *rest = arguments
    if name not in known:
        from areavasta.settings import suggestion

        near = suggestion(name, known) or f"; there are {', '.join(known)}"
        print(f"Unknown command '{name}'{near}", file=sys.stderr)
        return UNKNOWN_COMMAND
    try:
        result: int = importlib.import_module(f"experiments.{name}").main(rest)
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return INTERRUPTED
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
