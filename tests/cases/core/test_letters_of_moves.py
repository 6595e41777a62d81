"""Letters speak of the road as it went last: passed on, returned, and passed on again."""

from cases.models import PetitionCase
from cases.procedure import perform
from cases.states import Move, State
from tests.office import MONDAY, STRAIGHT_ROAD, TRIAGE, Office, case_in, step


def again(office: Office, case: PetitionCase, move: Move) -> PetitionCase:
    """The matter is objected to, comes back, and is passed on by `move` to another unit."""
    case = step(office, case, Move.OBJECT, at=MONDAY)
    case = step(office, case, Move.AGREE_OBJECTION, at=MONDAY)
    case = perform(Move.TRIAGE, case, by=office.head, at=MONDAY, topic=office.topic, **TRIAGE)
    days = {"days": 45} if move is Move.ASSIGN else {}
    return perform(move, case, by=office.head, at=MONDAY, to_unit=office.water, **days)


def texts(case: PetitionCase, kind: str) -> list[str]:
    links = case.letters.filter(letter__kind=kind).select_related("letter").order_by("pk")
    return ["".join(link.letter.paragraphs) for link in links]


def told(texts_of_kind: list[str]) -> list[str]:
    """Find the one of the two words that each text says."""
    return ["交办" if "交办" in text else "转送" for text in texts_of_kind]


def test_a_matter_that_is_referred_after_an_assignment_was_returned_is_told_as_referred(office: Office) -> None:
    case = again(office, case_in(office, State.ASSIGNED), Move.REFER)
    assert told(texts(case, "procedural-acceptance")) == ["交办", "转送"]


def test_a_matter_that_is_assigned_after_a_referral_was_returned_is_told_as_assigned(office: Office) -> None:
    case = again(office, case_in(office, State.REFERRED), Move.ASSIGN)
    assert told(texts(case, "procedural-acceptance")) == ["转送", "交办"]


def test_a_second_objection_names_the_letter_it_objects_to(office: Office) -> None:
    case = again(office, case_in(office, State.ASSIGNED), Move.REFER)
    reason = "该渠道由市管，不属于水利部门职责"
    case = perform(Move.OBJECT, case, by=office.water_handler, at=MONDAY, reason=reason)
    referral = case.letters.get(letter__kind="referral").letter
    assert referral.number in texts(case, "objection")[-1]


def test_no_closing_report_is_owed_when_the_assignment_was_taken_back(office: Office) -> None:
    case = case_in(office, State.ASSIGNED)
    case = step(office, case, Move.OBJECT, at=MONDAY)
    case = step(office, case, Move.AGREE_OBJECTION, at=MONDAY)
    for move in STRAIGHT_ROAD:
        case = step(office, case, move, at=MONDAY)
    kinds = list(case.letters.order_by("pk").values_list("letter__kind", flat=True))
    assert (case.state, kinds.count("assignment"), kinds.count("completion-report")) == (State.CLOSED, 1, 0)
