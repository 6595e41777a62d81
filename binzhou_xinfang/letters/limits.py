"""Limits that a letter names in words: each read from the table of periods or of settings for the letter's day."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property

from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import PARAMETERS, Key
from binzhou_xinfang.statute.periods import PERIODS
from binzhou_xinfang.statute.rulebook import Regime, Rulebook
from binzhou_xinfang.statute.rules import Rule
from binzhou_xinfang.statute.setting_types import Whole

_PERIODS = {rule.value.replace("-", "_"): rule for rule in Rule if PERIODS[rule].length is not None}
_NUMBERS = {key.value.replace("-", "_"): key for key in Key if isinstance(PARAMETERS[key.value].shape, Whole)}


class Limits(Mapping[str, str]):
    """The limits that a wording file may name: `limit.review_request` → 30日, `limit.representatives` → 5人.

    A period by the name of its clock, a number by the name of its setting, both as they are in force on the day.
    """

    def __init__(self, regime: Callable[[], Regime]) -> None:
        self._read = regime

    @cached_property
    def _regime(self) -> Regime:
        """The rules, read only for a letter that names one of them."""
        return self._read()

    def __getitem__(self, name: str) -> str:
        if name in _PERIODS:
            period = self._regime.period(_PERIODS[name])
            return f"{period.length}{period.unit.value}"
        key = _NUMBERS[name]
        return PARAMETERS[key.value].shape.say(self._regime.number(key))

    def __iter__(self) -> Iterator[str]:
        return iter((*_PERIODS, *_NUMBERS))

    def __len__(self) -> int:
        return len(_PERIODS) + len(_NUMBERS)


def limits_on(day: date) -> Limits:
    """Read the limits in force on the day of a letter, as the office has set them. At most one query."""
    return Limits(lambda: current_rulebook().on(day))


def limits_by_law() -> Limits:
    """Read them as they are without any setting of the office, for examples."""
    return Limits(lambda: Rulebook().on(date.min))
