"""The light beside a due day: a colour and always a word with it."""

from dataclasses import dataclass
from datetime import date

# How near a last day is called near: by the lights, the figures, the filters; the pages say 三日内.
SOON_DAYS = 3
COLOURS = ("green", "amber", "red", "grey")


@dataclass(frozen=True)
class Light:
    """A light: `colour` is one of red, amber, green, grey (the end of a CSS class); `words` say the same."""

    colour: str
    words: str


def due_light(due_on: date | None, *, on: date, done: bool = False, soon: int = SOON_DAYS) -> Light:
    """Choose the light on day `on`. The due day itself is in time; amber begins `soon` natural days before it."""
    if done:
        return Light("green", "已办结")
    if due_on is None:
        return Light("grey", "无期限")
    left = (due_on - on).days
    if left < 0:
        return Light("red", f"逾期 {-left} 天")
    words = f"还剩 {left} 天" if left else "今天到期"
    return Light("amber" if left <= soon else "green", words)
