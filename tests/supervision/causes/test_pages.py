"""The pages of 督办件: what may be done stands there, what may not is refused in words."""

import re
from datetime import timedelta

import pytest
import time_machine

from binzhou_xinfang.web.paging import PAGE_SIZE
from cases.models import LetterDraft
from supervision.causes import verbs
from supervision.models import Stage, SupervisionCase
from tests.cases.pages import signed_in
from tests.office import Office
from tests.supervision.causes.late import LATE, drafted, issued, opened

pytestmark = pytest.mark.usefixtures("on_that_day")


@pytest.fixture
def on_that_day() -> object:
    with time_machine.travel(LATE + timedelta(days=2), tick=False) as traveller:
        yield traveller


def url(found: SupervisionCase, act: str = "") -> str:
    return f"/supervision/letters/{found.pk}/{act}"


def test_the_letter_comes_filled_in_and_goes_to_be_checked(office: Office) -> None:
    found = opened(office)
    client = signed_in(office.registrar)
    form = client.get(url(found, "draft/")).context["form"]
    assert form.initial["addressee"] == "市住房和城乡建设局"
    assert form.initial["findings"].startswith("60日办理期限自3月3日起算，5月6日届满，至今逾期3天")
    answer = client.post(url(found, "draft/"), form.initial)
    draft = LetterDraft.objects.get()
    assert answer["Location"] == f"/cases/{found.case.number}/drafts/{draft.pk}/"
    assert SupervisionCase.objects.get().stage == Stage.DRAFTED


def test_a_second_draft_of_the_same_is_refused_and_nothing_is_taken_up_twice(office: Office) -> None:
    found = opened(office)
    drafted(office, found)
    answer = signed_in(office.registrar).get(url(found, "draft/"))
    assert answer.status_code == 409
    assert "正在拟制" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "labels"),
    [
        ("registrar", ["拟函", "不予督办"]),
        ("head", ["拟函", "不予督办"]),
        ("leader", []),
        ("inspector", ["拟函", "不予督办"]),
    ],
)
def test_what_may_be_done_depends_on_the_post(office: Office, who: str, labels: list[str]) -> None:
    found = opened(office)
    acts = signed_in(getattr(office, who)).get(url(found)).context["offers"]
    expected = labels if getattr(office, who).unit == office.bureau else []
    assert [offer.row.key.label for offer in acts] == expected


def test_the_unit_answers_on_its_page(office: Office) -> None:
    found = issued(office)
    client = signed_in(office.unit_head)
    assert "书面反馈" in client.get(url(found)).content.decode()
    assert client.post(url(found, "answer/"), {"text": ""}).status_code == 422
    assert client.post(url(found, "answer/"), {"text": "已于5月8日答复信访人。"}).status_code == 302
    assert "已于5月8日答复信访人。" in signed_in(office.registrar).get(url(found)).content.decode()


def test_an_answer_is_judged_on_the_page_and_a_missing_reason_stands_at_its_field(office: Office) -> None:
    found = issued(office)
    verbs.answer(found, text="已整改", by=office.unit_head, at=LATE + timedelta(days=1))
    client = signed_in(office.head)
    answer = client.post(url(found, "judge/"), {"is_accepted": "no", "due_on": "2025-05-20"})
    assert (answer.status_code, "退回补充应当写明理由" in answer.content.decode()) == (422, True)
    answer = client.post(url(found, "judge/"), {"is_accepted": "yes"})
    assert (answer.status_code, "还没有完成，不能直接办结" in answer.content.decode()) == (422, True)
    assert client.post(url(found, "judge/"), {"is_accepted": "yes", "verdict": "已约定交付日期"}).status_code == 302
    assert SupervisionCase.objects.get().stage == Stage.SETTLED


def test_a_stranger_finds_no_letter(office: Office) -> None:
    found = issued(office)
    client = signed_in(office.water_handler)
    assert [client.get(url(found)).status_code, client.get(url(found, "answer/")).status_code] == [404, 404]
    assert found.case.number not in client.get("/supervision/letters/").content.decode()


def test_an_act_that_there_is_not_is_not_found(office: Office) -> None:
    assert signed_in(office.registrar).get(url(opened(office), "burn/")).status_code == 404


def test_an_empty_list_says_what_fills_it(office: Office) -> None:
    assert "系统提出督办件" in signed_in(office.registrar).get("/supervision/letters/").content.decode()


def test_the_list_is_grouped_by_whose_turn_it_is_and_each_group_has_its_list(office: Office) -> None:
    sent, pending = issued(office), opened(office)
    client = signed_in(office.registrar)
    html = client.get("/supervision/letters/").content.decode()

    assert html.index(">轮到本单位 <span") < html.index(url(pending)) < html.index(">轮到被督办单位 <span")
    assert html.index(">轮到被督办单位 <span") < html.index(url(sent))
    mine = client.get("/supervision/letters/?turn=mine").content.decode()
    assert (url(pending) in mine, url(sent) in mine) == (True, False)
    assert url(sent) in signed_in(office.unit_head).get("/supervision/letters/?turn=mine").content.decode()


def test_what_follows_is_said_of_the_verdict_that_it_follows(office: Office) -> None:
    found = issued(office)
    verbs.answer(found, text="已答复信访人。", by=office.handler, at=LATE)
    verbs.sign_answer(SupervisionCase.objects.get(pk=found.pk), by=office.unit_head, at=LATE)
    html = signed_in(office.registrar).get(url(found, "judge/")).content.decode()
    assert "变为“待反馈”的，三函反馈期限开始计算" in html


def heads_in(html: str) -> list[tuple[str, int]]:
    """The heads of the groups, with the number that each says."""
    found = re.findall(r'<tr class="turn"><th[^>]*>(\S+) <span[^>]*>(\d+) 件', html)
    return [(name, int(number)) for name, number in found]


def test_a_group_stays_together_over_all_pages_and_its_head_counts_all_of_it(office: Office) -> None:
    pending = opened(office)
    alike = {field.attname: getattr(pending, field.attname) for field in SupervisionCase._meta.concrete_fields}
    copies = [SupervisionCase(**alike | {"id": None, "key": f"copy-{n}"}) for n in range(PAGE_SIZE)]
    SupervisionCase.objects.bulk_create(copies)
    sent = issued(office)
    client = signed_in(office.registrar)
    first = client.get("/supervision/letters/").content.decode()
    following = re.search(r'href="(\?[^"]*after=[^"]+)"', first)
    assert following is not None
    second = client.get(f"/supervision/letters/{following[1].replace('&amp;', '&')}").content.decode()

    assert (heads_in(first), url(sent) in first) == ([("轮到本单位", PAGE_SIZE + 1)], False)
    assert heads_in(second) == [("轮到本单位", PAGE_SIZE + 1), ("轮到被督办单位", 1)]
    assert (url(pending) in second, url(sent) in second) == (True, True)
    assert f"共 {PAGE_SIZE + 2} 条" in second


def test_the_head_of_a_group_counts_within_the_filter(office: Office) -> None:
    opened(office)
    issued(office)
    html = signed_in(office.registrar).get("/supervision/letters/?stage=issued").content.decode()
    assert heads_in(html) == [("轮到被督办单位", 1)]
