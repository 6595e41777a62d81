"""Facts of the file beside the items of an inspection: shown, and proposed as answers; the inspector decides."""

from collections.abc import Mapping
from datetime import date

from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.kinds.handling import COMPLETION_REPORT, OPINION
from binzhou_xinfang.statute.periods import Rule
from cases.models import PetitionCase
from cases.models import Standing as DeliveryStanding
from supervision.causes.opening import office_of
from supervision.inspections.items import Standing

_CLOCKS: Mapping[str, tuple[Rule, ...]] = {
    "notified": (Rule.TRIAGE,),
    "accepted": (Rule.NOTICE, Rule.SIMPLE_ACCEPTANCE),
    "answered": (Rule.HANDLING, Rule.SIMPLE_HANDLING, Rule.OWN_WAY),
    "executed": (Rule.EXECUTION,),
}
_LETTERS: Mapping[str, LetterKind] = {
    "opinion": OPINION,
    "report": COMPLETION_REPORT,
}


def facts_of_file(case: PetitionCase, *, on: date) -> dict[str, tuple[str, Standing | None]]:
    """Gather for each item that the file knows of its fact in words, and the answer it proposes. Three queries."""
    clocks = list(case.deadlines.counted().order_by("pk"))
    written = set(case.letters.values_list("letter__kind", flat=True))
    facts: dict[str, tuple[str, Standing | None]] = {}
    for code, rules in _CLOCKS.items():
        own = [clock for clock in clocks if clock.rule in rules]
        late = [clock for clock in own if clock.is_late(on)]
        if late:
            words = f"{late[-1].get_rule_display()}{late[-1].legal_on:%Y年%m月%d日}届满，逾期"
            facts[code] = (words, Standing.NOT_IN_ORDER)
        elif own:
            is_done = own[-1].met_on is not None
            facts[code] = ("按期完成" if is_done else "正在计算，尚未届满", Standing.IN_ORDER if is_done else None)
        else:
            facts[code] = ("没有这项期限", None)
    # While the matter is being handled in time nobody owes its opinion yet.
    is_owed = not case.is_open or any(
        clock.met_on or clock.is_late(on) for clock in clocks if clock.rule in _CLOCKS["answered"]
    )
    for code, kind in _LETTERS.items():
        if kind is COMPLETION_REPORT and not case.is_assigned:
            facts[code] = ("不是交办件，不要求办结报告", Standing.NOT_ASKED)
            continue
        has = kind in written
        proposed = Standing.NOT_IN_ORDER if is_owed and not has else None
        facts[code] = (f"案卷中{'有' if has else '没有'}{kind.label}", proposed)
    facts["delivered"] = _delivered(case, is_owed=is_owed)
    return facts


def _delivered(case: PetitionCase, *, is_owed: bool) -> tuple[str, Standing | None]:
    """Tell whether the answer was delivered, and with what proof."""
    delivery = case.deliveries.first()
    if delivery is None:
        return "案卷中没有送达记录", Standing.NOT_IN_ORDER if is_owed else None
    is_proven = delivery.standing in (DeliveryStanding.PROVEN, DeliveryStanding.CONFIRMED)
    words = f"{delivery.delivered_on:%Y年%m月%d日}送达，{delivery.get_standing_display()}"
    return words, Standing.IN_ORDER if is_proven else None


def answerable(case: PetitionCase) -> dict[str, str]:
    """Name who answers for a responsibility, where that is known; the leader in charge is for the inspector to name."""
    office = office_of(case)
    return {"authority": (case.responsible or case.holder).name, "office": office.name if office else ""}
