"""Decisions that wait for a post: from which worklist, by which moves, and what was asked or proposed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.urls import reverse

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.records.masking import mask_numbers
from binzhou_xinfang.web.paging import Count
from cases.casefile.event_text import tell, unseen
from cases.hooks import Act, Card
from cases.models import CaseEvent, PetitionCase, RequestAnswer
from cases.permissions import moves_now
from cases.procedure.jurisdiction import parties_in
from cases.queries import Queue, queues_of
from cases.states import Move, answers
from cases.web.procedure.forms.intake import OTHER
from cases.web.procedure.move_page import FROM_HOME
from cases.web.worklists.rows import Line

# So many of each worklist stand on the home page, of so many that are read: what the post drafted is others' to sign.
MOST, READ = 4, 12


@dataclass(frozen=True, slots=True)
class Deciding:
    """A worklist from which somebody decides: the moves that agree or go on, what else may be decided then, and the
    moves that asked. Who may only say no decides nothing by himself: it waits for another hand."""

    moves: tuple[Move, ...]
    or_else: tuple[Move, ...]
    asked_by: tuple[Move, ...]


DECIDING: Mapping[str, Deciding] = {
    "drafts": Deciding((Move.SIGN, Move.CHECK), (Move.RETURN_DRAFT,), (Move.DRAFT, Move.CHECK)),
    "extensions": Deciding(
        (Move.APPROVE_EXTENSION, Move.AGREE_EXTENSION), (Move.REFUSE_EXTENSION,), (Move.ASK_EXTENSION,)
    ),
    "assigned": Deciding((Move.CONFIRM_EXTENSION,), (Move.DENY_EXTENSION,), (Move.AGREE_EXTENSION,)),
    "objections": Deciding((Move.AGREE_OBJECTION, Move.RECLAIM), (Move.REFUSE_OBJECTION,), (Move.OBJECT,)),
    "jurisdiction": Deciding((Move.DECIDE_JURISDICTION,), (), (Move.DISPUTE,)),
    "recusals": Deciding((Move.GRANT_RECUSAL,), (Move.REFUSE_RECUSAL,), (Move.ASK_RECUSAL,)),
    "deliveries": Deciding((Move.CONFIRM_DELIVERY,), (), (Move.DELIVER, Move.DELIVER_REVIEW, Move.DELIVER_RECHECK)),
    "review-asked": Deciding(
        (Move.ACCEPT_REVIEW, Move.ACCEPT_RECHECK), (Move.DECLINE_REVIEW, Move.DECLINE_RECHECK),
        (Move.ASK_REVIEW, Move.ASK_RECHECK),
    ),
    "review-drafts": Deciding(
        (Move.SIGN_REVIEW, Move.SIGN_RECHECK), (Move.RETURN_REVIEW, Move.RETURN_RECHECK),
        (Move.DRAFT_REVIEW, Move.DRAFT_RECHECK),
    ),
    "end-asked": Deciding((Move.WITHDRAW, Move.END, Move.SUCCEED), (Move.REFUSE_END,), (Move.ASK_END,)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """A matter that waits for the post, with the moves that it may decide by."""

    case: PetitionCase
    moves: Sequence[Move]


def deciding_queues(post: Post, sizes: Mapping[str, Count]) -> list[Queue]:
    """List the worklists of the post from which it decides and which are not empty."""
    return [queue for queue in queues_of(post) if queue.slug in DECIDING and sizes[queue.slug].value]


def decisions(queue: Queue, cases: Iterable[PetitionCase], post: Post) -> list[Decision]:
    """List those of the matters that the post itself decides on: never what waits for another hand."""
    found = (Decision(case, _open(queue, case, post)) for case in cases)
    return [decision for decision in found if decision.moves][:MOST]


def _open(queue: Queue, case: PetitionCase, post: Post) -> list[Move]:
    now, deciding = moves_now(post, case), DECIDING[queue.slug]
    asked = answers(case.end_asked) if queue.slug == "end-asked" else deciding.moves
    yes = [move for move in deciding.moves if move in now and move in asked]
    return [*yes, *(move for move in deciding.or_else if move in now)] if yes else []


@dataclass(frozen=True, slots=True)
class Proposals:
    """Words of what was asked or proposed in each matter, and the parties of a dispute; by the key of the matter."""

    said: Mapping[int, Sequence[str]]
    parties: Mapping[int, Sequence[Unit]]


def proposals(found: Mapping[str, Sequence[Decision]], post: Post, on: date) -> Proposals:
    """Gather what is known of the matters; two to five queries, whatever their number."""
    disputed = [one.case for group in found.values() for one in group if Move.DECIDE_JURISDICTION in one.moves]
    return Proposals(_said(found, post, on), parties_in(disputed, by=post, on=on) if disputed else {})


def _said(found: Mapping[str, Sequence[Decision]], post: Post, on: date) -> dict[int, list[str]]:
    asked = {
        (decision.case.pk, kind.value)
        for slug, group in found.items()
        for decision in group
        for kind in DECIDING[slug].asked_by
    }
    keys = sorted({key for key, _ in asked})
    if not keys:
        return {}
    rows = CaseEvent.objects.filter(case__in=keys, kind__in=sorted({kind for _, kind in asked}))
    latest = rows.order_by("case_id", "kind", "-seq").distinct("case_id", "kind").select_related("unit")
    events = sorted((row for row in latest if (row.case_id, row.kind) in asked), key=lambda row: row.seq)
    hidden, said = unseen(post, events), _answers(found)
    for event in events:
        said.setdefault(event.case_id, []).extend(_told(event, on, hidden))
    return said


def _told(event: CaseEvent, on: date, hidden: Iterable[str]) -> list[str]:
    told = tell(event, on=on, hidden=frozenset(hidden))
    return [f"{told.title}（{told.who}）", *told.lines]


def _acts(number: str, move: Move, between: Sequence[Unit]) -> list[Act]:
    url = f"{reverse('cases:move', args=[number, move.value])}?{FROM_HOME}"
    if move is not Move.DECIDE_JURISDICTION or not between:
        return [Act(str(move.label), url)]
    chosen = [Act(f"由{unit.short_name or unit.name}受理", f"{url}&party={quote(unit.code)}") for unit in between]
    return [*chosen, Act("由其他单位受理", f"{url}&party={OTHER}")]


def _answers(found: Mapping[str, Sequence[Decision]]) -> dict[int, list[str]]:
    """Word each answer of the opinions that wait to be checked or signed."""
    waiting = [decision.case.pk for decision in found.get("drafts", ())]
    if not waiting:
        return {}
    rows = RequestAnswer.objects.filter(opinion__case__in=waiting, opinion__signed_on=None)
    said: dict[int, list[str]] = {}
    for row in rows.order_by("opinion_id", "request__order").select_related("request", "opinion"):
        text = mask_numbers(f"{row.get_result_display()}：{row.request.text}")
        said.setdefault(row.opinion.case_id, []).append(text)
    return said


def card_of(decision: Decision, known: Proposals, line: Line) -> Card:
    """Make the card of a matter: what is proposed, and what the post may decide, each move one touch away; of a
    dispute each of its parties."""
    number, key = decision.case.number, decision.case.pk
    between = known.parties.get(key, ())
    acts = [act for move in decision.moves for act in _acts(number, move, between)]
    beside = " · ".join(word for word in (line.unit, line.person, line.topic) if word)
    return Card(line.title, line.url, number, beside, known.said.get(key, ()), acts, line.light)
