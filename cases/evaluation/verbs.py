"""登记满意度评价: the petitioner's word on the office and on the unit. It changes no state and no version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.records.event_fields import EventField, chosen, day
from binzhou_xinfang.statute.wording import say_day
from cases.engine import lock, note
from cases.evaluation.window import objects_of, refuse_closed_window, window_of
from cases.hooks import AFTER_EVALUATION
from cases.models import AnswerChannel, Deadline, Evaluation, EvaluationObject, PetitionCase, Verdict
from cases.permissions import may_evaluate
from cases.queries import visible_to
from cases.states import EVENTS

EVALUATED = EVENTS.declare(
    "evaluated",
    "满意度评价",
    {
        "office_verdict": EventField("对信访部门：", chosen(Verdict)),
        "office_remark": EventField("意见："),
        "unit_verdict": EventField("对责任单位：", chosen(Verdict)),
        "unit_remark": EventField("意见："),
        "answered_by": EventField("评价方式：", chosen(AnswerChannel)),
        "given_on": EventField("评价日期：", day),
    },
)


@dataclass(frozen=True, slots=True)
class Said:
    """The petitioner's word on one object."""

    verdict: Verdict
    remark: str = ""


def refuse_evaluator(by: Post | None, case: PetitionCase) -> None:
    """Raise NotPermitted when the post may not write down evaluations of the matter (None: the petitioner may)."""
    if not may_evaluate(by, case) or (by is not None and not visible_to(by).filter(pk=case.pk).exists()):
        raise NotPermitted(
            "您当前的岗位不能登记该事项的满意度评价：由登记该事项的信访部门回访登记，被评价的责任单位不登记。"
        )


@transaction.atomic
def evaluate(
    seen: PetitionCase,
    *,
    said: Mapping[EvaluationObject, Said],
    channel: AnswerChannel,
    given_on: date,
    by: Post | None,
    at: datetime,
) -> list[Evaluation]:
    """Keep what was said of one object or of both. `by` None: the petitioner in person, in the system.

    Raises NotPermitted; Stale when the matter has moved on since `seen` was read; Refusal outside the window, for a
    day before the answer or after today, for an object that is not evaluated here or has been already.
    """
    case = lock(seen)
    refuse_evaluator(by, case)
    today = timezone.localdate(at)
    given = {EvaluationObject(each.object): each for each in case.evaluations.all()}
    _refuse_again(said, given, on=today)
    window = refuse_closed_window(case, window_of(case.deadlines.all()), on=today)
    if not window.started_on <= given_on <= today:
        raise Refusal(f"评价日期应当在送达日期（{say_day(window.started_on, today)}）与今天之间。", field="given_on")
    made = _keep(case, said, channel=channel, given_on=given_on, by=by, at=at)
    _close(case, window, {*given, *said}, on=given_on)
    note(case, EVALUATED, by=by, at=at, detail=_detail(said, channel, given_on))
    for evaluation in made:
        AFTER_EVALUATION(evaluation, by, at)
    return made


def _refuse_again(
    said: Mapping[EvaluationObject, Said], given: Mapping[EvaluationObject, Evaluation], *, on: date
) -> None:
    if not said:
        raise Refusal("请至少选择对一个对象的评价。", field="office_verdict")
    for about in said:
        if about in given:
            day = say_day(given[about].given_on, on)
            raise Refusal(f"信访人已于{day}评价{about.label}，评价后不能更改。", field=f"{about.value}_verdict")


def _keep(
    case: PetitionCase,
    said: Mapping[EvaluationObject, Said],
    *,
    channel: AnswerChannel,
    given_on: date,
    by: Post | None,
    at: datetime,
) -> list[Evaluation]:
    units, made = objects_of(case), []
    for about, words in said.items():
        if about not in units:
            raise Refusal(f"该事项没有可以评价的{about.label}。", field=f"{about.value}_verdict")
        made.append(
            Evaluation.objects.create(
                case=case,
                object=about.value,
                unit=units[about],
                verdict=Verdict(words.verdict).value,
                remark=words.remark,
                channel=AnswerChannel(channel).value,
                given_on=given_on,
                recorded_at=at,
                recorded_by=by.user if by else None,
                recorded_unit=by.unit if by else None,
            )
        )
    return made


def _close(case: PetitionCase, window: Deadline, evaluated: set[EvaluationObject], *, on: date) -> None:
    """End the window when everybody in it is evaluated."""
    if evaluated >= set(objects_of(case)):
        Deadline.objects.filter(pk=window.pk).update(met_on=on)


def _detail(said: Mapping[EvaluationObject, Said], channel: AnswerChannel, given_on: date) -> dict[str, str]:
    detail = {"given_on": given_on.isoformat(), "answered_by": AnswerChannel(channel).value}
    for about, words in said.items():
        detail |= {f"{about.value}_verdict": Verdict(words.verdict).value, f"{about.value}_remark": words.remark}
    return detail
