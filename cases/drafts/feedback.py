"""反馈期限: by when a letter of supervision or a proposal is to be answered in writing (第四十条第四款; §6.1)."""

from collections.abc import Mapping
from datetime import date, timedelta

from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.statute.models import current_calendar, current_rulebook
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.reckoning import reckon

# The office sets the working days for two of the three letters; a proposal has the days of its own rule.
_DAYS: Mapping[LetterKind, Key] = {
    LetterKind.RISK_LETTER: Key.REMINDER_DAYS,
    LetterKind.SUPERVISION_LETTER: Key.SUPERVISION_DAYS,
}
_PROPOSALS = frozenset(
    {
        LetterKind.ACCOUNTABILITY_LETTER, LetterKind.IMPROVEMENT_PROPOSAL, LetterKind.POLICY_PROPOSAL,
        LetterKind.LIABILITY_PROPOSAL,
    }
)  # fmt: skip


def feedback_rule(kind: LetterKind) -> Rule | None:
    """The clock of the answer to a letter of the kind; None where no answer is asked for."""
    if kind in _DAYS:
        return Rule.LETTER_FEEDBACK
    return Rule.PROPOSAL_FEEDBACK if kind in _PROPOSALS else None


def feedback_due(kind: LetterKind, on: date) -> date | None:
    """The legal day by which a letter of the kind received on `on` is to be answered; None: no answer is due."""
    rule, book = feedback_rule(kind), current_rulebook()
    if rule is None:
        return None
    days = book.on(on).number(_DAYS[kind]) if kind in _DAYS else None
    return reckon(rule, on, calendar=current_calendar(), period=book.period(rule, on), days=days).legal


def working_days_until(due_on: date, *, since: date) -> int:
    """How many working days lie after `since` up to and with `due_on`; at least one."""
    calendar = current_calendar()
    days = (since + timedelta(days=ahead) for ahead in range(1, (due_on - since).days + 1))
    return max(1, sum(calendar.is_workday(day) for day in days))
