"""Numbers, masks and the start of a unit's days as the office sets them: from their day on, at no cost by the row."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters import issuing
from binzhou_xinfang.letters.kinds.handing_over import REFERRAL
from binzhou_xinfang.records.masking import mask_id_number, mask_name, mask_numbers, mask_phone
from binzhou_xinfang.statute.models import Kept, settled
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.periods import Rule
from cases.keeping.in_force import item
from cases.keeping.setting_preview import foretell
from cases.keeping.settings import change_settings
from cases.models import PetitionCase
from cases.procedure.preview import consequences
from cases.states import Move, State
from cases.web.worklists.rows import for_lines, lines
from tests.cases.pages import signed_in
from tests.cases.settings_made import set_from
from tests.office import MONDAY, Office, case_in, moment, register, step

TODAY = MONDAY.date()
TOMORROW = TODAY + timedelta(days=1)
OTHER = "{code}-XF-{year}-{seq}"


@pytest.fixture(autouse=True)
def _read_this_morning(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """On the Monday, in a process that has read nothing yet."""
    with time_machine.travel(MONDAY, tick=False):
        monkeypatch.setattr(Kept, "read_on", None)
        yield


def set_one(office: Office, key: str, value: object, since: date = TOMORROW) -> None:
    change_settings({key: value}, effective_from=since, reason="决定", by=office.administrator, at=MONDAY)


def test_a_new_pattern_counts_from_its_day_and_the_series_goes_on(office: Office) -> None:
    first = register(office).case
    set_one(office, Key.CASE_NUMBER, OTHER)
    second = register(office).case
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        third = register(office, at=MONDAY + timedelta(days=1)).case
    numbers = [case.number for case in (first, second, third)]
    assert numbers == ["BZXF-2025-000001", "BZXF-2025-000002", "BZXF-XF-2025-000003"]


def test_numbers_of_both_patterns_are_found_and_opened(office: Office) -> None:
    old = register(office).case
    set_from(Key.CASE_NUMBER, OTHER, TOMORROW)
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        new = register(office, at=MONDAY + timedelta(days=1)).case
        browser = signed_in(office.registrar)
        for case in (old, new):
            found = browser.get(reverse("cases:search"), {"q": case.number.lower()})
            assert found.headers["Location"] == case.get_absolute_url()
            assert browser.get(case.get_absolute_url()).status_code == 200
            assert browser.get(f"/api/cases/{case.number}/").status_code == 200


def test_a_letter_is_numbered_by_the_pattern_of_its_day(office: Office) -> None:
    set_from(Key.LETTER_NUMBER, "{mark}{word}字〔{year}〕第{seq}号", TODAY)
    texts = [issuing.next_number(office.bureau, REFERRAL, day).text for day in (TODAY - timedelta(days=1), TODAY)]
    assert texts == ["滨信转〔2025〕1号", "滨信转字〔2025〕第2号"]


def test_letters_that_came_before_keep_their_numbers(office: Office) -> None:
    case = case_in(office, State.REFERRED)
    set_from(Key.LETTER_NUMBER, "{mark}{word}字〔{year}〕第{seq}号", TOMORROW)
    later = MONDAY + timedelta(days=1)
    with time_machine.travel(later, tick=False):
        case = step(office, step(office, case, Move.SIGN_FOR, at=later), Move.ACCEPT, at=later)
    assert [link.letter.number for link in case.letters.order_by("pk")] == [
        "滨信转〔2025〕1号", "滨信程〔2025〕1号", "滨住建告字〔2025〕第1号",
    ]  # fmt: skip


@pytest.mark.parametrize("key", [Key.CASE_NUMBER, Key.SHOWN_PHONE_HEAD])
def test_numbers_and_masks_count_from_tomorrow_at_the_earliest(office: Office, key: Key) -> None:
    with pytest.raises(Refusal, match="最早从次日") as refused:
        set_one(office, key, OTHER if key is Key.CASE_NUMBER else 0, since=TODAY)
    assert refused.value.field == "effective_from"


def test_letters_of_the_alphabet_that_a_code_has_already_are_refused(office: Office) -> None:
    with pytest.raises(Refusal, match="机构代码“370000-fc”中已有“FC”"):
        set_one(office, Key.CASE_NUMBER, "{code}-FC-{year}-{seq}")


def test_a_wrong_pattern_comes_back_at_its_field_and_nothing_is_written(office: Office) -> None:
    typed = {"value": "{code}-{seq}", "effective_from": TOMORROW.isoformat(), "reason": "决定"}
    answer = signed_in(office.administrator).post("/settings/case-number/", typed)
    assert answer.status_code == 422
    assert "应当含有下列各项" in answer.content.decode()
    assert settled(TOMORROW).value(Key.CASE_NUMBER) == "{code}-{year}-{seq}"


def test_the_preview_says_that_old_numbers_stay(office: Office) -> None:
    said = foretell(item(Key.CASE_NUMBER, TODAY), {Key.CASE_NUMBER: OTHER}, effective_from=TOMORROW, on=TODAY)
    assert said == [
        "信访件、信访事项编号：自3月4日起为{code}-XF-{year}-{seq}，例如BZXF-XF-2026-000061",
        "已经编定的号不变，仍可按原号查找；序号接着编，不重新开始",
    ]


ID, PHONE = "371601199001011234", "13812345678"


@pytest.mark.parametrize(
    ("own", "name", "short_name", "number", "phone", "landline"),
    [
        ({}, "刘*芳", "刘*", "3716**********1234", "138****5678", "*********567"),
        ({Key.SHOWN_NAME_TAIL: 0}, "刘**", "刘*", "3716**********1234", "138****5678", "*********567"),
        ({Key.SHOWN_NAME_HEAD: 0}, "**芳", "**", "3716**********1234", "138****5678", "*********567"),
        ({Key.SHOWN_ID_HEAD: 6}, "刘*芳", "刘*", "371601********1234", "138****5678", "*********567"),
        ({Key.SHOWN_ID_TAIL: 0}, "刘*芳", "刘*", "3716**************", "138****5678", "*********567"),
        ({Key.SHOWN_PHONE_HEAD: 0}, "刘*芳", "刘*", "3716**********1234", "*******5678", "*********567"),
        ({Key.SHOWN_PHONE_TAIL: 2}, "刘*芳", "刘*", "3716**********1234", "138******78", "**********67"),
    ],
)
def test_masks_show_what_the_office_has_set(
    db: None, own: dict[str, int], name: str, short_name: str, number: str, phone: str, landline: str
) -> None:
    for key, value in own.items():
        set_from(key, value, TODAY)
    assert (mask_name("刘小芳"), mask_name("刘芳")) == (name, short_name)
    assert (mask_id_number(ID), mask_phone(PHONE), mask_phone("0543-1234567")) == (number, phone, landline)
    assert mask_numbers(f"证件{ID}电话{PHONE}") == f"证件{number}电话{phone}"


def test_whatever_is_set_seven_characters_of_an_old_identity_number_stay_hidden(db: None) -> None:
    set_from(Key.SHOWN_ID_HEAD, 6, TODAY)
    assert mask_id_number("371601900101123") == "3716*******1123"


@pytest.mark.parametrize(
    ("key", "most"),
    [
        (Key.SHOWN_NAME_HEAD, 1),
        (Key.SHOWN_NAME_TAIL, 1),
        (Key.SHOWN_ID_HEAD, 6),
        (Key.SHOWN_ID_TAIL, 4),
        (Key.SHOWN_PHONE_HEAD, 3),
        (Key.SHOWN_PHONE_TAIL, 4),
    ],
)
def test_no_setting_shows_more_than_it_may(office: Office, key: Key, most: int) -> None:
    with pytest.raises(Refusal, match=f"应为0至{most}"):
        set_one(office, key, most + 1)
    set_one(office, key, 0)


@pytest.mark.parametrize("number", [1, 50])
def test_masks_of_a_list_cost_one_query_a_day_and_none_by_the_row(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    set_from(Key.SHOWN_NAME_TAIL, 0, TODAY)
    for _ in range(number):
        register(office)
    rows = list(for_lines(PetitionCase.objects.all()))
    Kept.read_on = None
    with django_assert_num_queries(1):
        assert {line.person for line in lines(rows, post=office.registrar, on=TODAY)} == {"刘*"}
    with django_assert_num_queries(0):
        lines(rows, post=office.registrar, on=TODAY)


def test_a_process_reads_what_was_set_for_the_new_day_on_the_new_day(office: Office) -> None:
    assert mask_name("刘小芳") == "刘*芳"
    set_one(office, Key.SHOWN_NAME_TAIL, 0)
    assert mask_name("刘小芳") == "刘*芳"
    with time_machine.travel(MONDAY + timedelta(days=1), tick=False):
        assert mask_name("刘小芳") == "刘**"


def clocks(case: PetitionCase) -> list[tuple[str, date, date | None]]:
    found = case.deadlines.filter(rule__in=[Rule.NOTICE, Rule.OBJECTION]).order_by("pk")
    return [(clock.rule, clock.started_on, clock.cancelled_on) for clock in found]


def test_without_a_setting_the_days_of_the_unit_count_from_the_arrival(office: Office) -> None:
    case = step(office, case_in(office, State.REFERRED), Move.SIGN_FOR, at=moment(2025, 3, 6))
    assert clocks(case) == [(Rule.NOTICE, TODAY, None), (Rule.OBJECTION, TODAY, None)]


def test_the_days_of_the_unit_may_count_from_its_signature(office: Office) -> None:
    set_from(Key.NOTICE_START, "signature", TODAY)
    case, signed = case_in(office, State.REFERRED), date(2025, 3, 6)
    said = consequences(case, Move.SIGN_FOR, by=office.handler, on=signed)
    assert said[:3] == [
        "15日告知期限改自签收之日起算",
        "5个工作日异议期限改自签收之日起算",
        "15日告知期限开始，至3月21日(周五)（《信访工作条例》第二十三条第二款、第三款）",
    ]
    case = step(office, case, Move.SIGN_FOR, at=moment(2025, 3, 6))
    assert clocks(case) == [
        (Rule.NOTICE, TODAY, signed),
        (Rule.OBJECTION, TODAY, signed),
        (Rule.NOTICE, signed, None),
        (Rule.OBJECTION, signed, None),
    ]
    assert [str(clock.legal_on) for clock in case.deadlines.running()] == ["2025-03-21", "2025-03-13"]
    assert (case.due_rule, str(case.due_on)) == (Rule.NOTICE, "2025-03-21")


def test_a_clock_that_started_before_the_setting_is_not_moved(office: Office) -> None:
    case = case_in(office, State.REFERRED)
    set_from(Key.NOTICE_START, "signature", TOMORROW)
    case = step(office, case, Move.SIGN_FOR, at=moment(2025, 3, 6))
    assert clocks(case) == [(Rule.NOTICE, TODAY, None), (Rule.OBJECTION, TODAY, None)]


def test_who_signs_after_the_last_day_gains_no_new_period(office: Office) -> None:
    set_from(Key.NOTICE_START, "signature", TODAY)
    case = step(office, case_in(office, State.REFERRED), Move.SIGN_FOR, at=moment(2025, 3, 19))
    assert (Rule.NOTICE, TODAY, None) in clocks(case)
    assert len(clocks(case)) == 2


@pytest.mark.parametrize(("name", "is_clock"), [("letter-number", False), ("shown-id-head", False), ("triage", True)])
def test_the_form_says_what_a_setting_changes_from_its_day_on(office: Office, name: str, is_clock: bool) -> None:
    html = signed_in(office.administrator).get(f"/settings/{name}/").content.decode()
    assert ("已经开始的不变" in html, "此前编定的号和制发的文书不变" in html) == (is_clock, not is_clock)
