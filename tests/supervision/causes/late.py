"""A matter that ran late, and the 督办件 that the sweep opened for it."""

from datetime import datetime
from typing import Any

from binzhou_xinfang.letters.kinds.supervision import SUPERVISION_LETTER
from cases.drafts.verbs import check, sign
from cases.models import LetterDraft
from cases.states import State
from cases.watch.sweep import sweep
from supervision.causes import verbs
from supervision.causes.prefill import facts_of_cause
from supervision.models import Measure, SupervisionCase
from tests.factories import PostFactory
from tests.office import Office, case_in, moment

# 60 days from 3 March 2025 end on Fri 2 May: legal Tue 6 May.
LATE = moment(2025, 5, 7, 9)


def opened(office: Office, *, at: datetime = LATE, measure: Measure = Measure.SUPERVISION) -> SupervisionCase:
    """The 督办件 of a measure, of a matter whose 60 days have run out."""
    case = case_in(office, State.HANDLING)
    sweep(at=at)
    return SupervisionCase.objects.get(case=case, measure=measure)


def drafted(office: Office, found: SupervisionCase, *, at: datetime = LATE) -> LetterDraft:
    """Its letter as the registrar writes it."""
    kind = Measure(found.measure).kind
    assert kind is not None
    facts: dict[str, Any] = facts_of_cause(found, kind, by=office.registrar, on=at.date())
    lists = {name: value.splitlines() for name, value in facts.items() if name in ("findings", "demands", "risks")}
    draft = verbs.draft(found, facts=facts | lists, by=office.registrar, at=at).draft
    assert draft is not None
    return draft


def signed(office: Office, draft: LetterDraft, *, at: datetime = LATE) -> SupervisionCase:
    """Checked by a second, signed by a third."""
    checker = PostFactory(unit=office.bureau, role="registrar")
    draft = check(draft, by=checker, at=at)
    draft = sign(draft, by=office.head, at=at)
    return SupervisionCase.objects.get(draft=draft)


def issued(office: Office, *, at: datetime = LATE) -> SupervisionCase:
    """A 督办函 that has gone out."""
    return signed(office, drafted(office, opened(office, at=at), at=at), at=at)


KIND = SUPERVISION_LETTER
