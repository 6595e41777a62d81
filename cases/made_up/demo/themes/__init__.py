"""Requests and answers of the demo. Invented throughout; no text of a real message."""

from cases.made_up.demo.themes.building import BUILDING
from cases.made_up.demo.themes.land import LAND
from cases.made_up.demo.themes.sealed import SEALED
from cases.made_up.demo.themes.theme import SPOTS, Theme
from cases.made_up.demo.themes.traffic import TRAFFIC
from cases.made_up.demo.themes.work import WORK

THEMES = BUILDING + WORK + LAND + TRAFFIC

__all__ = ["SEALED", "SPOTS", "THEMES", "Theme"]
