"""Opening a 督办件: by a person, by a move of the matter, by an inspection. (What the ladder opens: `sweeping`.)"""

from datetime import datetime
from typing import Any

from binzhou_xinfang.accounts.hierarchy import office_above
from binzhou_xinfang.accounts.models import Unit, UnitKind
from binzhou_xinfang.typed import shortened
from cases.models import Deadline, PetitionCase
from supervision.causes.watching import turn_own_clock
from supervision.models import Measure, Stage, SupervisionCase, Trigger


def office_of(case: PetitionCase) -> Unit | None:
    """Find the petition office that supervises the matter: who assigned it, else passed it on, else took it in."""
    offices = (case.assigner, case.sender, case.registered_unit)
    return next((unit for unit in offices if unit and unit.kind == UnitKind.PETITION_OFFICE), None)


def overseer_of(case: PetitionCase, *, of: Unit | None = None) -> Unit | None:
    """Find the office that urges in the matter: its petition office, else the nearest above whoever took it in; where
    what is urged is that office's own (`of`), the nearest above itself (第四十三条：由其上级机关责令改正)."""
    over = office_of(case) or office_above(case.registered_unit)
    return office_above(of) if of is not None and over == of else over


def open_cause(
    case: PetitionCase,
    *,
    office: Unit,
    unit: Unit,
    measure: Measure,
    trigger: Trigger,
    key: str,
    problem: str,
    article: str,
    at: datetime,
    facts: dict[str, Any] | None = None,
    deadline: Deadline | None = None,
) -> SupervisionCase | None:
    """Bring up one cause for somebody to act on; the caller holds the matter. Nothing goes out by it.

    `key` names the cause: None when it was brought up before, of 检举控告, and of the office against itself. `facts`:
    what the cause knows of the letter that may follow, by the names of `letter_facts`; `deadline`: the clock whose
    lapse it is about.
    """
    if case.is_sealed or office.pk == unit.pk:
        return None
    supervision = SupervisionCase(
        case=case, office=office, unit=unit, measure=measure, trigger=trigger, key=key, problem=shortened(problem, 200),
        article=shortened(article, 200), opened_at=at, facts=facts or {},
        deadline=deadline,
    )  # fmt: skip
    # One statement, which waits for whoever brings up the same cause at this moment.
    SupervisionCase.objects.bulk_create([supervision], ignore_conflicts=True)
    opened = SupervisionCase.objects.filter(key=key, opened_at=at).first()
    if opened is not None:
        turn_own_clock(opened, Stage(opened.stage), at=at)
    return opened
