"""A changed calendar moves the running clocks once it is confirmed, and no others."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.records.models import HouseEvent
from binzhou_xinfang.statute.models import Holiday, current_calendar
from binzhou_xinfang.statute.periods import LAPSE, PERIODS, Rule
from cases.clocks.ladder import moment_of
from cases.keeping.recalculation import recalculate, shifts
from cases.models import Alert, Deadline, PetitionCase
from cases.states import State
from cases.vocabulary import Purpose
from cases.watch.sweep import sweep
from tests.cases.pages import version_in
from tests.office import MONDAY, Office, case_in, moment, register

RESULT = date(2025, 3, 18)  # the last of the 15 days of a visit on 3 March


def rest_day() -> None:
    Holiday.objects.create(day=RESULT, kind="off", name="测试节")


def due(case: PetitionCase) -> date:
    return PetitionCase.objects.get(pk=case.pk).due_on


def test_a_new_rest_day_is_previewed_and_changes_nothing(office: Office) -> None:
    case = register(office).case
    rest_day()
    moved = [(shift.clock.case, shift.due.legal) for shift in shifts(current_calendar())]
    assert (moved, due(case)) == ([(case, date(2025, 3, 19))], RESULT)


def test_a_confirmed_change_moves_the_clock_the_list_and_leaves_an_event(office: Office) -> None:
    case = register(office).case
    rest_day()
    assert recalculate(by=office.head, at=MONDAY) == 1
    event = case.events.order_by("-seq")[0]
    assert (due(case), case.deadlines.get().legal_on) == (date(2025, 3, 19), date(2025, 3, 19))
    assert (event.kind, event.detail) == (
        "recalculated",
        {"rule": "triage", "before": "2025-03-18", "legal": "2025-03-19"},
    )


def test_a_second_recalculation_moves_nothing(office: Office) -> None:
    register(office)
    rest_day()
    recalculate(by=office.head, at=MONDAY)
    assert recalculate(by=office.head, at=MONDAY) == 0


def lapses(case: PetitionCase) -> list[date]:
    alerts = Alert.objects.filter(deadline__case=case, days=LAPSE).order_by("pk")
    return list(alerts.values_list("due_on", flat=True))


def test_the_rungs_of_a_clock_move_with_it(office: Office) -> None:
    case = register(office).case
    sweep(at=moment(2025, 3, 17))
    rest_day()
    recalculate(by=office.head, at=moment(2025, 3, 17))
    sweep(at=moment(2025, 3, 19))
    before = lapses(case)
    sweep(at=moment(2025, 3, 20))
    assert (before, lapses(case)) == ([], [date(2025, 3, 19)])


def test_who_was_late_before_and_still_is_is_not_told_twice(office: Office) -> None:
    case = register(office).case
    sweep(at=moment(2025, 3, 25))
    rest_day()
    recalculate(by=office.head, at=moment(2025, 3, 25))
    sweep(at=moment(2025, 3, 26))
    assert (lapses(case), case.deadlines.get().lapsed_at is not None) == ([RESULT], True)


def test_another_rest_day_makes_no_rung_come_earlier(office: Office) -> None:
    clock = register(office).case.deadlines.get()
    rest_day()
    recalculate(by=office.head, at=MONDAY)
    after = Deadline.objects.get(pk=clock.pk)
    ladder = PERIODS[Rule.TRIAGE].ladder
    assert all(moment_of(after, rung) >= moment_of(clock, rung) for rung in ladder)


def test_a_clock_that_was_met_is_never_touched(office: Office) -> None:
    case = case_in(office, State.REFERRED)
    Holiday.objects.create(day=RESULT, kind="off", name="测试节")
    recalculate(by=office.head, at=MONDAY)
    assert case.deadlines.get(rule=Rule.TRIAGE).legal_on == RESULT


@pytest.mark.parametrize(("kind", "legal"), [("work", date(2025, 4, 7)), ("off", date(2025, 4, 8))])
def test_a_right_that_was_told_is_never_shortened_and_may_be_prolonged(office: Office, kind: str, legal: date) -> None:
    # Delivered on Fri 03-07: 30 days end on Sun 04-06, in Qingming; legal Mon 04-07.
    case = case_in(office, State.DELIVERED, at=moment(2025, 3, 7))
    right = case.deadlines.get(rule=Rule.REVIEW_REQUEST)
    assert right.legal_on == date(2025, 4, 7)
    day = date(2025, 4, 6) if kind == "work" else date(2025, 4, 7)
    Holiday.objects.update_or_create(day=day, defaults={"kind": kind, "name": "测试节"})
    recalculate(by=office.head, at=moment(2025, 3, 10))
    right.refresh_from_db()
    assert right.legal_on == legal
    assert not [shift for shift in shifts(current_calendar()) if shift.clock.pk == right.pk]


def test_only_who_keeps_the_calendar_recalculates(office: Office) -> None:
    with pytest.raises(NotPermitted):
        recalculate(by=office.handler, at=MONDAY)


def page(office: Office, who: str) -> Client:
    client = Client()
    client.force_login(getattr(office, who).user)
    return client


def test_a_break_is_entered_previewed_and_confirmed_on_the_page(office: Office) -> None:
    case = register(office).case
    client = page(office, "head")
    entry = {
        "first_day": "2025-03-18", "last_day": "2025-03-19", "kind": "off", "name": "测试节", "source": "测试通知",
        "version": "0",
    }  # fmt: skip
    shown = client.post(reverse("cases:work-calendar"), entry, follow=True).content.decode()
    assert ("15日处理期限" in shown, due(case)) == (True, RESULT)
    client.post(reverse("cases:work-calendar-recalculate"), {"version": version_in(shown)})
    assert due(case) == date(2025, 3, 20)


def test_the_preview_says_nothing_of_sealed_reports(office: Office) -> None:
    register(office, purpose=Purpose.EXPOSE)
    rest_day()
    assert "15日处理期限" not in page(office, "administrator").get(reverse("cases:work-calendar")).content.decode()


def test_a_rest_day_without_a_name_is_refused_at_its_field(office: Office) -> None:
    entry = {"first_day": "2025-03-18", "kind": "off"}
    said = page(office, "head").post(reverse("cases:work-calendar"), entry).content.decode()
    assert "请填写节日名称" in said
    assert Holiday.objects.count() == 0


@pytest.mark.parametrize(("who", "status"), [("head", 200), ("administrator", 200), ("handler", 403), ("clerk", 403)])
def test_the_calendar_is_kept_by_those_with_the_right(office: Office, who: str, status: int) -> None:
    assert page(office, who).get(reverse("cases:work-calendar")).status_code == status


def test_nobody_is_sent_to_the_sign_in(office: Office) -> None:
    assert Client().get(reverse("cases:work-calendar")).status_code == 302


NEW_YEAR = date(2027, 1, 1)


def test_the_preview_names_the_matters_that_move(office: Office) -> None:
    case = register(office).case
    rest_day()
    assert case.number in page(office, "head").get(reverse("cases:work-calendar")).content.decode()


def test_a_year_of_one_day_says_what_is_missing_until_somebody_says_it_is_whole(office: Office) -> None:
    Holiday.objects.create(day=NEW_YEAR, kind="off", name="元旦")
    client, url = page(office, "head"), reverse("cases:work-calendar-whole", args=[2027])
    assert (
        "没有春节、清明、劳动、端午、中秋、国庆的放假安排"
        in client.get(reverse("cases:work-calendar")).content.decode()
    )
    assert current_calendar().is_provisional(NEW_YEAR)

    assert client.post(url).status_code == 409
    said = client.post(url, {"version": "0"}, follow=True).content.decode()
    assert "确认录入完整" in said
    assert not current_calendar().is_provisional(NEW_YEAR)
    assert Holiday.objects.get().whole_said_by == office.head.user

    back = reverse("cases:work-calendar-take-back", args=[2027])
    version = version_in(client.get(back).content.decode())
    assert client.post(back, {"version": version}).status_code == 422
    client.post(back, {"version": version, "reason": "通知还有第二批"})
    assert current_calendar().is_provisional(NEW_YEAR)
    assert HouseEvent.objects.order_by("seq").last().detail["reason"] == "通知还有第二批"


def test_of_two_who_keep_the_calendar_at_one_moment_the_second_is_told_what_the_first_has_done(office: Office) -> None:
    first, second, url = page(office, "head"), page(office, "administrator"), reverse("cases:work-calendar")
    seen = version_in(second.get(url).content.decode())
    entry = {"first_day": "2025-03-18", "kind": "off", "name": "测试节", "source": "测试通知", "version": seen}
    assert first.post(url, entry).status_code == 302
    said = second.post(url, entry | {"first_day": "2025-03-19"}).content.decode()
    assert [word in said for word in ("打开本页以后", office.head.user.name, "2025-03-18", "没有保存")] == [True] * 4
    assert Holiday.objects.count() == 1
    answer = second.post(reverse("cases:work-calendar-recalculate"), {"version": seen})
    assert answer.status_code == 409


def test_an_entry_is_taken_back_with_a_reason_that_stays(office: Office) -> None:
    rest_day()
    entry, client = Holiday.objects.get(), page(office, "head")
    url = reverse("cases:work-calendar-remove", args=[entry.pk])
    version = version_in(client.get(url).content.decode())
    assert client.post(url, {"version": version}).status_code == 422
    client.post(url, {"version": version, "reason": "录错日期"})
    assert Holiday.objects.count() == 0
    history = client.get(reverse("cases:house-histories", args=["calendar"])).content.decode()
    assert [word in history for word in ("录错日期", office.head.user.name)] == [True] * 2


def test_a_year_without_an_entry_cannot_be_said_to_be_whole(office: Office) -> None:
    assert page(office, "head").post(reverse("cases:work-calendar-whole", args=[2027])).status_code == 409
