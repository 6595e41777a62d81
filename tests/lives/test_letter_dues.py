"""Letters that lie: a notice is owed by a day, told to who serves it, and then to who stands above him."""

from datetime import date

import pytest
import time_machine

from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.kinds.notices import ACCEPTANCE, DECLINE
from binzhou_xinfang.notices.models import Message
from binzhou_xinfang.notices.writing import write_due
from cases.models import LetterDue
from cases.procedure.delivery_entry import DeliveryEntry
from cases.serving.standing import SERVED, served_letters
from cases.serving.verbs import record_delivery
from cases.states import Move
from tests.lives.story import Life, begins, hour
from tests.office import Office

BY_HAND = {"way": "direct", "recipient": "刘某", "relation": "self", "place": "局接待室", "no_proof": "信访人不愿签字"}


def accepted(office: Office) -> Life:
    life = begins(office, "2026-08-03")
    for move, day in (
        (Move.TRIAGE, "2026-08-03"), (Move.REFER, "2026-08-04"), (Move.SIGN_FOR, "2026-08-05"),
        (Move.ACCEPT, "2026-08-10"),
    ):  # fmt: skip
        life.do(move, day)
    return life


def told(topic: str, day: str) -> list[str]:
    """Names of those who have been told of letters by the morning of the day."""
    with time_machine.travel(hour(day, 10), tick=False):
        write_due(at=hour(day, 10))
    messages = Message.objects.filter(outbox__topic=topic).select_related("user")
    return sorted({message.user.username for message in messages})


def test_a_notice_that_nobody_delivers_is_told_to_the_unit_and_then_to_its_head_and_the_office(office: Office) -> None:
    life = accepted(office)
    due = LetterDue.objects.get(link__letter__kind=ACCEPTANCE)
    assert (due.unit, due.due_on, due.met_on) == (office.housing, date(2026, 8, 20), None)
    life.until("2026-08-20")
    # The office's own letter of 08-04 has lain since 08-14.
    assert "handler" not in told("letter-undelivered", "2026-08-20")
    life.until("2026-08-21")
    assert "handler" in told("letter-undelivered", "2026-08-21")
    text = Message.objects.filter(outbox__topic="letter-undelivered", user=office.handler.user).latest("pk").text
    assert ("受理告知书最迟应于" in text, "已逾期1日，尚未登记送达" in text) == (True, True)
    life.until("2026-08-31")
    assert {"unit-head", "registrar"} <= set(told("letter-still-undelivered", "2026-08-31"))


def test_what_was_delivered_is_asked_after_no_more(office: Office) -> None:
    life = accepted(office)
    for link in life.case.letters.filter(letter__kind__in=SERVED).select_related("letter__unit"):
        by = office.handler if link.letter.unit == office.housing else office.registrar
        entry = DeliveryEntry(delivered_on=date(2026, 8, 19), **BY_HAND)
        record_delivery(link, delivery=entry, by=by, at=hour("2026-08-19"))
    life.until("2026-09-10")
    assert not LetterDue.objects.filter(met_on=None).exists()
    assert (told("letter-undelivered", "2026-09-10"), [one.due_on for one in served_letters(life.case)]) == (
        [], [None, None],
    )  # fmt: skip


def test_a_refusal_closes_the_matter_and_is_owed_to_the_petitioner_all_the_same(office: Office) -> None:
    life = begins(office, "2026-08-03")
    life.do(Move.TRIAGE, "2026-08-03")
    life.do(Move.DECLINE, "2026-08-10")
    due = LetterDue.objects.get(link__letter__kind=DECLINE)
    assert (due.unit, str(due.due_on)) == (office.bureau, "2026-08-20")
    life.until("2026-08-21")
    assert told("letter-undelivered", "2026-08-21")


@pytest.mark.parametrize("kind", [kind for kind in LetterKind if kind.served], ids=str)
def test_each_kind_that_has_to_arrive_is_watched_by_a_move_of_its_own_or_by_its_day(kind: LetterKind) -> None:
    assert kind.served
    assert kind.served.by_move is (kind.value not in SERVED)
