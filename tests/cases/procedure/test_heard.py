"""听取陈述 and lateness: what is written down before an opinion is signed, or a matter ended after its last day."""

from binzhou_xinfang.letters.kinds.notices import DECLINE
from cases.facts import earlier_letter
from cases.models import Petitioner
from cases.states import Move, State
from tests.lives.conftest import _no_anchors
from tests.lives.story import Life, begins
from tests.office import Office, office

__all__ = ["_no_anchors", "office"]


def checked(office: Office, *, lead: Petitioner | None = None, **investigated: object) -> Life:
    life = begins(office, "2026-09-14", lead=lead)
    for move, day in (
        (Move.TRIAGE, "2026-09-15"), (Move.REFER, "2026-09-15"), (Move.SIGN_FOR, "2026-09-16"),
        (Move.ACCEPT, "2026-09-17"),
    ):  # fmt: skip
        life.do(move, day)
    life.do(Move.INVESTIGATE, "2026-09-24", **investigated)
    life.do(Move.DRAFT, "2026-09-28")
    life.do(Move.CHECK, "2026-09-29")
    return life


def test_no_opinion_is_signed_where_nobody_has_heard_the_petitioner(office: Office) -> None:
    life = checked(office, heard_petitioner=False)
    life.refused(Move.SIGN, "2026-09-30", "没有听取信访人陈述事实和理由的记录")
    life.do(Move.RETURN_DRAFT, "2026-09-30")
    life.do(Move.INVESTIGATE, "2026-10-08", heard_petitioner=True, note="当面听取信访人陈述")
    life.do(Move.DRAFT, "2026-10-09")
    life.do(Move.CHECK, "2026-10-10")
    life.do(Move.SIGN, "2026-10-12")
    assert life.case.state == State.ISSUED


def test_why_he_was_not_heard_is_written_down_instead(office: Office) -> None:
    life = checked(office, heard_petitioner=False, unheard="多次电话、上门均未能联系到信访人")
    assert life.case.events.get(kind=Move.INVESTIGATE).detail["unheard"] == "多次电话、上门均未能联系到信访人"
    life.do(Move.SIGN, "2026-09-30")
    assert life.case.state == State.ISSUED


def test_who_gave_no_name_cannot_be_heard(office: Office) -> None:
    life = checked(office, lead=Petitioner(name="匿名", is_anonymous=True), heard_petitioner=False)
    life.do(Move.SIGN, "2026-09-30")
    assert life.case.state == State.ISSUED


def test_what_is_declined_after_the_last_day_says_why_it_is_late(office: Office) -> None:
    life = begins(office, "2026-09-14")
    life.do(Move.TRIAGE, "2026-09-15")
    life.do(Move.REFER, "2026-09-16")
    life.do(Move.SIGN_FOR, "2026-09-17")
    # 09-16 + 15 = Thu 10-01, National Day: legal Thu 10-08.
    life.refused(Move.DECLINE, "2026-10-09", "请写明逾期的原因", by=office.unit_head, late_reason="")
    life.do(Move.DECLINE, "2026-10-09", by=office.unit_head, late_reason="承办人休假，未及时移交")
    assert life.case.events.get(kind=Move.DECLINE).detail["late_reason"] == "承办人休假，未及时移交"
    assert life.clock("notice") == "notice from 2026-09-16 until 2026-10-01 (legal 2026-10-08): met 2026-10-09"
    assert earlier_letter(life.case, DECLINE) is not None
