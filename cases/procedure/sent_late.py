"""发出之日事后登录: the day on which a unit answered, entered too late to count by itself.

The unit whose delay a back-dated day would heal cannot vouch for itself: its clocks stand met on the day of the entry
until the office of registration has looked at the record of the post, the notice or the receipt.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.statute.periods import Rule
from cases.clocks.moving import period_of
from cases.models import Deadline, Delivery, PetitionCase, Standing
from cases.states import Move

# Handling, review and recheck alike: the clocks that the signed opinion meets on the day on which it is sent.
ANSWERED_BY_SENDING = (Rule.HANDLING, Rule.REDO, Rule.REVIEW, Rule.RECHECK)
MET_BY_SENDING = (*ANSWERED_BY_SENDING, Rule.DELIVERY)


@dataclass(frozen=True)
class Entered:
    """A sending as it was written down: left the house on `sent_on`, counts as answered on `on`."""

    on: date
    sent_on: date
    is_proven: bool
    received_on: date | None = None

    def day_for(self, clock: Deadline) -> date | None:
        """Find the day by which it answers the clock: where the office has set so, that of the delivery."""
        return self.received_on if period_of(clock).met_on_delivery else self.sent_on


@dataclass(frozen=True)
class Answered:
    """A duty that stands met on the day of an entry, and the day on which the answer was sent by its record."""

    clock: Deadline
    entered_on: date
    sent_on: date

    @property
    def is_decisive(self) -> bool:
        """True when it was in time by the one day and late by the other."""
        return any(self.sent_on <= day < self.entered_on for day in (self.clock.strict_on, self.clock.legal_on))


def answered_before_entry(case: PetitionCase, *, now: Entered | None = None) -> list[Answered]:
    """List the duties of which an entry, proven and not judged by the office yet, says that they were done before it.

    `now`: an entry that is being made, by which the running clocks are met on the day by which it counts.
    """
    entries = [*_sendings(case), *_deliveries(case), *([now] if now else [])]
    proven = {entry.sent_on for entry in entries if entry.is_proven}
    return list(_answered(case, [entry for entry in entries if entry.sent_on in proven], now))


def waits_for_delivery(case: PetitionCase) -> bool:
    """Check that what the unit owes is met by the delivery of its answer, as the office has set (Key.HANDLING_STOP)."""
    handling = case.deadlines.running().filter(rule__in=(Rule.HANDLING, Rule.REDO))
    return any(period_of(clock).met_on_delivery for clock in handling)


def is_in_question(case: PetitionCase, *, now: Entered | None = None) -> bool:
    """Check that the word of the office on a day of sending would make of a late answer one in time."""
    return any(one.is_decisive for one in answered_before_entry(case, now=now))


def _answered(case: PetitionCase, entries: list[Entered], now: Entered | None) -> Iterator[Answered]:
    for clock in case.deadlines.filter(rule__in=MET_BY_SENDING, cancelled_on=None):
        met_on = clock.met_on or (now.on if now else None)
        days = [day for entry in entries if entry.on == met_on and (day := entry.day_for(clock)) and day < entry.on]
        if met_on is not None and days:
            yield Answered(clock, met_on, min(days))


def _sendings(case: PetitionCase) -> list[Entered]:
    """Read what was written down as sent since the office last judged a day."""
    entries: list[Entered] = []
    kinds = (Move.SEND.value, Move.CONFIRM_DELIVERY.value)
    for kind, at, detail in (
        case.events.filter(kind__in=kinds).order_by("seq").values_list("kind", "happened_at", "detail")
    ):
        if kind == Move.CONFIRM_DELIVERY:
            entries.clear()
            continue
        sent_on = date.fromisoformat(detail.get("posted_on") or detail["notice_on"])
        entries.append(Entered(timezone.localdate(at), sent_on, is_proven=not detail.get("no_proof")))
    return entries


def _deliveries(case: PetitionCase) -> list[Entered]:
    rows = case.deliveries.filter(judged_on=None, entered_on__isnull=False).exclude(standing=Standing.UNKNOWN)
    return [
        Entered(row.entered_on, sent_by(row), row.standing != Standing.UNPROVEN, row.received_on)
        for row in rows
        if row.entered_on
    ]


def sent_by(delivery: Delivery) -> date:
    """Find the day on which it left the house, as far as it is known today."""
    return delivery.posted_on or delivery.notice_on or delivery.received_on


def heal(answered: Iterable[Answered], *, by: Post) -> str:
    """Let what others did count on its true day, and what the own unit did stay late; says so where there is some."""
    own = ""
    for one in answered:
        if one.clock.unit_id == by.unit_id:
            own = "系本机关自行核实，已经逾期的仍为逾期"
        else:
            Deadline.objects.filter(pk=one.clock.pk).update(met_on=one.sent_on)
    return own


def refuse_own_entry(case: PetitionCase, by: Post) -> None:
    """Raise Refusal for who wrote down the sending or the delivery that is judged: nobody confirms his own lateness."""
    waits = case.deliveries.filter(judged_on=None, entered_by=by.user_id)
    sent = case.events.filter(kind__in=(Move.SEND.value, Move.CONFIRM_DELIVERY.value)).order_by("-seq").first()
    if waits.exists() or (sent is not None and sent.kind == Move.SEND.value and sent.actor_id == by.user_id):
        raise Refusal("送达由您本人登录，应当由其他人员核实。")
