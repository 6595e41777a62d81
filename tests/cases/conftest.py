"""The small city, for every test of matters."""

from tests.cases.api_client import on_monday
from tests.office import office

__all__ = ["office", "on_monday"]
