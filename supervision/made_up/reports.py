"""Reports of the demo's petition office: three inspections, and a 通报 of last month beside a draft."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from cases.made_up.demo.cast import BUREAU
from cases.models import PetitionCase
from cases.queries import visible_to
from supervision.circulars import verbs as circulars
from supervision.inspections.facts import answerable
from supervision.inspections.items import ITEMS, Calm, Fulfilment, Item, Standing
from supervision.inspections.verbs import inspect

_GOOD = {Standing: Standing.IN_ORDER, Calm: Calm.YES, Fulfilment: Fulfilment.FULFILLED}
Found = Mapping[str, tuple[str, str]]
# What each of the three finds, and its conclusion.
_SHEETS: tuple[tuple[Found, str], ...] = (
    ({"punished": (Standing.NOT_ASKED, "")}, "问题已经解决，程序规范，信访人表示满意。"),
    (
        {
            "calmed": (Calm.NO, "信访人对修复质量有异议，仍通过网上反映"),
            "authority": (Fulfilment.WEAK, "办结后没有回访，信访人联系不上承办人"),
        },
        "问题基本解决，后续服务没有跟上，建议责任单位建立办结回访制度。",
    ),
    (
        {
            "report": (Standing.NOT_IN_ORDER, "办结报告没有附现场照片和信访人的签收材料"),
            "office": (Fulfilment.WEAK, "办结材料审核不细，没有发现缺项"),
        },
        "实体问题解决到位，案卷需要补充完善。",
    ),
)
_DEMANDS = "各单位主要负责人要对逾期事项逐件过问，月底前全部办结。\n督办函限期反馈，逾期不反馈的约谈分管负责人。"


def play(now: datetime) -> None:
    """Play the reports, as one of the demo's steps, after those that supervise."""
    hands = {role: _post(role) for role in (Role.REGISTRAR, Role.INSPECTOR, Role.OFFICE_HEAD)}
    closed = visible_to(hands[Role.OFFICE_HEAD]).filter(is_sealed=False, registered_unit__code=BUREAU)
    closed = closed.exclude(closed_on=None).exclude(responsible=None).order_by("-closed_on", "pk")
    cases = closed.select_related("responsible", "holder", "sender", "assigner", "registered_unit")[: len(_SHEETS)]
    for case, (findings, conclusion) in zip(cases, _SHEETS, strict=False):
        _inspect(case, findings, conclusion, by=hands[Role.OFFICE_HEAD], now=now)
    _circulate(hands, now)


def _post(role: Role) -> Post:
    return Post.objects.select_related("user", "unit__parent").get(unit__code=BUREAU, role=role)


def _inspect(case: PetitionCase, findings: Found, conclusion: str, *, by: Post, now: datetime) -> None:
    who = answerable(case)
    answers = {item.code: _said(item, findings) | {"who": who.get(item.code, "")} for item in ITEMS}
    inspect(case, held_on=timezone.localdate(now), answers=answers, conclusion=conclusion, by=by, at=now)


def _said(item: Item, findings: Found) -> dict[str, str]:
    answer, finding = findings.get(item.code, (_GOOD[item.answers], ""))
    return {"answer": str(answer), "finding": finding}


def _circulate(hands: Mapping[Role, Post], now: datetime) -> None:
    today = timezone.localdate(now)
    last = today.replace(day=1) - timedelta(days=1)
    for since, until in ((last.replace(day=1), last), (today.replace(day=1), today)):
        text = circulars.Text(
            f"关于{since.year}年{since.month}月信访工作情况的通报", since, until, _DEMANDS,
            good="多数单位实行办前约见、办后回访，初次信访事项一次办结。",
            problems="个别单位没有在规定期限内告知受理，有的督办函逾期未反馈，重复信访仍较多。",
        )  # fmt: skip
        made = circulars.draft(text, by=hands[Role.INSPECTOR], at=now)
        if until < today:
            circulars.sign(made, by=hands[Role.OFFICE_HEAD], at=now)
