"""督办 in the demo: what was overcome is dropped, the rest stands in every stage, all by the verbs of the office."""

from collections.abc import Iterator
from datetime import datetime
from itertools import cycle

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds import FACTS
from cases.drafts.verbs import check, sign
from cases.made_up.demo.cast import BUREAU
from cases.models import LetterDraft
from supervision.causes import verbs
from supervision.causes.prefill import facts_of_cause
from supervision.models import Measure, Stage, SupervisionCase
from supervision.permissions import ANSWER_SIGNERS, UNIT

_STAGES = (Stage.PENDING, Stage.DRAFTED, Stage.ISSUED, Stage.SIGNING, Stage.ANSWERED, Stage.SETTLED)
_ANSWER = "已约谈承办科室负责人，指定专人限期办结，办理情况随时向信访人说明。逾期原因是现场鉴定排期较长。"


def play(now: datetime) -> None:
    """Play what the petition office of the city has done about what ran late, as one of the demo's steps."""
    hands = {role: _post(role) for role in (Role.REGISTRAR, Role.INSPECTOR, Role.OFFICE_HEAD)}
    pending = SupervisionCase.objects.filter(office__code=BUREAU, stage=Stage.PENDING).order_by("pk")
    stages = cycle(_STAGES)
    for supervision in pending.select_related("deadline", "case__responsible", "unit", "office"):
        if supervision.deadline and not supervision.deadline.is_running:
            verbs.drop(supervision, reason="单位已在督办前办结，当面提醒。", by=hands[Role.REGISTRAR], at=now)
        elif supervision.measure == Measure.SUPERVISION:
            _bring(supervision, next(stages), hands, now)


def _post(role: Role) -> Post:
    return Post.objects.select_related("user", "unit__parent").get(unit__code=BUREAU, role=role)


def _bring(supervision: SupervisionCase, stage: Stage, hands: dict[Role, Post], now: datetime) -> None:
    """Act on the cause until it stands in the stage, or as far as the people of the demo can bring it."""
    for reached in _acts(supervision, hands, now):
        if reached is stage:
            return


def _acts(supervision: SupervisionCase, hands: dict[Role, Post], now: datetime) -> Iterator[Stage]:
    yield Stage.PENDING
    try:
        draft = _draft(supervision, hands[Role.REGISTRAR], now)
    except Refusal:
        return  # another letter of the kind is being written in this matter
    yield Stage.DRAFTED
    draft = check(draft, by=hands[Role.INSPECTOR], at=now)
    sign(draft, by=hands[Role.OFFICE_HEAD], at=now)
    yield Stage.ISSUED
    there = Post.objects.held(timezone.localdate(now)).filter(unit=supervision.unit).select_related("user", "unit")
    writer, head = (there.filter(role__in=roles).first() for roles in (UNIT - ANSWER_SIGNERS, UNIT & ANSWER_SIGNERS))
    if head is None:
        return
    verbs.answer(supervision, text=_ANSWER, papers=(), by=writer or head, at=now)
    if writer is not None:
        yield Stage.SIGNING
        verbs.sign_answer(supervision, by=head, at=now)
    yield Stage.ANSWERED
    verbs.judge(supervision, is_accepted=True, verdict="整改属实", by=hands[Role.REGISTRAR], at=now)
    yield Stage.SETTLED


def _draft(supervision: SupervisionCase, by: Post, now: datetime) -> LetterDraft:
    kind = Measure.SUPERVISION.kind
    assert kind is not None  # noqa: S101  it has a letter
    known = facts_of_cause(supervision, kind, by=by, on=timezone.localdate(now))
    facts = {name: value.splitlines() if FACTS[name].is_list else value for name, value in known.items()}
    draft = verbs.draft(supervision, facts=facts, by=by, at=now).draft
    assert draft is not None  # noqa: S101  it was just written
    return draft
