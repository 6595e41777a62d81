"""A hand-over for a day to come: planned with its preview, carried out by the beat, cancelled, told when it fails."""

from datetime import date, datetime, time
from typing import Any

import pytest
import time_machine

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.notices.models import Message
from binzhou_xinfang.notices.writing import write_due
from cases.handover.acts import resume_all
from cases.handover.plans import carry_out_due
from cases.models import HandOver, HandOverPlan
from cases.states import State
from cases.vocabulary import Purpose
from tests.cases.pages import signed_in
from tests.factories import PostFactory, UnitFactory
from tests.office import MONDAY, TZ, Office, case_in, register

URL = "/hand-overs/unit/"
# MONDAY is 2025-03-03; the housing bureau ends with the last day of the month.
SENT: dict[str, Any] = {
    "kind": "merged", "unit": "bzzj", "last_on": "2025-03-31", "basis": "滨编发〔2025〕1号", "successor": "bzsl",
    "tells_petitioners": "on", "seen": "1",
}  # fmt: skip
PERSON: dict[str, Any] = {"person": "handler", "basis": "退休", "successors": ["colleague"], "seen": "1"}
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def today() -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


def beat(day: str, at: time = time(0, 1)) -> int:
    moment = datetime.combine(date.fromisoformat(day), at, tzinfo=TZ)
    with time_machine.travel(moment, tick=False):
        begun = carry_out_due(at=moment)
        resume_all(at=moment)
    return begun


def planned(office: Office, **changes: Any) -> HandOverPlan:
    answer = signed_in(office.head).post(URL, SENT | changes, follow=True)
    assert "已登记移交计划" in answer.content.decode()
    return HandOverPlan.objects.get()


