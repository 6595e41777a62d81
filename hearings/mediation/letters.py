"""Facts of the letter to the point (调解委派函)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.records.words import in_full
from binzhou_xinfang.statute.models import current_calendar, current_rulebook
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.reckoning import reckon
from hearings.mediation.days import days_of
from hearings.models import Mediation


def facts_of_referral(mediation: Mediation, consent: Mapping[str, Any], by: Post) -> dict[str, Any]:
    """Gather what the point has to know, and by when it answers."""
    case, on = mediation.case, mediation.referred_on
    period = current_rulebook().period(Rule.MEDIATION_ACCEPTANCE, on)
    days = days_of(case, on)
    return {
        "addressee": mediation.point.name, "case_number": case.number, "petitioner": case.lead.name,
        "matter": case.title.removeprefix("反映").removeprefix("关于"), "other_party": in_full(mediation.other_party),
        "dispute": in_full(mediation.dispute),
        "consented_on": date.fromisoformat(consent["happened_on"]) if consent.get("happened_on") else on,
        "answer_due_on": reckon(Rule.MEDIATION_ACCEPTANCE, on, calendar=current_calendar(), period=period).legal,
        "handling_due_on": days.last_on if days else None,
        "contact": by.user.name, "contact_phone": by.unit.phone or by.user.phone,
    }  # fmt: skip
