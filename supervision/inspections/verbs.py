"""一案双督三查: keep what an inspection found, and bring up the letter or proposal that it calls for."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.errors import NotPermitted, Refusal
from cases.engine import note as write_event
from cases.engine import refuse_future
from cases.models import PetitionCase
from cases.queries import visible_to
from supervision import permissions as rules
from supervision.causes.opening import office_of, open_cause
from supervision.inspections.items import BY_CODE, FOLLOWS, ITEMS
from supervision.models import Inspection, Measure, Trigger

ARTICLE = "《信访工作条例》第三十八条第二款、第四十条第一款"
Answers = Mapping[str, Mapping[str, str]]


@transaction.atomic
def inspect(
    seen: PetitionCase, *, held_on: date, answers: Answers, conclusion: str, by: Post, at: datetime
) -> Inspection:
    """Keep the inspection; each measure that an answer calls for is brought up once, with its findings.

    `answers`: for every item of the sheet its answer and its finding, of a duty also `who` answers for it. Raises
    NotPermitted; Refusal for a missing answer, or for a finding that is missing where something is not in order.
    """
    case = PetitionCase.objects.select_for_update(no_key=True).get(pk=seen.pk)
    if not rules.may_inspect(by, case) or not visible_to(by).filter(pk=case.pk).exists():
        raise NotPermitted("您当前的岗位不能对该事项开展督查。")
    refuse_future(held_on, at=at, field="held_on")
    _refuse(answers)
    made = Inspection.objects.create(
        case=case, office=by.unit, by_user=by.user, held_on=held_on, at=at, conclusion=conclusion,
        answers=_with_bodies(case, answers),
    )  # fmt: skip
    write_event(case, "inspected", by=by, at=at, detail={"inspection": made.pk, "held_on": held_on, "note": conclusion})
    _follow(made, by=by, at=at)
    return made


def _refuse(answers: Answers) -> None:
    for item in ITEMS:
        given = answers.get(item.code, {})
        if given.get("answer") not in item.answers.values:
            raise Refusal(f"请对“{item.label}”作出结论。", field=item.code)
        if given["answer"] in FOLLOWS and not given.get("finding", "").strip():
            raise Refusal(f"“{item.label}”有问题的，请写明发现的问题。", field=f"{item.code}_finding")


def _with_bodies(case: PetitionCase, answers: Answers) -> dict[str, dict[str, str]]:
    """Add to each answer from which something follows the code of the body it goes to."""
    unit, office = case.responsible or case.holder, office_of(case) or case.registered_unit
    kept = {item.code: dict(answers[item.code]) for item in ITEMS}
    for item in ITEMS:
        if kept[item.code]["answer"] in FOLLOWS:
            kept[item.code]["body"] = (office if item.is_of_office else unit).code
    return kept


def _follow(made: Inspection, *, by: Post, at: datetime) -> None:
    """Bring up each measure that an answer calls for, once for a body; nothing goes from the office to itself."""
    wanting: dict[tuple[Measure, str], list[str]] = {}
    for code, given in made.answers.items():
        if measure := FOLLOWS.get(given["answer"]):
            wanting.setdefault((measure, given["body"]), []).append(code)
    units = Unit.objects.in_bulk({body for _, body in wanting}, field_name="code")
    for (measure, body), codes in wanting.items():
        facts = _facts(made, measure, codes)
        open_cause(
            made.case, office=by.unit, unit=units[body], measure=measure, trigger=Trigger.INSPECTION,
            key=f"inspection:{made.pk}:{measure.value}:{units[body].pk}", problem="；".join(facts["findings"]),
            article=ARTICLE, at=at, facts=facts,
        )  # fmt: skip


def _facts(made: Inspection, measure: Measure, codes: list[str]) -> dict[str, list[str]]:
    """Prefill the letter: its findings, and what the drafter will ask for, one line an item."""
    labels = [BY_CODE[code].label for code in codes]
    findings = [f"{label}：{made.answers[code]['finding']}" for label, code in zip(labels, codes, strict=True)]
    if measure is Measure.SUPERVISION:
        return {"findings": findings, "demands": [f"就“{label}”存在的问题整改到位" for label in labels]}
    if measure is Measure.IMPROVEMENT:
        return {"findings": findings, "proposals": [f"落实{label}，改进工作" for label in labels]}
    persons = [who for code in codes if (who := made.answers[code].get("who", "").strip())]
    proposals = [f"就{label}依规依纪依法追究责任" for label in labels]
    return {"findings": findings, "proposals": proposals, "persons": persons}
