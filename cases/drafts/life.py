"""文书稿 as a life: who sees a draft, whose hands were in it, and for whom it waits."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.process.ahead import Ahead, Offer
from binzhou_xinfang.process.life import Life, Taking
from binzhou_xinfang.process.owed import OwedIn, debts
from binzhou_xinfang.process.steps import Hand, Step
from cases.drafts.receiver import Readers
from cases.drafts.steps import READERS, SIGNERS, WRITERS, DraftStep
from cases.engine import note as write_event
from cases.models import LetterDraft, PetitionCase
from cases.permissions import reads_sealed
from cases.queries import visible_to
from cases.states import EVENTS
from cases.states.drafts import OPEN_DRAFTS, DraftState


class DraftLife(Life[LetterDraft]):
    """Its events stand in the course of the matter, whose row is locked first."""

    def lock(self, seen: LetterDraft) -> LetterDraft:
        case = PetitionCase.objects.select_for_update(no_key=True).get(pk=seen.case_id)
        draft = LetterDraft.objects.select_for_update(of=("self",)).select_related("unit").get(pk=seen.pk)
        draft.case = case
        return draft

    def visible(self, post: Post) -> "QuerySet[LetterDraft]":
        return visible_drafts(post)

    def admits(self, post: Post, obj: LetterDraft) -> bool:
        return not obj.case.is_sealed or reads_sealed(post, obj.case)

    def refuse(self, obj: LetterDraft, row: Step[LetterDraft], by: Post) -> None:
        if not row.begins and not visible_drafts(by).filter(pk=obj.pk).exists():
            raise NotPermitted(self.not_permitted(obj, row, ()))

    def this(self, obj: LetterDraft) -> str:
        return f"这份{obj.label}"

    def not_permitted(self, obj: LetterDraft, row: Step[LetterDraft], hands: Collection[Hand]) -> str:
        return f"您当前的岗位不能{row.key.label}{self.this(obj)}：拟稿、审核、签发应当由三个人分别办理。"

    def record(self, obj: LetterDraft, kind: str, taking: Taking[LetterDraft], detail: Mapping[str, Any]) -> None:
        write_event(obj.case, kind, by=taking.by, at=taking.at, detail={"draft": obj.pk, **detail})


def visible_drafts(post: Post) -> QuerySet[LetterDraft]:
    """Select the drafts of the post's unit, for those there who see the matter; they are nobody else's business."""
    if post.role not in READERS:
        return LetterDraft.objects.none()
    return LetterDraft.objects.filter(unit=post.unit_id, case__in=visible_to(post))


def offers_of(draft: LetterDraft, post: Post, ahead: Ahead[LetterDraft], readers: Readers) -> list[Offer[LetterDraft]]:
    """List the steps that the post may take now, each with what stands in its way: nobody goes on after it, or nobody
    would read what is signed."""
    return [
        replace(offer, gap=offer.gap or readers.hindrance(LetterKind(draft.kind), draft.facts))
        if offer.row.key is DraftStep.SIGN
        else offer
        for offer in ahead.offers(draft, post)
    ]


# A letter that no move owns waits for nobody by law; what it serves has its clock there (督办件).
_OF_FREE_WILL = "依职权拟制，法规没有规定期限；为督办拟制的，期限看督办件"
_OWED: OwedIn[LetterDraft] = {
    **dict.fromkeys(OPEN_DRAFTS, debts(nothing=_OF_FREE_WILL)),
    DraftState.SIGNED: debts(nothing="已经签发"),
    DraftState.DISCARDED: debts(nothing="已经作废"),
}
drafts = DraftLife(
    "draft", "文书稿", LetterDraft, DraftState, final={DraftState.SIGNED, DraftState.DISCARDED}, kinds=EVENTS,
    owed=_OWED, marks={}, page="cases:draft",
)  # fmt: skip


def likely_step(keys: Sequence[str], *, is_complete: bool) -> str | None:
    """Choose the step that is most likely next; what lacks a fact goes back to its drafter instead of to the
    signature."""
    onwards = (DraftStep.REVISE, DraftStep.CHECK, DraftStep.SIGN if is_complete else DraftStep.RETURN)
    return next((step for step in onwards if step in keys), None)


def waiting_for(post: Post) -> QuerySet[LetterDraft]:
    """Select the drafts that wait for this post: to be checked, to be signed, or returned to it."""
    mine, me = Q(pk__in=[]), post.user_id
    if post.role in WRITERS:
        mine |= Q(state=DraftState.DRAFTED) & ~Q(drafted_by=me)
        mine |= Q(state=DraftState.RETURNED, drafted_by=me)
    if post.role in SIGNERS:
        mine |= Q(state=DraftState.CHECKED) & ~Q(drafted_by=me) & ~Q(checked_by=me)
    return visible_drafts(post).filter(mine)


# Of a list of drafts so many are shown, the newest first, by page and program alike.
LISTED = 100


def told(rows: QuerySet[LetterDraft]) -> QuerySet[LetterDraft]:
    """Read with the drafts what their lines tell."""
    return rows.select_related("case", "unit", "letter", "drafted_by", "checked_by")


def listed(rows: QuerySet[LetterDraft]) -> list[LetterDraft]:
    """Read as many as a list shows."""
    return list(told(rows)[:LISTED])
