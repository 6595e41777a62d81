"""专家 as a life: listed by a petition office, corrected, given certificates, renewed, taken off, listed again."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, TextChoices
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.process.life import Life
from binzhou_xinfang.process.owed import OwedIn, debts
from binzhou_xinfang.process.steps import Effect, Seat, Step
from binzhou_xinfang.process.taking import beginning, verb
from hearings.models import Certificate, Expert, ExpertEvent, ExpertState
from hearings.permissions import POOL_KEEPERS, POOL_READERS


class ExpertStep(TextChoices):
    """Steps of an expert, in the order of the buttons."""

    LIST = "list", "入库"
    CORRECT = "correct", "更正"
    CERTIFY = "certify", "登记证书"
    DECERTIFY = "decertify", "注销证书"
    RENEW = "renew", "续聘"
    END = "end", "出库"
    RESTORE = "restore", "重新入库"


class Desk(TextChoices):
    OFFICE = "office", "管理单位"


class ExpertLife(Life[Expert]):
    """Its events are a chain of its own."""

    def lock(self, seen: Expert) -> Expert:
        return Expert.objects.select_for_update(of=("self",)).select_related("office", "region").get(pk=seen.pk)

    def visible(self, post: Post) -> "QuerySet[Expert]":
        if post.role not in POOL_READERS:
            return Expert.objects.none()
        return pool_of(post.unit.area).select_related("office", "region").annotate(load=_LOAD)

    def may_begin(self, post: Post) -> bool:
        return post.unit.kind == UnitKind.PETITION_OFFICE

    def admits(self, post: Post, obj: Expert) -> bool:
        return post.unit.kind == UnitKind.PETITION_OFFICE

    def this(self, obj: Expert) -> str:
        return "这名专家"


# Drawn and not withdrawn; what is 检举控告 is counted nowhere.
_LOAD = Count(
    "seats",
    filter=Q(seats__withdrawn_at=None, seats__draw__state="drawn", seats__draw__case__is_sealed=False),
    distinct=True,
)


def pool_of(area: Unit) -> "QuerySet[Expert]":
    """Select the experts of the offices of an area, of the areas above it and of those below it."""
    return Expert.objects.filter(Q(office__path__startswith=area.path) | Q(office__parent__in=area.lineage))


def with_codes(codes: Sequence[str], area: Unit, *, field: str) -> list[Expert]:
    """Find the listed experts of these codes, each once. Raises Refusal at the field for one that there is not."""
    known = {one.code: one for one in pool_of(area).filter(state=ExpertState.LISTED)} if codes else {}
    if missing := [code for code in codes if code not in known]:
        raise Refusal(f"专家库中没有“{missing[0]}”，请填写专家编号，例如ZJ0001。", field=field)
    return [known[code] for code in dict.fromkeys(codes)]


_OWED: OwedIn[Expert] = {
    ExpertState.LISTED: debts(nothing="聘期由管理单位掌握，法规没有规定期限"),
    ExpertState.ENDED: debts(nothing="已经出库"),
}
experts = ExpertLife(
    "expert", "听证专家", Expert, ExpertState, final={ExpertState.ENDED}, chain=ExpertEvent, kinds=ExpertEvent.kinds,
    owed=_OWED, marks={"specialities": "专业领域", "former": "曾任职单位", "interests": "有利害关系的单位"},
)  # fmt: skip
_KEEPERS = (Seat(POOL_KEEPERS, (Desk.OFFICE,)),)
_LISTED, _ENDED = frozenset({ExpertState.LISTED}), frozenset({ExpertState.ENDED})
_SOURCE = "鲁政办发〔2006〕31号"


@beginning(experts, Step(key=ExpertStep.LIST, targets=(ExpertState.LISTED,), who=_KEEPERS))
def list_expert(
    *, name: str, kind: str, specialities: list[str], region: Unit, organisation: str, title: str,
    former: list[list[str]], interests: list[str], relatives: list[str], phone: str, term_from: date, term_to: date,
    by: Post, at: datetime,
) -> tuple[Expert, Effect]:  # fmt: skip
    """入库: somebody joins the pool of the post's own office for a term."""
    said = {
        "name": name, "kind": kind, "specialities": specialities, "region": region, "organisation": organisation,
        "title": title, "former": former, "interests": interests, "relatives": relatives, "phone": phone,
        "term_from": term_from, "term_to": term_to,
    }  # fmt: skip
    expert = Expert(office=by.unit, **said)
    _refuse_twice(expert)
    _refuse_term(term_from, term_to)
    return expert, Effect(_told(said))


