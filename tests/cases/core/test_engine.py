"""Each move of the table: what it leaves behind, and what it refuses."""

from datetime import date, timedelta

import pytest

from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import NotPermitted, Refusal, Stale
from binzhou_xinfang.letters.kinds.handing_over import PROCEDURAL_ACCEPTANCE, REFERRAL
from binzhou_xinfang.letters.kinds.handling import COMPLETION_REPORT, DELIVERY_PROOF, OPINION
from binzhou_xinfang.letters.kinds.notices import ACCEPTANCE, EXTENSION
from binzhou_xinfang.letters.models import Letter
from binzhou_xinfang.statute.periods import Rule
from cases.attaching import ATTACHED, Papers
from cases.made_up.demo.scans import scan
from cases.models import CaseEvent, Deadline, PetitionCase
from cases.permissions import may, moves_now
from cases.procedure import extension, referral, reply
from cases.procedure.delivery_entry import DeliveryEntry
from cases.states import ACTIONS, CLOSED_STATES, MAY, TRANSITIONS, Move, PaperKind, State
from tests.factories import PostFactory
from tests.office import MONDAY, ROADS, STRAIGHT_ROAD, Office, case_in, maker, moment, opinion_data, register, step

DAY = timedelta(days=1)
MOVES = [move for move in Move if move not in (Move.REGISTER, Move.REPEAT)]


def clocks(case: PetitionCase) -> dict[str, tuple[date, date, str]]:
    """Rule → start, legal day, and how it stands."""
    stands = lambda d: "met" if d.met_on else "void" if d.cancelled_on else "running"  # noqa: E731
    return {d.rule: (d.started_on, d.legal_on, stands(d)) for d in case.deadlines.all()}


def letters(case: PetitionCase) -> list[str]:
    return [str(link.letter.kind) for link in case.letters.select_related("letter")]


def test_registration_starts_the_fifteen_days_of_the_office(office: Office) -> None:
    case = register(office).case
    assert clocks(case) == {Rule.TRIAGE: (date(2025, 3, 3), date(2025, 3, 18), "running")}


def test_the_straight_road_ends_closed_with_every_clock_right(office: Office) -> None:
    case = register(office).case
    for days, move in enumerate(STRAIGHT_ROAD, start=1):
        case = step(office, case, move, at=MONDAY + days * DAY)
    assert case.state == State.CLOSED
    assert clocks(case) == {
        Rule.TRIAGE: (date(2025, 3, 3), date(2025, 3, 18), "met"),
        Rule.NOTICE: (date(2025, 3, 5), date(2025, 3, 20), "met"),
        Rule.OBJECTION: (date(2025, 3, 5), date(2025, 3, 12), "void"),
        Rule.HANDLING: (date(2025, 3, 7), date(2025, 5, 6), "met"),
        Rule.DELIVERY: (date(2025, 3, 11), date(2025, 3, 21), "met"),
        Rule.REVIEW_REQUEST: (date(2025, 3, 12), date(2025, 4, 11), "running"),
        Rule.EVALUATION: (date(2025, 3, 12), date(2025, 4, 11), "running"),
    }


