"""Area Vasta: an agent-based simulator of multilevel territorial government."""

from areavasta.model import TerritorialModel
from areavasta.observation import RunTables
from areavasta.settings import Settings, SettingsError

__version__ = "0.1.0"

__all__ = ["RunTables", "Settings", "SettingsError", "TerritorialModel", "__version__"]
