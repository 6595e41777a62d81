"""撤回、死亡、重新启动: endings of a matter, its successor, and its new beginning."""

from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.kinds.handling import OPINION
from binzhou_xinfang.letters.kinds.notices import ACCEPTANCE
from binzhou_xinfang.letters.models import Letter
from cases.facts import earlier_letter
from cases.states import Move, State
from cases.vocabulary import EndGround
from cases.worklists.search import find
from tests.lives.story import BUREAU, HOUSING, Life, assert_whole, begins
from tests.office import Office


def letter_of(life: Life, kind: LetterKind) -> Letter:
    letter = earlier_letter(life.case, kind)
    assert letter is not None
    return letter


def test_a_petitioner_withdraws_of_free_will_and_every_clock_stops(office: Office) -> None:
    life = begins(office, "2025-09-22")
    life.do(Move.TRIAGE, "2025-09-23")
    life.do(Move.REFER, "2025-09-24")
    life.do(Move.SIGN_FOR, "2025-09-25")
    life.do(Move.ACCEPT, "2025-09-28")  # Sunday, a make-up workday before National Day
    life.do(Move.INVESTIGATE, "2025-10-09")
    life.refused(Move.WITHDRAW, "2025-10-11", "岗位", by=office.handler)
    life.do(Move.ASK_END, "2025-10-11", by=office.handler)
    life.refused(Move.WITHDRAW, "2025-10-11", "自愿", is_free_will=False)
    life.do(Move.WITHDRAW, "2025-10-11", statement="物业已修好，不再信访")  # Saturday, a make-up workday
    assert (life.case.state, str(life.case.closed_on)) == (State.WITHDRAWN, "2025-10-11")
    life.refused(Move.DRAFT, "2025-11-28", "已撤回")
    assert life.clocks() == [
        # 09-22 + 15 = Tue 10-07, National Day: legal Thu 10-09.
        "triage from 2025-09-22 until 2025-10-07 (legal 2025-10-09): met 2025-09-24",
        "notice from 2025-09-24 until 2025-10-09: met 2025-09-28",
        # 25, 26, Sun 28 (make-up), 29, 30.
        "objection from 2025-09-24 until 2025-09-30: void 2025-09-28",
        # 2 of September, 31, 27 of November.
        "handling from 2025-09-28 until 2025-11-27: void 2025-10-11",
        # The word of the office: 13, 14, 15 of October.
        "end-decision from 2025-10-11 until 2025-10-15: met 2025-10-11",
    ]
    # Afterwards the watch has nothing more to say of it.
    assert (life.watch(), life.seen_by()) == (["-2 objection 2025-09-28"], BUREAU | HOUSING)
    assert life.letters() == ["滨信转〔2025〕1号", "滨信程〔2025〕1号", "滨住建告〔2025〕1号", "滨信撤〔2025〕1号"]
    assert life.case.events.get(kind=Move.WITHDRAW.value).detail["verified_by"] == "窗口当面核实"
    assert_whole()


def test_a_petitioner_dies_and_a_child_goes_on_in_the_same_matter(office: Office) -> None:
    life = begins(office, "2025-01-13")
    life.do(Move.TRIAGE, "2025-01-14")
    life.do(Move.REFER, "2025-01-15")
    life.do(Move.SIGN_FOR, "2025-01-16")
    life.do(Move.ACCEPT, "2025-01-24")
    life.refused(Move.SUCCEED, "2025-02-10", "姓名相同", name="刘某")
    life.do(Move.SUCCEED, "2025-02-10", by=office.clerk)
    arrived = life.case.petitions.get()
    assert (life.case.lead.name, arrived.lead.name, life.case.state) == ("刘小某", "刘某", State.ACCEPTED)
    # Whoever asks for it by the successor's name or phone finds it, and by the dead person's too.
    asked = [[case.pk for case in find(office.registrar, text)] for text in ("刘小某", "13900000000", "刘某")]
    assert asked == [[life.case.pk]] * 3
    life.do(Move.INVESTIGATE, "2025-02-20")
    life.do(Move.DRAFT, "2025-03-10")
    life.do(Move.CHECK, "2025-03-11")
    life.do(Move.SIGN, "2025-03-17")
    life.do(Move.DELIVER, "2025-03-20", recipient="刘小某")
    assert letter_of(life, ACCEPTANCE).salutation.startswith("刘某")
    assert letter_of(life, OPINION).salutation.startswith("刘小某")
    life.do(Move.RESOLVE, "2025-04-22")
    assert life.clocks() == [
        # 01-13 + 15 = Tue 01-28, the first day of Spring Festival: legal Wed 02-05.
        "triage from 2025-01-13 until 2025-01-28 (legal 2025-02-05): met 2025-01-15",
        "notice from 2025-01-15 until 2025-01-30 (legal 2025-02-05): met 2025-01-24",
        "objection from 2025-01-15 until 2025-01-22: void 2025-01-23",
        "handling from 2025-01-24 until 2025-03-25: met 2025-03-20",
        # 03-20 + 30 = Sat 04-19: legal Mon 04-21; the watch closes the file on 04-22.
        "review-request from 2025-03-20 until 2025-04-19 (legal 2025-04-21): void 2025-04-22",
        "evaluation from 2025-03-20 until 2025-04-19 (legal 2025-04-21): void 2025-04-22",
    ]
    assert (life.case.state, str(life.case.closed_on), life.events()[-3:]) == (
        State.RESOLVED,
        "2025-04-22",
        ["close", "right-ended", "resolve"],
    )
    assert life.letters()[-2:] == ["滨住建化〔2025〕1号", "息诉罢访承诺书"]
    assert_whole()