def test_the_straight_road_leaves_an_event_for_every_move(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    made = case.events.exclude(kind=ATTACHED).order_by("seq")
    assert [event.kind for event in made] == [Move.REGISTER, *STRAIGHT_ROAD]


def test_the_straight_road_leaves_the_letters_that_the_moves_own(office: Office) -> None:
    assert letters(case_in(office, State.CLOSED)) == [
        REFERRAL,
        PROCEDURAL_ACCEPTANCE,
        ACCEPTANCE,
        OPINION,
        DELIVERY_PROOF,
    ]


def test_an_assigned_matter_owes_a_closing_report_which_meets_its_clock(office: Office) -> None:
    case = case_in(office, State.ASSIGNED)
    assert clocks(case)[Rule.ASSIGNMENT] == (date(2025, 3, 3), date(2025, 4, 17), "running")
    for move in STRAIGHT_ROAD[2:]:
        case = step(office, case, move, at=MONDAY)
    assert clocks(case)[Rule.ASSIGNMENT][2] == "met"
    assert letters(case)[-1] == COMPLETION_REPORT


def test_nobody_writes_to_an_anonymous_petitioner(office: Office) -> None:
    case = register(office).case
    case.lead.is_anonymous = True
    case.lead.save()
    for move in STRAIGHT_ROAD[:2]:
        case = step(office, case, move, at=MONDAY)
    assert letters(case) == [REFERRAL]


def test_there_is_a_road_to_every_state() -> None:
    assert set(ROADS) == set(State)


@pytest.mark.parametrize("state", list(State))
def test_in_every_state_a_move_of_another_is_refused_and_its_own_are_to_a_stranger(
    office: Office, state: State, subtests: pytest.Subtests
) -> None:
    case = case_in(office, state)
    assert (case.state, case.closed_on is not None) == (state, state in CLOSED_STATES)
    before = CaseEvent.objects.count(), Deadline.objects.count(), Letter.objects.count()
    for move in MOVES:
        is_open = state in TRANSITIONS[move].sources
        by = office.water_handler if is_open else maker(office, move)
        refusal = pytest.raises(NotPermitted) if is_open else pytest.raises(Refusal, match="刷新页面")
        with subtests.test(move.value), refusal:
            ACTIONS[move](case, by=by, at=MONDAY)
    assert (CaseEvent.objects.count(), Deadline.objects.count(), Letter.objects.count()) == before
    assert PetitionCase.objects.get(pk=case.pk).version == case.version


def test_a_matter_changed_by_somebody_else_is_refused_as_stale(office: Office) -> None:
    seen = register(office).case
    step(office, PetitionCase.objects.get(pk=seen.pk), Move.TRIAGE, at=MONDAY)
    with pytest.raises(Stale, match="已由他人“甄别”"):
        step(office, seen, Move.TRIAGE, at=MONDAY)


def test_a_move_that_fails_half_way_leaves_nothing_behind(office: Office) -> None:
    case = case_in(office, State.TRIAGED)
    office.bureau.letter_mark = ""
    office.bureau.save()
    office.registrar.unit.letter_mark = ""
    with pytest.raises(Refusal, match="发文代字"):
        step(office, case, Move.REFER, at=MONDAY)
    fresh = PetitionCase.objects.get(pk=case.pk)
    assert (fresh.state, fresh.holder, clocks(fresh)[Rule.TRIAGE][2]) == (State.TRIAGED, office.bureau, "running")


def test_triage_refuses_a_way_that_the_law_does_not_give_to_the_kind(office: Office) -> None:
    case = register(office).case
    with pytest.raises(Refusal, match="不能适用"):
        referral.triage(
            case, kind="advice", legal_way="a31-6", legal_basis="—", topic=office.topic, by=office.registrar, at=MONDAY
        )


def test_a_closed_unit_is_refused_with_the_article(office: Office) -> None:
    case = case_in(office, State.TRIAGED)
    office.water.valid_to = date(2025, 3, 2)
    with pytest.raises(Refusal, match="第二十四条"):
        referral.refer_case(case, to_unit=office.water, by=office.registrar, at=MONDAY)


@pytest.mark.parametrize("unit", ["city", "bureau"])
def test_a_place_and_the_own_office_are_no_destination(office: Office, unit: str) -> None:
    case = case_in(office, State.TRIAGED)
    with pytest.raises(Refusal):
        referral.refer_case(case, to_unit=getattr(office, unit), by=office.registrar, at=MONDAY)


@pytest.mark.parametrize(("day", "is_in_time"), [(7, True), (10, True), (11, False)])
def test_an_objection_is_in_time_until_the_fifth_working_day(office: Office, day: int, is_in_time: bool) -> None:
    case = case_in(office, State.REFERRED)
    if is_in_time:
        assert step(office, case, Move.OBJECT, at=moment(2025, 3, day)).state == State.OBJECTED
    else:
        with pytest.raises(Refusal, match="5个工作日"):
            step(office, case, Move.OBJECT, at=moment(2025, 3, day))


def test_an_agreed_objection_returns_the_matter_with_the_first_due_day(office: Office) -> None:
    case = case_in(office, State.OBJECTED)
    case = step(office, case, Move.AGREE_OBJECTION, at=MONDAY + 4 * DAY)
    running = [(d.rule, d.started_on, d.legal_on) for d in case.deadlines.running()]
    assert running == [(Rule.TRIAGE, date(2025, 3, 3), date(2025, 3, 18))]
    assert (case.state, case.holder, case.responsible, case.due_on) == (
        State.REGISTERED,
        office.bureau,
        None,
        date(2025, 3, 18),
    )


def test_a_refused_objection_goes_on_with_the_clocks_that_ran_all_the_time(office: Office) -> None:
    case = case_in(office, State.OBJECTED)
    case = step(office, case, Move.REFUSE_OBJECTION, at=MONDAY + 4 * DAY)
    assert (case.state, case.holder) == (State.REFERRED, office.housing)
    assert clocks(case)[Rule.NOTICE] == (date(2025, 3, 3), date(2025, 3, 18), "running")


def test_a_second_objection_is_refused(office: Office) -> None:
    case = step(office, case_in(office, State.OBJECTED), Move.REFUSE_OBJECTION, at=MONDAY)
    with pytest.raises(Refusal, match="提出过一次"):
        step(office, case, Move.OBJECT, at=MONDAY)


def test_an_approved_extension_moves_the_due_day_from_the_unrolled_day(office: Office) -> None:
    case = case_in(office, State.EXTENSION_ASKED, at=moment(2025, 8, 4))
    case = step(office, case, Move.APPROVE_EXTENSION, at=moment(2025, 9, 1))
    clock = case.deadlines.get(rule=Rule.HANDLING)
    assert (clock.strict_on, clock.legal_on, clock.extended_by) == (date(2025, 11, 2), date(2025, 11, 3), 30)
    assert (case.state, case.due_on, letters(case)[-1]) == (State.HANDLING, date(2025, 11, 3), EXTENSION)


def test_a_matter_is_extended_once(office: Office) -> None:
    case = step(office, case_in(office, State.EXTENSION_ASKED), Move.APPROVE_EXTENSION, at=MONDAY)
    with pytest.raises(Refusal, match="已经延期过一次"):
        extension.ask_extension(case, days=1, reason="还要", by=office.handler, at=MONDAY)


def test_who_asks_for_an_extension_does_not_approve_it(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    with pytest.raises(Refusal, match="除申请人外没有可以批准延期"):
        extension.ask_extension(case, days=5, reason="鉴定", by=office.unit_head, at=MONDAY)
    PostFactory(unit=office.housing, role=Role.UNIT_HEAD)
    case = extension.ask_extension(case, days=5, reason="鉴定", by=office.unit_head, at=MONDAY)
    with pytest.raises(Refusal, match="不能批准自己"):
        extension.approve_extension(case, by=office.unit_head, at=MONDAY)


def test_an_extension_asked_after_the_due_day_is_refused(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    due = case.deadlines.get(rule=Rule.HANDLING).legal_on
    with pytest.raises(Refusal, match="已届满"):
        step(office, case, Move.ASK_EXTENSION, at=moment(due.year, due.month, due.day) + DAY)


def test_a_draft_that_leaves_a_request_unanswered_is_refused(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    data = opinion_data(office, case)
    data["answers"].popitem()
    with pytest.raises(Refusal, match="第2项诉求还没有答复"):
        reply.draft_opinion(case, **data, by=office.handler, at=MONDAY)


@pytest.mark.parametrize(("verb", "state"), [("check_draft", State.DRAFTED), ("sign_opinion", State.CHECKED)])
def test_who_drafts_an_opinion_neither_checks_nor_signs_it(office: Office, verb: str, state: State) -> None:
    # A second head stands by, or the first one could not draft: nobody would be left to sign.
    PostFactory(unit=office.housing, role=Role.UNIT_HEAD)
    office.handler = office.unit_head
    case = case_in(office, state)
    with pytest.raises(Refusal, match="拟稿人不能"):
        getattr(reply, verb)(case, by=office.unit_head, at=MONDAY)


def test_a_returned_draft_is_mended_in_place(office: Office) -> None:
    case = step(office, case_in(office, State.DRAFTED), Move.RETURN_DRAFT, at=MONDAY)
    step(office, case, Move.DRAFT, at=MONDAY)
    assert case.opinions.count() == 1


@pytest.mark.parametrize(("day", "is_possible"), [(2, False), (3, True), (5, True), (6, False)])
def test_delivery_lies_between_the_signature_and_today(office: Office, day: int, is_possible: bool) -> None:
    case = case_in(office, State.ISSUED)
    delivery = DeliveryEntry(
        way="direct", delivered_on=date(2025, 3, day), recipient="刘某", relation="self", place="窗口"
    )
    papers = Papers({PaperKind.DELIVERY_RECEIPT: scan("回证")})
    if is_possible:
        case = reply.deliver(case, delivery=delivery, papers=papers, by=office.handler, at=moment(2025, 3, 5))
        assert case.deadlines.get(rule=Rule.REVIEW_REQUEST).started_on == date(2025, 3, day)
    else:
        with pytest.raises(Refusal, match="日期不能") as refused:
            reply.deliver(case, delivery=delivery, papers=papers, by=office.handler, at=moment(2025, 3, 5))
        assert refused.value.field == "delivered_on"


def test_closing_asks_for_an_outcome(office: Office) -> None:
    case = case_in(office, State.DELIVERED)
    with pytest.raises(Refusal, match="三到位一处理"):
        reply.close_case(case, outcomes=[], note="", by=office.handler, at=MONDAY)


def test_the_moves_offered_are_those_that_the_rules_allow(office: Office) -> None:
    offered = {post.user.username: moves_now(post, case_in(office, State.DRAFTED)) for post in [office.colleague]}
    asides = [
        Move.SUPPLEMENT, Move.REPORT_URGENT, Move.CALL_IN, Move.ASK_RECUSAL, Move.ASK_HEARING,
        Move.ASK_EXTENSION, Move.CHECK, Move.RETURN_DRAFT,
    ]  # fmt: skip
    assert offered == {"colleague": [*asides, Move.ASK_END]}


def test_every_move_belongs_to_somebody(office: Office) -> None:
    assert {move for move in Move if not MAY[move].roles} == set()


def test_the_system_itself_only_closes_and_ends(office: Office) -> None:
    case = case_in(office, State.DELIVERED)
    assert [move for move in Move if may(None, move, case)] == [Move.CLOSE, Move.END]
