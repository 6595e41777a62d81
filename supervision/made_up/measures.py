"""督查, 挂牌督办 and 三项建议 in the demo, by the verbs of the office: each in two stages at least."""

from datetime import datetime, timedelta

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.letters.kinds import FACTS
from cases.drafts.verbs import check, sign
from cases.made_up.demo.cast import BUREAU
from cases.models import PetitionCase
from cases.queries import visible_to
from supervision.causes import verbs
from supervision.causes.prefill import facts_of_cause
from supervision.models import Adoption, Level, Measure, Stage, SupervisionCase
from supervision.permissions import ANSWER_SIGNERS, UNIT

ARTICLE = "《信访工作条例》第四十条第一款"
_PROBLEM = "受理后办理进度缓慢，信访人多次询问没有答复"


def play(now: datetime) -> None:
    """Play the measures, as one of the demo's steps, after the inspections, whose proposals are written here."""
    hands = {role: _post(role) for role in (Role.REGISTRAR, Role.INSPECTOR, Role.OFFICE_HEAD)}
    head = hands[Role.OFFICE_HEAD]
    cases = visible_to(head).filter(is_sealed=False, closed_on=None, responsible__isnull=False, is_supervised=False)
    cases = cases.exclude(responsible=head.unit).filter(registered_unit=head.unit).order_by("due_on", "pk")
    acts = (_visit, _call, _list, _list_and_answer)
    for act, case in zip(acts, cases.select_related("responsible")[: len(acts)], strict=False):
        act(case, head, now)
    pending = SupervisionCase.objects.filter(measure=Measure.IMPROVEMENT, stage=Stage.PENDING, office=head.unit)
    for supervision in pending.select_related("case__responsible", "unit", "office").order_by("pk")[:2]:
        _propose(supervision, hands, now)


def _post(role: Role) -> Post:
    return Post.objects.select_related("user", "unit__parent").get(unit__code=BUREAU, role=role)


def _bring_up(case: PetitionCase, measure: Measure, by: Post, now: datetime) -> SupervisionCase:
    assert case.responsible is not None  # noqa: S101  chosen so
    return verbs.bring_up(
        case, measure=measure, unit=case.responsible, problem=_PROBLEM, article=ARTICLE, by=by, at=now
    )


def _visit(case: PetitionCase, by: Post, now: datetime) -> None:
    today = timezone.localdate(now)
    verbs.record(
        _bring_up(case, Measure.SITE, by, now), held_on=today, place=case.region.name, people="督查专员、承办人",
        text="到现场查看，听取承办人说明，并约见了信访人。", findings=["没有实地调查记录", "没有向信访人反馈进展"],
        demands=["三日内到现场调查并形成记录", "当面向信访人说明进展"], due_on=today + timedelta(days=10),
        by=by, at=now,
    )  # fmt: skip


def _call(case: PetitionCase, by: Post, now: datetime) -> None:
    verbs.record(
        _bring_up(case, Measure.PHONE, by, now), held_on=timezone.localdate(now), people="承办人",
        text="电话询问办理进度，承办人已约见信访人，正在鉴定，能够按期办结。", by=by, at=now,
    )  # fmt: skip


def _list(case: PetitionCase, by: Post, now: datetime) -> SupervisionCase:
    supervision = _bring_up(case, Measure.LISTING, by, now)
    return verbs.list_on_board(
        supervision, level=Level.CITY, text="经多次督办没有实质进展，列入市级挂牌督办。",
        demands=["主要负责人包案", "二十日内拿出化解方案"], due_on=timezone.localdate(now) + timedelta(days=20),
        by=by, at=now,
    )  # fmt: skip


def _list_and_answer(case: PetitionCase, by: Post, now: datetime) -> None:
    supervision = _list(case, by, now)
    held = Post.objects.held(timezone.localdate(now)).filter(unit=supervision.unit, role__in=UNIT & ANSWER_SIGNERS)
    if unit := held.select_related("user", "unit").first():
        verbs.answer(supervision, text="主要负责人已两次约见信访人，化解方案附后，月底前兑现。", by=unit, at=now)


def _propose(supervision: SupervisionCase, hands: dict[Role, Post], now: datetime) -> None:
    """Write, check and sign by three; the body answers the one that it can read."""
    kind = Measure.IMPROVEMENT.kind
    assert kind is not None  # noqa: S101  a proposal has its letter
    known = facts_of_cause(supervision, kind, by=hands[Role.REGISTRAR], on=timezone.localdate(now))
    facts = {name: value.splitlines() if FACTS[name].is_list else value for name, value in known.items()}
    draft = verbs.draft(supervision, facts=facts, by=hands[Role.REGISTRAR], at=now).draft
    assert draft is not None  # noqa: S101  it was just written
    draft = check(draft, by=hands[Role.INSPECTOR], at=now)
    sign(draft, by=hands[Role.OFFICE_HEAD], at=now)
    held = Post.objects.held(timezone.localdate(now)).filter(unit=supervision.unit, role__in=UNIT & ANSWER_SIGNERS)
    if unit := held.select_related("user", "unit").first():
        text = "采纳回访建议，已建立办结回访台账；满意度公示因系统未建成，暂不采纳。"
        verbs.answer(supervision, text=text, adoption=Adoption.PARTLY, by=unit, at=now)