def test_a_merger_of_the_end_of_the_month_is_carried_out_on_the_day_after(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    page = signed_in(office.head).post(URL, {**SENT, "seen": ""}).content.decode()
    assert "2025年4月1日自动移交" in page
    assert "登记移交计划" in page
    plan = planned(office)
    assert (plan.effective_on, plan.foreseen["open"], HandOver.objects.exists()) == (date(2025, 4, 1), 1, False)
    later = case_in(office, State.HANDLING)
    assert [beat("2025-03-31", time(23, 59)), beat("2025-04-01"), beat("2025-04-01", time(0, 2))] == [0, 1, 0]
    for one in (case, later):
        one.refresh_from_db()
        assert one.responsible == office.water
    assert Unit.objects.get(code="bzzj").valid_to == date(2025, 3, 31)
    plan.refresh_from_db()
    assert plan.act is not None
    assert (plan.act.ordered_by, plan.act.last_on, plan.act.items.count()) == (office.head.user, date(2025, 3, 31), 2)
    assert "已执行" in signed_in(office.head).get(f"/hand-overs/plans/{plan.pk}/").content.decode()


def test_on_the_last_day_itself_it_is_carried_out_at_once(office: Office) -> None:
    case_in(office, State.HANDLING)
    signed_in(office.head).post(URL, SENT | {"last_on": "2025-03-03"})
    assert (HandOver.objects.count(), HandOverPlan.objects.count()) == (1, 0)


def test_a_successor_that_begins_on_that_day_with_its_posts_may_be_planned(office: Office) -> None:
    case_in(office, State.HANDLING)
    new = UnitFactory(code="bzcj", name="市城乡建设局", parent=office.city, valid_from=date(2025, 4, 1))
    refused = signed_in(office.head).post(URL, SENT | {"successor": "bzcj"})
    assert "没有人员任职" in refused.content.decode()
    PostFactory(unit=new, role="unit-handler", from_on=date(2025, 4, 1))
    planned(office, successor="bzcj")
    assert beat("2025-04-01") == 1


def test_a_plan_is_cancelled_with_its_reason_and_kept(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    plan = planned(office)
    head = signed_in(office.head)
    assert "待执行的计划" in head.get("/hand-overs/").content.decode()
    assert head.post(f"/hand-overs/plans/{plan.pk}/cancel/", {"reason": ""}).status_code == 422
    head.post(f"/hand-overs/plans/{plan.pk}/cancel/", {"reason": "改革方案推迟"})
    assert "改革方案推迟" in head.get(f"/hand-overs/plans/{plan.pk}/").content.decode()
    again = head.post(f"/hand-overs/plans/{plan.pk}/cancel/", {"reason": "再取消一次"})
    assert "已经执行或者取消" in again.content.decode()
    assert beat("2025-04-01") == 0
    case.refresh_from_db()
    assert case.responsible == office.housing


def test_sent_twice_it_is_planned_once(office: Office) -> None:
    case_in(office, State.HANDLING)
    planned(office)
    again = signed_in(office.head).post(URL, SENT)
    assert (again.status_code, "已有一项2025年04月01日的移交计划" in again.content.decode()) == (422, True)
    assert HandOverPlan.objects.count() == 1


def test_what_cannot_be_carried_out_is_told_once_and_tried_again(office: Office) -> None:
    case_in(office, State.HANDLING)
    plan = planned(office)
    posts = list(Post.objects.filter(unit=office.water))
    Post.objects.filter(unit=office.water).update(to_on=date(2025, 3, 20))
    assert [beat("2025-04-01"), beat("2025-04-01", time(0, 30)), beat("2025-04-01", time(9))] == [0, 0, 0]
    with time_machine.travel(datetime(2025, 4, 1, 10, tzinfo=TZ), tick=False):
        write_due(at=datetime(2025, 4, 1, 10, tzinfo=TZ))
    told = Message.objects.filter(url=f"/hand-overs/plans/{plan.pk}/")
    assert {one.user.username for one in told} == {"head"}
    assert all("没有按计划移交" in one.title for one in told)
    assert Unit.objects.get(code="bzzj").valid_to is None
    assert "没有人员任职" in signed_in(office.head).get(f"/hand-overs/plans/{plan.pk}/").content.decode()
    Post.objects.filter(pk__in=[post.pk for post in posts]).update(to_on=None)
    assert beat("2025-04-01", time(12)) == 1


def test_a_person_leaves_on_a_day_to_come(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    head = signed_in(office.unit_head)
    assert "不能早于今天" in head.post("/hand-overs/person/", PERSON | {"on": "2025-03-02"}).content.decode()
    head.post("/hand-overs/person/", PERSON | {"on": "2025-03-10"})
    assert HandOverPlan.objects.get().effective_on == date(2025, 3, 10)
    assert [beat("2025-03-09"), beat("2025-03-10")] == [0, 1]
    case.refresh_from_db()
    assert case.assignee == office.colleague.user


def test_a_plan_tells_nobody_of_sealed_matters(office: Office) -> None:
    case_in(office, State.HANDLING)
    register(office, at=MONDAY, by=office.housing_registrar, purpose=Purpose.EXPOSE)
    assert planned(office).foreseen["open"] == 1


def test_a_program_plans_reads_and_cancels(office: Office) -> None:
    case_in(office, State.HANDLING)
    head = signed_in(office.head)
    sent = {name: value for name, value in SENT.items() if name != "tells_petitioners"} | {"seen": 1}
    made = head.post("/api/hand-overs/unit/", sent, content_type="application/json")
    assert (made.status_code, made.json()["act"], made.json()["plan"]["effective_on"]) == (201, None, "2025-04-01")
    pk = made.json()["plan"]["id"]
    url = f"/api/hand-overs/plans/{pk}/"
    assert head.get(url).json()["cancelled_at"] is None
    answer = head.post(f"{url}cancel/", {"reason": "方案推迟"}, content_type="application/json")
    assert (answer.status_code, answer.json()["cancelled_why"]) == (200, "方案推迟")
    assert signed_in(office.handler).get(url).status_code == 403
    assert signed_in(office.unit_head).get(url).status_code == 404


def test_a_hand_over_beside_its_own_plan_is_refused_until_the_plan_is_cancelled(office: Office) -> None:
    case_in(office, State.HANDLING)
    planned(office)
    with time_machine.travel(datetime(2025, 3, 31, 10, tzinfo=TZ), tick=False):
        now = {**SENT, "basis": "滨编发〔2025〕2号"}
        assert "已有一项移交计划" in signed_in(office.head).post(URL, now, follow=True).content.decode()
        assert not HandOver.objects.exists()
    assert beat("2025-04-01") == 1
