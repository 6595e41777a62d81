"""The small city, for the notices of its matters."""

from tests.office import office

__all__ = ["office"]
