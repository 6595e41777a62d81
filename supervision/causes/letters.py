"""The letters of 督办, three hands each: a cause when its letter is drafted, discarded, signed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.notices.outbox import tell
from binzhou_xinfang.process.life import Taking
from binzhou_xinfang.process.steps import Step
from binzhou_xinfang.process.taking import follows, verb
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.typed import shortened
from cases.drafts.life import drafts
from cases.drafts.receiver import ADDRESSEE, receiver_of
from cases.drafts.steps import DraftStep
from cases.drafts.verbs import draft_letter
from cases.models import LetterDraft
from supervision.causes.life import BY_OFFICE, HAS_LETTER, CauseEffect, causes
from supervision.causes.notices import LETTER, RISEN
from supervision.causes.opening import open_cause
from supervision.causes.owed import ANSWER_CLOCKS
from supervision.causes.steps import CauseStep
from supervision.models import Measure, Stage, SupervisionCase, Trigger

# 第三十九条第三款：问题突出的，视情节轻重约谈、通报、挂牌督办，责令限期整改
_AGAIN = "《信访工作条例》第三十九条第三款"


@verb(
    causes,
    Step(
        key=CauseStep.DRAFT,
        sources=frozenset({Stage.PENDING}),
        targets=(Stage.DRAFTED,),
        who=BY_OFFICE,
        guards=(HAS_LETTER,),
        event="",  # that a letter is being written is told by the letter
        says="函件交审核、签发，签发后才发出",
    ),
)
def draft(cause: SupervisionCase, *, facts: dict[str, Any], by: Post, at: datetime) -> CauseEffect:
    """拟函: it goes to whom it names as addressee. Raises as `draft_letter`; Refusal for another body than the one that
    answers."""
    kind = cause.letter_kind
    assert kind is not None  # noqa: S101  the guard lets only those in that have a letter
    cause.draft = draft_letter(cause.case, kind=kind, facts=facts, by=by, at=at)
    _send_to_whom_it_names(cause, facts, on=timezone.localdate(at))
    return CauseEffect()


def _send_to_whom_it_names(cause: SupervisionCase, facts: Mapping[str, Any], *, on: date) -> None:
    """Let the cause wait for the body that the letter names. Raises Refusal where another has to answer.

    A body outside of the system answers on paper, which the office itself enters.
    """
    if not facts.get(ADDRESSEE):
        return
    named, measure = receiver_of(facts, on=on), Measure(cause.measure)
    if measure is Measure.POLICY and not (named and is_over_policy(named, cause.office)):
        raise Refusal("完善政策建议向本级党委、政府提出（第四十条第二款），请改填主送对象。", field=ADDRESSEE)
    if measure.is_told_elsewhere:
        cause.unit = named or cause.office
    elif named != cause.unit:
        raise Refusal(f"{measure.label}由被督办单位反馈，主送对象应当是{cause.unit.name}。", field=ADDRESSEE)


def is_over_policy(unit: Unit, office: Unit) -> bool:
    """Check that the body is the party committee or the government of the office's own level (第四十条第二款)."""
    return unit.kind in (UnitKind.PARTY, UnitKind.GOVERNMENT, UnitKind.AREA) and unit.area.pk == office.area.pk


@verb(
    causes,
    Step(
        key=CauseStep.ISSUE,
        sources=frozenset({Stage.PENDING, Stage.DRAFTED}),
        targets=(Stage.ISSUED,),
        by_system=True,
        starts=ANSWER_CLOCKS,
        event="",  # the signature is told by the letter
    ),
)
def issue(cause: SupervisionCase, *, by: None, at: datetime) -> CauseEffect:
    """Send out the signed letter: from today the unit has until the day that it names."""
    assert cause.draft is not None  # noqa: S101  it follows a draft
    cause.issued_on = timezone.localdate(at)
    # What was revised since may name another.
    _send_to_whom_it_names(cause, cause.draft.facts, on=cause.issued_on)
    tell(LETTER, cause.pk, at=at)
    return CauseEffect(due_on=cause.draft.letter_facts.get("feedback_due_on"))


@verb(
    causes,
    Step(
        key=CauseStep.WITHDRAW,
        sources=frozenset({Stage.DRAFTED}),
        targets=(Stage.PENDING,),
        by_system=True,
        event="",
        onward=False,
    ),
)
def withdraw(cause: SupervisionCase, *, by: None, at: datetime) -> CauseEffect:
    """Let the cause wait again, for its draft was discarded."""
    cause.draft = None
    return CauseEffect()


@follows(drafts, DraftStep.SIGN, of="cause", takes=(CauseStep.ISSUE,))
def issue_what_was_signed(draft: LetterDraft, taking: Taking[LetterDraft]) -> None:
    """Bring up a cause for a letter of 督办 that somebody wrote in the matter without one."""
    measure = Measure.of(LetterKind(draft.kind))
    if measure is not None:
        cause = SupervisionCase.objects.filter(draft=draft).first() or _by_hand(draft, measure, taking.at)
        issue(cause, by=None, at=taking.at)


@follows(drafts, DraftStep.DISCARD, of="cause", takes=(CauseStep.WITHDRAW,))
def withdraw_what_was_discarded(draft: LetterDraft, taking: Taking[LetterDraft]) -> None:
    """Take back the cause of a discarded draft, if it has one."""
    if cause := SupervisionCase.objects.filter(draft=draft).first():
        withdraw(cause, by=None, at=taking.at)


def _by_hand(draft: LetterDraft, measure: Measure, at: datetime) -> SupervisionCase:
    return SupervisionCase.objects.create(
        case=draft.case, office=draft.unit, unit=draft.case.responsible or draft.case.holder, measure=measure,
        trigger=Trigger.HAND, key=f"draft:{draft.pk}", opened_at=at, draft=draft,
        problem=shortened(str(draft.facts.get("problem") or draft.label), 200),
        article=shortened(str(draft.facts.get("basis") or ""), 200),
    )  # fmt: skip


@follows(causes, CauseStep.ISSUE, of="cause", takes=(CauseStep.OPEN,))
def rise(cause: SupervisionCase, taking: Taking[SupervisionCase]) -> None:
    """第三十九条第三款: list for a talk a unit that had to be urged again in the same matter, and tell the leaders."""
    if cause.measure != Measure.SUPERVISION:
        return
    sent = SupervisionCase.objects.filter(case=cause.case, unit=cause.unit, measure=Measure.SUPERVISION)
    on = timezone.localdate(taking.at)
    times, often = sent.exclude(issued_on=None).count(), current_rulebook().on(on).number(Key.TALK_AFTER)
    if times % often:
        return
    risen = open_cause(
        cause.case, office=cause.office, unit=cause.unit, measure=Measure.TALK, trigger=Trigger.AGAIN,
        key=f"again:{cause.case_id}:{cause.unit_id}:{times}", problem=f"同一事项已{times}次发出信访督办函",
        article=_AGAIN, at=taking.at,
    )  # fmt: skip
    if risen is not None:
        tell(RISEN, risen.pk, at=taking.at)
