"""Days from which clocks count that began with an earlier event than the move that starts them."""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils import timezone

from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.rulebook import Rulebook
from cases.models import PetitionCase
from cases.states import Move


def _office_begins(case: PetitionCase, book: Rulebook) -> date:
    """Begin the office's own 15 days with the receipt, or as the office has set it."""
    registered_on = timezone.localdate(case.registered_at)
    return book.on(case.received_on).triage_start(case.received_on, registered_on=registered_on)


def _first_receipt(case: PetitionCase, book: Rulebook) -> date:
    """Keep the office's own 15 days through an objection or a wrong merge: they count from when they began."""
    clock = case.deadlines.filter(rule=Rule.TRIAGE).order_by("-pk").first()
    return clock.started_on if clock else _office_begins(case, book)


def _first_receipt_or_return(case: PetitionCase, book: Rulebook) -> date | None:
    """Keep the office's own 15 days through an objection; None for what comes back from 纪检监察 to whom another had
    handed it over: the office had passed it on in time."""
    handed = case.events.filter(kind__in=(Move.REFER.value, Move.ASSIGN.value, Move.TO_DISCIPLINE.value))
    last = handed.order_by("-seq").values_list("kind", flat=True).first()
    return None if last == Move.TO_DISCIPLINE.value else _first_receipt(case, book)


def _before_discipline(*rules: Rule) -> Callable[[PetitionCase, Rulebook], date | None]:
    """Count on for the unit that gets back what it had before 纪检监察 did: nobody gains days by the detour. None for
    a unit to which it is new."""

    def since(case: PetitionCase, book: Rulebook) -> date | None:
        void = case.deadlines.filter(rule__in=rules, unit=case.holder_id, cancelled_on__isnull=False)
        last = void.order_by("-pk").first()
        if last is None:
            return None
        on = (timezone.localdate(event.happened_at) for event in case.events.filter(kind=Move.TO_DISCIPLINE.value))
        return last.started_on if last.cancelled_on in set(on) else None

    return since


def _own_receipt(case: PetitionCase, book: Rulebook) -> date:
    """Go on, after a way down that was wrong, with the days that the unit had since it received the matter itself."""
    notices = case.deadlines.filter(rule=Rule.NOTICE).order_by("-pk")
    own = notices.filter(unit=case.holder_id).first() or notices.last()
    return own.started_on if own else case.received_on


def _first_notice(*rules: Rule) -> Callable[[PetitionCase, Rulebook], date]:
    """Count on from the notice of the way that proved to be another's: nobody gains days by the detour."""

    def since(case: PetitionCase, book: Rulebook) -> date:
        return case.deadlines.filter(rule__in=rules).order_by("-pk")[0].started_on

    return since


def _receipt_before(case: PetitionCase, book: Rulebook) -> date | None:
    """Keep the days of a unit that has had the matter before since it was sorted: a dispute, and a second one, buys
    nobody time. None for a unit to which it is new."""
    sorting = case.deadlines.filter(rule=Rule.TRIAGE).order_by("-pk").first()
    own = case.deadlines.filter(rule=Rule.NOTICE, unit=case.holder_id, pk__gt=sorting.pk if sorting else 0)
    last = own.order_by("-pk").first()
    return last.started_on if last else None


def _split(case: PetitionCase, book: Rulebook) -> date | None:
    """Count a wrong merge from the first receipt, as nobody gains days by it. None for what has parted: while its
    master was handled it was off this desk by right, and it comes back anew."""
    return None if case.has_parted else _first_receipt(case, book)


def _arrival(case: PetitionCase, book: Rulebook) -> date:
    return case.received_on


# Clocks that count from an earlier event than the move that starts them.
_SINCE: Mapping[tuple[Move, Rule], Callable[[PetitionCase, Rulebook], date | None]] = {
    (Move.REGISTER, Rule.TRIAGE): _office_begins,
    (Move.TRIAGE, Rule.SIMPLE_RELAY): _arrival,
    (Move.TAKE_UP, Rule.NOTICE): _arrival,
    (Move.AGREE_OBJECTION, Rule.TRIAGE): _first_receipt_or_return,
    (Move.RECLAIM, Rule.NOTICE): _own_receipt,
    (Move.RECLAIM, Rule.SIMPLE_ACCEPTANCE): _own_receipt,
    (Move.DECIDE_JURISDICTION, Rule.NOTICE): _receipt_before,
    (Move.RETRIEVE, Rule.NOTICE): _own_receipt,
    (Move.RETRIEVE, Rule.SIMPLE_ACCEPTANCE): _own_receipt,
    (Move.SPLIT, Rule.TRIAGE): _split,
    (Move.SPLIT, Rule.SIMPLE_RELAY): lambda case, book: None if case.has_parted else _arrival(case, book),
    (Move.TAKE_BACK, Rule.TRIAGE): _first_receipt,
    (Move.TAKE_BACK, Rule.SIMPLE_RELAY): _arrival,
    (Move.RESTORE, Rule.TRIAGE): _first_receipt,
    (Move.FALL_BACK, Rule.HANDLING): _first_notice(Rule.SIMPLE_HANDLING),
    (Move.TAKE_AS_DUTY, Rule.OWN_WAY): _first_notice(Rule.HANDLING, Rule.SIMPLE_HANDLING),
    (Move.TAKE_AS_CLAIM, Rule.HANDLING): _first_notice(Rule.OWN_WAY),
    (Move.ACCEPT, Rule.HANDLING): _before_discipline(Rule.HANDLING, Rule.SIMPLE_HANDLING, Rule.OWN_WAY),
    (Move.UNDERTAKE, Rule.OWN_WAY): _before_discipline(Rule.HANDLING, Rule.SIMPLE_HANDLING, Rule.OWN_WAY),
}


def start_day(case: PetitionCase, move: Move, rule: Rule, *, on: date, book: Rulebook) -> date:
    """Find the day from which a clock counts that this move starts on day `on`."""
    since = _SINCE.get((move, rule))
    return (since(case, book) if since else None) or on


# Clocks of the office itself, and of a body to which the matter was brought directly.
FROM_ARRIVAL: Mapping[Rule, Callable[[PetitionCase, Rulebook], date]] = {
    Rule.TRIAGE: _office_begins,
    Rule.SIMPLE_RELAY: _arrival,
    Rule.NOTICE: _arrival,
}
