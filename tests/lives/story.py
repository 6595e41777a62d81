"""A life day by day, with the watch of every morning in between."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records import audit
from binzhou_xinfang.statute.periods import LAPSE
from cases.models import Alert, Deadline, PetitionCase, Petitioner
from cases.queries import visible_to
from cases.states import Move
from cases.vocabulary import Channel
from cases.watch.sweep import sweep
from cases.window.registration import register, register_repeat
from tests.office import TZ, Office, arrival, matter, step

# Who sees every ordinary matter of the city's petition office, wherever it lies.
BUREAU = {"clerk", "registrar", "head", "leader"}
HOUSING = {"handler", "colleague", "unit-head", "housing-registrar"}
WATER = {"water-handler", "water-head"}
REVIEWERS = {"reviewer", "review-head"}
RECHECKERS = {"rechecker", "recheck-head"}


def hour(day: str, o_clock: int = 9) -> datetime:
    """An hour of a day written 2025-01-20."""
    return datetime.combine(date.fromisoformat(day), time(o_clock), tzinfo=TZ)


@dataclass
class Life:
    """One matter from day to day; `watched`: the last day on whose morning the watch went round."""

    office: Office
    case: PetitionCase
    watched: date

    def reload(self) -> PetitionCase:
        self.case = PetitionCase.objects.get(pk=self.case.pk)
        return self.case

    def until(self, day: str) -> PetitionCase:
        """Let the days pass: the watch goes round each morning, that of `day` too."""
        while self.watched < date.fromisoformat(day):
            self.watched += timedelta(days=1)
            sweep(at=datetime.combine(self.watched, time(6), tzinfo=TZ))
        return self.reload()

    def do(self, move: Move, day: str, *, by: Post | None = None, o_clock: int = 9, **changes: Any) -> PetitionCase:
        """Make a move on a day, after the watch of that morning; `changes` go to what is usually sent."""
        self.until(day)
        self.case = step(self.office, self.case, move, at=hour(day, o_clock), by=by, **changes)
        return self.case

    def refused(self, move: Move, day: str, words: str, *, by: Post | None = None, **changes: Any) -> None:
        """The move is refused with these words, and nothing of it stays."""
        self.until(day)
        before = (self.case.version, self.case.state, self.events(), self.letters(), self.clocks())
        with pytest.raises(Refusal, match=words):
            step(self.office, self.case, move, at=hour(day), by=by, **changes)
        self.reload()
        assert before == (self.case.version, self.case.state, self.events(), self.letters(), self.clocks())

    def comes_again(self, day: str, *, by: Post | None = None, **changes: Any) -> None:
        """The petitioner comes once more with the same matter."""
        self.until(day)
        came = arrival(date.fromisoformat(day), **changes)
        register_repeat(came, self.case, by=by or self.office.clerk, at=hour(day))
        self.reload()

    def clocks(self) -> list[str]:
        """Every clock as it stands, in the order in which they began."""
        return [_told(clock) for clock in self.case.deadlines.order_by("pk")]

    def clock(self, rule: str) -> str:
        """The latest clock of a rule."""
        return _told(self.case.deadlines.filter(rule=rule).order_by("pk").reverse()[0])

    def events(self) -> list[str]:
        """The course, one word an event."""
        return list(self.case.events.order_by("seq").values_list("kind", flat=True))

    def watch(self) -> list[str]:
        """The alerts of the watch, each with its day."""
        alerts = Alert.objects.filter(deadline__case=self.case).select_related("deadline")
        told = [(a.recorded_at, f"{_watched(a)} {a.deadline.rule} {_day(a.recorded_at)}") for a in alerts]
        told += [
            (event.happened_at, f"right-ended {event.detail['rule']} {_day(event.happened_at)}")
            for event in self.case.events.filter(kind="right-ended")
        ]
        return [line for _, line in sorted(told)]

    def letters(self) -> list[str]:
        """The numbers of its letters; what has none by its name."""
        return [link.letter.number or link.label for link in self.case.letters.select_related("letter").order_by("pk")]

    def seen_by(self) -> set[str]:
        """The user names of all who see it now."""
        return self.seen_by_of(self.office.every_post())

    def seen_by_of(self, posts: Iterable[Post]) -> set[str]:
        """The user names of those of the posts who see it now."""
        return {post.user.username for post in posts if visible_to(post).filter(pk=self.case.pk).exists()}


def _day(at: datetime) -> date:
    return at.astimezone(TZ).date()


def _watched(alert: Alert) -> str:
    return "lapsed" if alert.days == LAPSE else f"{alert.days:+d}"


def _told(clock: Deadline) -> str:
    if clock.met_on:
        end = f"met {clock.met_on}"
    elif clock.cancelled_on:
        end = f"void {clock.cancelled_on}"
    else:
        end = "runs" if clock.suspended_on is None else f"stands still since {clock.suspended_on}"
    days = f"{clock.strict_on}" + (f" (legal {clock.legal_on})" if clock.legal_on != clock.strict_on else "")
    return f"{clock.rule} from {clock.started_on} until {days}: {end}"


def begins(
    office: Office,
    day: str,
    *,
    by: Post | None = None,
    channel: Channel = Channel.VISIT,
    lead: Petitioner | None = None,
    requests: list[str] | None = None,
    petition: dict[str, Any] | None = None,
    **changes: Any,
) -> Life:
    """A matter is registered on the day on which it came; `changes` go to the matter."""
    on = date.fromisoformat(day)
    told: dict[str, Any] = {"requests": requests} if requests is not None else {}
    came = arrival(on, channel=channel, lead=lead, petition=petition or {}, **told)
    registered = register(came, matter(office, **changes), by=by or office.clerk, at=hour(day))
    return Life(office, registered.case, on)


def assert_whole() -> None:
    """Every chain of events is as it was written."""
    assert audit.verify(None).findings == []
