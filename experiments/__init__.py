"""Commands of the simulator; `from experiments import compose` gives their settings in Python."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from areavasta.settings import Settings

__all__ = ["compose"]


def compose(*overrides: str) -> "Settings":
    """Return checked settings, from the project's files and `key=value` arguments.

    Raises ConfigurationError, whose text has one line for each problem.
    """
    # Hydra takes half a second to load: commands that need no settings do without it.
    from experiments._hydra import compose as compose_settings

    return compose_settings(*overrides)
