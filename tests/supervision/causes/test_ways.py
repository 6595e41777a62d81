"""督查 by every way: recorded with what was found, put right by a day, looked at again; and the board."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.letters.kinds.supervision import SUPERVISION_LETTER
from binzhou_xinfang.statute.periods import Rule
from cases.drafts.verbs import draft_letter
from cases.models import CaseAttachment, PetitionCase
from cases.queries import visible_to
from cases.states import Move, State
from cases.watch.sweep import sweep
from supervision.causes import verbs
from supervision.models import WAYS, Level, Measure, Record, Stage, SupervisionCase, Trigger
from supervision.queries import on_board, visible_supervisions
from tests.factories import PostFactory
from tests.office import Office, case_in, moment, step
from tests.supervision.causes.late import issued

AT = moment(2025, 3, 10)
ON = AT.date()
DUE = date(2025, 3, 20)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b8"
    "0000000049454e44ae426082"
)


def photo(name: str = "现场.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG, content_type="image/png")


def brought_up(
    office: Office, measure: Measure, *, by: Post | None = None, case: PetitionCase | None = None
) -> SupervisionCase:
    """A cause that a person brought up in an ordinary matter."""
    return verbs.bring_up(
        case or case_in(office, State.HANDLING), measure=measure, unit=office.housing, problem="受理后四十日未开展调查",
        article="《信访工作条例》第四十条第一款", by=by or office.registrar, at=AT,
    )  # fmt: skip


def inspected(office: Office, measure: Measure = Measure.SITE) -> SupervisionCase:
    """A 督查 that found something."""
    return verbs.record(
        brought_up(office, measure), held_on=ON, text="查看现场和台账", findings=["未实地查看", "未约见信访人"],
        demands=["三日内到场"], due_on=DUE, papers=[photo()], by=office.inspector, at=AT,
    )  # fmt: skip


def put_right(office: Office) -> SupervisionCase:
    found = inspected(office)
    verbs.answer(found, text="已到场", by=office.unit_head, at=moment(2025, 3, 12))
    return SupervisionCase.objects.get(pk=found.pk)


def test_a_cause_brought_up_by_hand_waits_for_somebody_to_act(office: Office) -> None:
    found = brought_up(office, Measure.SITE)
    assert (found.trigger, found.stage, found.office, found.unit) == (
        Trigger.HAND, Stage.PENDING, office.bureau, office.housing,
    )  # fmt: skip
    assert found.case.events.order_by("-seq").values_list("kind", flat=True)[0] == "supervision-opened"


@pytest.mark.parametrize("who", ["handler", "unit_head", "leader", "clerk", "discipline", "housing_registrar"])
def test_the_petition_office_alone_brings_up_a_cause(office: Office, who: str) -> None:
    with pytest.raises(NotPermitted):
        brought_up(office, Measure.SITE, by=getattr(office, who))
    assert not SupervisionCase.objects.exists()


def test_no_cause_is_brought_up_in_a_matter_that_one_does_not_see(office: Office) -> None:
    stranger = PostFactory(unit=office.county_office, role="registrar")
    with pytest.raises(NotPermitted):
        brought_up(office, Measure.SITE, by=stranger)


def test_nobody_supervises_a_sealed_report_by_this_way(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    PetitionCase.objects.filter(pk=case.pk).update(is_sealed=True)
    with pytest.raises(NotPermitted):
        brought_up(office, Measure.SITE, by=office.head, case=case)


def test_an_office_does_not_supervise_itself(office: Office) -> None:
    with pytest.raises(Refusal, match="不能督办自己"):
        verbs.bring_up(
            case_in(office, State.HANDLING), measure=Measure.RISK, unit=office.bureau, problem="慢", article="",
            by=office.head, at=AT,
        )  # fmt: skip


def test_the_same_cause_is_not_brought_up_while_it_waits(office: Office) -> None:
    found = brought_up(office, Measure.SITE)
    with pytest.raises(Refusal, match="已有一件待处理的实地督查"):
        brought_up(office, Measure.SITE, case=found.case)


@pytest.mark.parametrize("measure", WAYS)
def test_a_talk_or_visit_that_found_nothing_is_over_when_it_is_recorded(office: Office, measure: Measure) -> None:
    found = verbs.record(brought_up(office, measure), held_on=ON, text="情况属实，办理正常", by=office.head, at=AT)
    assert (found.stage, found.issued_on, found.clock, found.records.get().way) == (Stage.SETTLED, ON, None, measure)


def test_what_was_found_is_to_be_put_right_by_the_day_set(office: Office) -> None:
    found = inspected(office)
    assert found.clock is not None
    assert (found.stage, found.clock.rule, found.clock.strict_on) == (Stage.ISSUED, Rule.RECTIFICATION, DUE)
    made = found.records.get()
    assert (made.findings, [paper.name for paper in made.attachments]) == (["未实地查看", "未约见信访人"], ["现场.png"])
    assert list(visible_supervisions(office.handler)) == [found]


@pytest.mark.parametrize(
    ("findings", "due_on", "field"),
    [(["慢"], None, "due_on"), (["慢"], ON, "due_on"), ([], DUE, "findings")],
)
def test_findings_and_the_day_go_together(office: Office, findings: list[str], due_on: date | None, field: str) -> None:
    found = brought_up(office, Measure.SITE)
    with pytest.raises(Refusal) as refused:
        verbs.record(found, held_on=ON, text="查看", findings=findings, due_on=due_on, by=office.head, at=AT)
    assert (refused.value.field, Record.objects.count(), CaseAttachment.objects.count()) == (field, 0, 0)


def test_a_visit_of_tomorrow_is_not_recorded_today(office: Office) -> None:
    with pytest.raises(Refusal, match="不能晚于今天"):
        verbs.record(brought_up(office, Measure.SITE), held_on=ON + timedelta(days=1), text="看", by=office.head, at=AT)


def test_a_letter_is_not_settled_by_a_visit(office: Office) -> None:
    with pytest.raises(Refusal, match="登记督查情况"):
        verbs.record(brought_up(office, Measure.SUPERVISION), held_on=ON, text="看", by=office.head, at=AT)


def test_a_file_that_is_not_taken_leaves_nothing_behind(office: Office) -> None:
    found = brought_up(office, Measure.SITE)
    bad = SimpleUploadedFile("现场.png", b"MZ not a picture", content_type="image/png")
    with pytest.raises(Refusal):
        verbs.record(found, held_on=ON, text="看", papers=[photo(), bad], by=office.head, at=AT)
    kept = (Record.objects.count(), CaseAttachment.objects.count(), SupervisionCase.objects.get().stage)
    assert kept == (0, 0, Stage.PENDING)


def test_a_record_is_never_changed(office: Office) -> None:
    inspected(office)
    with pytest.raises(DatabaseError), transaction.atomic():
        Record.objects.update(text="没有问题")


def test_the_unit_reports_and_the_recheck_settles_it(office: Office) -> None:
    found = verbs.recheck(
        put_right(office), is_accepted=True, way=Measure.PHONE, held_on=date(2025, 3, 13),
        text="电话核实，信访人确认到场", by=office.inspector, at=moment(2025, 3, 13),
    )  # fmt: skip
    assert (found.stage, found.clock and found.clock.met_on) == (Stage.SETTLED, date(2025, 3, 12))
    assert list(found.records.values_list("is_recheck", "way")) == [(False, "site"), (True, "phone")]


def test_what_is_not_put_right_has_a_new_day(office: Office) -> None:
    found = verbs.recheck(
        put_right(office), is_accepted=False, way=Measure.SITE, held_on=date(2025, 3, 13), text="仍未修复",
        due_on=date(2025, 3, 25), papers=[photo("复核.png")], by=office.inspector, at=moment(2025, 3, 13),
    )  # fmt: skip
    assert found.clock is not None
    assert (found.stage, found.clock.strict_on, found.clock.is_running) == (Stage.ISSUED, date(2025, 3, 25), True)
    assert found.answers.get().is_accepted is False


def test_a_recheck_without_a_new_day_keeps_nothing(office: Office) -> None:
    found = put_right(office)
    with pytest.raises(Refusal) as refused:
        verbs.recheck(
            found, is_accepted=False, way=Measure.SITE, held_on=date(2025, 3, 13), text="仍未修复", by=office.head,
            at=moment(2025, 3, 13),
        )  # fmt: skip
    assert (refused.value.field, Record.objects.filter(is_recheck=True).count()) == ("due_on", 0)


def with_problem(problem: str) -> list[SupervisionCase]:
    return [cause for cause in SupervisionCase.objects.filter(measure=Measure.SUPERVISION) if cause.problem == problem]


@pytest.mark.parametrize(("day", "number"), [(20, 0), (21, 1)])
def test_rectification_that_is_late_opens_the_letter(office: Office, day: int, number: int) -> None:
    inspected(office)
    sweep(at=moment(2025, 3, day))
    opened = with_problem("整改期限届满未完成")
    assert len(opened) == number


def test_two_letters_to_one_unit_in_one_matter_have_a_clock_each(office: Office) -> None:
    first = issued(office)
    at = moment(2025, 5, 8)
    verbs.record(
        verbs.bring_up(
            first.case, measure=Measure.SITE, unit=office.housing, problem="不实", article="", by=office.head, at=at
        ),
        held_on=at.date(), text="看", findings=["不实"], due_on=date(2025, 5, 30), by=office.head, at=at,
    )  # fmt: skip
    running = first.case.deadlines.running().filter(unit=office.housing).values_list("rule", flat=True)
    assert {Rule.LETTER_FEEDBACK, Rule.RECTIFICATION} <= set(running)


def test_the_matter_is_marked_while_somebody_supervises_it(office: Office) -> None:
    found = put_right(office)
    assert PetitionCase.objects.get(pk=found.case_id).is_supervised is True
    assert "督办" in PetitionCase.objects.get(pk=found.case_id).flags
    verbs.recheck(
        found, is_accepted=True, way=Measure.SITE, held_on=date(2025, 3, 13), text="到位", by=office.head,
        at=moment(2025, 3, 13),
    )  # fmt: skip
    assert PetitionCase.objects.get(pk=found.case_id).is_supervised is False


def test_an_inspector_reads_a_matter_from_when_it_is_supervised(office: Office) -> None:
    found = brought_up(office, Measure.SITE)
    before = visible_to(office.inspector).filter(pk=found.case_id).exists()
    verbs.record(found, held_on=ON, text="看", findings=["慢"], due_on=DUE, by=office.head, at=AT)
    assert (before, visible_to(office.inspector).filter(pk=found.case_id).exists()) == (False, True)


def listed(office: Office, *, by: Post | None = None, found: SupervisionCase | None = None) -> SupervisionCase:
    return verbs.list_on_board(
        found or brought_up(office, Measure.LISTING), level=Level.CITY, text="逾期未办", demands=["限期办结"],
        due_on=DUE, by=by or office.head, at=AT,
    )  # fmt: skip


def test_a_matter_stands_on_the_board_until_it_is_put_right(office: Office) -> None:
    found = listed(office)
    assert list(on_board(office.leader).values_list("level", "stage")) == [(Level.CITY, Stage.ISSUED)]
    verbs.answer(found, text="已办结", by=office.unit_head, at=AT)
    verbs.recheck(found, is_accepted=True, way=Measure.SITE, held_on=ON, text="属实", by=office.head, at=AT)
    assert on_board(office.leader).get().stage == Stage.SETTLED


def test_the_head_of_the_office_puts_on_the_board(office: Office) -> None:
    for who in (office.registrar, office.inspector, office.leader, office.unit_head):
        with pytest.raises(NotPermitted):
            listed(office, by=who, found=SupervisionCase.objects.first() or brought_up(office, Measure.LISTING))


def test_a_talk_that_the_ladder_asked_for_may_become_a_place_on_the_board(office: Office) -> None:
    found = listed(office, found=brought_up(office, Measure.TALK))
    assert (found.measure, found.level) == (Measure.LISTING, Level.CITY)


def test_a_matter_stands_on_the_board_once(office: Office) -> None:
    first = listed(office)
    with pytest.raises(Refusal, match="摘牌后才能再次挂牌"):
        listed(office, found=brought_up(office, Measure.TALK, case=first.case))


def test_the_board_wants_a_day_to_come(office: Office) -> None:
    with pytest.raises(Refusal) as refused:
        verbs.list_on_board(
            brought_up(office, Measure.LISTING),
            level=Level.CITY,
            text="慢",
            demands=[],
            due_on=ON,
            by=office.head,
            at=AT,
        )
    assert refused.value.field == "due_on"


def test_a_way_of_inspection_writes_no_letter(office: Office) -> None:
    found = brought_up(office, Measure.SITE)
    assert found.letter_kind is None
    with pytest.raises(NotPermitted):
        draft_letter(found.case, kind=SUPERVISION_LETTER, facts={}, by=office.handler, at=AT)


def test_what_a_unit_owes_to_the_supervision_is_owed_after_the_matter_is_over(office: Office) -> None:
    found = inspected(office)
    case = step(office, PetitionCase.objects.get(pk=found.case_id), Move.WITHDRAW, at=AT)
    assert (case.state, found.case.deadlines.running().get(subject=found.subject).rule) == (
        State.WITHDRAWN, Rule.RECTIFICATION,
    )  # fmt: skip
    sweep(at=moment(2025, 3, 21))
    assert with_problem("整改期限届满未完成")


def test_a_letter_that_went_to_another_body_is_not_answered_by_the_first(office: Office) -> None:
    seen = brought_up(office, Measure.IMPROVEMENT)
    SupervisionCase.objects.filter(pk=seen.pk).update(unit=office.water, stage=Stage.ISSUED, issued_on=ON)
    with pytest.raises(NotPermitted):
        verbs.answer(seen, text="采纳", adoption="adopted", by=office.unit_head, at=AT)
