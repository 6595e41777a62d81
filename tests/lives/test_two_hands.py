"""Sealed reports that a single named person would end, or open: another one who is named asks for it first."""

import pytest

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import Refusal
from cases.procedure import perform
from cases.states import Move, State
from cases.vocabulary import Kind, LegalWay
from tests.factories import PostFactory
from tests.lives.story import Life, begins, hour
from tests.office import Office

DAY = "2026-09-08"


def report(office: Office) -> Life:
    return begins(office, "2026-09-07", purpose="expose")


def second(office: Office) -> Post:
    return PostFactory(
        unit=office.bureau, role=Role.OFFICE_HEAD, user__username="second", user__name="邹指定", reads_sealed=True
    )


def unsealing(life: Life, by: Post) -> None:
    perform(Move.UNSEAL, life.case, by=by, at=hour(DAY), purpose="settle", reason="登记时误选，来信没有检举内容")


def asked(life: Life, by: Post, ground: str) -> None:
    said = {"ground": ground, "note": "来信反映物业服务，没有检举内容", "paper_withdrawal": None}
    life.do(Move.ASK_END, DAY, by=by, **said)


def test_no_named_person_opens_a_report_alone(office: Office) -> None:
    life, other = report(office), second(office)
    with pytest.raises(Refusal, match="不能由一人“解除保密”"):
        unsealing(life, office.head)
    asked(life, office.head, "unsealed")
    with pytest.raises(Refusal, match="提请的人员不能自己决定"):
        unsealing(life, office.head)
    unsealing(life, other)
    assert (life.reload().is_sealed, life.case.end_asked) == (False, "")


def test_who_asked_for_the_void_of_a_report_does_not_void_it(office: Office) -> None:
    life, other = report(office), second(office)
    asked(life, other, "voided")
    given = {"ground": "mistake", "note": "误点登记", "told_by": "phone"}
    with pytest.raises(Refusal, match="提请的人员不能自己决定"):
        perform(Move.VOID, life.case, by=other, at=hour(DAY), **given)
    perform(Move.VOID, life.case, by=office.head, at=hour(DAY), **given)
    assert life.reload().state == State.VOIDED


def test_what_is_no_report_is_not_asked_for_as_one(office: Office) -> None:
    life = begins(office, "2026-09-07")
    life.refused(Move.ASK_END, DAY, "不是尚未转送的检举控告保密件", by=office.clerk, ground="unsealed")


@pytest.mark.parametrize("move", [Move.FILE, Move.DECLINE, Move.ANSWER_DIRECTLY])
def test_the_office_neither_files_nor_declines_nor_answers_a_report(office: Office, move: Move) -> None:
    life = report(office)
    life.do(Move.TRIAGE, DAY, by=office.head, kind=Kind.REPORT.value, legal_way=LegalWay.DISCIPLINE.value)
    life.refused(move, DAY, "由纪检监察机关按照管理权限处理|可选的范围内", by=office.head)
