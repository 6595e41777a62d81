"""What the people of the demo bring forward, and what they are told. Invented throughout; no text of a real message."""

from cases.demo.themes.building import BUILDING
from cases.demo.themes.land import LAND
from cases.demo.themes.sealed import SEALED
from cases.demo.themes.theme import SPOTS, Theme
from cases.demo.themes.traffic import TRAFFIC
from cases.demo.themes.work import WORK

THEMES = BUILDING + WORK + LAND + TRAFFIC

__all__ = ["SEALED", "SPOTS", "THEMES", "Theme"]
