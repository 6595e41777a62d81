"""The letters of 督办, three hands each: a cause when its letter is drafted, discarded, signed."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.notices.outbox import tell
from binzhou_xinfang.process.life import Taking
from binzhou_xinfang.process.steps import Step
from binzhou_xinfang.process.taking import follows, verb
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import Key
from cases.drafts.life import drafts
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
def draft(
    cause: SupervisionCase, *, facts: dict[str, Any], receiver: Unit | None = None, by: Post, at: datetime
) -> CauseEffect:
    """拟函: it goes to `receiver` where that is not the unit that handles the matter. Raises as `draft_letter`."""
    kind = cause.letter_kind
    assert kind is not None  # noqa: S101  the guard lets only those in that have a letter
    cause.draft = draft_letter(cause.case, kind=kind, facts=facts, by=by, at=at)
    cause.unit = receiver or cause.unit
    return CauseEffect()


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
        case=draft.case, office=draft.unit, unit=_receiver(draft, measure), measure=measure, trigger=Trigger.HAND,
        key=f"draft:{draft.pk}", problem=str(draft.facts.get("problem") or draft.label)[:200],
        article=str(draft.facts.get("basis") or "")[:200], opened_at=at, draft=draft,
    )  # fmt: skip


def _receiver(draft: LetterDraft, measure: Measure) -> Unit:
    """Find who is to answer. A body outside of the system answers on paper, which the office itself enters."""
    if not measure.is_told_elsewhere:
        return draft.case.responsible or draft.case.holder
    named = Unit.objects.filter(name=str(draft.facts.get("addressee", "")), valid_to=None).first()
    return named or draft.unit


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
