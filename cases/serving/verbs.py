"""登记文书送达, with its proof. No state and no clock of the matter moves; the day of the letter is met."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.records.event_fields import EventField, lines
from cases.attaching import Papers, keep_papers, told_papers
from cases.engine import note
from cases.models import CaseLetter, LetterDelivery, PetitionCase
from cases.outcome import SENT_AGAIN
from cases.permissions import reads_sealed
from cases.procedure.delivery_entry import PROOF, PROOFS, DeliveryEntry, day_of, place_of, refuse_entry, told_of
from cases.procedure.shared_fields import DELIVERED
from cases.queries import visible_to
from cases.serving.dues import meet
from cases.serving.standing import is_served
from cases.states import CLERKS, EVENTS, HANDLERS, REVIEWERS
from cases.vocabulary import DeliveryWay

_WRITERS = CLERKS | HANDLERS | REVIEWERS
_TOLD = ("delivered_on", "way", "posted_on", "item_number", "notice_on", "recipient", "no_proof", "note")
LETTER_DELIVERED = EVENTS.declare(
    "letter-delivered",
    "登记文书送达",
    {
        "document": EventField("文书："),
        **{name: DELIVERED[name] for name in _TOLD},
        "papers": EventField("附：", lines),
    },
)


def may_record(post: Post, link: CaseLetter, case: PetitionCase) -> bool:
    """Check that the post writes down the delivery: of the unit that issued the letter, or goes on with its powers."""
    if not is_served(link) or post.role not in _WRITERS or post.user_id in case.recused:
        return False
    units = {link.letter.unit_id, link.letter.unit.going_on(timezone.localdate()).pk}
    if not case.is_sealed:
        return post.unit_id in units
    # Who issued it before the seal knows of the matter no more: the named persons where it was taken in go on.
    return reads_sealed(post, case) and post.unit_id in units | {case.registered_unit_id}


def refuse_recorder(post: Post, link: CaseLetter, case: PetitionCase) -> None:
    """Raise Refusal for a letter whose delivery is recorded elsewhere or not at all; NotPermitted for the post."""
    if not is_served(link):
        raise Refusal(f"{link.label}不在这里登记送达：意见书请办理“送达”，其他文书不要求送达凭证。")
    if not may_record(post, link, case):
        raise NotPermitted(f"{link.label}的送达由制发机关登记。")


def _refuse_twice(link: CaseLetter, delivery: DeliveryEntry, *, by: Post, at: datetime) -> None:
    """Raise Refusal for what the same person has just written down: no answer came, and it was sent again."""
    day = day_of(delivery, on=timezone.localdate(at))
    just = LetterDelivery.objects.filter(link=link, way=delivery.way, delivered_on=day, entered_by=by.user)
    # The words are encrypted: they are compared here.
    said = ("recipient", "relation", "no_proof", "note")
    rows = just.filter(entered_at__gt=at - SENT_AGAIN, entered_at__lte=at)
    if any(all(getattr(row, name) == getattr(delivery, name) for name in said) for row in rows):
        raise Refusal(f"刚才已经登记过{link.label}的送达，没有重复登记，请刷新页面查看。")


@transaction.atomic
def record_delivery(
    seen: CaseLetter, *, delivery: DeliveryEntry, papers: Papers | None = None, by: Post, at: datetime
) -> LetterDelivery:
    """登记送达 of one letter. Raises NotPermitted; Refusal at the field that is missing or cannot be."""
    case = PetitionCase.objects.select_for_update(no_key=True).get(pk=seen.case_id)
    link = CaseLetter.objects.select_related("letter__unit").get(pk=seen.pk)
    refuse_recorder(by, link, case)
    if not visible_to(by).filter(pk=case.pk).exists():
        raise NotPermitted("您当前的岗位看不到该事项。")
    sent, today = papers or Papers(), timezone.localdate(at)
    refuse_entry(delivery, sent, signed_on=link.letter.issued_on, today=today)
    _refuse_twice(link, delivery, by=by, at=at)
    kept = keep_papers(case, PROOFS, sent, by=by, at=at)
    proof = PROOF.get(DeliveryWay(delivery.way))
    row = LetterDelivery.objects.create(
        link=link, way=delivery.way, delivered_on=day_of(delivery, on=today), recipient=delivery.recipient,
        relation=delivery.relation,
        place=place_of(delivery, case.lead),
        posted_on=delivery.posted_on, item_number=delivery.item_number, notice_on=delivery.notice_on,
        confirmed_by=delivery.confirmed_by, cause=delivery.refusal or delivery.absence,
        witnesses=list(delivery.witnesses), proof=kept.get(proof) if proof else None, no_proof=delivery.no_proof,
        note=delivery.note, entered_by=by.user, entered_unit=by.unit, entered_at=at,
    )  # fmt: skip
    meet(link.pk, on=today)
    said = {"document": f"{link.label}{link.letter.number}", **told_of(row), "papers": told_papers(kept)}
    note(case, LETTER_DELIVERED, by=by, at=at, detail={name: value for name, value in said.items() if value})
    return row
