"""反馈期限: the period for the written answer to a letter of supervision or a proposal (第四十条第四款; §6.1)."""

from datetime import date, timedelta

from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.statute.models import current_calendar, current_rulebook
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.reckoning import reckon


def feedback_rule(kind: LetterKind) -> Rule | None:
    """Name the clock of the answer to a letter of the kind; None where no answer is asked for."""
    return kind.answer.rule if kind.answer else None


def feedback_due(kind: LetterKind, on: date) -> date | None:
    """Reckon the legal day for answering a letter of the kind received on `on`; None: no answer is due."""
    if kind.answer is None:
        return None
    rule, key, book = kind.answer.rule, kind.answer.days, current_rulebook()
    days = book.on(on).number(key) if key else None
    return reckon(rule, on, calendar=current_calendar(), period=book.period(rule, on), days=days).legal


def working_days_until(due_on: date, *, since: date) -> int:
    """Count the working days after `since` up to and with `due_on`; at least one."""
    calendar = current_calendar()
    days = (since + timedelta(days=ahead) for ahead in range(1, (due_on - since).days + 1))
    return max(1, sum(calendar.is_workday(day) for day in days))
