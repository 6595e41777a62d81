"""The forms of 发出 and 送达: what the chosen way has on record, its proof, and the day that follows from both."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from binzhou_xinfang.statute.wording import say_day
from binzhou_xinfang.web.fields import LinesField, day, line, text
from cases.models import Petitioner, Relation
from cases.procedure.delivery import last_sending
from cases.procedure.delivery_entry import PROOF, PROOFS, RECORD, REGISTERED, DeliveryEntry, day_of, is_late
from cases.procedure.sending import SENT_RECORD
from cases.states import Move
from cases.vocabulary import DeliveryWay
from cases.web.procedure.forms.base import MoveForm
from cases.web.procedure.forms.people import offer_people
from cases.web.procedure.forms.table import form_of

_WAYS = [(way.value, way.label) for way in PROOF]
_OF_THE_WAYS = tuple(dict.fromkeys(name for way in PROOF for name in RECORD[way]))
_FIELD_OF = {paper.kind: paper.field for paper in PROOFS}


def _of(way: DeliveryWay, records: Mapping[DeliveryWay, tuple[str, ...]]) -> tuple[str, ...]:
    """List what is shown of a way: its record and its proof."""
    return (*records[way], _FIELD_OF[PROOF[way]])


@form_of(Move.SEND)
class SendForm(MoveForm):
    way = forms.ChoiceField(label="发出方式", choices=[(way.value, way.label) for way in SENT_RECORD])
    posted_on = day("交邮日期", required=False)
    item_number = line("邮件号", required=False, max_length=40)
    notice_on = day("公告日期", required=False, help_text="刊登、张贴之日；公告期满之日视为送达，期满后再登记送达")
    published_at = line("公告刊登、张贴的地方", required=False)
    absence = line("公告送达的理由", required=False, help_text="信访人下落不明，或者用其他方式无法送达")
    no_proof = line("没有凭证的原因", required=False, help_text="没有凭证的，办理期限按登录之日计算是否按期")
    note = text("备注", required=False, rows=2)
    today = ("posted_on",)
    shows_by = "way"
    shows: Mapping[str, tuple[str, ...]] = {way.value: _of(way, SENT_RECORD) for way in SENT_RECORD}
    field_order = [
        "way", *(name for names in SENT_RECORD.values() for name in names),
        *(_FIELD_OF[PROOF[way]] for way in SENT_RECORD), "no_proof", "note",
    ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.errors:
            return data
        asked = (name for names in SENT_RECORD.values() for name in names)
        names = {name: data.pop(name) for name in (*asked, "way", "no_proof", "note") if name in data}
        return data | {"sending": DeliveryEntry(**names)}


@form_of(Move.DELIVER, Move.DELIVER_REVIEW, Move.DELIVER_RECHECK, Move.ORDER_REDO)
class DeliverForm(MoveForm):
    proposes = {"way": "发出时登记的方式"}
    way = forms.ChoiceField(label="送达方式", choices=_WAYS)
    delivered_on = day("送达日期", required=False, help_text="签收、妥投、留置或者到达对方系统之日")
    posted_on = day("交邮日期", required=False)
    item_number = line("邮件号", required=False, max_length=40)
    notice_on = day("公告日期", required=False, help_text="公告期满之日视为送达，期满后登记")
    recipient = line("签收人", required=False, max_length=60)
    relation = forms.ChoiceField(label="与信访人的关系", choices=Relation.choices, required=False)
    place = line("送达地点", required=False, max_length=200)
    address = line("投递地址", required=False, help_text="信访人另行指定的地址直接填写，并在备注中写明")
    e_address = line("电子送达地址", required=False, help_text="电话号码、电子邮箱等")
    published_at = line("公告刊登、张贴的地方", required=False)
    confirmed_by = line("确认收悉的方式", required=False, max_length=100, help_text="例如：信访人短信回复收到")
    is_agreed = forms.BooleanField(label="信访人同意电子送达", required=False)
    refusal = line("拒收的事由", required=False)
    absence = line("公告送达的理由", required=False, help_text="信访人下落不明，或者用其他方式无法送达")
    witnesses = LinesField(
        label="见证人", required=False, max_lines=5, max_length=60, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="每行一人；附照片、录像的可以不填",
    )  # fmt: skip
    no_proof = line("没有凭证的原因", required=False, help_text="没有凭证的，申请期限自登录之日起算")
    note = text("备注", required=False, rows=2)
    today = ("delivered_on",)
    shows_by = "way"
    shows: Mapping[str, tuple[str, ...]] = {way.value: _of(way, RECORD) for way in PROOF}
    looks_at = ("way", "delivered_on", "notice_on")
    field_order = ["way", *_OF_THE_WAYS, *_FIELD_OF.values(), "no_proof", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self._mark()

    def full_clean(self) -> None:
        super().full_clean()
        self._mark()

    def _mark(self) -> None:
        """Show the mark of what is needed, which depends on the way: the verb refuses, in its own words."""
        for name in _OF_THE_WAYS:
            self.fields[name].required = name != "witnesses"

    def proposed(self) -> dict[str, Any]:
        lead = self.case.lead
        where = {"address": REGISTERED} if lead.address else {}
        return super().proposed() | {"recipient": lead.name} | where | self._as_sent()

    def _as_sent(self) -> dict[str, Any]:
        """Propose what was written down when it was sent, so that nobody types it twice."""
        sent = last_sending(self.case) or {}
        names = ("way", "posted_on", "item_number", "notice_on", "published_at", "absence")
        return {name: sent[name] for name in names if name in sent}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.errors:
            return data
        names = {name: data.pop(name) for name in (*_OF_THE_WAYS, "way", "no_proof", "note") if name in data}
        names["witnesses"] = tuple(names["witnesses"])
        # A choice that is not shown has its first value all the same.
        if "relation" not in RECORD[DeliveryWay(names["way"])]:
            names["relation"] = ""
        return data | {"delivery": DeliveryEntry(**names)}

    def counted(self, typed: Callable[[str], Any]) -> tuple[date, list[str]]:
        today = timezone.localdate()
        entry = DeliveryEntry(
            way=typed("way") or _WAYS[0][0], delivered_on=typed("delivered_on"), notice_on=typed("notice_on")
        )
        first = entry.notice_on if entry.way == DeliveryWay.NOTICE else entry.delivered_on
        if first is None or first > today:
            return first or today, []
        delivered_on = day_of(entry, on=today)
        if delivered_on < self.case.received_on:
            return delivered_on, []
        if is_late(delivered_on, today):
            said = f"送达日期{say_day(delivered_on, today)}系事后登录，经信访部门负责人核实前，期限自登录之日起算"
            return today, [said]
        return delivered_on, ["没有送达凭证的，期限自登录之日起算"] if delivered_on < today else []


@form_of(Move.DELIVER_OTHER)
class DeliverOtherForm(DeliverForm):
    party = forms.ModelChoiceField(Petitioner.objects.none(), label="受送达人", required=False)
    field_order = ["party", *DeliverForm.field_order]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people(self.fields["party"], Petitioner.objects.filter(pk__in=self.case.unserved))

    def proposed(self) -> dict[str, Any]:
        person = Petitioner.objects.filter(pk__in=self.case.unserved).first()
        return MoveForm.proposed(self) | ({"recipient": person.name, "party": person} if person else {})

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and data["party"] is None:
            data["party"] = Petitioner.objects.filter(pk__in=self.case.unserved).order_by("pk").first()
            if len(self.case.unserved) > 1:
                self.add_error("party", "请选择受送达的信访人。")
        return data
