"""The small city, for inputs that come from outside."""

from tests.office import office

__all__ = ["office"]
