"""群众满意度评价: within its window, once for each object, by the office that took the matter in."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import NotPermitted, Refusal, Stale
from binzhou_xinfang.statute.periods import Rule
from cases.casefile.event_text import tell
from cases.evaluation.verbs import Said, evaluate
from cases.hooks import AFTER_EVALUATION
from cases.models import AnswerChannel, Deadline, Evaluation, EvaluationObject, PetitionCase, Verdict
from cases.permissions import may_evaluate
from cases.procedure import perform
from cases.states import Move, State
from cases.vocabulary import Adoption, Kind, LegalWay, Purpose
from cases.watch.sweep import sweep
from tests.factories import PostFactory
from tests.office import MONDAY, Office, case_in, led, ready_for, register, step

TODAY = MONDAY.date()
DAY = timedelta(days=1)
# 3 March + 30 days = Wed 2 April.
LAST = MONDAY + 30 * DAY
OFFICE, UNIT = EvaluationObject
GOOD = {OFFICE: Said(Verdict.SATISFIED), UNIT: Said(Verdict.FAIRLY, "等得久了些")}


def rate(case: PetitionCase, by: Post | None, *, at: datetime = MONDAY, **changes: Any) -> list[Evaluation]:
    given: dict[str, Any] = {"said": GOOD, "channel": AnswerChannel.CALLED_BACK, "given_on": at.date()}
    return evaluate(PetitionCase.objects.get(pk=case.pk), **(given | changes), by=by, at=at)


def window(case: PetitionCase) -> Deadline:
    return case.deadlines.get(rule=Rule.EVALUATION)


def test_the_window_opens_at_the_delivery_and_orders_no_list(office: Office) -> None:
    case = case_in(office, State.DELIVERED)
    assert (window(case).started_on, window(case).legal_on, case.due_rule) == (
        TODAY, LAST.date(), Rule.REVIEW_REQUEST,
    )  # fmt: skip


@pytest.mark.parametrize("move", [Move.DELIVER, Move.ANSWER_SIMPLE, Move.REPLY, Move.ANSWER_DIRECTLY])
def test_every_answer_opens_the_window(office: Office, move: Move) -> None:
    ready = ready_for(office, move)
    case = step(office, ready.case, move, at=MONDAY)
    assert window(case).is_running


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": Kind.LITIGATION, "legal_way": LegalWay.JUSTICE},
        {"legal_way": LegalWay.ARBITRATION},
    ],
)
def test_what_goes_another_way_is_not_evaluated(office: Office, changes: dict[str, Any]) -> None:
    case = case_in(office, State.TRIAGED)
    PetitionCase.objects.filter(pk=case.pk).update(purpose="other", **changes)
    case = PetitionCase.objects.get(pk=case.pk)
    case = step(office, case, Move.ANSWER_DIRECTLY, at=MONDAY, by=office.head, ground="inquiry")
    assert not case.deadlines.filter(rule=Rule.EVALUATION).exists()
    with pytest.raises(Refusal, match="不在满意度评价范围内"):
        rate(case, office.head)


def test_the_answer_to_a_report_of_wrongdoing_is_not_evaluated(office: Office) -> None:
    case = register(office, purpose=Purpose.EXPOSE).case
    sorted_as = {"kind": Kind.REPORT, "legal_way": LegalWay.DISCIPLINE, "legal_basis": "权限", "topic": office.topic}
    answered = {"adoption": Adoption.UNFOUNDED, "reply": "查无实据", "told_by": "phone"}
    road: list[tuple[Move, Post, dict[str, Any]]] = [
        (Move.TRIAGE, office.head, sorted_as),
        (Move.REFER, office.head, {"to_unit": office.discipline_unit}),
        (Move.SIGN_FOR, office.discipline, {}),
        (Move.UNDERTAKE, office.discipline, {"days": 60, "contact_phone": "3160002"}),
        (Move.REPLY, office.discipline_head, answered),
    ]
    for move, by, data in road:
        case = perform(move, case, by=by, at=MONDAY, **data)
    assert (case.state, case.deadlines.filter(rule=Rule.EVALUATION).count()) == (State.CLOSED, 0)
    with pytest.raises(Refusal, match="不在满意度评价范围内"):
        rate(case, office.head)


def test_a_matter_that_follows_another_is_not_evaluated(office: Office) -> None:
    case = case_in(office, State.ISSUED)
    PetitionCase.objects.filter(pk=case.pk).update(follows=case_in(office, State.CLOSED))
    case = step(office, PetitionCase.objects.get(pk=case.pk), Move.DELIVER, at=MONDAY)
    assert not case.deadlines.filter(rule=Rule.EVALUATION).exists()


def test_both_are_evaluated_and_the_window_has_done_its_work(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    rate(case, office.clerk)
    rows = Evaluation.objects.order_by("pk").values_list("object", "unit", "verdict", "remark", "channel", "given_on")
    assert list(rows) == [
        ("office", office.bureau.pk, "satisfied", "", "called-back", TODAY),
        ("unit", office.housing.pk, "fairly", "等得久了些", "called-back", TODAY),
    ]
    one = Evaluation.objects.earliest("pk")
    assert (one.recorded_by, one.recorded_unit, one.recorded_at) == (office.clerk.user, office.bureau, MONDAY)
    assert window(case).met_on == TODAY


def test_the_course_tells_who_was_evaluated_how(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    rate(case, office.clerk)
    event = case.events.select_related("unit").latest("seq")
    told = tell(event, on=TODAY)
    assert (told.title, told.text) == (
        "满意度评价",
        "对信访部门：满意；对责任单位：基本满意；意见：等得久了些；评价方式：电话回访；评价日期：3月3日(周一)",
    )


def test_one_after_the_other_and_the_window_stays_open_between(office: Office) -> None:
    case = case_in(office, State.DELIVERED)
    rate(case, office.clerk, said={UNIT: Said(Verdict.UNSATISFIED)})
    assert window(case).is_running
    rate(case, office.registrar, at=LAST, said={OFFICE: Said(Verdict.SATISFIED)})
    assert (window(case).met_on, Evaluation.objects.count()) == (LAST.date(), 2)


def test_an_answer_of_the_office_itself_has_the_office_alone_as_its_object(office: Office) -> None:
    case = case_in(office, State.ANSWERED)
    with pytest.raises(Refusal, match="没有可以评价的责任单位") as refused:
        rate(case, office.clerk)
    assert (refused.value.field, Evaluation.objects.count()) == ("unit_verdict", 0)
    rate(case, office.clerk, said={OFFICE: Said(Verdict.SATISFIED)})
    assert window(case).met_on == TODAY


def test_what_was_said_once_is_not_changed(office: Office) -> None:
    case = case_in(office, State.DELIVERED)
    rate(case, office.clerk)
    with pytest.raises(Refusal, match=r"已于3月3日\(周一\)评价信访部门，评价后不能更改") as refused:
        rate(case, office.head, said={OFFICE: Said(Verdict.UNSATISFIED)})
    assert (refused.value.field, Evaluation.objects.count(), case.events.filter(kind="evaluated").count()) == (
        "office_verdict", 2, 1,
    )  # fmt: skip


@pytest.mark.parametrize("days", [-1, 0])
def test_up_to_the_last_day_the_evaluation_is_taken(office: Office, days: int) -> None:
    case = case_in(office, State.DELIVERED)
    assert len(rate(case, office.clerk, at=LAST + days * DAY)) == 2


@pytest.mark.parametrize("is_swept", [False, True])
def test_after_the_last_day_it_is_refused_and_the_day_is_named(office: Office, is_swept: bool) -> None:
    case = case_in(office, State.DELIVERED)
    if is_swept:
        sweep(at=LAST + DAY)
    with pytest.raises(Refusal, match=r"评价期限已于4月2日\(周三\)届满"):
        rate(case, office.clerk, at=LAST + DAY, given_on=LAST.date())


def test_a_last_day_on_the_weekend_goes_on_to_the_next_working_day(office: Office) -> None:
    # Thu 6 March + 30 = Sat 5 April, in the Qingming holiday: Mon 7 April.
    case = case_in(office, State.DELIVERED, at=MONDAY + 3 * DAY)
    assert window(case).legal_on == date(2025, 4, 7)
    assert len(rate(case, office.clerk, at=datetime.combine(date(2025, 4, 7), MONDAY.timetz()))) == 2


@pytest.mark.parametrize("day", [TODAY - DAY, TODAY + DAY])
def test_the_day_lies_between_the_answer_and_today(office: Office, day: date) -> None:
    case = case_in(office, State.DELIVERED)
    with pytest.raises(Refusal, match="与今天之间") as refused:
        rate(case, office.clerk, given_on=day)
    assert refused.value.field == "given_on"


def test_before_the_answer_there_is_nothing_to_evaluate(office: Office) -> None:
    with pytest.raises(Refusal, match="答复尚未送达"):
        rate(case_in(office, State.ISSUED), office.clerk)


def test_an_evaluation_of_nobody_is_refused(office: Office) -> None:
    with pytest.raises(Refusal, match="至少选择"):
        rate(case_in(office, State.DELIVERED), office.clerk, said={})


def test_who_writes_an_evaluation_down(office: Office) -> None:
    case = case_in(office, State.DELIVERED)
    assert [post.user.username for post in office.every_post() if may_evaluate(post, case)] == [
        "clerk", "registrar", "head",
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["handler", "unit_head", "housing_registrar", "county_head", "leader", "inspector"])
def test_the_unit_that_is_evaluated_and_strangers_do_not(office: Office, who: str) -> None:
    case = case_in(office, State.DELIVERED)
    with pytest.raises(NotPermitted):
        rate(case, getattr(office, who))
    assert Evaluation.objects.count() == 0


def test_a_unit_that_took_the_matter_in_and_answers_it_does_not_evaluate_itself(office: Office) -> None:
    by = office.housing_registrar
    case = register(office, by=by).case
    case = step(office, case, Move.TRIAGE, at=MONDAY, by=by)
    case = step(office, case, Move.TAKE_UP, at=MONDAY, by=by)
    road = (Move.ACCEPT, Move.INVESTIGATE, Move.DRAFT, Move.CHECK, Move.SIGN, Move.DELIVER)
    case = led(office, case, road, at=MONDAY)
    with pytest.raises(NotPermitted):
        rate(case, by)
    rate(case, None, said={UNIT: Said(Verdict.SATISFIED)}, channel=AnswerChannel.ONLINE)
    assert window(case).met_on == TODAY


def test_who_has_withdrawn_from_the_matter_does_not_ask_back(office: Office) -> None:
    case = case_in(office, State.DELIVERED)
    PetitionCase.objects.filter(pk=case.pk).update(recused=[office.clerk.user_id])
    with pytest.raises(NotPermitted):
        rate(case, office.clerk)


def test_the_petitioner_needs_no_clerk(office: Office) -> None:
    case = case_in(office, State.DELIVERED)
    rate(case, None, channel=AnswerChannel.ONLINE)
    one, event = Evaluation.objects.earliest("pk"), case.events.latest("seq")
    assert (one.recorded_by, one.recorded_unit, event.actor) == (None, None, None)


def test_no_page_that_is_open_elsewhere_becomes_stale_by_it(office: Office) -> None:
    case = case_in(office, State.DELIVERED)
    rate(case, office.clerk)
    assert step(office, case, Move.CLOSE, at=MONDAY).state == State.CLOSED


def test_a_matter_that_has_moved_on_since_it_was_read_is_told_as_stale(office: Office) -> None:
    seen = case_in(office, State.DELIVERED)
    step(office, PetitionCase.objects.get(pk=seen.pk), Move.CLOSE, at=MONDAY)
    with pytest.raises(Stale):
        evaluate(seen, said=GOOD, channel=AnswerChannel.WRITTEN, given_on=TODAY, by=office.clerk, at=MONDAY)


def test_closing_and_filing_away_wait_for_no_evaluation_and_do_not_end_it(office: Office) -> None:
    case = case_in(office, State.ARCHIVED)
    assert window(case).is_running
    assert len(rate(case, office.clerk)) == 2


def test_the_end_of_the_matter_leaves_the_window_open(office: Office) -> None:
    assert window(case_in(office, State.ENDED)).is_running


def test_after_the_last_day_the_watch_says_who_was_not_evaluated(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    rate(case, office.clerk, said={UNIT: Said(Verdict.SATISFIED)})
    sweep(at=LAST)
    assert window(case).is_running
    sweep(at=LAST + DAY)
    event = case.events.select_related("unit").latest("seq")
    assert (event.kind, event.detail["unevaluated"], window(case).lapsed_at) == ("right-ended", ["office"], LAST + DAY)
    assert tell(event, on=TODAY).lines == ["评价期限至4月2日(周三)", "超期未评价：信访部门"]


def test_an_unused_window_is_nobody_s_arrears(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    sweep(at=LAST + DAY)
    assert not Deadline.objects.lapsed().filter(case=case, rule=Rule.EVALUATION).exists()
    assert not window(case).alerts.exists()


def test_a_matter_opened_again_before_the_last_day_is_evaluated_by_its_next_answer(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    case = step(office, case, Move.REOPEN, at=MONDAY)
    with pytest.raises(Refusal, match="重新启动"):
        rate(case, office.clerk)
    again = (
        Move.TRIAGE, Move.REFER, Move.SIGN_FOR, Move.ACCEPT, Move.INVESTIGATE, Move.DRAFT, Move.CHECK, Move.SIGN,
        Move.DELIVER,
    )  # fmt: skip
    case = led(office, case, again, at=MONDAY + DAY)
    clocks = case.deadlines.filter(rule=Rule.EVALUATION).order_by("pk")
    assert [clock.started_on for clock in clocks if clock.is_running] == [TODAY + DAY]


def test_an_answer_that_was_evaluated_opens_no_second_window(office: Office) -> None:
    case = case_in(office, State.CLOSED, purpose="advise")
    rate(case, office.clerk)
    case = step(office, PetitionCase.objects.get(pk=case.pk), Move.REOPEN, at=MONDAY)
    case = step(office, case, Move.TRIAGE, at=MONDAY, kind=Kind.ADVICE.value, legal_way=LegalWay.ADVICE.value)
    case = step(office, case, Move.ANSWER_DIRECTLY, at=MONDAY)
    assert case.deadlines.filter(rule=Rule.EVALUATION).count() == 1


FOLLOWED: list[tuple[str, Post | None, datetime]] = []


def follow(evaluation: Evaluation, by: Post | None, at: datetime) -> None:
    """Stand in for an app above."""
    FOLLOWED.append((evaluation.object, by, at))


def refuse(evaluation: Evaluation, by: Post | None, at: datetime) -> None:
    raise Refusal("督办未能登记。")


def test_the_apps_above_are_told_of_each_evaluation(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AFTER_EVALUATION, "followers", {10: follow})
    FOLLOWED.clear()
    rate(case_in(office, State.DELIVERED), office.clerk)
    told, expected = FOLLOWED, [("office", office.clerk, MONDAY), ("unit", office.clerk, MONDAY)]
    assert told == expected


def test_what_an_app_above_refuses_is_not_kept(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AFTER_EVALUATION, "followers", {10: refuse})
    case = case_in(office, State.DELIVERED)
    with pytest.raises(Refusal):
        rate(case, office.clerk)
    assert (Evaluation.objects.count(), case.events.filter(kind="evaluated").count(), window(case).met_on) == (
        0, 0, None,
    )  # fmt: skip


def test_a_clerk_of_another_petition_office_does_not_see_it(office: Office) -> None:
    other = PostFactory(unit=office.county_office, role=Role.REGISTRAR)
    with pytest.raises(NotPermitted):
        rate(case_in(office, State.DELIVERED), other)
