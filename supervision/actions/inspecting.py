"""一案双督三查: keep what an inspection found, and bring up the letter or proposal that it calls for."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import NotPermitted, Refusal
from cases.actions.engine import note as write_event
from cases.actions.engine import refuse_future
from cases.models import PetitionCase
from cases.queries import visible_to
from supervision import rules
from supervision.inspection_items import BY_CODE, FOLLOWS, ITEMS
from supervision.models import Inspection, Measure, Trigger
from supervision.opening import open_cause

ARTICLE = "《信访工作条例》第三十八条第二款、第四十条"
Answers = Mapping[str, Mapping[str, str]]


@transaction.atomic
def inspect(
    seen: PetitionCase, *, held_on: date, answers: Answers, conclusion: str, by: Post, at: datetime
) -> Inspection:
    """Keep the inspection; each measure that an answer calls for is brought up once, with its findings.

    `answers`: for every item of the sheet its answer and its finding. Raises NotPermitted; Refusal for a missing
    answer, or for a finding that is missing where something is not in order.
    """
    case = PetitionCase.objects.select_for_update(no_key=True).get(pk=seen.pk)
    if not rules.may_inspect(by, case) or not visible_to(by).filter(pk=case.pk).exists():
        raise NotPermitted("您当前的岗位不能对该事项开展督查。")
    refuse_future(held_on, at=at, field="held_on")
    _refuse(answers)
    made = Inspection.objects.create(
        case=case, office=by.unit, by_user=by.user, held_on=held_on, at=at, answers=dict(answers), conclusion=conclusion
    )
    write_event(case, "inspected", by=by, at=at, detail={"inspection": made.pk, "held_on": held_on, "note": conclusion})
    for measure in dict.fromkeys(FOLLOWS.values()):
        _follow(made, measure, by=by, at=at)
    return made


def _refuse(answers: Answers) -> None:
    for item in ITEMS:
        given = answers.get(item.code, {})
        if given.get("answer") not in item.answers.values:
            raise Refusal(f"请对“{item.label}”作出结论。", field=item.code)
        if given["answer"] in FOLLOWS and not given.get("finding", "").strip():
            raise Refusal(f"“{item.label}”有问题的，请写明发现的问题。", field=f"{item.code}_finding")


def _follow(made: Inspection, measure: Measure, *, by: Post, at: datetime) -> None:
    """Bring the measure up where an answer calls for it, against the responsible unit; a person may choose another."""
    wanting = {code: given for code, given in made.answers.items() if FOLLOWS.get(given["answer"]) is measure}
    if not wanting:
        return
    findings = [f"{BY_CODE[code].label}：{given['finding']}" for code, given in wanting.items()]
    open_cause(
        made.case, office=by.unit, unit=made.case.responsible or made.case.holder, measure=measure,
        trigger=Trigger.INSPECTION, key=f"inspection:{made.pk}:{measure.value}", problem="；".join(findings),
        article=ARTICLE, at=at, facts={"findings": findings},
    )  # fmt: skip
