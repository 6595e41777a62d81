"""Lines of a list: everything one shows, in words, found without a query of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.reading import quick
from binzhou_xinfang.statute.periods import PERIODS, Rule
from binzhou_xinfang.web.days import day_words
from binzhou_xinfang.web.lights import Light, due_light
from binzhou_xinfang.web.numbers import short_number
from cases.models import PetitionCase
from cases.models.case import WITHOUT_DUTY
from cases.permissions import ASKED, likely_now, together_now
from cases.queries import Cases
from cases.states import Move, State
from cases.web.worklists.row_markup import row_markup

# What a line shows and what `likely_now` asks; the long texts and the encrypted columns stay in the database.
_COLUMNS = (
    *ASKED, "number", "title", "due_on", "due_rule", "closed_on", "last_move", "last_move_at", "people", "is_group",
    "is_supervised", "is_sent", "is_assigned", "is_skip_level", "is_cross_border", "threat", "petition_count",
    "lead__name", "lead__is_organisation", "holder__name", "holder__short_name", "holder__kind",
    "topic__level_1", "topic__level_2", "topic__level_3",
)  # fmt: skip
# Stand in an address until a line puts its own in: two look-ups of addresses instead of a hundred, which saves 8 % of
# 本地区在办 第1页 (`python -m tests.bench.plain`).
_NUMBER, _MOVE = "__number__", "__move__"
# Of BZXF-2026-000382 what differs within an office; a number of another make stays whole.


@dataclass(frozen=True, slots=True)
class Line:
    """A matter as a list shows it. `move`, with its address, is the one most likely move, empty when there is none;
    `together` names the moves that may be made for several at once; `owes`: a duty runs."""

    number: str
    url: str
    light: Light
    due: str
    due_words: str
    title: str
    flags: list[str]
    person: str
    people: int
    topic: str
    topic_words: str
    unit: str
    unit_name: str
    state: str
    last_move: str
    last_on: str
    short_number: str
    move: str = ""
    move_url: str = ""
    together: str = ""
    owes: bool = True

    @property
    def words(self) -> dict[str, str]:
        """The words of the line as text; `people` only when there is more than one."""
        kept = {name: getattr(self, name) for name in _WORDS}
        return kept | {"people": str(self.people) if self.people > 1 else ""}

    @property
    def markup(self) -> SafeString:
        """The line as a table row."""
        return row_markup(self)


_WORDS = (
    "number", "url", "due", "due_words", "title", "person", "topic", "topic_words", "unit", "unit_name", "state",
    "last_move", "last_on", "move", "move_url", "short_number", "together",
)  # fmt: skip


def for_lines(cases: Cases) -> Cases:
    """Select the matters with just the columns that a line needs, in one query."""
    return quick(cases.select_related("lead", "holder", "topic").only(*_COLUMNS))


def lines(cases: Iterable[PetitionCase], *, post: Post, on: date) -> list[Line]:
    """List the matters as lines for the post; `on` is the day the lights are reckoned from."""
    case_url, move_url = reverse("cases:case", args=[_NUMBER]), reverse("cases:move", args=[_NUMBER, _MOVE])
    return [
        _line(case, likely_now(post, case), together_now(post, case), on=on, case_url=case_url, move_url=move_url)
        for case in cases
    ]


def _line(
    case: PetitionCase, move: Move | None, together: Iterable[Move], *, on: date, case_url: str, move_url: str
) -> Line:
    return Line(
        number=case.number,
        url=case_url.replace(_NUMBER, case.number),
        light=light_of(case, on),
        due=case.due_on.isoformat() if case.due_rule and case.is_open else "",
        due_words=f"{case.due_label} {day_words(case.due_on, this_year=on.year)}" if case.due_rule else "",
        title=case.title,
        flags=case.flags,
        person=case.lead.masked_name,
        people=case.people,
        topic=case.topic.level_3 if case.topic else "",
        topic_words=str(case.topic or ""),
        unit=case.holder.short_name or case.holder.name,
        unit_name=case.holder.name,
        state=State(case.state).label,
        last_move=Move(case.last_move).label,
        last_on=_short(case.last_move_at, on),
        move=move.label if move else "",
        move_url=move_url.replace(_MOVE, move.value).replace(_NUMBER, case.number) if move else "",
        short_number=short_number(case.number),
        together=" ".join(each.value for each in together),
        owes=case.due_rule not in WITHOUT_DUTY,
    )


def light_of(case: PetitionCase, on: date) -> Light:
    """Choose the light of a matter: a duty counts down, a petitioner's right is only told, without a clock it waits."""
    if not case.is_open:
        return due_light(None, on=on, done=True)
    left = (case.due_on - on).days
    if not case.due_rule:
        return Light("grey", f"已等 {-left} 天" if left < 0 else "今天到达")
    if PERIODS[Rule(case.due_rule)].gives_right:
        return Light("grey", f"{case.due_label}还剩 {left} 天" if left >= 0 else f"{case.due_label}已满")
    return due_light(case.due_on, on=on)


def _short(moment: datetime, on: date) -> str:
    local = timezone.localtime(moment)
    if local.date() == on:
        return f"今天 {local:%H:%M}"
    year = "" if local.year == on.year else f"{local.year}年"
    return f"{year}{local.month}月{local.day}日"
