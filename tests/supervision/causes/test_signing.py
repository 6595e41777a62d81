"""The answer of a unit: written by whom it may be, signed by its head, judged with the demand beside it."""

from datetime import date, timedelta

import pytest
import time_machine

from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.statute.rules import Rule
from cases.models import Deadline
from supervision.causes import verbs
from supervision.causes.turns import Turn, turn_of, turns
from supervision.models import Stage, SupervisionCase
from tests.cases.pages import signed_in
from tests.office import Office, moment
from tests.supervision.causes.late import LATE, issued, opened

WRITTEN = moment(2025, 5, 20)


def written(office: Office) -> SupervisionCase:
    """An answer as the handler wrote it, one day before its last."""
    found = issued(office)
    verbs.answer(found, text="已于5月8日答复信访人。", by=office.handler, at=WRITTEN)
    return SupervisionCase.objects.get(pk=found.pk)


@pytest.mark.parametrize(("day", "is_late"), [(21, False), (22, True)])
def test_the_clock_runs_until_the_head_has_signed(office: Office, day: int, is_late: bool) -> None:
    found = written(office)
    clock = found.case.deadlines.get(rule=Rule.LETTER_FEEDBACK)
    assert (clock.is_running, clock.legal_on) == (True, date(2025, 5, 21))
    verbs.sign_answer(found, by=office.unit_head, at=moment(2025, 5, day))
    given, clock = found.answers.get(), Deadline.objects.get(pk=clock.pk)

    assert (given.signed_by, given.by_user) == (office.unit_head.user, office.handler.user)
    assert (given.is_late, given.given_on, clock.met_on) == (is_late, date(2025, 5, day), date(2025, 5, day))
    assert SupervisionCase.objects.get(pk=found.pk).stage == Stage.ANSWERED


@pytest.mark.parametrize("who", ["handler", "colleague", "water_head", "head", "registrar"])
def test_nobody_but_the_units_head_signs(office: Office, who: str) -> None:
    with pytest.raises(NotPermitted):
        verbs.sign_answer(written(office), by=getattr(office, who), at=WRITTEN)


def test_what_is_not_signed_does_not_exist_for_the_office(office: Office) -> None:
    url = f"/supervision/letters/{written(office).pk}/"
    with time_machine.travel(WRITTEN, tick=False):
        seen = {who: "已于5月8日答复" in signed_in(getattr(office, who)).get(url).content.decode() for who in
                ("registrar", "head", "handler", "unit_head")}  # fmt: skip

    assert seen == {"registrar": False, "head": False, "handler": True, "unit_head": True}


def test_what_the_head_gives_back_is_written_anew_and_both_stay_in_the_course(office: Office) -> None:
    found = written(office)
    verbs.return_answer(found, reason="没有写明整改时限", by=office.unit_head, at=WRITTEN)
    assert SupervisionCase.objects.get(pk=found.pk).stage == Stage.ISSUED
    verbs.answer(found, text="已答复，六月底前整改到位。", by=office.handler, at=WRITTEN)
    verbs.sign_answer(found, by=office.unit_head, at=WRITTEN)

    assert [given.text for given in found.answers.all()] == ["已答复，六月底前整改到位。"]
    told = found.case.events.filter(kind__startswith="supervision-answer").order_by("seq")
    assert [event.detail["note"] for event in told] == [
        "已于5月8日答复信访人。", "没有写明整改时限", "已答复，六月底前整改到位。", "已答复，六月底前整改到位。",
    ]  # fmt: skip


def test_the_judge_reads_the_demand_the_duty_as_it_stands_and_the_answer_side_by_side(office: Office) -> None:
    found = written(office)
    verbs.sign_answer(found, by=office.unit_head, at=WRITTEN)
    with time_machine.travel(moment(2025, 5, 21), tick=False):
        html = signed_in(office.registrar).get(f"/supervision/letters/{found.pk}/judge/").content.decode()
    demand, _, answer = html.partition('id="answered"')

    assert ("60日办理期限届满未完成" in demand, "逾期 15 天" in demand, "尚未完成" in demand) == (True, True, True)
    assert ("已于5月8日答复信访人。" in answer, f"{office.unit_head.user.name}签发" in answer) == (True, True)
    assert "checked" not in answer.partition("<form")[2]


@pytest.mark.parametrize("is_done", [True, False])
def test_closing_while_the_duty_runs_wants_a_reason(office: Office, is_done: bool) -> None:
    found = written(office)
    verbs.sign_answer(found, by=office.unit_head, at=WRITTEN)
    if is_done:
        Deadline.objects.filter(pk=found.deadline_id).update(met_on=date(2025, 5, 8))
        verbs.judge(found, is_accepted=True, verdict="", by=office.registrar, at=WRITTEN)
        return
    with pytest.raises(Refusal, match="还没有完成，不能直接办结"):
        verbs.judge(found, is_accepted=True, verdict=" ", by=office.registrar, at=WRITTEN)
    verbs.judge(found, is_accepted=True, verdict="当事人住院，已约定", by=office.registrar, at=WRITTEN)
    assert SupervisionCase.objects.get(pk=found.pk).stage == Stage.SETTLED


def test_every_stage_is_somebodys_turn_and_condition_and_row_agree(office: Office) -> None:
    found = opened(office)
    for stage in Stage:
        issued_on = None if stage in (Stage.PENDING, Stage.DRAFTED, Stage.DROPPED) else LATE.date()
        SupervisionCase.objects.filter(pk=found.pk).update(stage=stage, issued_on=issued_on)
        row = SupervisionCase.objects.get(pk=found.pk)
        for unit in (office.bureau, office.housing, office.water):
            asked = [turn for turn, where in turns(unit.pk).items() if SupervisionCase.objects.filter(where, pk=row.pk)]
            assert asked == [turn_of(row, unit.pk)]
    assert turn_of(row, office.bureau.pk) is Turn.OVER


def test_the_home_of_a_head_has_the_answer_to_be_signed(office: Office) -> None:
    found = written(office)
    with time_machine.travel(WRITTEN + timedelta(hours=1), tick=False):
        head, office_head = (signed_in(post).get("/").content.decode() for post in (office.unit_head, office.head))

    assert f"/supervision/letters/{found.pk}/sign-answer/" in head
    assert f"/supervision/letters/{found.pk}/" not in office_head
