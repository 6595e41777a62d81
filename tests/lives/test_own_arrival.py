"""更正登记 of the day of arrival: no unit heals its own lapse by a later day (第十四条、第四十条)."""

from datetime import date

from cases.made_up.demo.scans import scan
from cases.states import Move
from cases.vocabulary import Channel
from cases.window.registration import register
from supervision.models import Stage, SupervisionCase
from tests.lives.story import Life, assert_whole, hour
from tests.office import Office, arrival, matter

LATER = {"arrived_on": "2026-08-19", "correction_reason": "日期写错", "region_detail": ""}


def lapsed(office: Office) -> Life:
    """Came on 08-03, registered by the unit on 08-19, its 15 days over on 08-18, and taken up."""
    came = arrival(date(2026, 8, 3), channel=Channel.LETTER)
    case = register(came, matter(office), by=office.housing_registrar, at=hour("2026-08-19")).case
    life = Life(office, case, date(2026, 8, 19))
    life.do(Move.TRIAGE, "2026-08-19", by=office.housing_registrar)
    life.do(Move.TAKE_UP, "2026-08-19", late_reason="收文人员漏登")
    life.until("2026-08-21")
    return life


def causes(life: Life) -> list[str]:
    return list(SupervisionCase.objects.filter(case=life.case).values_list("stage", flat=True))


def test_the_unit_itself_gives_itself_no_later_day(office: Office) -> None:
    life = lapsed(office)
    life.refused(Move.AMEND, "2026-08-21", "上级信访部门", by=office.unit_head, **LATER)
    assert causes(life) == [Stage.PENDING]


def test_an_earlier_day_costs_the_unit_days_and_is_its_own_to_write(office: Office) -> None:
    life = lapsed(office)
    life.do(Move.AMEND, "2026-08-21", by=office.unit_head, **(LATER | {"arrived_on": "2026-08-01"}))
    assert life.clock("notice") == "notice from 2026-08-01 until 2026-08-16 (legal 2026-08-17): runs"


def test_a_lapse_stays_where_the_office_above_has_no_proof(office: Office) -> None:
    life = lapsed(office)
    before = life.clock("notice")
    life.do(Move.AMEND, "2026-08-21", by=office.head, **LATER)
    assert (life.clock("notice"), causes(life)) == (before, [Stage.PENDING])
    life.refused(Move.ACCEPT, "2026-08-24", "逾期的原因", late_reason="")


def test_the_office_above_heals_it_with_a_proof_of_the_day(office: Office) -> None:
    life = lapsed(office)
    life.do(Move.AMEND, "2026-08-21", by=office.head, **LATER, **{"paper_other_proof": scan("收文登记")})
    assert life.clock("notice").startswith("notice from 2026-08-19")
    assert causes(life) == [Stage.DROPPED]
    assert_whole()
