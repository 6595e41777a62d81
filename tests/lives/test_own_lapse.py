"""Lapses of one's own: nobody takes back his own lateness by his own word (第四十条、第四十三条)."""

from datetime import date

from binzhou_xinfang.statute.periods import Rule
from cases.made_up.demo.scans import scan
from cases.models import Deadline
from cases.states import Move
from cases.vocabulary import Channel
from cases.window.registration import register
from tests.lives.story import Life, begins, hour
from tests.office import Office, arrival, matter

LATER = {"arrived_on": "2026-08-10", "correction_reason": "日期写错", "region_detail": ""}


def is_late(life: Life, rule: Rule) -> bool:
    return Deadline.objects.late(date(2026, 9, 30)).filter(case=life.case, rule=rule).exists()


def test_the_office_gives_its_own_lapse_no_later_day_be_it_with_a_paper(office: Office) -> None:
    came = arrival(date(2026, 8, 3), channel=Channel.LETTER)
    case = register(came, matter(office), by=office.clerk, at=hour("2026-08-19")).case
    life = Life(office, case, date(2026, 8, 19))
    life.until("2026-08-20")
    before = life.clock("triage")
    life.do(Move.AMEND, "2026-08-20", by=office.head, **LATER, **{"paper_other_proof": scan("收文登记")})
    assert (life.clock("triage"), str(life.case.received_on)) == (before, "2026-08-10")
    assert is_late(life, Rule.TRIAGE)


def test_before_it_has_lapsed_the_head_puts_the_day_right(office: Office) -> None:
    life = begins(office, "2026-08-12", channel=Channel.LETTER)
    life.do(Move.AMEND, "2026-08-14", by=office.head, **(LATER | {"arrived_on": "2026-08-11"}))
    assert life.clock("triage").startswith("triage from 2026-08-11")
