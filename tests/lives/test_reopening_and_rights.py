"""重新启动 takes no running right away without the petitioner's own word (第三十五条)."""

from cases.states import Move, State
from tests.lives.story import Life, begins
from tests.office import Office


def closed(office: Office) -> Life:
    """The opinion was delivered on 08-14: a review can be asked for until 09-14."""
    life = begins(office, "2026-08-03")
    for move, day in (
        (Move.TRIAGE, "03"), (Move.REFER, "04"), (Move.SIGN_FOR, "05"), (Move.ACCEPT, "07"), (Move.INVESTIGATE, "12"),
        (Move.DRAFT, "13"), (Move.CHECK, "13"), (Move.SIGN, "14"), (Move.DELIVER, "14"), (Move.CLOSE, "17"),
    ):  # fmt: skip
        life.do(move, f"2026-08-{day}")
    return life


def test_it_is_refused_while_the_petitioner_can_ask_for_a_review(office: Office) -> None:
    life = closed(office)
    life.refused(Move.REOPEN, "2026-08-19", "09月14日以前（含当日）", paper_other_proof=None)
    life.do(Move.ASK_REVIEW, "2026-08-20")
    assert life.case.state == State.REVIEW_ASKED


def test_he_agrees_in_writing_and_is_told_what_becomes_of_the_opinion(office: Office) -> None:
    life = closed(office)
    life.do(Move.REOPEN, "2026-08-19")
    letter = life.case.letters.get(letter__kind="reopening-notice").letter
    assert "可以自收到书面意见之日起30日内请求复查" in "".join(str(line) for line in letter.paragraphs)


def test_after_the_last_day_it_needs_no_consent(office: Office) -> None:
    life = closed(office)
    life.do(Move.REOPEN, "2026-09-15", paper_other_proof=None)
    assert life.case.state == State.REGISTERED
