"""Every kind of letter has an issuer that really issues it: a move, three hands, the counter, the figures of a year."""

import pytest

from binzhou_xinfang.letters.kinds import (
    AtTheCounter,
    ByHand,
    LetterKind,
    OfHandOvers,
    OfMediations,
    OfMoves,
    OfTheYear,
)
from binzhou_xinfang.letters.kinds.handling import COMPLETION_REPORT, OPINION
from binzhou_xinfang.letters.kinds.kind import by_moves
from binzhou_xinfang.letters.kinds.notices import ACCEPTANCE
from cases.procedure import perform
from cases.procedure.letters.checks import check_owners
from cases.states import TRANSITIONS, Move
from cases.web.procedure.forms import MOVE_FORMS
from tests.office import MONDAY, Office, ready_for

# Who issues the kinds of each owner in a test of its own.
ELSEWHERE = {
    ByHand: "tests.cases.drafts.test_letter_drafts.test_every_kind_can_be_filled_in_read_and_signed",
    AtTheCounter: "tests.cases.papers.test_papers.test_every_paper_is_printed_with_all_its_facts",
    OfTheYear: "tests.supervision.figures.test_annual",
    OfHandOvers: "tests.lives.test_hand_over",
    OfMediations: "tests.hearings.mediation.test_letters",
}
# The petitioner wants the simple answer on paper.
ASKED_FOR = {Move.ANSWER_SIMPLE: {"wants_paper": True, "told_by": "face"}}
# Whom an end is told in writing hangs on its ground: tests.lives.test_grounds.
BY_THE_GROUND = {Move.END, Move.CONFIRM_END}


def test_every_kind_has_an_issuer_that_a_test_asks() -> None:
    assert {type(kind.owner) for kind in LetterKind} <= {OfMoves, *ELSEWHERE}


def test_owners_and_rows_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_owners(None) == []
    monkeypatch.setattr(ACCEPTANCE, "owner", by_moves("accept"))
    monkeypatch.setattr(OPINION, "owner", by_moves("sign", "answer-simple", "triage"))
    assert [str(error.msg).partition("（")[0] for error in check_owners(None)] == ["受理告知书", "信访处理意见书"]


@pytest.mark.parametrize(
    "move", [move for move, row in TRANSITIONS.items() if row.letters and move not in BY_THE_GROUND], ids=str
)
def test_a_move_leaves_all_letters_of_its_row(office: Office, move: Move) -> None:
    ready = ready_for(office, move)
    form = MOVE_FORMS[move](ready.sent | ASKED_FOR.get(move, {}), case=ready.case, post=ready.by)
    assert form.is_valid(), form.errors
    case = perform(move, ready.case, by=ready.by, at=MONDAY, **form.cleaned_data)
    left = list(case.letters.filter(move=move.value).order_by("pk").values_list("letter__kind", flat=True))
    owed = [kind for kind in TRANSITIONS[move].letters if kind is not COMPLETION_REPORT or case.is_assigned]
    assert left[-len(owed) :] == owed if owed else left == []
