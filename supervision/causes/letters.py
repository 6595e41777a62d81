"""The letters of 督办, three hands each: what becomes of a cause when its letter is drafted, discarded, signed."""

from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.notices.outbox import tell
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.periods import Rule
from cases.drafts.feedback import feedback_rule, working_days_until
from cases.drafts.steps import DraftStep
from cases.models import LetterDraft
from supervision.causes.notices import LETTER, RISEN
from supervision.causes.opening import open_cause
from supervision.causes.shared import start_clock, store
from supervision.models import Measure, Stage, SupervisionCase, Trigger

# 第三十九条第三款：问题突出的，视情节轻重约谈、通报、挂牌督办，责令限期整改
_AGAIN = "《信访工作条例》第三十九条第三款"


def follow_draft(draft: LetterDraft, step: DraftStep, by: Post, at: datetime) -> None:
    """Hangs on `AFTER_STEP`: a signed letter starts the clock of its answer, a discarded one goes back.

    The caller holds the matter.
    """
    measure = Measure.of(LetterKind(draft.kind))
    if measure is None:
        return
    found = SupervisionCase.objects.filter(draft=draft).first()
    if step is DraftStep.DISCARD and found:
        found.stage, found.draft = Stage.PENDING, None
        store(found)
    elif step is DraftStep.SIGN:
        _issue(found or _by_hand(draft, measure, at), draft, at=at)


def take_up(seen: SupervisionCase, draft: LetterDraft, *, unit: Unit | None = None) -> None:
    """The cause has its draft, which goes to `unit` where that is not the unit that handles the matter.

    The caller holds the matter, in the transaction of the draft.
    """
    found = SupervisionCase.objects.filter(pk=seen.pk, stage=Stage.PENDING).first()
    if found is not None:
        found.stage, found.draft, found.unit = Stage.DRAFTED, draft, unit or found.unit
        store(found)


def _by_hand(draft: LetterDraft, measure: Measure, at: datetime) -> SupervisionCase:
    """A letter that somebody wrote in the matter without a cause having been brought up."""
    return SupervisionCase(
        case=draft.case, office=draft.unit, unit=_receiver(draft, measure), measure=measure, trigger=Trigger.HAND,
        key=f"draft:{draft.pk}", problem=str(draft.facts.get("problem") or draft.label)[:200],
        article=str(draft.facts.get("basis") or "")[:200], opened_at=at, draft=draft,
    )  # fmt: skip


def _receiver(draft: LetterDraft, measure: Measure) -> Unit:
    """Who is to answer. A body outside of the system answers on paper, which the office itself enters."""
    if not measure.is_told_elsewhere:
        return draft.case.responsible or draft.case.holder
    named = Unit.objects.filter(name=str(draft.facts.get("addressee", "")), valid_to=None).first()
    return named or draft.unit


def _issue(found: SupervisionCase, draft: LetterDraft, *, at: datetime) -> None:
    on = timezone.localdate(at)
    found.stage, found.draft, found.issued_on = Stage.ISSUED, draft, on
    store(found)
    wait_for_answer(found, draft.told.get("feedback_due_on"), on=on, at=at)
    found.save(update_fields=["clock"])
    tell(LETTER, found.pk, at=at)
    if found.measure == Measure.SUPERVISION:
        _rise(found, on=on, at=at)


def _rise(found: SupervisionCase, *, on: date, at: datetime) -> None:
    """第三十九条第三款: who had to be urged again in the same matter is listed for a talk, and the leaders are told."""
    sent = SupervisionCase.objects.filter(case=found.case, unit=found.unit, measure=Measure.SUPERVISION)
    times, often = sent.exclude(issued_on=None).count(), current_rulebook().on(on).number(Key.TALK_AFTER)
    if times % often:
        return
    risen = open_cause(
        found.case, office=found.office, unit=found.unit, measure=Measure.TALK, trigger=Trigger.AGAIN,
        key=f"again:{found.case_id}:{found.unit_id}:{times}", problem=f"同一事项已{times}次发出信访督办函",
        article=_AGAIN, at=at,
    )  # fmt: skip
    if risen is not None:
        tell(RISEN, risen.pk, at=at)


def wait_for_answer(found: SupervisionCase, due_on: date | None, *, on: date, at: datetime) -> None:
    """Start the clock of the answer: until `due_on`, or as long as its rule says. The caller saves."""
    kind = found.letter_kind
    rule = feedback_rule(kind) if kind else Rule.RECTIFICATION
    if rule is None:
        return
    days = None
    if due_on and rule is Rule.LETTER_FEEDBACK:
        days = working_days_until(due_on, since=on)
    elif due_on and rule is Rule.RECTIFICATION:
        days = (due_on - on).days
    start_clock(found, rule, on=on, at=at, days=days)
