"""送达: an answer handed over by one of the ways of the law, with its proof; the petitioner's right counts from a day
that is proven (条例第三十五条、第三十六条：自收到书面答复之日起).

A day without proof is not proven, and neither is one that is entered long afterwards: until the office of registration
has looked at it, the right counts from the day of the entry. It is that office's word, because the unit whose delay a
back-dated day would heal cannot vouch for itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.event_fields import Ask, EventField, chosen, day
from binzhou_xinfang.statute.models import current_calendar, current_rulebook
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.periods import Rule
from cases.attaching import Papers
from cases.clocks.moving import recount_clock
from cases.engine import Effect, action
from cases.models import CaseAttachment, DayVerdict, Delivery, Opinion, PetitionCase, Review, Standing
from cases.states import OFFICE_HEADS, OWN, Duty, Group, Guard, Move, Paper, PaperKind, Place, State, Transition
from cases.vocabulary import DeliveryWay, LastAnswer, ToldBy

# What each way has on record (民事诉讼法第八十八条至第九十五条, by analogy); all of it is asked for, and nothing else.
RECORD: Mapping[DeliveryWay, tuple[str, ...]] = {
    DeliveryWay.DIRECT: ("delivered_on", "recipient", "relation", "place"),
    DeliveryWay.POST: ("posted_on", "item_number", "delivered_on", "recipient", "relation", "address"),
    DeliveryWay.LEFT: ("delivered_on", "recipient", "relation", "place", "refusal", "witnesses"),
    DeliveryWay.ELECTRONIC: ("delivered_on", "e_address", "confirmed_by", "is_agreed"),
    DeliveryWay.NOTICE: ("notice_on", "published_at", "absence"),
    DeliveryWay.TOLD: ("delivered_on",),
}
# What proves it; what is told without a paper has no proof.
PROOF: Mapping[DeliveryWay, PaperKind] = {
    DeliveryWay.DIRECT: PaperKind.DELIVERY_RECEIPT,
    DeliveryWay.POST: PaperKind.POST_RECORD,
    DeliveryWay.LEFT: PaperKind.DELIVERY_RECEIPT,
    DeliveryWay.ELECTRONIC: PaperKind.ELECTRONIC_RECORD,
    DeliveryWay.NOTICE: PaperKind.NOTICE_RECORD,
}
# The verb decides: without a proof the reason is written down, and the day is not proven.
PROOFS = tuple(
    Paper(kind, is_needed=False, help_text=help_text)
    for kind, help_text in (
        (PaperKind.DELIVERY_RECEIPT, "签收人签名的送达回证；留置送达的，附记录留置过程的照片、录像"),
        (PaperKind.POST_RECORD, "邮件收寄、妥投签收的记录"),
        (PaperKind.ELECTRONIC_RECORD, "发送和收悉的截图、回复等"),
        (PaperKind.NOTICE_RECORD, "刊登公告的报纸、网页，张贴公告的照片"),
    )
)
# Whoever records it by photograph or film needs no witness (第八十九条).
_OR_PROOF = frozenset({"witnesses"})
_MISSING = {
    "delivered_on": "请填写送达日期。",
    "recipient": "请填写签收人。",
    "relation": "请选择签收人与信访人的关系。",
    "place": "请填写送达地点。",
    "posted_on": "请填写交邮日期。",
    "item_number": "请填写邮件号，邮寄送达以邮件的签收记录为凭。",
    "address": "请填写投递地址。",
    "refusal": "请填写拒收的事由。",
    "witnesses": "没有见证人的，应当上传记录留置过程的照片或者录像。",
    "e_address": "请填写电子送达的地址（电话号码、电子邮箱等）。",
    "confirmed_by": "请写明怎样确认信访人已经收悉。",
    "is_agreed": "电子送达须经信访人同意；没有同意的，请改用其他方式送达。",
    "notice_on": "请填写公告发出的日期。",
    "published_at": "请填写公告刊登、张贴的地方。",
    "absence": "请填写公告送达的理由：信访人下落不明，或者用其他方式无法送达。",
}


@dataclass(frozen=True, kw_only=True)
class DeliveryEntry:
    """送达 as it is entered: of the record, what the way has (`RECORD`), the rest stays empty. `no_proof`: why no
    proof comes with it."""

    way: str
    delivered_on: date | None = None
    recipient: str = ""
    relation: str = ""
    place: str = ""
    posted_on: date | None = None
    item_number: str = ""
    address: str = ""
    refusal: str = ""
    witnesses: tuple[str, ...] = ()
    e_address: str = ""
    confirmed_by: str = ""
    is_agreed: bool = False
    notice_on: date | None = None
    published_at: str = ""
    absence: str = ""
    no_proof: str = ""
    note: str = ""


@dataclass(frozen=True)
class Day:
    """A day of delivery, the day from which a right counts by it, and how far it is proven."""

    delivered_on: date
    counts_from: date
    standing: Standing


def hand_over(
    case: PetitionCase,
    entry: DeliveryEntry,
    papers: Papers,
    *,
    of: Opinion | Review,
    gives_right: bool,
    by: Post | None,
    at: datetime,
) -> Effect:
    """Write down the delivery of a signed opinion; its effect is dated on the day that counts. `gives_right`: whether
    a right of the petitioner runs from it, so that the day is looked at.

    Raises Refusal at the field that is missing or cannot be.
    """
    today, way = timezone.localdate(at), DeliveryWay(entry.way)
    proof = PROOF.get(way)
    is_proven = proof is not None and proof in papers
    _refuse_gaps(entry, is_proven=is_proven)
    _refuse_other_papers(way, papers)
    _refuse_days(entry, signed_on=of.signed_on, today=today)
    found = _judge(day_of(entry, on=today), is_proven=is_proven, gives_right=gives_right, today=today)
    delivery = _write_down(case, entry, found, of, by=by, today=today)
    case.is_delivery_doubted = found.standing is Standing.DOUBTED

    def keep(kept: Mapping[PaperKind, CaseAttachment]) -> None:
        if proof is not None and proof in kept:
            Delivery.objects.filter(pk=delivery.pk).update(proof=kept[proof])

    return Effect(_told(delivery), day=found.counts_from, on_kept=keep)


def _judge(delivered_on: date, *, is_proven: bool, gives_right: bool, today: date) -> Day:
    """Judge what a day of delivery is worth: without proof, or entered too late, it counts from today."""
    if not is_proven:
        return Day(delivered_on, today, Standing.UNPROVEN)
    if not is_late(delivered_on, today):
        return Day(delivered_on, delivered_on, Standing.PROVEN)
    return Day(delivered_on, today, Standing.DOUBTED if gives_right else Standing.PROVEN)


def _write_down(
    case: PetitionCase, entry: DeliveryEntry, found: Day, of: Opinion | Review, *, by: Post | None, today: date
) -> Delivery:
    of.delivered_on = found.delivered_on
    of.save(update_fields=["delivered_on"])
    return Delivery.objects.create(
        case=case, answer=of.kind if isinstance(of, Review) else LastAnswer.OPINION,
        opinion=None if isinstance(of, Review) else of, review=of if isinstance(of, Review) else None, way=entry.way,
        delivered_on=found.delivered_on,
        counts_from=found.counts_from, standing=found.standing, recipient=entry.recipient, relation=entry.relation,
        place=entry.place or entry.address or entry.e_address or entry.published_at,
        posted_on=entry.posted_on, item_number=entry.item_number, notice_on=entry.notice_on,
        confirmed_by=entry.confirmed_by, cause=entry.refusal or entry.absence, witnesses=list(entry.witnesses),
        no_proof=entry.no_proof, note=entry.note, entered_by=by.user if by else None, entered_on=today,
    )  # fmt: skip


def tell_at_once(case: PetitionCase, opinion: Opinion, told_by: ToldBy, *, by: Post, at: datetime) -> None:
    """Write down an answer that the petitioner was told without a paper that must reach him (简易办理)."""
    why = f"简易办理，以{told_by.label}方式告知"
    entry = DeliveryEntry(way=DeliveryWay.TOLD, delivered_on=timezone.localdate(at), no_proof=why)
    hand_over(case, entry, Papers(), of=opinion, gives_right=True, by=by, at=at)


def day_of(entry: DeliveryEntry, *, on: date) -> date:
    """Find the day of delivery: of a notice, the last of its days (民事诉讼法第九十五条). The entry has no gaps."""
    if entry.way == DeliveryWay.NOTICE:
        assert entry.notice_on is not None  # noqa: S101  what the way asks for is there
        return entry.notice_on + timedelta(days=current_rulebook().on(on).number(Key.PUBLIC_NOTICE))
    assert entry.delivered_on is not None  # noqa: S101  as above
    return entry.delivered_on


def _refuse_gaps(entry: DeliveryEntry, *, is_proven: bool) -> None:
    record = RECORD[DeliveryWay(entry.way)]
    for name in record:
        if not getattr(entry, name) and not (is_proven and name in _OR_PROOF):
            raise Refusal(_MISSING[name], field=name)
    others = {name for names in RECORD.values() for name in names} - set(record)
    for name in sorted(others):
        if getattr(entry, name):
            raise Refusal(f"{DeliveryWay(entry.way).label}不填写这一项。", field=name)
    if not is_proven and not entry.no_proof.strip():
        raise Refusal("请上传送达凭证；没有凭证的，写明原因，期限自登录之日起算。", field="no_proof")
    if is_proven and entry.no_proof.strip():
        raise Refusal("已经有送达凭证，不再填写没有凭证的原因。", field="no_proof")


def _refuse_other_papers(way: DeliveryWay, papers: Papers) -> None:
    for paper in PROOFS:
        if paper.kind in papers and paper.kind != PROOF.get(way):
            raise Refusal(f"{way.label}不附{paper.kind.label}。", field=paper.field)


def _refuse_days(entry: DeliveryEntry, *, signed_on: date | None, today: date) -> None:
    if signed_on is None:
        raise Refusal("还没有签发的意见书。")
    first, field = (entry.notice_on, "notice_on") if entry.notice_on else (entry.delivered_on, "delivered_on")
    assert first is not None  # noqa: S101  what the way asks for is there
    if first > today:
        raise Refusal("日期不能晚于今天。", field=field)
    if first < signed_on:
        raise Refusal(f"日期不能早于签发日期（{signed_on:%Y年%m月%d日}）。", field=field)
    delivered_on = day_of(entry, on=today)
    if delivered_on > today:
        raise Refusal(f"公告至{delivered_on:%Y年%m月%d日}期满，期满之日视为送达，期满后再登记。", field=field)
    if entry.posted_on and not signed_on <= entry.posted_on <= delivered_on:
        raise Refusal("交邮日期应当在签发日期与送达日期之间。", field="posted_on")


def is_late(delivered_on: date, today: date) -> bool:
    """Check that a delivery is entered after the working days that the office gives for it."""
    calendar, left = current_calendar(), current_rulebook().on(today).number(Key.DELIVERY_ENTRY)
    day = delivered_on
    while left >= 0 and day < today:
        day += timedelta(days=1)
        left -= calendar.is_workday(day)
    return left < 0


def _told(delivery: Delivery) -> dict[str, object]:
    """Tell the delivery in its event; where it was is the petitioner's address, and stands in the delivery alone."""
    told = {
        "delivered_on": delivery.delivered_on.isoformat(),
        "way": delivery.way,
        "recipient": delivery.recipient,
        "note": delivery.note,
        "posted_on": delivery.posted_on and delivery.posted_on.isoformat(),
        "item_number": delivery.item_number,
        "notice_on": delivery.notice_on and delivery.notice_on.isoformat(),
        "standing": delivery.standing,
        "no_proof": delivery.no_proof,
        "counts_from": "" if delivery.counts_from == delivery.delivered_on else delivery.counts_from.isoformat(),
    }
    return {name: value for name, value in told.items() if value or name in ("recipient", "note")}


