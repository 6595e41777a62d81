"""The page of one matter: who sees it, what stands on it, and what it costs."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from binzhou_xinfang.records.models import AccessLog, StoredFile
from cases.casefile.dossier import ARRIVALS, EVENTS
from cases.engine import note, offers
from cases.models import CaseAttachment, Deadline, Petition, PetitionCase, Petitioner
from cases.queries import visible_to
from cases.states import Move, State
from cases.vocabulary import PartyRole, Purpose
from cases.window.registration import Party
from cases.window.registration import register as register_action
from cases.window.registration import register_repeat as repeat_action
from tests.cases.pages import signed_in
from tests.office import MONDAY, Office, arrival, case_in, matter, register, step

DAY = timedelta(days=1)
PEOPLE = ("registrar", "head", "clerk", "handler", "unit_head", "water_handler", "leader", "county_clerk")


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        yield


def page_of(office: Office, who: str, case: PetitionCase, query: str = "") -> str:
    answer = signed_in(getattr(office, who)).get(case.get_absolute_url() + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def moves_on(html: str) -> list[str]:
    return re.findall(r'href="/cases/[^/"]+/moves/([\w-]+)/"', html)


def section(html: str, name: str) -> str:
    """The text of one section, without tags, blanks folded."""
    found = re.search(rf'id="{name}">(.*?)</section>', html, re.S)
    assert found is not None
    return " ".join(re.sub(r"<[^>]+>", " ", found.group(1)).split())


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("clerk", 200),
        ("registrar", 200),
        ("handler", 200),
        ("leader", 200),
        ("administrator", 404),
        ("water_handler", 404),
        ("county_clerk", 404),
        ("inspector", 404),
    ],
)
def test_who_sees_an_ordinary_matter(office: Office, who: str, status: int) -> None:
    case = case_in(office, State.HANDLING)
    assert signed_in(getattr(office, who)).get(case.get_absolute_url()).status_code == status


def test_nobody_is_sent_to_the_sign_in(office: Office) -> None:
    case = case_in(office, State.REGISTERED)
    assert Client().get(case.get_absolute_url()).status_code == 302


@pytest.mark.parametrize("number", ["BZXF-2025-999999", "x%00y", "%F0%9F%98%80"])
def test_a_number_that_is_not_there_is_not_found(office: Office, number: str) -> None:
    assert signed_in(office.head).get(f"/cases/{number}/").status_code == 404


def test_a_sealed_matter_is_there_for_those_named_alone(office: Office) -> None:
    case = register(office, purpose=Purpose.EXPOSE).case
    seen = {
        post.user.username
        for post in office.every_post()
        if signed_in(post).get(case.get_absolute_url()).status_code == 200
    }
    assert seen == {"clerk", "head"}


def test_every_look_at_a_sealed_matter_is_logged(office: Office) -> None:
    case = register(office, purpose=Purpose.EXPOSE).case
    ordinary = register(office).case
    for _ in range(2):
        page_of(office, "head", case)
        page_of(office, "head", ordinary)
    # Of an ordinary matter one line an hour is enough.
    assert list(AccessLog.objects.order_by("pk").values_list("act", "subject", "user__username")) == [
        ("open-sealed", case.number, "head"), ("open", ordinary.number, "head"), ("open-sealed", case.number, "head")
    ]  # fmt: skip


@pytest.mark.parametrize("state", State, ids=lambda state: state.value)
def test_the_page_offers_exactly_the_moves_of_the_table(office: Office, state: State) -> None:
    case = PetitionCase.objects.get(pk=case_in(office, state).pk)
    posts = [getattr(office, who) for who in PEOPLE]
    seeing = [post for post in posts if visible_to(post).filter(pk=case.pk).exists()]
    offered = {post.user.username: moves_on(page_of(office, _name(office, post), case)) for post in seeing}
    assert {name: sorted(moves) for name, moves in offered.items()} == {
        post.user.username: sorted(move.value for move in offers(post, case, on=MONDAY.date()).moves) for post in seeing
    }


def _name(office: Office, post: object) -> str:
    return next(name for name, value in vars(office).items() if value is post)


def test_one_move_alone_is_the_primary_one(office: Office) -> None:
    html = page_of(office, "handler", case_in(office, State.SIGNED_FOR))
    primary = re.findall(r'class="btn btn-primary" href="/cases/[^"]+/moves/([\w-]+)/"', html)
    beside = ["supplement", "report-urgent", "call-in", "ask-recusal", "ask-end"]
    assert (moves_on(html), primary) == (["accept", "object", *beside], ["accept"])


def test_the_clock_that_matters_now_stands_in_words(office: Office) -> None:
    case = case_in(office, State.ACCEPTED)
    with time_machine.travel(MONDAY + 52 * DAY, tick=False):
        html = page_of(office, "handler", case)
    now = re.search(r'<p class="case-now">(.*?)</p>', html)
    assert now is not None
    assert re.sub(r"<[^>]+>", "", now.group(1)) == "60日办理期限：还剩 12 天，5月6日(周二)"


def test_an_overdue_clock_is_red_and_says_so(office: Office) -> None:
    case = case_in(office, State.ACCEPTED)
    with time_machine.travel(MONDAY + 66 * DAY, tick=False):
        assert '<span class="due due-red">逾期 2 天</span>' in page_of(office, "handler", case)


def test_names_numbers_and_addresses_are_masked(office: Office) -> None:
    lead = Petitioner(
        name="刘小芳", id_number="371602199003077526", phone="13812345678", address="山东省滨州市滨城区黄河五路9号"
    )
    other = Party(Petitioner(name="张三丰", phone="13987654321"), PartyRole.REPRESENTATIVE, relation="邻居")
    from_them = arrival(MONDAY.date(), lead=lead, companions=[other])
    case = register_arrival(office, from_them)
    html = page_of(office, "clerk", case)
    assert [
        secret for secret in ("刘小芳", "张三丰", "371602199003077526", "13812345678", "黄河五路") if secret in html
    ] == []
    people = section(html, "people")
    assert ("刘*芳" in people, "3716**********7526" in people, "138****5678" in people) == (True, True, True)
    assert "代表 张*丰（邻居）" in section(html, "arrivals")


def register_arrival(office: Office, of: object) -> PetitionCase:
    from_desk = register_action(of, matter(office), by=office.clerk, at=MONDAY)
    return from_desk.case


def test_the_course_is_told_in_the_words_of_the_office(office: Office) -> None:
    case = case_in(office, State.REFERRED)
    told = section(page_of(office, "handler", case), "course")
    assert (
        "转送 滨州市信访局 李登记 3月3日(周一) 09:00 责任单位：市住房和城乡建设局；"
        "说明：请依法按政策办理，并按期答复信访人；期限：15日告知期限至3月18日" in told
    )
    assert "文书： 转送函 滨信转〔2025〕1号 、 程序性受理告知书 滨信程〔2025〕1号" in told
    assert told.index("转送") < told.index("登记 滨州市信访局 王窗口")


def test_the_answers_stand_at_their_requests_once_signed(office: Office) -> None:
    case = case_in(office, State.ISSUED)
    said = section(page_of(office, "registrar", case), "requests")
    assert said.startswith("诉求与答复 明确维修责任单位和期限 解释说明 督促物业公司限期维修。")


def test_a_draft_is_the_business_of_the_unit_that_writes_it(office: Office) -> None:
    case = case_in(office, State.DRAFTED)
    seen = ["督促物业公司限期维修" in page_of(office, who, case) for who in ("handler", "registrar", "leader")]
    assert seen == [True, False, False]


def test_the_road_shows_how_far_the_matter_is(office: Office) -> None:
    html = page_of(office, "handler", case_in(office, State.ACCEPTED))
    assert re.findall(r"<li class=\"is-past\"><b>(\w+)", html) == ["登记", "转送交办", "受理"]
    assert re.findall(r"<li aria-current=\"step\"><b>(\w+)", html) == ["发出意见"]


def test_every_clock_stands_in_the_table_with_its_days_and_words(office: Office) -> None:
    said = section(page_of(office, "handler", case_in(office, State.ACCEPTED)), "clocks")
    assert (
        "60日办理期限 《信访工作条例》第三十四条 还剩 64 天 市住房和城乡建设局 3月3日(周一) 5月2日(周五) 5月6日(周二)"
        in said
    )
    assert "15日告知期限 《信访工作条例》第二十三条第二款、第三款 3月3日(周一)完成，按期" in said
    assert "5个工作日异议期限 《信访工作条例》第二十三条第三款 3月3日(周一)取消" in said


def test_a_long_course_is_paged(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    for number in range(EVENTS):
        note(case, "attached", by=office.handler, at=timezone.now(), detail={"name": f"{number}.pdf"})
    first = page_of(office, "handler", case)
    older = re.search(r'href="(\?after=[^"#]+)#course">更早的经过', first)
    assert older is not None
    second = section(page_of(office, "handler", case, older.group(1)), "course")
    assert (section(first, "course").count("上传附件"), "登记" in second, "较新的经过" in second) == (
        EVENTS,
        True,
        True,
    )


@pytest.mark.parametrize("query", ["?after=x", "?after=99999999999999999999", "?before=%00", "?after=1,2"])
def test_a_broken_cursor_shows_the_newest_events(office: Office, query: str) -> None:
    case = case_in(office, State.HANDLING)
    assert "记录调查" in section(page_of(office, "handler", case, query), "course")


def test_what_was_typed_cannot_become_markup(office: Office) -> None:
    case = register(office, title="<script>alert(1)</script>", summary="<img src=x onerror=alert(2)>").case
    html = page_of(office, "clerk", case)
    assert ("<script>alert" in html, "<img src=x" in html) == (False, False)


def grow(office: Office, case: PetitionCase, *, by: int) -> None:
    """Many events, attachments, arrivals with companions, and clocks that have stopped."""
    stored, _ = StoredFile.objects.get_or_create(sha256="0" * 64, size=1, content_type="application/pdf")
    for number in range(by):
        note(case, "attached", by=office.handler, at=MONDAY, detail={"name": f"{number}.pdf"})
        CaseAttachment.objects.create(
            case=case, file=stored, name=f"{number}.pdf", unit=office.housing, uploaded_by=office.handler.user,
            uploaded_at=MONDAY,
        )  # fmt: skip
        Deadline.objects.create(
            case=case, rule="notice", unit=office.housing, started_on=MONDAY.date(), strict_on=date(2025, 3, 18),
            legal_on=date(2025, 3, 18), met_on=date(2025, 3, 10),
        )  # fmt: skip


@pytest.mark.parametrize("many", [1, 50])
def test_the_page_costs_the_same_for_a_thin_and_a_thick_file(
    office: Office, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case = case_in(office, State.DELIVERED)
    grow(office, case, by=many)
    client = signed_in(office.handler)
    client.get(case.get_absolute_url())
    with django_assert_num_queries(QUERIES):
        client.get(case.get_absolute_url())


# Who asks 2, the menu's counts, the matter, its clocks, requests, opinion and answers 2, arrivals and their
# companions 2, events, letters, attachments, all units, all users, the evaluations, 督办, deliveries, letters to be
# delivered and how they were 2, 专项记录, 访调对接, the line in the log of looks; people only when others than the
# first came.
QUERIES = 25


def test_of_many_arrivals_the_newest_are_shown(office: Office) -> None:
    case = register(office).case
    for _ in range(ARRIVALS):
        repeat_action(arrival(MONDAY.date()), PetitionCase.objects.get(pk=case.pk), by=office.clerk, at=MONDAY)
    html = page_of(office, "clerk", case)
    newest = Petition.objects.filter(case=case).latest("pk")
    assert html.count('<article class="arrival">') == ARRIVALS
    assert newest.number in section(html, "arrivals")
    assert f"共 {ARRIVALS + 1} 件，以上为最近 {ARRIVALS} 件。" in html


def test_the_page_is_not_kept_by_the_browser(office: Office) -> None:
    case = register(office).case
    answer = signed_in(office.clerk).get(case.get_absolute_url())
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_post_to_the_page_is_not_taken(office: Office) -> None:
    assert signed_in(office.clerk).post(register(office).case.get_absolute_url()).status_code == 405


def test_a_clock_day_leads_to_how_it_was_found(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    clock = case.deadlines.get(rule="handling")
    html = page_of(office, "handler", case)
    assert f'href="{reverse("cases:deadline", args=[case.number, clock.pk])}"' in html


def test_after_an_agreed_objection_the_road_goes_back(office: Office) -> None:
    case = step(office, case_in(office, State.OBJECTED), Move.AGREE_OBJECTION, at=MONDAY)
    html = page_of(office, "registrar", case)
    assert re.findall(r"<li class=\"is-past\"><b>(\w+)", html) == ["登记"]


def test_the_stations_stand_with_short_days_and_tell_the_whole_day_on_asking(office: Office) -> None:
    html = page_of(office, "head", case_in(office, State.RECHECK_HEARING))
    assert re.search(r'<b>登记</b><time datetime="2025-03-03" title="[^"<>]*3月3日\(周一\)">3月3日</time>', html)
