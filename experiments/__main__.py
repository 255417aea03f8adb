"""List the commands, or run one: `python -m experiments COMMAND ...`."""

import importlib
import sys

from experiments._help import commands, listing
from experiments.refusal import refuse

NO_MEMORY = "not enough memory; try fewer runs at a time, or close what else runs"
"""What to say when the machine has no memory left."""

INTERRUPTED = 130
"""Exit code when somebody stops a command."""


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
        return refuse(f"Unknown command '{name}'{near}")
    try:
        result: int = importlib.import_module(f"experiments.{name}").main(rest)
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return INTERRUPTED
    except MemoryError:
        return refuse(NO_MEMORY)
    except OSError as error:
        return refuse(f"{error.filename or name}: {error.strerror or error}")
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
