"""From the outbox to the people: whom, in which words, once, and in office hours."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.notices import outbox, writing
from binzhou_xinfang.notices.models import Channel, Message, Outbox
from binzhou_xinfang.notices.office_hours import next_hour
from binzhou_xinfang.notices.outbox import TOPICS, Note, Topic
from binzhou_xinfang.notices.writing import write_due
from binzhou_xinfang.statute.models import current_calendar, current_rulebook
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.periods import Rule
from cases.models import Alert, LetterDue, PetitionCase
from cases.states import Move, State
from cases.vocabulary import Purpose
from cases.watch.sweep import claiming, sweep
from tests.cases.settings_made import set_from
from tests.office import MONDAY, Office, case_in, moment, register, step


def told(at: datetime) -> set[str]:
    """The user names of those to whom the sweep and the writing of this moment bring a notice at the bell."""
    with time_machine.travel(at, tick=False):
        before = set(Message.objects.values_list("pk", flat=True))
        sweep(at=at)
        write_due(at=at)
    fresh = Message.objects.filter(channel=Channel.BELL).exclude(pk__in=before)
    return set(fresh.values_list("user__username", flat=True))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (moment(2025, 3, 3, 7), moment(2025, 3, 3, 8)),  # Monday before the hours
        (moment(2025, 3, 3, 8), moment(2025, 3, 3, 8)),
        (moment(2025, 3, 3, 17), moment(2025, 3, 3, 17)),
        (moment(2025, 3, 3, 18), moment(2025, 3, 4, 8)),
        (moment(2025, 3, 7, 18), moment(2025, 3, 10, 8)),  # Friday evening
        (moment(2025, 1, 26, 9), moment(2025, 1, 26, 9)),  # Sunday, worked before Spring Festival
        (moment(2025, 1, 28, 0), moment(2025, 2, 5, 8)),  # the eve of Spring Festival
        (moment(2025, 9, 30, 20), moment(2025, 10, 9, 8)),  # before National Day
    ],
)
def test_people_are_told_in_office_hours_of_working_days(db: None, at: datetime, expected: datetime) -> None:
    assert next_hour(at, regime=current_rulebook().on(at.date()), calendar=current_calendar()) == expected


def test_the_hours_are_set_by_the_office(db: None, office: Office) -> None:
    set_from(Key.NOTICES_FROM, 10, date(2025, 1, 1))
    found = next_hour(moment(2025, 3, 3, 9), regime=current_rulebook().on(MONDAY.date()), calendar=current_calendar())
    assert found == moment(2025, 3, 3, 10)


def test_nothing_is_written_before_its_hour(office: Office) -> None:
    register(office)
    assert told(moment(2025, 3, 15, 10)) == set()  # Saturday
    with time_machine.travel(moment(2025, 3, 17, 8), tick=False):
        assert write_due(at=moment(2025, 3, 17, 8)) > 0


def test_the_handler_is_told_first_then_head_and_office_then_the_leader(office: Office) -> None:
    case = case_in(office, State.HANDLING)  # due on Fri 2 May, legal Tue 6 May
    # Of letters that nobody has delivered others are told, by a bell of their own.
    LetterDue.objects.update(met_on=MONDAY.date())
    assert told(moment(2025, 4, 17, 9)) == {"handler"}
    assert told(moment(2025, 4, 30, 9)) == {"handler"}
    # The last warning falls on the first day of the holiday, the lapse on the second day after it.
    assert told(moment(2025, 5, 6, 9)) == {"unit-head", "registrar", "head"}
    assert told(moment(2025, 5, 7, 9)) == {"handler", "unit-head", "registrar", "head"}
    assert told(moment(2025, 5, 19, 9)) == {"unit-head", "registrar", "head", "leader"}
    titles = list(Message.objects.filter(user__username="leader").values_list("title", flat=True))
    assert titles == [f"{case.number} 60日办理期限已逾期13天，列入约谈、挂牌督办"]


def test_where_nobody_has_taken_it_up_every_handler_of_the_desk_is_told(office: Office) -> None:
    case = case_in(office, State.REFERRED)
    assert {"handler", "colleague"} <= told(moment(2025, 3, 17, 9))
    assert Message.objects.filter(url=case.get_absolute_url()).exists()


def test_a_sealed_report_is_told_to_those_alone_for_whom_it_exists(office: Office) -> None:
    register(office, purpose=Purpose.EXPOSE)
    assert told(moment(2025, 3, 17, 9)) <= {"clerk", "head"}


def test_a_clock_that_was_met_meanwhile_is_told_of_no_more(office: Office) -> None:
    case = register(office).case
    at = moment(2025, 3, 15, 3)
    sweep(at=at)
    for move in (Move.TRIAGE, Move.REFER):
        case = step(office, PetitionCase.objects.get(pk=case.pk), move, at=at)
    with time_machine.travel(moment(2025, 3, 17, 9), tick=False):
        assert write_due(at=moment(2025, 3, 17, 9)) == 0
    assert not Outbox.objects.filter(written_at=None).exists()


def test_what_is_late_or_nearly_late_goes_to_the_telephone_too(office: Office) -> None:
    office.registrar.user.phone = "13900000000"
    office.registrar.user.save()
    register(office)
    told(moment(2025, 3, 14, 9))
    early = Message.objects.filter(channel=Channel.SMS).count()
    told(moment(2025, 3, 17, 9))
    assert (early, Message.objects.filter(channel=Channel.SMS).count()) == (0, 1)


def test_no_notice_names_the_petitioner(office: Office) -> None:
    case = register(office).case
    told(moment(2025, 3, 19, 9))
    words = " ".join(Message.objects.values_list("text", flat=True))
    assert words
    assert case.lead.name not in words


def test_written_twice_it_is_told_once(office: Office) -> None:
    register(office)
    told(moment(2025, 3, 17, 9))
    number = Message.objects.count()
    Outbox.objects.update(written_at=None)
    with time_machine.travel(moment(2025, 3, 17, 9), tick=False):
        write_due(at=moment(2025, 3, 17, 9))
    assert Message.objects.count() == number


def test_a_writer_that_fails_for_one_holds_up_no_other(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    now = moment(2025, 3, 17, 9)
    for subject in (1, 2, 3):
        Outbox.objects.create(topic="alert", subject=subject, send_after=now, created_at=now)

    def writer(subjects: Any) -> list[Note]:
        if 2 in subjects:
            raise LookupError("no such thing")
        return [Note(subject, office.clerk.user, "标题", "内容", "/", matter=None) for subject in subjects]

    monkeypatch.setattr(outbox, "DECLARED", [])
    monkeypatch.setattr(TOPICS, "entries", {"alert": Topic("alert", writer)})
    assert write_due(at=now) == 2
    broken = Outbox.objects.get(subject=2)
    assert (broken.written_at, broken.send_after, broken.error) == (
        None, now + timedelta(hours=1), "LookupError: no such thing",
    )  # fmt: skip


def test_who_missed_several_rungs_is_told_of_the_last(office: Office) -> None:
    case = register(office).case
    told(moment(2025, 3, 20, 9))
    titles = Message.objects.filter(user=office.registrar.user, channel=Channel.BELL).values_list("title", flat=True)
    assert list(titles) == [f"{case.number} 15日处理期限已逾期2天"]


def test_a_person_with_two_posts_is_told_once(office: Office) -> None:
    Post.objects.create(user=office.registrar.user, unit=office.bureau, role="office-head", from_on=date(2020, 1, 1))
    register(office)
    told(moment(2025, 3, 17, 9))
    assert Message.objects.filter(user=office.registrar.user, channel=Channel.BELL).count() == 1


def test_plain_cron_tells_people_as_celery_does(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    register(office)
    sweep(at=moment(2025, 3, 15))
    with time_machine.travel(moment(2025, 3, 17), tick=False):
        call_command("deliver_notices")
        again = Message.objects.count()
        call_command("deliver_notices")
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (first["written"] > 0, second["written"]) == (True, 0)
    assert Message.objects.count() == again


@pytest.mark.parametrize("size", [1, 2, 3, 500])
@pytest.mark.parametrize("clocks_at_once", [2, 5000])
def test_a_watch_that_slept_for_weeks_tells_each_person_of_each_clock_once_however_many_batches_it_takes(
    office: Office, monkeypatch: pytest.MonkeyPatch, size: int, clocks_at_once: int
) -> None:
    monkeypatch.setattr(writing, "BATCH", size)
    monkeypatch.setattr(claiming.reach_batch, "__kwdefaults__", {"size": clocks_at_once})
    cases = [register(office).case for _ in range(5)]
    at = moment(2025, 4, 10, 9)
    with time_machine.travel(at, tick=False):
        sweep(at=at)
        write_due(at=at)
    alerts = Alert.objects.filter(deadline__rule=Rule.TRIAGE)
    assert alerts.count() == len(cases) * len([-3, -1, 1, 11])
    bells = Message.objects.filter(channel=Channel.BELL, outbox__topic="alert")
    told = [(message.user_id, message.matter) for message in bells]
    assert len(told) == len(set(told)) > len(cases)
    # The latest rung that is meant for a person: here one of the two after the last day.
    rungs = set(alerts.filter(pk__in=bells.values("outbox__subject")).values_list("days", flat=True))
    assert rungs <= {1, 11}
    assert 11 in rungs


def test_what_was_reached_before_is_told_again_at_the_next_rung(office: Office) -> None:
    register(office)
    before, after = told(moment(2025, 3, 17, 9)), told(moment(2025, 3, 19, 9))
    assert before & after