_RIGHTS = (Rule.REVIEW_REQUEST, Rule.RECHECK_REQUEST)


@action(
    Move.CONFIRM_DELIVERY,
    Transition(
        frozenset(
            {
                State.DELIVERED,
                State.EXECUTING,
                State.REVIEW_DELIVERED,
                State.CLOSED,
                State.RESOLVED,
                # The right to a review outlives a withdrawal.
                State.WITHDRAWN,
            }
        ),
        None,
        "第三十五条、第三十六条第一款",
        guards=(Guard.DELIVERY_DOUBTED,),
    ),
    Duty(OFFICE_HEADS, OWN),
    # Of the office that has nothing else to do with the matter it is the next step.
    Place(Group.REVIEW, beside=True, road=15),
    {
        "verdict": EventField(
            "核实：",
            chosen(DayVerdict),
            ask=Ask("核实结论", "认可的，信访人的申请期限改自送达之日起算，并保留核实后的申请时间"),
        ),
        "note": EventField("说明：", ask=Ask("核实情况", "怎样核实的：查看签收原件、邮件签收记录，询问信访人等")),
        "delivered_on": EventField("送达日期：", day),
        "counts_from": EventField("期限自该日起算：", day),
    },
)
def confirm_delivery(case: PetitionCase, *, verdict: str, note: str, by: Post, at: datetime) -> Effect:
    """核实送达日期 that was entered afterwards. Believed, the right counts from it, and leaves the petitioner at least
    the days that the office has set; otherwise it goes on from the day of the entry.
    """
    delivery = case.deliveries.filter(standing=Standing.DOUBTED).first()
    if delivery is None:
        raise Refusal("没有待核实的送达。")
    today, is_believed = timezone.localdate(at), DayVerdict(verdict) is DayVerdict.BELIEVED
    delivery.standing = Standing.CONFIRMED if is_believed else Standing.REFUSED
    delivery.judged_by, delivery.judged_on, delivery.verdict = by.user, today, note[:500]
    if is_believed:
        delivery.counts_from = delivery.delivered_on
        left = timedelta(days=current_rulebook().on(today).number(Key.DELIVERY_LEFT))
        for clock in case.deadlines.running().filter(rule__in=_RIGHTS):
            recount_clock(clock, since=delivery.delivered_on, not_before=today + left, at=at)
    delivery.save()
    case.is_delivery_doubted = False
    told = {"delivered_on": delivery.delivered_on.isoformat(), "counts_from": delivery.counts_from.isoformat()}
    return Effect({"verdict": verdict, "note": note, **told})
