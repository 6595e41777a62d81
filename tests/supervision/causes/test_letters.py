"""三函: opened by the ladder, written and signed by persons, answered in writing, accepted or sent back."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.notices.writing import write_due
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.periods import Rule
from cases.drafts.verbs import check, discard, draft_letter
from cases.models import PetitionCase
from cases.states import State
from cases.vocabulary import Purpose
from cases.watch.sweep import sweep
from supervision.causes import verbs
from supervision.models import Measure, Stage, SupervisionCase, Trigger
from supervision.queries import visible_supervisions
from tests.cases.pages import signed_in
from tests.cases.settings_made import set_from
from tests.office import Office, case_in, moment, register
from tests.supervision.causes.late import KIND, LATE, drafted, issued, opened, signed
from tests.told import telling

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def test_a_duty_that_lapses_opens_one_letter_with_its_facts(office: Office) -> None:
    found = opened(office)
    assert (found.office, found.unit, found.stage, found.trigger) == (
        office.bureau, office.housing, Stage.PENDING, Trigger.DEADLINE,
    )  # fmt: skip
    assert (found.problem, found.article) == ("60日办理期限届满未完成", "《信访工作条例》第三十四条")


@pytest.mark.parametrize(("day", "number"), [(6, 0), (7, 1)])
def test_nothing_is_opened_before_the_legal_day_has_passed(office: Office, day: int, number: int) -> None:
    case_in(office, State.HANDLING)
    sweep(at=moment(2025, 5, day))
    assert SupervisionCase.objects.count() == number


def test_one_cause_opens_no_second_letter(office: Office) -> None:
    opened(office)
    sweep(at=LATE + timedelta(days=1))
    assert SupervisionCase.objects.count() == 1


def test_a_unit_that_has_lost_the_matter_still_reads_and_answers_what_it_was_sent(office: Office) -> None:
    found = issued(office)
    PetitionCase.objects.filter(pk=found.case_id).update(holder=office.water, responsible=office.water, sender=None)
    assert list(visible_supervisions(office.unit_head)) == [found]
    page = signed_in(office.unit_head).get("/supervision/letters/").content.decode()
    assert (found.case.number in page, found.case.title in page) == (True, False)
    verbs.answer(found, text="移交前已整改", by=office.unit_head, at=LATE)
    assert SupervisionCase.objects.get(pk=found.pk).stage == Stage.ANSWERED


def test_who_has_withdrawn_from_a_matter_reads_no_letter_in_it(office: Office) -> None:
    found = issued(office)
    PetitionCase.objects.filter(pk=found.case_id).update(recused=[office.unit_head.user_id])
    assert list(visible_supervisions(office.unit_head)) == []


def test_ten_days_later_the_talk_is_listed(office: Office) -> None:
    opened(office)
    sweep(at=LATE + timedelta(days=10))
    assert set(SupervisionCase.objects.values_list("measure", flat=True)) == {Measure.SUPERVISION, Measure.TALK}


def test_the_office_writes_no_letter_to_itself(office: Office) -> None:
    register(office)
    sweep(at=moment(2025, 4, 20))
    assert not SupervisionCase.objects.exists()


def test_a_sealed_report_opens_nothing(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    PetitionCase.objects.filter(pk=case.pk).update(is_sealed=True)
    sweep(at=LATE)
    assert not SupervisionCase.objects.exists()


def test_nothing_has_gone_out_before_three_people_have_had_it(office: Office) -> None:
    draft = drafted(office, opened(office))
    found = SupervisionCase.objects.get()
    assert (found.stage, found.issued_on, list(visible_supervisions(office.unit_head))) == (Stage.DRAFTED, None, [])
    with pytest.raises(NotPermitted):
        check(draft, by=office.registrar, at=LATE)


def test_the_signature_sends_it_and_starts_the_clock_of_the_answer(office: Office) -> None:
    found = signed(office, drafted(office, opened(office)))
    assert found.clock is not None
    # Ten working days after Wed 7 May.
    assert (found.stage, found.issued_on, found.clock.legal_on) == (Stage.ISSUED, LATE.date(), date(2025, 5, 21))
    assert (found.clock.rule, found.clock.unit) == (Rule.LETTER_FEEDBACK, office.housing)
    assert list(visible_supervisions(office.unit_head)) == [found]


def test_the_days_of_the_answer_are_set_by_the_office(office: Office) -> None:
    set_from(Key.SUPERVISION_DAYS, 3, date(2025, 1, 1))
    found = issued(office)
    assert found.clock is not None
    assert found.clock.legal_on == date(2025, 5, 12)


def test_a_draft_that_is_discarded_gives_the_cause_back(office: Office) -> None:
    draft = drafted(office, opened(office))
    discard(draft, by=office.registrar, at=LATE, note="改发风险提醒函")
    found = SupervisionCase.objects.get()
    assert (found.stage, found.draft) == (Stage.PENDING, None)


def test_a_letter_written_without_a_cause_has_its_answer_too(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    facts = {
        "addressee": "市住房和城乡建设局", "case_number": case.number, "matter": case.title, "problem": "敷衍推诿",
        "findings": ["三次电话催办未回复"], "basis": "第四十条第一款", "demands": ["限期办结"],
        "feedback_due_on": "2025-03-17",
    }  # fmt: skip
    at = moment(2025, 3, 10)
    found = signed(office, draft_letter(case, kind=KIND, facts=facts, by=office.registrar, at=at), at=at)
    assert found.clock is not None
    assert (found.trigger, found.problem, found.clock.legal_on) == (Trigger.HAND, "敷衍推诿", date(2025, 3, 17))


@pytest.mark.parametrize(
    ("who", "stage"),
    [("unit_head", Stage.ANSWERED), ("handler", Stage.SIGNING), ("water_handler", None), ("head", None)],
)
def test_the_unit_alone_answers_and_its_head_signs(office: Office, who: str, stage: Stage | None) -> None:
    found, at = issued(office), LATE + timedelta(days=3)
    if stage:
        verbs.answer(found, text="已整改", by=getattr(office, who), at=at)
        assert SupervisionCase.objects.get().stage == stage
        return
    with pytest.raises(NotPermitted):
        verbs.answer(found, text="已整改", by=getattr(office, who), at=at)


@pytest.mark.parametrize(("day", "is_late"), [(20, False), (21, False), (22, True)])
def test_an_answer_is_in_time_until_its_last_day(office: Office, day: int, is_late: bool) -> None:
    found = issued(office)
    verbs.answer(found, text="已整改", by=office.unit_head, at=moment(2025, 5, day))
    assert found.answers.get().is_late is is_late
    assert found.case.deadlines.get(rule=Rule.LETTER_FEEDBACK).met_on == date(2025, 5, day)


def test_an_answer_brings_its_evidence_into_the_file(office: Office) -> None:
    file = SimpleUploadedFile("整改报告.pdf", PDF, content_type="application/pdf")
    found = issued(office)
    verbs.answer(found, text="已整改", papers=[file], by=office.unit_head, at=LATE + timedelta(days=1))
    assert [(paper.case, paper.name) for paper in found.answers.get().files.all()] == [(found.case, "整改报告.pdf")]


def test_a_second_answer_waits_for_the_verdict_on_the_first(office: Office) -> None:
    found, at = issued(office), LATE + timedelta(days=1)
    verbs.answer(found, text="已整改", by=office.unit_head, at=at)
    with pytest.raises(Refusal, match="待审核反馈"):
        verbs.answer(found, text="再报", by=office.unit_head, at=at)


def answered(office: Office) -> SupervisionCase:
    found = issued(office)
    verbs.answer(found, text="已整改", by=office.unit_head, at=LATE + timedelta(days=2))
    return SupervisionCase.objects.get(pk=found.pk)


def test_an_accepted_answer_settles_it(office: Office) -> None:
    verbs.judge(answered(office), is_accepted=True, verdict="属实", by=office.registrar, at=LATE + timedelta(days=3))
    found = SupervisionCase.objects.get()
    assert (found.stage, found.answers.get().is_accepted) == (Stage.SETTLED, True)
    kinds = list(found.case.events.order_by("-seq").values_list("kind", flat=True)[:2])
    assert kinds == ["supervision-accepted", "supervision-answered"]


def test_an_answer_that_is_sent_back_has_a_clock_of_its_own(office: Office) -> None:
    at = LATE + timedelta(days=3)
    verbs.judge(
        answered(office), is_accepted=False, verdict="没有说明逾期原因", due_on=date(2025, 5, 16), by=office.head, at=at
    )
    found = SupervisionCase.objects.get()
    assert found.clock is not None
    assert (found.stage, found.clock.legal_on, found.clock.is_running) == (Stage.ISSUED, date(2025, 5, 16), True)
    assert found.case.deadlines.filter(rule=Rule.LETTER_FEEDBACK).count() == 2


@pytest.mark.parametrize(
    ("verdict", "due_on", "field"),
    [("", date(2025, 5, 16), "verdict"), ("不实", None, "due_on"), ("不实", LATE.date(), "due_on")],
)
def test_sending_back_wants_a_reason_and_a_day(office: Office, verdict: str, due_on: date | None, field: str) -> None:
    found = answered(office)
    with pytest.raises(Refusal) as refused:
        verbs.judge(
            found, is_accepted=False, verdict=verdict, due_on=due_on, by=office.head, at=LATE + timedelta(days=3)
        )
    assert (refused.value.field, SupervisionCase.objects.get().stage) == (field, Stage.ANSWERED)


def test_the_unit_does_not_judge_its_own_answer(office: Office) -> None:
    with pytest.raises(NotPermitted):
        verbs.judge(answered(office), is_accepted=True, verdict="", by=office.unit_head, at=LATE + timedelta(days=3))


def test_a_letter_that_is_not_answered_opens_the_proposal_of_accountability(office: Office) -> None:
    issued(office)
    sweep(at=moment(2025, 5, 21))
    before = SupervisionCase.objects.filter(measure=Measure.ACCOUNTABILITY).count()
    sweep(at=moment(2025, 5, 22))
    found = SupervisionCase.objects.get(measure=Measure.ACCOUNTABILITY)
    assert (before, found.problem, found.stage) == (0, "三函反馈期限届满未完成", Stage.PENDING)


def test_the_proposal_of_accountability_tells_of_the_letters_before_it(office: Office) -> None:
    issued(office)
    sweep(at=moment(2025, 5, 22))
    found = SupervisionCase.objects.get(measure=Measure.ACCOUNTABILITY)
    draft = drafted(office, found, at=moment(2025, 5, 22))
    assert draft.facts["earlier_letters"] == "2025年05月07日发出滨信督〔2025〕1号，未反馈"


def test_a_cause_is_dropped_for_a_reason(office: Office) -> None:
    found = opened(office)
    with pytest.raises(Refusal, match="理由"):
        verbs.drop(found, reason=" ", by=office.registrar, at=LATE)
    verbs.drop(found, reason="当日已办结", by=office.registrar, at=LATE)
    assert SupervisionCase.objects.get().stage == Stage.DROPPED
    sweep(at=LATE + timedelta(days=1))
    assert SupervisionCase.objects.count() == 1


def seers(office: Office, found: SupervisionCase) -> set[str]:
    return {post.user.username for post in office.every_post() if visible_supervisions(post).filter(pk=found.pk)}


def test_who_sees_a_letter_before_and_after_it_goes_out(office: Office) -> None:
    found = opened(office)
    inside = {"registrar", "head", "leader", "inspector"}
    assert seers(office, found) == inside
    signed(office, drafted(office, found))
    assert seers(office, found) == inside | {"handler", "colleague", "unit-head", "housing-registrar"}


def test_the_unit_is_told_when_it_goes_out_and_the_office_when_it_is_answered(office: Office) -> None:
    found = issued(office)
    at = moment(2025, 5, 8, 9)
    with time_machine.travel(at, tick=False):
        write_due(at=at)
        told = set(telling("收到信访督办函").values_list("user__username", flat=True))
        verbs.answer(found, text="已整改", by=office.unit_head, at=at)
        write_due(at=at)
    answer = set(telling("已反馈").values_list("user__username", flat=True))
    assert {"handler", "unit-head"} <= told
    assert {"registrar", "head"} <= answer
    assert not told & answer


def test_a_matter_that_was_sealed_afterwards_takes_its_letters_out_of_sight(office: Office) -> None:
    found = issued(office)
    PetitionCase.objects.filter(pk=found.case_id).update(is_sealed=True, purpose=Purpose.EXPOSE)
    assert seers(office, found) <= {"head"}


def test_the_unit_signs_for_what_it_was_sent_once(office: Office) -> None:
    found = issued(office)
    page = signed_in(office.unit_head).get(f"/supervision/letters/{found.pk}/")
    assert ([offer.row.key.value for offer in page.context["offers"]], "尚未签收" in page.content.decode()) == (
        ["receipt", "answer"], True,
    )  # fmt: skip
    with time_machine.travel(LATE, tick=False):
        sent = signed_in(office.unit_head).post(f"/supervision/letters/{found.pk}/receipt/")
    assert sent.status_code == 302
    found = SupervisionCase.objects.get(pk=found.pk)
    assert (found.stage, found.received_by, found.received_at) == (Stage.ISSUED, office.unit_head.user, LATE)
    assert found.case.events.order_by("seq").last().kind == "supervision-received"
    with pytest.raises(Refusal, match="已由本单位签收"):
        verbs.sign_for(found, by=office.handler, at=LATE)
    html = signed_in(office.head).get(f"/supervision/letters/{found.pk}/").content.decode()
    assert ("尚未签收" in html, "<dt>签收</dt>" in html) == (False, True)


def test_nobody_else_signs_for_it_and_nothing_that_has_not_gone_out(office: Office) -> None:
    found = issued(office)
    for who in ("water_head", "head", "leader"):
        with pytest.raises(NotPermitted):
            verbs.sign_for(found, by=getattr(office, who), at=LATE)
    with pytest.raises(Refusal, match="待处理"):
        verbs.sign_for(opened(office), by=office.unit_head, at=LATE)


def test_who_answers_has_signed_for_it(office: Office) -> None:
    found = issued(office)
    verbs.answer(found, text="已整改", by=office.unit_head, at=LATE + timedelta(days=1))
    found = SupervisionCase.objects.get(pk=found.pk)
    assert (found.received_by, found.is_on_the_way) == (office.unit_head.user, False)
