"""Posts that print each paper, and what keeps it from being printed now."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.kinds.hearing import HEARING_NOTICE, HEARING_REQUEST
from binzhou_xinfang.letters.kinds.registration import RECEIPT, REGISTRATION_FORM
from cases.facts import earlier_letter
from cases.models import CaseLetter, Petition, PetitionCase
from cases.permissions import reads_sealed
from cases.states import MAY, TRANSITIONS, Move, State

_HEARINGS = (Move.CALL_HEARING, Move.CALL_RECHECK_HEARING)
_NO_NAME = "信访人没有提供姓名，不能出具{}。"
_NOT_NOW = "该事项现为“{}”，办理中或者复核办理中才可以申请听证（第三十一条第六项、第三十六条第二款）。"
_PRINTED = "{}已经出具（{}），请在文书列表中打开打印，不重复出具。"


@dataclass(frozen=True)
class Paper:
    """One row: whose posts print the paper, and the sentence that refuses it for now ("" where nothing does).

    `is_of_arrival`: of one 信访件, which its own unit prints; else of the matter as a whole.
    """

    is_of_arrival: bool
    may: Callable[[Post, PetitionCase, Petition], bool]
    hindrance: Callable[[PetitionCase, Petition], str]


@dataclass(frozen=True)
class Offer:
    """A paper that the post may print; `hindrance` says why it is not printed now."""

    kind: LetterKind
    hindrance: str


def offers_for(post: Post, case: PetitionCase, petition: Petition) -> list[Offer]:
    """List the papers of the matter that are the post's to print; the caller has found it among what the post sees."""
    return [
        Offer(kind, paper.hindrance(case, petition))
        for kind, paper in PAPERS.items()
        if may_print(post, kind, case, petition)
    ]


def arrival_offers(post: Post, case: PetitionCase, petition: Petition) -> list[Offer]:
    """List those of the papers that tell of the arrival itself."""
    return [offer for offer in offers_for(post, case, petition) if PAPERS[offer.kind].is_of_arrival]


def prints_any(post: Post, case: PetitionCase, arrivals: Sequence[Petition]) -> bool:
    """Tell whether any paper of the matter is the post's to print. Asks nothing of the database."""
    return bool(arrivals) and any(may_print(post, kind, case, arrival_of(post, arrivals)) for kind in PAPERS)


def may_print(post: Post, kind: LetterKind, case: PetitionCase, petition: Petition) -> bool:
    """Tell whether the paper is the post's to print, whatever stands against it now."""
    if post.user_id in case.recused or (case.is_sealed and not reads_sealed(post, case)):
        return False
    return PAPERS[kind].may(post, case, petition)


def refuse_printer(post: Post, kind: LetterKind, case: PetitionCase, petition: Petition) -> None:
    """Raise NotPermitted when the paper is not the post's to print."""
    if not may_print(post, kind, case, petition):
        raise NotPermitted(f"您当前的岗位不能为该事项出具{kind.label}。")


def arrival_of(post: Post, arrivals: Sequence[Petition]) -> Petition:
    """Find the arrival that papers of a matter tell of: the latest at the post's unit, else the one that opened it.

    `arrivals`: those of the matter, the newest first.
    """
    return next((arrival for arrival in arrivals if arrival.unit_id == post.unit_id), arrivals[-1])


def _took_it_in(post: Post, case: PetitionCase, petition: Petition) -> bool:
    return has_right(post, Right.REGISTER) and post.unit_id == petition.unit_id


def _takes_requests(post: Post, case: PetitionCase, petition: Petition) -> bool:
    """Tell whether the petitioner can bring a request to the post: to the window or to the unit, as for a review."""
    return post.role in MAY[Move.ASK_REVIEW].roles and post.unit_id in (case.registered_unit_id, case.responsible_id)


def _form_hindrance(case: PetitionCase, petition: Petition) -> str:
    if case.state == State.ARCHIVED:
        return "该事项已归档，不再出具信访登记表。"
    return _printed_before(REGISTRATION_FORM, case, petition_number=petition.number)


def _receipt_hindrance(case: PetitionCase, petition: Petition) -> str:
    if petition.lead.is_anonymous:
        return _NO_NAME.format(RECEIPT.label)
    if case.state == State.ARCHIVED:
        return "该事项已归档，不再出具接收回执。"
    return _printed_before(RECEIPT, case, query_code=petition.query_code)


def _printed_before(kind: LetterKind, case: PetitionCase, **facts: str) -> str:
    # What a letter says is encrypted, and cannot be asked of the database.
    papers = CaseLetter.objects.filter(case=case, letter__kind=kind).select_related("letter").order_by("pk")
    before = next((paper.letter for paper in papers if facts.items() <= paper.letter.facts.items()), None)
    return _PRINTED.format(kind.label, before.reference) if before else ""


def _request_hindrance(case: PetitionCase, petition: Petition) -> str:
    if case.lead.is_anonymous:
        return _NO_NAME.format(HEARING_REQUEST.label)
    if not any(case.state in TRANSITIONS[move].sources for move in _HEARINGS):
        return _NOT_NOW.format(case.get_state_display())
    asked, called = earlier_letter(case, HEARING_REQUEST), earlier_letter(case, HEARING_NOTICE)
    if asked is not None and (called is None or called.pk < asked.pk):
        return f"{asked.reference}已经出具，尚未举行听证，请在文书列表中打开打印。"
    return ""


PAPERS: Mapping[LetterKind, Paper] = {
    REGISTRATION_FORM: Paper(True, _took_it_in, _form_hindrance),
    RECEIPT: Paper(True, _took_it_in, _receipt_hindrance),
    HEARING_REQUEST: Paper(False, _takes_requests, _request_hindrance),
}
