"""期限与参数: setting them from a day on, refusals with their reason, and the page and the API of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.statute.models import SettingChange, current_rulebook
from binzhou_xinfang.statute.parameters import PARAMETERS, Column, Key, period_key
from binzhou_xinfang.statute.periods import PERIODS, Rule
from cases.keeping.in_force import item, item_names, items
from cases.keeping.setting_preview import foretell
from cases.keeping.settings import change_settings
from tests.cases.api_client import program
from tests.cases.pages import HTMX, signed_in, version_in
from tests.cases.settings_made import set_from
from tests.factories import PostFactory
from tests.office import MONDAY, Office, register

pytestmark = pytest.mark.usefixtures("on_monday")
TODAY = MONDAY.date()
TOMORROW = TODAY + timedelta(days=1)
TRIAGE = period_key(Rule.TRIAGE, Column.LENGTH)
LADDER = period_key(Rule.TRIAGE, Column.LADDER)
LAW = [rung.code for rung in PERIODS[Rule.TRIAGE].ladder]
TYPED = {
    "length": "10",
    "ladder": "\n".join(rung.words for rung in PERIODS[Rule.TRIAGE].ladder),
    "rolls": "true",
    "effective_from": "2025-03-04",
    "reason": "局务会决定",
    "version": "0",
}
URL = "/settings/triage/"


def change(office: Office, since: date = TOMORROW, reason: str = "局务会决定", **values: Any) -> list[SettingChange]:
    given = values or {TRIAGE: 10}
    return change_settings(given, effective_from=since, reason=reason, by=office.administrator, at=MONDAY)


def set_one(office: Office, key: str, value: object, since: date = TOMORROW) -> list[SettingChange]:
    return change_settings({key: value}, effective_from=since, reason="决定", by=office.administrator, at=MONDAY)


def test_a_change_is_written_with_who_why_and_since_when(office: Office) -> None:
    change(office)
    (row,) = SettingChange.objects.all()
    assert (row.key, row.value, row.effective_from, row.reason) == (TRIAGE, 10, TOMORROW, "局务会决定")
    assert (row.by_user, row.by_post, row.at) == (office.administrator.user, office.administrator.label, MONDAY)


def test_only_what_differs_is_written(office: Office) -> None:
    written = change_settings(
        {TRIAGE: 10, LADDER: LAW}, effective_from=TOMORROW, reason="决定", by=office.administrator, at=MONDAY
    )
    assert [row.key for row in written] == [TRIAGE]


def test_a_later_change_stands_beside_the_earlier_one(office: Office) -> None:
    change(office)
    set_one(office, TRIAGE, 15)
    assert list(SettingChange.objects.values_list("value", flat=True)) == [10, 15]
    assert current_rulebook().period(Rule.TRIAGE, TOMORROW).length == 15


@pytest.mark.parametrize("who", ["head", "clerk", "unit_head"])
def test_nobody_but_an_administrator_sets_anything(office: Office, who: str) -> None:
    with pytest.raises(NotPermitted):
        change_settings({TRIAGE: 10}, effective_from=TOMORROW, reason="决定", by=getattr(office, who), at=MONDAY)


@pytest.mark.parametrize("key", [TRIAGE, Key.SHANDONG, Key.EXTENSION_BASE, Key.HEARING_EXCLUSION])
def test_what_decides_a_due_day_counts_from_tomorrow_at_the_earliest(office: Office, key: str) -> None:
    value = {TRIAGE: 10, Key.SHANDONG: False, Key.EXTENSION_BASE: "rolled", Key.HEARING_EXCLUSION: "both-days"}[key]
    with pytest.raises(Refusal, match="最早从次日") as refused:
        set_one(office, key, value, TODAY)
    assert refused.value.field == "effective_from"
    assert set_one(office, key, value, TOMORROW)


def test_another_setting_counts_from_today_and_not_from_yesterday(office: Office) -> None:
    assert set_one(office, LADDER, ["-5:handler", "1:head"], TODAY)
    with pytest.raises(Refusal, match="不能早于今天"):
        set_one(office, Key.GROUP_SIZE, 10, TODAY - timedelta(days=1))


def test_a_day_beyond_two_years_is_a_slip_of_the_pen(office: Office) -> None:
    with pytest.raises(Refusal, match="最晚为2027年3月4日"):
        set_one(office, TRIAGE, 10, date(2027, 3, 5))
    assert set_one(office, TRIAGE, 10, date(2027, 3, 4))


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        (period_key(Rule.HANDLING, Column.LENGTH), 61, "第三十四条规定60日，本局可以缩短，不得放宽"),
        (period_key(Rule.HANDLING, Column.EXTENSION), 31, "第三十四条规定延长不得超过30日"),
        (period_key(Rule.REVIEW_REQUEST, Column.LENGTH), 29, "这是信访人的权利，不得缩短"),
        (period_key(Rule.OBJECTION, Column.LENGTH), 6, "不得缩短，也不得放宽"),
        (Key.REPRESENTATIVES, 6, "第二十条规定代表人数不得超过5人"),
        (period_key(Rule.REVIEW_REQUEST, Column.ROLLS), False, "没有这一项设定"),
        (Key.FIRST_PASS_TARGET, 2, "没有这一项设定"),  # nothing reads it yet
        ("nope", 1, "没有这一项设定"),
    ],
)
def test_what_the_law_does_not_allow_is_refused_with_its_article(
    office: Office, key: str, value: object, why: str
) -> None:
    with pytest.raises(Refusal, match=why) as refused:
        set_one(office, key, value)
    assert (refused.value.field, SettingChange.objects.count()) == (key, 0)


def test_what_changes_nothing_is_refused(office: Office) -> None:
    with pytest.raises(Refusal, match="没有需要记录的变化"):
        set_one(office, TRIAGE, 15)


def test_a_reason_is_wanted(office: Office) -> None:
    with pytest.raises(Refusal, match="理由") as refused:
        change(office, reason="  ")
    assert refused.value.field == "reason"


def test_an_item_says_what_is_in_force_since_when_and_what_is_to_come(office: Office) -> None:
    first, second = set_from(TRIAGE, 12, TODAY), set_from(TRIAGE, 10, date(2025, 5, 1))
    line = item("triage", TODAY).by_column["length"]
    assert (line.said, line.law, line.is_own, line.entry, line.to_come) == ("12日", "规定15日", True, first, (second,))
    assert item("triage", TODAY - timedelta(days=1)).by_column["length"].said == "15日"


def test_everything_offered_is_shown_once_in_one_query(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for days in (5, 6, 7):
        set_from(TRIAGE, days, TODAY)
    with django_assert_num_queries(1):
        keys = [line.parameter.key for one in items(TODAY) for line in one.lines]
    assert keys == [key for key, parameter in PARAMETERS.items() if not parameter.awaits]
    assert len(set(item_names())) == len(item_names())


def told(name: str, values: dict[str, Any], since: date = TOMORROW) -> str:
    return "\n".join(foretell(item(name, TODAY), values, effective_from=since, on=TODAY))


def test_the_preview_says_who_keeps_the_old_value_and_gives_an_example(office: Office) -> None:
    register(office)
    register(office)
    said = told("triage", {TRIAGE: 10})
    assert "自3月4日起为10日" in said
    assert "正在计算的2个期限和已经结束的期限保持原来的届满日" in said
    assert "例如3月4日收到信访事项的，届满日为3月14日(周五)（原为3月19日(周三)）" in said


def test_the_preview_does_not_count_reports_of_wrongdoing(office: Office) -> None:
    case = register(office).case
    type(case).objects.filter(pk=case.pk).update(is_sealed=True)
    assert "正在计算的0个期限" in told("triage", {TRIAGE: 10})


def test_the_preview_names_what_is_set_for_later_and_holds_then(office: Office) -> None:
    set_from(TRIAGE, 12, date(2025, 5, 1))
    assert "另已设定自5月1日起为12日，届时以其为准" in told("triage", {TRIAGE: 10})


def test_the_preview_of_the_switch_names_the_clocks_that_will_not_start(office: Office) -> None:
    said = told("shandong", {Key.SHANDONG: False})
    assert "此后不再开始计算：3个工作日复查受理期限" in said


@pytest.mark.parametrize(
    ("values", "since", "said"), [({TRIAGE: 15}, TOMORROW, "没有变化"), ({TRIAGE: 10}, TODAY, "次日")]
)
def test_the_preview_says_what_will_be_refused(office: Office, values: dict[str, Any], since: date, said: str) -> None:
    assert said in told("triage", values, since)


def test_the_page_shows_the_value_in_force_beside_the_laws(office: Office) -> None:
    set_from(TRIAGE, 10, TODAY)
    set_from(Key.SHANDONG, False, date(2025, 6, 1))
    html = signed_in(office.administrator).get(reverse("cases:settings")).content.decode()
    assert "<b>10日</b>" in html
    assert "规定15日" in html
    assert "改为不适用" in html


def test_the_page_costs_no_more_for_many_changes(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(office.administrator)
    for days in (5, 6, 7):
        set_from(TRIAGE, days, TODAY)
    client.get(reverse("cases:settings"))
    # user, posts, the settings, whether the watch goes round (an administrator's banner), the latest changes
    with django_assert_num_queries(5):
        client.get(reverse("cases:settings"))


def test_the_form_sets_what_was_typed_and_goes_back_to_the_page(office: Office) -> None:
    response = signed_in(office.administrator).post(URL, TYPED)
    assert response.headers["Location"] == reverse("cases:settings")
    assert [(row.key, row.value) for row in SettingChange.objects.all()] == [(TRIAGE, 10)]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"length": "16"}, "不得放宽"),
        ({"length": ""}, "请填写天数。"),
        ({"effective_from": "2025-03-03"}, "最早从次日"),
        ({"reason": ""}, "请填写设定的理由"),
        ({"ladder": "七天前"}, "看不懂"),
        ({"ladder": "提前3日：承办人"}, "超期1日"),
        ({"length": "15"}, "没有需要记录的变化"),
    ],
)
def test_a_refused_form_comes_back_with_the_reason_and_what_was_typed(
    office: Office, typed: dict[str, str], why: str
) -> None:
    response = signed_in(office.administrator).post(URL, TYPED | typed, headers=HTMX)
    assert (response.status_code, SettingChange.objects.count()) == (422, 0)
    assert why in response.content.decode()


def test_the_preview_comes_with_the_form_as_it_is_typed(office: Office) -> None:
    typed = {name: value for name, value in TYPED.items() if name != "reason"}
    html = signed_in(office.administrator).get(URL, typed, headers=HTMX).content.decode()
    assert "届满日为3月14日(周五)" in html


def test_the_head_of_an_office_reads_and_does_not_set(office: Office) -> None:
    client = signed_in(office.head)
    assert "由系统管理员设定" in client.get(URL).content.decode()
    assert client.post(URL, TYPED).status_code == 403


def test_an_unknown_item_is_not_there(office: Office) -> None:
    assert signed_in(office.administrator).get("/settings/first-pass-target/").status_code == 404


def test_each_item_has_a_form_that_takes_what_it_shows(office: Office, subtests: pytest.Subtests) -> None:
    client: Client = signed_in(office.administrator)
    for name in item_names():
        with subtests.test(name):
            page = client.get(f"/settings/{name}/")
            assert page.status_code == 200
            form = page.context["form"]
            shown = {field: form.get_initial_for_field(form.fields[field], field) for field in form.fields}
            response = client.post(f"/settings/{name}/", shown | {"reason": "不变", "version": "0"})
            assert "没有需要记录的变化" in response.content.decode()


def test_the_menu_leads_who_may_read_to_the_page(office: Office) -> None:
    assert reverse("cases:settings") in signed_in(office.administrator).get("/").content.decode()
    assert reverse("cases:settings") not in signed_in(office.clerk).get("/").content.decode()


def test_a_program_reads_what_is_in_force(office: Office) -> None:
    set_from(TRIAGE, 10, TODAY)
    set_from(LADDER, ["-5:handler", "1:head"], TOMORROW)
    found = {row["key"]: row for row in program(office.head).get("/api/settings/").json()}
    assert (found[TRIAGE]["default"], found[TRIAGE]["value"], found[TRIAGE]["effective_from"]) == (15, 10, "2025-03-03")
    assert found[LADDER]["value"] == LAW
    to_come = [{"value": ["-5:handler", "1:head"], "effective_from": "2025-03-04"}]
    assert found[LADDER]["to_come"] == to_come


def test_a_program_asks_what_was_in_force_on_another_day(office: Office) -> None:
    set_from(TRIAGE, 10, TOMORROW)
    days = [TODAY, TOMORROW]
    answers = [program(office.head).get("/api/settings/", {"on": day.isoformat()}).json() for day in days]
    assert [row["value"] for rows in answers for row in rows if row["key"] == TRIAGE] == [15, 10]


def test_a_program_of_an_administrator_sets_a_value(office: Office) -> None:
    sent = {"key": TRIAGE, "value": 10, "effective_from": "2025-03-04", "reason": "决定", "version": 0}
    response = program(office.administrator).post("/api/settings/", sent, format="json")
    assert (response.status_code, response.json()["value"], response.json()["to_come"][0]["value"]) == (201, 15, 10)


@pytest.mark.parametrize(
    ("sent", "status", "field"),
    [
        ({"value": 16}, 409, TRIAGE),
        ({"value": {"a": [1]}}, 409, TRIAGE),
        ({"value": None}, 400, None),
        ({"effective_from": "2025-03-03"}, 409, "effective_from"),
        ({"key": "nope"}, 409, "nope"),
        ({"reason": ""}, 400, None),
        ({"version": None}, 400, None),
    ],
)
def test_a_program_is_refused_with_the_reason(
    office: Office, sent: dict[str, Any], status: int, field: str | None
) -> None:
    body = {"key": TRIAGE, "value": 10, "effective_from": "2025-03-04", "reason": "决定", "version": 0} | sent
    response = program(office.administrator).post("/api/settings/", body, format="json")
    assert (response.status_code, response.json().get("field")) == (status, field)


def test_of_two_programs_that_set_one_thing_the_second_is_told_by_whom_it_was_set(office: Office) -> None:
    one, other = program(office.administrator), program(PostFactory(unit=office.bureau, role=Role.ADMINISTRATOR))
    body = {"key": TRIAGE, "value": 10, "effective_from": "2025-03-04", "reason": "决定", "version": 0}
    assert one.post("/api/settings/", body, format="json").json()["version"] == 1
    late = other.post("/api/settings/", body | {"value": 9}, format="json")
    assert (late.status_code, office.administrator.user.name in late.json()["detail"]) == (409, True)
    read = next(row for row in other.get("/api/settings/").json() if row["key"] == TRIAGE)
    body |= {"value": 9, "version": read["version"]}
    assert other.post("/api/settings/", body, format="json").status_code == 201


def test_a_form_without_its_version_sets_nothing(office: Office) -> None:
    typed = {name: value for name, value in TYPED.items() if name != "version"}
    answer = signed_in(office.administrator).post(URL, typed)
    assert (answer.status_code, "没有带上打开页面时的版本" in answer.content.decode()) == (422, True)
    assert not SettingChange.objects.exists()


def test_a_program_of_another_post_sets_nothing(office: Office) -> None:
    other = PostFactory(unit=office.housing, role=Role.UNIT_HEAD)
    assert program(other).post("/api/settings/", {}, format="json").status_code == 403
    assert program(other).get("/api/settings/").status_code == 403


def test_of_two_who_set_one_thing_at_one_moment_the_second_is_told_what_the_first_has_done(office: Office) -> None:
    other = PostFactory(unit=office.bureau, role=Role.ADMINISTRATOR)
    version = {"version": version_in(signed_in(other).get(URL).content.decode())}
    assert signed_in(office.administrator).post(URL, TYPED | version).status_code == 302
    answer = signed_in(other).post(URL, TYPED | version | {"length": "9"})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert [word in said for word in ("打开本页以后", office.administrator.user.name, "没有保存")] == [True] * 3
    assert SettingChange.objects.count() == 1


def test_what_another_thing_was_set_to_does_not_stand_in_the_way(office: Office) -> None:
    version = {"version": version_in(signed_in(office.administrator).get(URL).content.decode())}
    set_other = period_key(Rule.HANDLING, Column.LENGTH)
    given = {set_other: 50}
    change_settings(given, effective_from=TOMORROW, reason="另一项", by=office.administrator, at=MONDAY)
    assert signed_in(office.administrator).post(URL, TYPED | version).status_code == 302


def test_the_history_of_the_settings_is_read_by_who_reads_them_and_by_the_auditor(office: Office) -> None:
    signed_in(office.administrator).post(URL, TYPED)
    auditor = PostFactory(unit=office.bureau, role=Role.AUDITOR)
    address = reverse("cases:house-histories", args=["setting"])
    for post in (office.administrator, office.head, auditor):
        assert "局务会决定" in signed_in(post).get(address).content.decode()
    assert signed_in(office.clerk).get(address).status_code == 403
