"""交办件延期: the unit's head agrees, the assigner consents, and the closing report is owed at the end."""

from binzhou_xinfang.letters.kinds.handling import COMPLETION_REPORT
from binzhou_xinfang.letters.kinds.notices import EXTENSION
from cases.facts import earlier_letter
from cases.states import Move, State
from tests.lives.story import BUREAU, HOUSING, assert_whole, begins
from tests.office import Office


def test_an_assigned_matter_is_extended_with_the_assigner_s_consent_and_reported_on(office: Office) -> None:
    life = begins(office, "2025-11-17")
    life.do(Move.TRIAGE, "2025-11-17")
    life.do(Move.ASSIGN, "2025-11-18", days=90)
    life.do(Move.SIGN_FOR, "2025-11-19")
    life.do(Move.ACCEPT, "2025-11-20")
    life.do(Move.INVESTIGATE, "2025-11-25")
    # 11-20 + 60: 10 of November, 31 of December, 19 of January.
    assert life.clock("handling") == "handling from 2025-11-20 until 2026-01-19: runs"
    life.do(Move.ASK_EXTENSION, "2026-01-12", days=30, reason="需要委托鉴定")
    life.refused(Move.APPROVE_EXTENSION, "2026-01-13", "还须经交办机关批准")
    life.do(Move.AGREE_EXTENSION, "2026-01-13")
    assert (life.case.state, life.case.holder) == (State.EXTENSION_REFERRED, office.bureau)
    life.refused(Move.CONFIRM_EXTENSION, "2026-01-14", "岗位", by=office.registrar)
    life.do(Move.CONFIRM_EXTENSION, "2026-01-14")
    assert (life.case.state, life.case.holder) == (State.HANDLING, office.housing)
    # Day 90 is counted from the acceptance, not from the rolled day: Wed 02-18, Spring Festival; legal Tue 02-24.
    assert life.clock("handling") == "handling from 2025-11-20 until 2026-02-18 (legal 2026-02-24): runs"
    notice = earlier_letter(life.case, EXTENSION)
    assert notice is not None
    assert (notice.issuer, "滨州市信访局批准" in "".join(notice.paragraphs)) == ("市住房和城乡建设局", True)
    life.refused(Move.ASK_EXTENSION, "2026-01-20", "延", days=1)

    life.do(Move.DRAFT, "2026-02-05")
    life.do(Move.CHECK, "2026-02-06")
    life.do(Move.SIGN, "2026-02-09")
    life.do(Move.DELIVER, "2026-02-10")
    life.do(Move.CLOSE, "2026-02-13")
    assert (life.case.state, life.seen_by()) == (State.CLOSED, BUREAU | HOUSING)
    report = earlier_letter(life.case, COMPLETION_REPORT)
    assert report is not None
    assert (report.salutation, "滨信交〔2025〕1号" in "".join(report.paragraphs)) == ("滨州市信访局：", True)
    life.until("2026-03-13")
    assert life.clocks() == [
        "triage from 2025-11-17 until 2025-12-02: met 2025-11-18",
        "notice from 2025-11-18 until 2025-12-03: met 2025-11-20",
        "objection from 2025-11-18 until 2025-11-25: void 2025-11-20",
        # 12 of November, 31, 31, 16 of February, and the 30 days that the assigner has granted.
        "assignment from 2025-11-18 until 2026-03-18: met 2026-02-13",
        "handling from 2025-11-20 until 2026-02-18 (legal 2026-02-24): met 2026-02-10",
        # Each has three working days for its word.
        "extension-decision from 2026-01-12 until 2026-01-15: met 2026-01-13",
        "extension-decision from 2026-01-13 until 2026-01-16: met 2026-01-14",
        "review-request from 2026-02-10 until 2026-03-12: void 2026-03-13",
        "evaluation from 2026-02-10 until 2026-03-12: void 2026-03-13",
    ]
    assert life.watch() == [
        "-15 handling 2026-01-04",
        "-7 handling 2026-01-12",
        "-15 handling 2026-02-03",
        "right-ended evaluation 2026-03-13",
        "right-ended review-request 2026-03-13",
    ]
    assert life.letters() == [
        "滨信交〔2025〕1号", "滨信程〔2025〕1号", "滨住建告〔2025〕1号", "滨住建延〔2026〕1号", "滨住建意〔2026〕1号",
        "滨住建送〔2026〕1号", "滨住建结〔2026〕1号",
    ]  # fmt: skip
    assert_whole()
