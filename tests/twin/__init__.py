"""The twin of the model: the same year, body by body in plain Python."""

from tests.twin.model import TwinModel

__all__ = ["TwinModel"]
