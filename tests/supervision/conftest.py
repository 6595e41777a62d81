"""The small city, for what is supervised in it."""

from tests.office import office

__all__ = ["office"]