def test_a_petitioner_dies_without_a_successor_and_the_matter_ends(office: Office) -> None:
    life = begins(office, "2026-02-04")
    life.do(Move.TRIAGE, "2026-02-04")
    life.do(Move.REFER, "2026-02-05")
    life.do(Move.SIGN_FOR, "2026-02-06")
    life.do(Move.ACCEPT, "2026-02-10")
    life.refused(Move.END, "2026-02-24", "复核意见尚未送达", ground="rechecked")
    life.refused(Move.END, "2026-02-24", "没有调解、和解协议书", ground="mediated")
    life.refused(Move.END, "2026-02-24", "岗位", by=office.unit_head)
    life.do(Move.END, "2026-02-25")
    assert (life.case.state, life.case.end_ground) == (State.ENDED, EndGround.NO_SUCCESSOR)
    life.do(Move.CONFIRM_END, "2026-02-28")  # Saturday, a make-up workday
    life.refused(Move.PUBLISH, "2026-02-28", "只有经过听证")
    life.do(Move.ARCHIVE, "2026-03-02")
    life.until("2026-04-20")
    assert life.clocks() == [
        # 02-04 + 15 = Thu 02-19, Spring Festival: legal Tue 02-24.
        "triage from 2026-02-04 until 2026-02-19 (legal 2026-02-24): met 2026-02-05",
        "notice from 2026-02-05 until 2026-02-20 (legal 2026-02-24): met 2026-02-10",
        "objection from 2026-02-05 until 2026-02-12: void 2026-02-10",
        # 18 of February, 31, 11 of April: Saturday, legal Mon 04-13.
        "handling from 2026-02-10 until 2026-04-11 (legal 2026-04-13): void 2026-02-25",
    ]
    assert (life.watch(), life.letters()[-1]) == (["-2 objection 2026-02-10"], "滨信卷〔2026〕1号")
    assert_whole()


def test_a_matter_that_was_closed_wrongly_begins_anew_with_new_clocks_and_its_history(office: Office) -> None:
    life = begins(office, "2025-01-06")
    life.do(Move.TRIAGE, "2025-01-07")
    life.do(Move.REFER, "2025-01-08")
    life.do(Move.SIGN_FOR, "2025-01-09")
    life.do(Move.ACCEPT, "2025-01-10")
    life.do(Move.INVESTIGATE, "2025-02-05")
    life.do(Move.DRAFT, "2025-02-10")
    life.do(Move.CHECK, "2025-02-11")
    life.do(Move.SIGN, "2025-02-20")
    life.do(Move.DELIVER, "2025-02-25")
    life.do(Move.CLOSE, "2025-03-03")
    life.refused(Move.REOPEN, "2025-04-02", "岗位", by=office.registrar)
    life.do(Move.REOPEN, "2025-04-02", ground="wrongly-closed", reason="车库仍在漏水，办结依据不实")
    assert (life.case.state, life.case.closed_on, life.case.holder) == (State.REGISTERED, None, office.bureau)
    assert (life.case.responsible, life.case.last_answer, life.case.outcomes) == (None, "", [])
    life.do(Move.TRIAGE, "2025-04-02", o_clock=10)
    life.do(Move.REFER, "2025-04-03")
    life.do(Move.SIGN_FOR, "2025-04-03", o_clock=10)
    life.do(Move.ACCEPT, "2025-04-14")
    life.refused(Move.ASK_REVIEW, "2025-04-15", "已受理")
    life.do(Move.INVESTIGATE, "2025-04-16")
    life.do(Move.DRAFT, "2025-04-21")
    life.do(Move.CHECK, "2025-04-22")
    life.do(Move.SIGN, "2025-04-27")  # Sunday, a make-up workday
    life.do(Move.DELIVER, "2025-05-02")  # brought to the house on a holiday
    assert life.until("2025-06-04").state == State.CLOSED
    assert life.clocks() == [
        "triage from 2025-01-06 until 2025-01-21: met 2025-01-08",
        "notice from 2025-01-08 until 2025-01-23: met 2025-01-10",
        "objection from 2025-01-08 until 2025-01-15: void 2025-01-10",
        # 21 of January, 28 of February, 11 of March: the break does not lengthen it.
        "handling from 2025-01-10 until 2025-03-11: met 2025-02-25",
        "delivery from 2025-02-20 until 2025-03-02 (legal 2025-03-03): met 2025-02-25",
        "review-request from 2025-02-25 until 2025-03-27: void 2025-03-28",
        # The first answer could be evaluated; nobody did. The second opens no window of its own.
        "evaluation from 2025-02-25 until 2025-03-27: void 2025-03-28",
        "triage from 2025-04-02 until 2025-04-17: met 2025-04-03",
        "notice from 2025-04-03 until 2025-04-18: met 2025-04-14",
        # Fri 04-04 off; 7, 8, 9, 10, 11.
        "objection from 2025-04-03 until 2025-04-11: void 2025-04-12",
        "handling from 2025-04-14 until 2025-06-13: met 2025-05-02",
        "delivery from 2025-04-27 until 2025-05-07: met 2025-05-02",
        # 05-02 + 30 = Sun 06-01, the Dragon Boat holiday 05-31…06-02: legal Tue 06-03.
        "review-request from 2025-05-02 until 2025-06-01 (legal 2025-06-03): void 2025-06-04",
    ]
    # Both opinions stay in the file.
    assert [number for number in life.letters() if "意" in number] == ["滨住建意〔2025〕1号", "滨住建意〔2025〕2号"]
    assert_whole()
