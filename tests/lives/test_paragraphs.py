"""Single paragraphs and items of the 条例, each by a life of its own (docs/articles.md)."""

from datetime import date

import pytest

from binzhou_xinfang.letters.kinds.handing_over import REFERRAL
from binzhou_xinfang.letters.kinds.handling import OPINION
from binzhou_xinfang.letters.kinds.notices import ACCEPTANCE, DECLINE, STATUTORY_ROUTE
from binzhou_xinfang.statute.periods import Rule
from cases.facts import earlier_letter
from cases.models import Petitioner
from cases.states import Move, State
from cases.vocabulary import Answer, LegalWay
from supervision.models import SupervisionCase
from tests.lives.story import Life, begins
from tests.office import Office


def text_of(life: Life, kind: object) -> str:
    letter = earlier_letter(life.case, kind)  # type: ignore[arg-type]
    return "" if letter is None else "".join([letter.addressee, *letter.paragraphs])


def brought_to_the_unit(office: Office, day: str, lead: Petitioner | None = None) -> Life:
    """A matter that came to 市住建局 directly, and within its power."""
    life = begins(office, day, by=office.housing_registrar, lead=lead)
    life.do(Move.TRIAGE, day, by=office.housing_registrar)
    life.do(Move.TAKE_UP, day, by=office.housing_registrar, o_clock=10)
    return life


@pytest.mark.parametrize(
    ("to", "level"), [("bzzj", "本级部门"), ("bcxf", "下级机关")], ids=["第一款第一项", "第一款第二项"]
)
def test_the_office_passes_on_to_its_own_level_and_to_the_levels_below(office: Office, to: str, level: str) -> None:
    life = begins(office, "2026-09-21")
    life.do(Move.TRIAGE, "2026-09-22")
    life.do(Move.REFER, "2026-09-30", to_unit=to)
    assert (life.case.holder.code, life.case.state) == (to, State.REFERRED)
    assert life.clock("triage").endswith("met 2026-09-30")
    assert "第二十三条第三款" in text_of(life, REFERRAL)


@pytest.mark.parametrize(("day", "is_late"), [("2026-10-07", False), ("2026-10-08", False), ("2026-10-09", True)])
def test_who_brought_it_to_the_unit_itself_is_told_in_fifteen_days(office: Office, day: str, is_late: bool) -> None:
    # 09-21 + 15 = Tue 10-06, National Day: legal Thu 10-08.
    life = brought_to_the_unit(office, "2026-09-21")
    life.do(Move.ACCEPT, day, late_reason="承办人轮岗" if is_late else "")
    assert life.case.deadlines.get(rule=Rule.NOTICE).was_in_time is not is_late
    told = text_of(life, ACCEPTANCE)
    assert ("第三十一条第六项" in told, "2026年9月21日" in told) == (True, True)


def test_who_gave_neither_name_nor_address_is_told_nothing(office: Office) -> None:
    life = brought_to_the_unit(office, "2026-09-21", Petitioner(is_anonymous=True))
    life.do(Move.ACCEPT, "2026-10-08")
    assert text_of(life, ACCEPTANCE) == ""


@pytest.mark.parametrize(
    "way", [LegalWay.JUSTICE, LegalWay.ARBITRATION, LegalWay.PARTY_APPEAL, LegalWay.ADMINISTRATIVE]
)
def test_each_of_the_four_ways_is_led_to_its_procedure_by_its_item(office: Office, way: LegalWay) -> None:
    life = begins(office, "2026-09-21")
    life.do(Move.TRIAGE, "2026-09-22", legal_way=way)
    life.do(Move.ROUTE, "2026-09-30")
    item = way.label.rpartition("（")[2].removesuffix("）")
    assert (life.case.state, f"《信访工作条例》{item}" in text_of(life, STATUTORY_ROUTE)) == (State.ROUTED, True)
    assert [clock for clock in life.clocks() if clock.endswith("runs") and not clock.startswith("evaluation")] == []


@pytest.mark.parametrize("answer", Answer)
def test_each_of_the_three_answers_stands_in_the_opinion_and_support_alone_is_owed(
    office: Office, answer: Answer
) -> None:
    life = begins(office, "2026-09-21")
    for move in (Move.TRIAGE, Move.REFER, Move.SIGN_FOR, Move.ACCEPT, Move.INVESTIGATE):
        life.do(move, "2026-09-22")
    answers = [
        {"order": one.order, "result": answer.value, "text": "依照合同和规定核对。"} for one in life.case.requests.all()
    ]
    life.do(Move.DRAFT, "2026-09-28", answers=answers)
    for move in (Move.CHECK, Move.SIGN, Move.DELIVER):
        life.do(move, "2026-09-29")
    assert f"的请求，{answer.label}：" in text_of(life, OPINION)
    assert life.case.owes_execution is (answer is Answer.SUPPORT)


def test_a_visit_to_too_high_a_level_is_told_where_to_go(office: Office) -> None:
    life = begins(office, "2026-09-21")
    life.do(Move.TRIAGE, "2026-09-22")
    life.do(Move.DECLINE, "2026-09-22", ground="skipped", right_way="请到滨城区信访局接待场所提出")
    told = text_of(life, DECLINE)
    assert ("第二十条第一款" in told, "滨城区信访局接待场所" in told) == (True, True)


def test_what_is_not_told_in_time_is_urged(office: Office) -> None:
    life = begins(office, "2026-09-21")
    for move in (Move.TRIAGE, Move.REFER, Move.SIGN_FOR):
        life.do(move, "2026-09-21")
    life.until("2026-10-08")
    assert not SupervisionCase.objects.filter(case=life.case, deadline__rule=Rule.NOTICE).exists()
    life.until("2026-10-09")
    assert SupervisionCase.objects.filter(case=life.case, deadline__rule=Rule.NOTICE).exists()
    assert life.watched == date(2026, 10, 9)
