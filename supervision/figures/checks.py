"""System checks: a kind of letter of the year is one that the figures can sketch."""

from typing import Any

from django.core import checks

from binzhou_xinfang.letters.kinds import LetterKind, OfTheYear
from binzhou_xinfang.letters.kinds.reports import ANNUAL_REPORT


def check_reports(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Report every kind of the year that nothing here sketches."""
    return [
        checks.Error(f"{kind.label}（{kind.value}）：没有按年度统计生成它的功能", id="supervision.E001")
        for kind in LetterKind
        if isinstance(kind.owner, OfTheYear) and kind is not ANNUAL_REPORT
    ]
