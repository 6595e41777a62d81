"""Search, pickers and receipts: what is found by whom, and what never stands in an address."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from binzhou_xinfang.accounts.models import Post, UnitKind
from binzhou_xinfang.records.models import AccessLog
from binzhou_xinfang.statute.parameters import Key
from cases.house.loading import TOPICS, load_topics
from cases.models import Petition, Topic
from cases.vocabulary import Purpose
from cases.window.earlier_matters import overlap
from cases.window.registration import register_repeat
from tests.cases.pages import signed_in
from tests.cases.settings_made import set_from
from tests.factories import UnitFactory
from tests.office import MONDAY, Office, arrival, register

URL = reverse("cases:search")


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        yield


def search(post: Post, text: str) -> HttpResponse:
    """Send the search box and follow it to where it leads."""
    return signed_in(post).post(URL, {"q": text}, follow=True)


def numbers_in(answer: HttpResponse) -> list[str]:
    return re.findall(r'<tr data-row="([^"]+)"', answer.content.decode())


@pytest.mark.parametrize("spelling", [str, str.lower, lambda number: f"  {number} "])
def test_a_number_leads_straight_to_its_matter(office: Office, spelling: Any) -> None:
    case = register(office).case

    assert search(office.clerk, spelling(case.number)).redirect_chain[-1][0] == case.get_absolute_url()


def test_the_number_of_a_later_arrival_finds_its_matter(office: Office) -> None:
    case = register(office).case
    second = register_repeat(arrival(MONDAY.date()), case, by=office.clerk, at=MONDAY)

    assert numbers_in(search(office.clerk, second.number)) == [case.number]


def test_a_name_finds_every_matter_of_that_very_name(office: Office) -> None:
    first, second = register(office).case, register(office).case

    assert numbers_in(search(office.clerk, "刘某")) == [second.number, first.number]
    assert numbers_in(search(office.clerk, "刘")) == []


def test_a_telephone_number_is_found_and_stands_in_no_address_and_no_page(office: Office) -> None:
    case = register(office).case
    answer = search(office.clerk, "138-0000-0000")

    assert (numbers_in(answer), answer.redirect_chain) == ([case.number], [])
    assert "00000000" not in answer.content.decode()
    assert [line.subject for line in AccessLog.objects.filter(act="find-person")] == [
        "搜索框：证件号码或电话，找到 1 件"
    ]


def test_a_telephone_number_in_the_address_is_not_searched(office: Office) -> None:
    register(office)
    answer = signed_in(office.clerk).get(URL, {"q": "13800000000"})

    assert (numbers_in(answer), AccessLog.objects.filter(act="find-person").count()) == ([], 0)
    assert "不要写在网址里" in answer.content.decode()


def test_who_may_not_find_persons_is_told_what_to_search_by(office: Office) -> None:
    answer = search(office.handler, "13800000000")

    assert "您的岗位不能按证件号码或电话查找，请用编号或姓名。" in answer.content.decode()


def test_strangers_find_nothing(office: Office) -> None:
    case = register(office).case

    for post in (office.county_clerk, office.water_handler, office.administrator):
        assert [numbers_in(search(post, text)) for text in (case.number, "刘某")] == [[], []]


def test_a_sealed_matter_is_answered_like_no_matter(office: Office) -> None:
    case = register(office, purpose=Purpose.EXPOSE).case
    sealed, nothing = search(office.registrar, case.number), search(office.registrar, "BZXF-2025-999999")

    def words(answer: HttpResponse, number: str) -> str:
        # Each page has a token of its own.
        return re.sub(r'(value|X-CSRFToken": )"[\w-]{40,}"|value="[\w-]{64}"', "", answer.content.decode()).replace(
            number, ""
        )

    assert (numbers_in(sealed), sealed.status_code) == ([], nothing.status_code)
    assert len(words(sealed, case.number)) == len(words(nothing, "BZXF-2025-999999"))


def test_nothing_found_says_what_can_be_searched(office: Office) -> None:
    html = search(office.clerk, "王五").content.decode()

    assert "按“王五”没有找到您的岗位可以查阅的事项。" in html
    assert "编号、姓名、证件号码或电话" in html


@pytest.mark.parametrize("text", ["", " ", "\x00", "<script>", "x" * 500])
def test_odd_text_is_answered_with_a_page(office: Office, text: str) -> None:
    assert search(office.clerk, text).status_code == 200


# Pickers


def offered(post: Post, kind: str, text: str) -> list[str]:
    html = signed_in(post).get(reverse(f"cases:{kind}"), {"q": text}).content.decode()
    return re.findall(r'data-code="([^"]+)"', html)


def test_units_are_found_by_name_short_name_and_code(office: Office) -> None:
    assert offered(office.registrar, "units", "住房") == ["bzzj", "bzzj-zj"]
    assert offered(office.registrar, "units", "bzz") == ["bzzj", "bzzj-zj"]
    assert offered(office.registrar, "units", "滨州市 信访") == ["bzxf"]


@pytest.mark.parametrize(("ends", "codes"), [(date(2025, 3, 2), []), (date(2025, 3, 3), ["old"]), (None, ["old"])])
def test_a_closed_unit_is_not_offered_from_the_day_after_its_last(
    office: Office, ends: date | None, codes: list[str]
) -> None:
    UnitFactory(code="old", name="市旧城改造办公室", parent=office.city, valid_to=ends)

    assert offered(office.registrar, "units", "旧城") == codes


def test_units_and_places_are_kept_apart(office: Office) -> None:
    UnitFactory(code="371602001", name="市中街道", kind=UnitKind.TOWNSHIP, parent=office.county)

    assert (offered(office.clerk, "places", "滨城"), offered(office.clerk, "units", "滨城区")) == (
        ["371602", "371602001"],
        ["bcxf", "371602001"],
    )
    assert offered(office.clerk, "places", "信访局") == []


def test_the_very_name_comes_before_what_begins_with_it_and_what_contains_it(office: Office) -> None:
    for code, name in (("a1", "市大水利站"), ("a2", "水利站二所"), ("a3", "水利站")):
        UnitFactory(code=code, name=name, parent=office.city)

    assert offered(office.clerk, "units", "水利站") == ["a3", "a2", "a1"]


def test_topics_are_found_at_any_level_and_by_code(office: Office) -> None:
    Topic.objects.create(code="030505", level_1="城乡建设", level_2="住房保障与房地产", level_3="维修资金")
    Topic.objects.create(code="010101", level_1="农村农业", level_2="村务管理", level_3="村务公开", is_current=False)

    assert offered(office.clerk, "topics", "城乡") == ["030504", "030505"]
    assert offered(office.clerk, "topics", "房地产 维修") == ["030505"]
    assert offered(office.clerk, "topics", "0305") == ["030504", "030505"]
    assert offered(office.clerk, "topics", "村务") == []


def test_what_is_not_found_says_so_and_nobody_else_is_answered(office: Office, client: Any) -> None:
    assert "没有找到" in signed_in(office.clerk).get(reverse("cases:units"), {"q": "不存在"}).content.decode()
    assert client.get(reverse("cases:units"), {"q": "住房"}).status_code == 302


# Receipts


def receipt(post: Post, petition: Petition, query: str = "") -> HttpResponse:
    return signed_in(post).get(reverse("cases:receipt", args=[petition.number]) + query)


def test_a_receipt_says_what_came_when_and_when_the_answer_is_due(office: Office) -> None:
    petition = register(office)
    html = receipt(office.clerk, petition).content.decode()

    shown = (
        petition.number,
        petition.query_code,
        "刘某",
        "2025年3月3日",
        "来访",
        petition.case.title,
        "明确维修责任单位和期限",
        "2025年3月18日",
        "0543-3160000",
    )
    assert [words for words in shown if words not in html] == []


def test_a_receipt_of_a_repeat_names_the_matter_and_starts_no_clock(office: Office) -> None:
    case = register(office).case
    second = register_repeat(arrival(MONDAY.date()), case, by=office.clerk, at=MONDAY)
    html = receipt(office.clerk, second).content.decode()

    assert (case.number in html, second.query_code in html, "原办理期限不变" in html) == (True, True, True)
    assert "2025年3月18日" not in html


def test_a_receipt_prints_itself_once_and_remembers_its_paper(office: Office) -> None:
    petition, client = register(office), signed_in(office.clerk)
    url = reverse("cases:receipt", args=[petition.number])

    assert ("print-once.js" in client.get(f"{url}?print=1").content.decode()) is True
    assert ("print-once.js" in client.get(url).content.decode()) is False
    client.get(f"{url}?paper=a4")
    assert 'class="receipt receipt-a4"' in client.get(url).content.decode()


def test_every_showing_of_a_receipt_is_logged(office: Office) -> None:
    petition = register(office)
    receipt(office.clerk, petition)

    assert [line.subject for line in AccessLog.objects.filter(act="print")] == [f"接收回执 {petition.number}"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk", 200), ("registrar", 200), ("county_clerk", 404), ("handler", 403), ("administrator", 403)],
)
def test_a_receipt_is_shown_where_the_arrival_was_taken_in(office: Office, who: str, status: int) -> None:
    assert receipt(getattr(office, who), register(office)).status_code == status


@pytest.mark.parametrize(("who", "status"), [("clerk", 200), ("head", 200), ("registrar", 404)])
def test_the_receipt_of_a_report_of_wrongdoing_is_for_those_named(office: Office, who: str, status: int) -> None:
    assert receipt(getattr(office, who), register(office, purpose=Purpose.EXPOSE)).status_code == status


# Likeness


@given(st.text(max_size=40), st.text(max_size=40))
def test_overlap_is_a_part_and_the_same_from_both_sides(one: str, other: str) -> None:
    assert 0 <= overlap(one, other) <= 1
    assert overlap(one, other) == overlap(other, one)


def test_overlap_needs_enough_to_compare() -> None:
    assert overlap("地下车库漏水", "地下车库漏水") == 0.0
    assert overlap("小区地下车库漏水", "小区地下车库，漏水！") == 1.0
    assert overlap("小区地下车库漏水", "养老金待遇核定有误") == 0.0


@pytest.mark.parametrize(
    "typed",
    [
        "{number}\u200b",
        "编号{number}",
        "编号：{number}",
        "{wide}",
        "1",
        "000001",
        "2025-1",
        "2025年1号",
        "2025－000001",
    ],
)
def test_a_number_is_found_however_it_is_said(office: Office, typed: str) -> None:
    case = register(office).case
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in case.number)
    assert case.number in search(office.clerk, typed.format(number=case.number, wide=wide)).content.decode()


def test_the_tail_of_another_number_finds_nothing(office: Office) -> None:
    register(office)
    assert [numbers_in(search(office.clerk, text)) for text in ("2", "2024-1", "01-2")] == [[], [], []]


@pytest.mark.parametrize("pattern", ["{code}-{seq}-{year}", "{seq}-{code}-{year}", "{year}-{seq}-{code}"])
def test_a_number_whose_serial_is_not_last_is_found_by_its_serial(office: Office, pattern: str) -> None:
    set_from(Key.CASE_NUMBER.value, pattern, date(2025, 1, 1))
    number = register(office).case.number
    found = [numbers_in(search(office.clerk, text)) for text in ("1", "000001", "2025-1", "2", "2024-1", "25")]
    assert found == [[number], [number], [number], [], [], []]


@pytest.mark.parametrize("typed", ["住建局", "市住建局", "住房和城乡", "zjj", "房管局", "住\u200b建局 "])
def test_a_unit_is_found_by_what_people_call_it(office: Office, typed: str) -> None:
    UnitFactory(
        code="zj", name="滨州市住房和城乡建设委", short_name="市住房城乡建设委", parent=office.city,
        aliases="住建局、房管局、市住建局",
    )  # fmt: skip
    assert "zj" in offered(office.registrar, "units", typed)


def test_the_wrong_unit_is_never_first_for_a_word_that_is_another_s_name(office: Office) -> None:
    UnitFactory(code="gov-office", name="市政府办公室", short_name="市府办", parent=office.city)
    UnitFactory(code="gov", name="滨州市人民政府", short_name="市政府", parent=office.city)
    assert offered(office.registrar, "units", "市政府")[:2] == ["gov", "gov-office"]


def test_of_units_called_alike_the_one_of_the_own_area_comes_first(office: Office) -> None:
    for code, parent in (("city-rs", office.city), ("county-rs", office.county)):
        UnitFactory(code=code, name=f"{parent.name}人力资源和社会保障局", parent=parent, aliases="人社局")
    assert offered(office.registrar, "units", "人社局") == ["city-rs", "county-rs"]
    assert offered(office.county_clerk, "units", "人社局") == ["county-rs", "city-rs"]


@pytest.mark.parametrize("typed", ["欠薪", "tqnmggz", "讨薪", "农民工"])
def test_a_topic_is_found_by_the_people_s_words(office: Office, typed: str) -> None:
    Topic.objects.create(
        code="040805", level_1="劳动和社会保障", level_2="劳动关系", level_3="拖欠农民工工资", aliases="欠薪、讨薪"
    )
    assert offered(office.clerk, "topics", typed) == ["040805"]


def test_no_code_is_shown_in_an_offer(office: Office) -> None:
    html = signed_in(office.clerk).get(reverse("cases:units"), {"q": "住房"}).content.decode()
    assert [text for text in re.findall(r">([^<]+)<", html) if "bzzj" in text] == []


def test_what_people_call_a_topic_stays_when_the_list_is_loaded_again(office: Office) -> None:
    load_topics(TOPICS, at=timezone.now())
    Topic.objects.filter(code="040805").update(aliases="老板跑了")
    load_topics(TOPICS, at=timezone.now())
    assert offered(office.clerk, "topics", "老板跑了") == ["040805"]
    assert "020202" in offered(office.clerk, "topics", "征地")
    assert "140104" in offered(office.clerk, "topics", "噪声")


@pytest.mark.parametrize("typed", ["A138-0000-0000", "1-3800-000000", "13800000000"])
def test_a_telephone_number_dressed_as_one_of_ours_finds_nobody_without_the_right(office: Office, typed: str) -> None:
    register(office)
    assert numbers_in(search(office.handler, typed)) == []
