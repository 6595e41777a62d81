"""送达 as it is entered: what each way has on record, what proves it, and what is refused at its field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.statute.models import current_calendar, current_rulebook
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.typed import key
from cases.attaching import Papers
from cases.models import Delivery, LetterDelivery, Petitioner
from cases.states import Paper, PaperKind
from cases.vocabulary import DeliveryWay

# What each way has on record (民事诉讼法第八十八条至第九十五条, by analogy); all of it is asked for, and nothing else.
RECORD: Mapping[DeliveryWay, tuple[str, ...]] = {
    DeliveryWay.DIRECT: ("delivered_on", "recipient", "relation", "place"),
    DeliveryWay.POST: ("posted_on", "item_number", "delivered_on", "recipient", "relation", "address"),
    DeliveryWay.LEFT: ("delivered_on", "recipient", "relation", "place", "refusal", "witnesses"),
    DeliveryWay.ELECTRONIC: ("delivered_on", "e_address", "confirmed_by", "is_agreed"),
    DeliveryWay.NOTICE: ("notice_on", "published_at", "absence"),
    DeliveryWay.TOLD: ("delivered_on",),
}
# What the form proposes as 投递地址: it shows nobody's address, and is never that of before a correction.
REGISTERED = "登记的住址"
# What proves it; what is told without a paper has no proof.
PROOF: Mapping[DeliveryWay, PaperKind] = {
    DeliveryWay.DIRECT: PaperKind.DELIVERY_RECEIPT,
    DeliveryWay.POST: PaperKind.POST_RECORD,
    DeliveryWay.LEFT: PaperKind.DELIVERY_RECEIPT,
    DeliveryWay.ELECTRONIC: PaperKind.ELECTRONIC_RECORD,
    DeliveryWay.NOTICE: PaperKind.NOTICE_RECORD,
}
# The day on which it leaves the house, by the way; by the other ways it is received on the spot.
SENT_ON = {DeliveryWay.POST: "posted_on", DeliveryWay.NOTICE: "notice_on"}
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
    "confirmed_by": "请写明确认信访人已经收悉的方式。",
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


def refuse_entry(entry: DeliveryEntry, papers: Papers, *, signed_on: date | None, today: date) -> bool:
    """Raise Refusal, at its field, for what an entry of any letter lacks or says that cannot be; whether it is
    proven."""
    way = DeliveryWay(entry.way)
    proof = PROOF.get(way)
    is_proven = proof is not None and proof in papers
    refuse_gaps(entry, RECORD, is_proven=is_proven)
    refuse_other_papers(way, papers)
    _refuse_days(entry, signed_on=signed_on, today=today)
    return is_proven


def day_of(entry: DeliveryEntry, *, on: date) -> date:
    """Find the day of delivery: of a notice, the last of its days (民事诉讼法第九十五条). The entry has no gaps."""
    if entry.way == DeliveryWay.NOTICE:
        assert entry.notice_on is not None  # noqa: S101  what the way asks for is there
        return entry.notice_on + timedelta(days=current_rulebook().on(on).number(Key.PUBLIC_NOTICE))
    assert entry.delivered_on is not None  # noqa: S101  as above
    return entry.delivered_on


def place_of(entry: DeliveryEntry, lead: Petitioner) -> str:
    """Find where it was: what is posted to the registered address has that of the day on which it is entered.

    Raises Refusal where none is registered, and for another one about which nothing is said: a right may not begin by
    a letter to where the petitioner has long moved from (第三十五条：自收到书面答复之日起).
    """
    if entry.way != DeliveryWay.POST:
        return entry.place or entry.e_address or entry.published_at
    if entry.address == REGISTERED:
        if not lead.address:
            raise Refusal("没有登记信访人的住址，请填写投递地址。", field="address")
        return str(lead.address)
    known, typed_in = key(lead.address), key(entry.address)
    if known and not (known in typed_in or typed_in in known) and not entry.note.strip():
        raise Refusal(
            "投递地址与登记的住址不一致：住址已经改变或者登记有误的，请先更正登记；信访人另行指定送达地址的，请在备注中写明。",
            field="address",
        )
    return entry.address


def sent_day(entry: DeliveryEntry) -> date:
    """Find the day on which it left the house. The entry has no gaps."""
    day: date | None = getattr(entry, SENT_ON.get(DeliveryWay(entry.way), "delivered_on"))
    assert day is not None  # noqa: S101  what the way asks for is there
    return day


def counted_sending(sent_on: date, *, is_proven: bool, today: date) -> date:
    """Find the day by which the unit has answered: that of the sending if it is proven and entered in time, else
    today."""
    return sent_on if is_proven and not is_late(sent_on, today) else today


def refuse_gaps(entry: DeliveryEntry, records: Mapping[DeliveryWay, tuple[str, ...]], *, is_proven: bool) -> None:
    """Raise Refusal, at its field, for what the way has on record and is not there, and for what it has not."""
    record = records[DeliveryWay(entry.way)]
    for name in record:
        if not getattr(entry, name) and not (is_proven and name in _OR_PROOF):
            raise Refusal(_MISSING[name], field=name)
    others = {name for names in records.values() for name in names} - set(record)
    for name in sorted(others):
        if getattr(entry, name):
            raise Refusal(f"{DeliveryWay(entry.way).label}不填写这一项。", field=name)
    if not is_proven and not entry.no_proof.strip():
        raise Refusal("请上传送达凭证；没有凭证的，写明原因，期限自登录之日起算。", field="no_proof")
    if is_proven and entry.no_proof.strip():
        raise Refusal("已经有送达凭证，不再填写没有凭证的原因。", field="no_proof")


def refuse_other_papers(way: DeliveryWay, papers: Papers) -> None:
    """Raise Refusal for the proof of another way."""
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


def told_of(delivery: Delivery | LetterDelivery) -> dict[str, object]:
    """Tell a delivery as events do; where it was is the petitioner's address, and stands in the delivery alone."""
    return {
        "delivered_on": delivery.delivered_on.isoformat(),
        "way": delivery.way,
        "recipient": delivery.recipient,
        "note": delivery.note,
        "posted_on": delivery.posted_on and delivery.posted_on.isoformat(),
        "item_number": delivery.item_number,
        "notice_on": delivery.notice_on and delivery.notice_on.isoformat(),
        "no_proof": delivery.no_proof,
    }
