"""Home, menu and counts: the figures are the lengths of the lists they open."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.letters.kinds.supervision import RISK_LETTER
from binzhou_xinfang.web.paging import Count
from cases.drafts.verbs import draft_letter
from cases.models import PetitionCase
from cases.queries import QUEUES, Queue, queues_of
from cases.states import State
from cases.vocabulary import Purpose
from cases.web.menu import build
from cases.window.registration import register_repeat
from cases.worklists.counting import count_queues
from tests.cases.desk import DAY, numbers_in, registered_on, worklist
from tests.cases.pages import signed_in
from tests.factories import PostFactory
from tests.office import MONDAY, Office, arrival, case_in, register


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        yield


def home(post: Post) -> str:
    answer = signed_in(post).get(reverse("cases:home"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_home_shows_the_ten_most_urgent(office: Office) -> None:
    registered_on(office, *range(12))
    urgent = PetitionCase.objects.order_by("due_on", "pk").values_list("number", flat=True)[:10]

    assert numbers_in(home(office.registrar)) == list(urgent)


def test_home_of_the_window_shows_what_it_registered_today(office: Office) -> None:
    mine, yesterday = register(office).number, register(office, at=MONDAY - DAY).number
    others = register(office, by=office.registrar).number
    html = home(office.clerk)
    today = html[html.index("我今天登记的") : html.index("本窗口最急的事项")]

    assert (mine in today, yesterday in today, others in today) == (True, False, False)
    assert reverse("cases:receipt", args=[mine]) in today
    assert "登记信访件" in html


def test_home_of_the_window_keeps_a_repeat_about_a_matter_of_another_unit(office: Office) -> None:
    case = register(office, by=office.county_clerk).case
    second = register_repeat(arrival(MONDAY.date()), case, by=office.clerk, at=MONDAY)

    assert second.number in home(office.clerk)


def test_a_report_of_wrongdoing_leaves_the_home_of_who_took_it_in_when_it_is_handed_over(office: Office) -> None:
    petition = register(office, purpose=Purpose.EXPOSE)
    assert petition.number in home(office.clerk)
    PetitionCase.objects.filter(pk=petition.case_id).update(responsible=office.discipline_unit)

    assert petition.number not in home(office.clerk)


def test_home_of_a_role_without_worklists_says_what_it_does(office: Office) -> None:
    html = home(office.administrator)

    assert "您维护机构、用户、岗位和工作日历，不查阅信访事项。" in html
    assert reverse("cases:house-units") in html
    assert "登记信访件" not in html


def test_home_of_somebody_without_a_post_says_whom_to_ask(office: Office) -> None:
    former = PostFactory(to_on=date(2021, 1, 1))

    assert "您现在没有岗位" in home(former)


def test_home_of_every_post_opens(office: Office) -> None:
    assert [post for post in office.every_post() if "滨州信访" not in home(post)] == []


def test_the_menu_of_each_role_holds_what_it_works_with(office: Office, rf: Any) -> None:
    def labels(post: Post) -> list[str]:
        request = rf.get("/")
        request.post = post
        return [entry.label for entry in build(request) if entry.place == "side"]

    assert labels(office.clerk) == ["首页", "登记信访件", "本窗口在办", "全部事项", "法定途径"]
    assert labels(office.registrar) == [
        "首页",
        "登记信访件",
        "待办",
        "待甄别",
        "待转办",
        "异议待核",
        "待签收",
        "全部事项",
        "文书拟制",
        "法定途径",
    ]
    assert labels(office.leader) == ["首页", "本地区在办", "管辖待决", "全部事项", "文书拟制", "法定途径"]
    assert labels(office.administrator) == [
        "首页",
        "机构",
        "用户和岗位",
        "授权审批",
        "内容分类",
        "法定途径清单",
        "工作日历",
        "文书模板",
        "期限与参数",
        "运行状况",
    ]


def test_the_front_page_says_how_many_letters_wait_to_be_checked(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    assert "待审核签发文书" not in home(office.head)
    draft_letter(case, kind=RISK_LETTER, facts={}, by=office.registrar, at=MONDAY)
    assert '待审核签发文书 <a class="num" href="/drafts/">1 件</a>' in home(office.head)
    assert "待审核签发文书" not in home(office.registrar)


def test_the_bell_leads_to_what_is_late(office: Office) -> None:
    number = register(office, at=MONDAY - 20 * DAY).case.number
    register(office)
    html = home(office.registrar)

    assert 'href="/work/desk/?due=late" aria-label="逾期事项，1 件"' in html
    assert numbers_in(worklist(office.registrar, "desk", "?due=late")) == [number]


@pytest.mark.parametrize("rows", [1, 12])
def test_home_costs_the_same_however_much_waits(
    office: Office, django_assert_num_queries: Callable[[int], Any], rows: int
) -> None:
    registered_on(office, *range(rows))
    client = signed_in(office.clerk)
    client.get(reverse("cases:home"))

    # user, posts, all figures, calls to what is urgent, registered today, what is at risk, the most urgent
    with django_assert_num_queries(7):
        client.get(reverse("cases:home"))


def test_the_counts_of_the_menu_are_the_lengths_of_the_lists(office: Office) -> None:
    for state in State:
        case_in(office, state)
    register(office, at=MONDAY - 20 * DAY)
    for post in office.every_post():
        queues = queues_of(post)
        if not queues:
            continue
        figures = count_queues(post, queues, MONDAY.date())
        assert dict(figures.queues) == {queue.slug: Count(queue.cases(post).count(), False) for queue in queues}
        assert str(figures.late) == str(len(numbers_in(worklist(post, queues[0].slug, "?due=late"))))
        assert str(figures.soon) == str(len(numbers_in(worklist(post, queues[0].slug, "?due=3"))))


def test_counting_stops_at_the_cap_and_says_so(office: Office) -> None:
    registered_on(office, 0, 1, 20, 21)
    queues = queues_of(office.head)

    assert {
        slug: str(size) for slug, size in count_queues(office.head, queues, MONDAY.date(), cap=3).queues.items()
    } == {
        "desk": "3+",
        "triage": "3+",
        "dispatch": "0+",
        "objections": "0+",
        "assigned": "0+",
        "arrived": "0+",
        "jurisdiction": "0+",
        "area": "3+",
        "end-asked": "0",
        "recusals": "0",
        "deliveries": "0",
    }


def test_what_is_too_many_to_count_is_not_counted_again_for_a_while(
    office: Office, django_assert_num_queries: Callable[[int], Any]
) -> None:
    registered_on(office, 0, 1)
    queues = queues_of(office.leader)
    assert str(count_queues(office.leader, queues, MONDAY.date(), cap=1).queues["area"]) == "1+"
    PetitionCase.objects.update(due_rule="")

    assert str(count_queues(office.leader, queues, MONDAY.date(), cap=1).queues["area"]) == "1+"
    with time_machine.travel(MONDAY + timedelta(hours=1, seconds=1), tick=False), django_assert_num_queries(2):
        count_queues(office.leader, queues, MONDAY.date(), cap=1)


def test_the_first_queue_of_every_role_holds_all_of_its_desk() -> None:
    first: dict[str, Queue] = {}
    for queue in QUEUES:
        for role in queue.roles:
            first.setdefault(str(role), queue)

    assert [queue.slug for queue in first.values() if queue.states] == []


def test_a_leader_is_told_what_came_in_within_a_day_and_may_not_wait(office: Office) -> None:
    urgent = register(office, is_urgent=True).case
    group = register(office, at=MONDAY - timedelta(hours=22)).case
    PetitionCase.objects.filter(pk=group.pk).update(is_group=True, people=7)
    before = register(office, at=MONDAY - timedelta(hours=24), is_urgent=True).case
    ordinary = register(office).case
    told = home(office.leader).partition("24小时内登记的")[2].partition("</section>")[0]
    assert [case.number in told for case in (urgent, group, before, ordinary)] == [True, True, False, False]
    assert ("集体访" in told, "7 人" in told) == (True, True)
    assert "24小时内登记的" not in home(office.head)


def test_a_leader_is_told_nothing_of_a_report_of_wrongdoing_that_is_urgent(office: Office) -> None:
    register(office, is_urgent=True, purpose=Purpose.EXPOSE)
    assert "24小时内登记的" not in home(office.leader)