@verb(experts, Step(key=ExpertStep.CORRECT, sources=_LISTED, who=_KEEPERS))
def correct(
    expert: Expert, *, name: str, kind: str, specialities: list[str], region: Unit, organisation: str, title: str,
    former: list[list[str]], interests: list[str], relatives: list[str], phone: str, reason: str,
    by: Post, at: datetime,
) -> Effect:  # fmt: skip
    """更正: entered wrongly or changed since, with the reason; the old words stay in the earlier events."""
    said = {
        "name": name, "kind": kind, "specialities": specialities, "region": region, "organisation": organisation,
        "title": title, "former": former, "interests": interests, "relatives": relatives, "phone": phone,
    }  # fmt: skip
    changed = {column: value for column, value in said.items() if getattr(expert, column) != value}
    if not changed:
        raise Refusal("没有改动，无需保存。")
    for column, value in changed.items():
        setattr(expert, column, value)
    _refuse_twice(expert)
    labels = [str(Expert._meta.get_field(column).verbose_name) for column in changed]  # type: ignore[union-attr]
    return Effect({**_told(changed), "changed": labels, "reason": reason})


@verb(experts, Step(key=ExpertStep.CERTIFY, sources=_LISTED, who=_KEEPERS))
def certify(expert: Expert, *, certificate: str, number: str, valid_to: date | None, by: Post, at: datetime) -> Effect:
    """登记证书, with its last day where it has one."""
    if valid_to is not None and valid_to < timezone.localdate(at):
        raise Refusal("证书已经过期，不能登记。", field="valid_to")
    if expert.certificates.filter(number=number, withdrawn_on=None).exists():
        raise Refusal("这个编号的证书已经登记。", field="number")
    made = Certificate.objects.create(expert=expert, name=certificate, number=number, valid_to=valid_to)
    return Effect({"certificate": certificate, "number": number, "valid_to": valid_to, "key": made.pk})


@verb(experts, Step(key=ExpertStep.DECERTIFY, sources=_LISTED, who=_KEEPERS))
def decertify(expert: Expert, *, number: str, reason: str, by: Post, at: datetime) -> Effect:
    """注销证书: entered wrongly, or taken away by who gave it."""
    paper = expert.certificates.filter(number=number, withdrawn_on=None).first()
    if paper is None:
        raise Refusal("没有这个编号的有效证书，请核对。", field="number")
    paper.withdrawn_on = timezone.localdate(at)
    paper.save(update_fields=["withdrawn_on"])
    return Effect({"certificate": paper.name, "number": number, "reason": reason, "key": paper.pk})


@verb(experts, Step(key=ExpertStep.RENEW, sources=_LISTED, who=_KEEPERS))
def renew(expert: Expert, *, term_from: date, term_to: date, reason: str, by: Post, at: datetime) -> Effect:
    """续聘, or a term that was entered wrongly."""
    _refuse_term(term_from, term_to)
    expert.term_from, expert.term_to = term_from, term_to
    return Effect({"term_from": term_from, "term_to": term_to, "reason": reason})


@verb(experts, Step(key=ExpertStep.END, sources=_LISTED, targets=(ExpertState.ENDED,), who=_KEEPERS))
def end(expert: Expert, *, reason: str, by: Post, at: datetime) -> Effect:
    """出库: is drawn no more; draws that were made stay as they are, a member drawn before is replaced there."""
    return Effect({"reason": reason})


@verb(experts, Step(key=ExpertStep.RESTORE, sources=_ENDED, targets=(ExpertState.LISTED,), who=_KEEPERS, onward=False))
def restore(expert: Expert, *, term_from: date, term_to: date, reason: str, by: Post, at: datetime) -> Effect:
    """重新入库: taken off by mistake, or appointed again."""
    _refuse_term(term_from, term_to)
    _refuse_twice(expert)
    expert.term_from, expert.term_to = term_from, term_to
    return Effect({"name": expert.name, "term_from": term_from, "term_to": term_to, "reason": reason})


def _refuse_term(term_from: date, term_to: date) -> None:
    if term_to < term_from:
        raise Refusal("聘期止不能早于聘期起。", field="term_to")


def _refuse_twice(expert: Expert) -> None:
    # Whoever lists the same person at the same moment comes one after the other.
    Unit.objects.select_for_update(no_key=True).get(pk=expert.office_id)
    same = Expert.objects.filter(
        office=expert.office_id, name=expert.name, organisation=expert.organisation, state=ExpertState.LISTED
    )
    if same.exclude(pk=expert.pk).exists():
        raise Refusal("本单位的专家库中已有同一单位的同名专家，请核对。", field="name")


def _told(said: Mapping[str, Any]) -> dict[str, Any]:
    """Tell of what was entered what an event holds: no relatives, no telephone."""
    told = {name: value for name, value in said.items() if name not in {"relatives", "phone"}}
    if "region" in told:
        told["region"] = told["region"].name
    if "former" in told:
        told["former"] = [f"{body}（至{until}）" for body, until in told["former"]]
    return told
