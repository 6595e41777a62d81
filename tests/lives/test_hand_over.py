"""机构撤并、人员离岗: matters, clocks and 督办 go on with who follows, no day is gained or lost (第二十四条第二款)."""

from datetime import date
from typing import Any

import pytest
import time_machine

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import NotPermitted, Refusal, Stale
from binzhou_xinfang.letters.kinds.moving import CHANGE_OF_UNIT
from binzhou_xinfang.letters.kinds.review import REVIEW_REQUEST
from cases.facts import earlier_letter
from cases.handover.acts import advance, begin, correct, resume_all
from cases.handover.orders import Order, Share, refuse_strange_numbers
from cases.handover.preview import preview
from cases.handover.stragglers import follow_up
from cases.models import HandOver, HandOverKind, PetitionCase, Topic
from cases.procedure import perform
from cases.queries import on_desk, visible_to
from cases.states import Move, State
from tests.factories import PostFactory, UnitFactory
from tests.lives.story import BUREAU, WATER, assert_whole, begins, hour
from tests.office import Office, case_in

DAY = "2026-10-08"


def order(office: Office, *shares: Share, **changes: Any) -> Order:
    given: dict[str, Any] = {
        "kind": HandOverKind.MERGED, "unit": office.housing, "basis": "滨编发〔2026〕12号", "shares": shares,
        "last_on": date(2026, 10, 7), "tells_petitioners": True,
    }  # fmt: skip
    return Order(**(given | changes))


def handed(order: Order, by: Post, day: str = DAY) -> HandOver:
    act = begin(order, by=by, at=hour(day))
    assert advance(act, at=hour(day)) == 0
    act.refresh_from_db()
    return act


def test_a_merged_body_s_matters_go_on_at_its_successor_with_their_days(office: Office) -> None:
    """The case of /work/shared/cases/35_unit_abolished.txt."""
    life = begins(office, "2026-09-21")
    life.do(Move.TRIAGE, "2026-09-21")
    life.do(Move.ASSIGN, "2026-09-22", days=60)
    life.do(Move.SIGN_FOR, "2026-09-23")
    life.do(Move.ACCEPT, "2026-09-24")
    life.do(Move.INVESTIGATE, "2026-09-30")
    life.until(DAY)
    clocks, version = life.clocks(), life.case.version

    act = handed(order(office, Share(office.water, takes_rest=True)), office.head)
    case = life.reload()
    assert (case.holder, case.responsible, case.sender, case.assigner) == (
        office.water, office.water, office.bureau, office.bureau,
    )  # fmt: skip
    assert (case.state, case.assignee, case.version) == (State.HANDLING, None, version + 1)
    # Who has the matter now owes what ran, and not a day has moved.
    assert life.clocks() == clocks
    assert {clock.unit for clock in case.deadlines.running()} == {office.water}
    assert (life.seen_by(), list(on_desk(office.water_handler))) == (BUREAU | WATER, [case])

    told = case.events.order_by("-seq")[0]
    assert (told.kind, told.detail["from_name"], told.detail["to_name"]) == (
        "handed-over", "市住房和城乡建设局", "市水利局",
    )  # fmt: skip
    assert told.detail["what"] == ["当前办理", "责任单位", "正在计算的期限（2）", "待送达的文书"]
    letter = earlier_letter(case, CHANGE_OF_UNIT)
    assert letter is not None
    assert (letter.issuer, letter.number) == ("市水利局", "滨水承〔2026〕1号")
    assert "此前由原市住房和城乡建设局办理" in "".join(letter.paragraphs)

    # The body and its posts have ended; it has no desk and writes no more.
    office.housing.refresh_from_db()
    assert (office.housing.valid_to, office.housing.moved_to) == (date(2026, 10, 7), office.water)
    assert not Post.objects.held(date(2026, 10, 8)).filter(unit=office.housing).exists()
    assert Post.objects.held(date(2026, 10, 7)).filter(unit=office.housing).exists()
    life.refused(Move.INVESTIGATE, DAY, "岗位")
    life.do(Move.DRAFT, "2026-10-20", by=office.water_handler)
    colleague = PostFactory(unit=office.water, role=Role.UNIT_HANDLER)
    life.do(Move.CHECK, "2026-10-21", by=colleague)
    life.do(Move.SIGN, "2026-10-22", by=office.water_head)
    life.do(Move.DELIVER, "2026-10-23", by=office.water_handler)
    life.do(Move.CLOSE, "2026-10-26", by=office.water_handler)
    assert life.clock("handling") == "handling from 2026-09-24 until 2026-11-23: met 2026-10-23"
    assert [number for number in life.letters() if "滨水" in number] == [
        "滨水承〔2026〕1号", "滨水意〔2026〕1号", "滨水送〔2026〕1号", "滨水结〔2026〕1号",
    ]  # fmt: skip
    assert (act.done_at, act.items.get().case) == (hour(DAY), case)
    assert_whole()


def test_every_open_state_goes_over_and_nothing_stays_behind(office: Office) -> None:
    cases = [case_in(office, state) for state in (
        State.REFERRED, State.ASSIGNED, State.OBJECTED, State.SIGNED_FOR, State.EXTENSION_REFERRED, State.DRAFTED,
        State.ISSUED, State.REVIEWING, State.CLOSED,
    )]  # fmt: skip
    before = {case.pk: PetitionCase.objects.get(pk=case.pk).due_on for case in cases}
    act = handed(order(office, Share(office.water, takes_rest=True)), office.head)
    assert act.items.exclude(moved={}).count() == len(cases)
    assert not PetitionCase.objects.filter(responsible=office.housing).exists()
    assert not PetitionCase.objects.filter(holder=office.housing).exists()
    assert {case.pk: case.due_on for case in PetitionCase.objects.all()} == before
    # Each matter once, with one event; a second act finds nothing.
    for case in cases:
        assert list(case.events.values_list("kind", flat=True)).count("handed-over") == 1
    again = handed(order(office, Share(office.water, takes_rest=True)), office.head)
    assert again.items.count() == 0
    # Whoever closed file nobody works on is not written to.
    closed = next(case for case in cases if case.state == State.CLOSED)
    assert earlier_letter(closed, CHANGE_OF_UNIT) is None


def test_a_split_divides_the_matters_by_topic_and_by_number(office: Office) -> None:
    other, _ = Topic.objects.get_or_create(
        code="010101", defaults={"level_1": "农村农业", "level_2": "土地", "level_3": "征地"}
    )
    station = UnitFactory(parent=office.city, name="市住房保障中心", letter_mark="滨住保")
    PostFactory(unit=station, role=Role.UNIT_HEAD)
    cases = [case_in(office, State.HANDLING) for _ in range(3)]
    PetitionCase.objects.filter(pk=cases[1].pk).update(topic=other)
    shares = (
        Share(office.water, topics=frozenset({"农村农业"})),
        Share(office.housing_below, numbers=frozenset({cases[2].number})),
        Share(station, takes_rest=True),
    )
    with pytest.raises(Refusal, match="下属机构"):
        begin(order(office, *shares, kind=HandOverKind.SPLIT), by=office.head, at=hour(DAY))
    Unit.objects.filter(pk=office.housing_below.pk).update(parent=office.city, path="371600/bzzj-zj/")
    office.housing_below.refresh_from_db()
    shares = (shares[0], Share(office.housing_below, numbers=frozenset({cases[2].number})), shares[2])
    shown = preview(order(office, *shares, kind=HandOverKind.SPLIT), by=office.head, on=date(2026, 10, 8))
    assert (shown.open, shown.shares, shown.stays) == (
        3, [("市水利局", 1), ("市住房和城乡建设局滨城分局", 1), ("市住房保障中心", 1)], 0,
    )  # fmt: skip
    handed(order(office, *shares, kind=HandOverKind.SPLIT), office.head)
    assert [PetitionCase.objects.get(pk=case.pk).responsible for case in cases] == [
        station, office.water, office.housing_below,
    ]  # fmt: skip
    office.housing.refresh_from_db()
    assert office.housing.moved_to == station


def test_a_transfer_of_some_powers_leaves_the_body_and_its_other_matters(office: Office) -> None:
    one, other = (case_in(office, State.HANDLING) for _ in range(2))
    share = Share(office.water, numbers=frozenset({one.number}))
    handed(order(office, share, kind=HandOverKind.TRANSFERRED, last_on=None), office.head)
    assert [PetitionCase.objects.get(pk=case.pk).responsible for case in (one, other)] == [office.water, office.housing]
    office.housing.refresh_from_db()
    assert office.housing.valid_to is None
    letter = earlier_letter(one, CHANGE_OF_UNIT)
    assert letter is not None
    assert "此前由市住房和城乡建设局办理" in "".join(letter.paragraphs)


def test_a_person_who_leaves_hands_the_open_matters_to_several_colleagues(office: Office) -> None:
    second = PostFactory(unit=office.housing, role=Role.UNIT_HANDLER, user__name="李承办")
    cases = [case_in(office, State.HANDLING) for _ in range(5)]
    closed = case_in(office, State.CLOSED)
    clocks = [list(case.deadlines.values()) for case in cases]
    shares = tuple(Share(office.housing, post.user, takes_rest=True) for post in (office.colleague, second))
    leaving = order(
        office, *shares, kind=HandOverKind.LEFT, person=office.handler.user, last_on=None, basis="退休",
        tells_petitioners=False,
    )  # fmt: skip
    with pytest.raises(NotPermitted):
        begin(leaving, by=office.head, at=hour("2027-02-05"))
    act = handed(leaving, office.unit_head, "2027-02-05")
    assert act.items.count() == 5
    now = [PetitionCase.objects.get(pk=case.pk) for case in cases]
    assert sorted(case.assignee.name for case in now if case.assignee) == ["周审核"] * 3 + ["李承办"] * 2
    assert [list(case.deadlines.values()) for case in cases] == clocks
    told = now[0].events.order_by("-seq")[0]
    assert (told.kind, told.detail["taken_from"], told.detail["reason"]) == ("taken-over", "孙承办", "退休")
    closed.refresh_from_db()
    assert closed.assignee == office.handler.user


def test_what_went_to_the_wrong_body_goes_on_to_the_right_one_with_a_trace(office: Office) -> None:
    own = case_in(office, State.REFERRED)
    PetitionCase.objects.filter(pk=own.pk).update(holder=office.water, responsible=office.water)
    case = case_in(office, State.HANDLING)
    act = handed(order(office, Share(office.water, takes_rest=True)), office.head)
    right = UnitFactory(parent=office.city, name="市公积金中心", letter_mark="滨公")
    with pytest.raises(Refusal, match="没有人员任职"):
        correct(act, wrong=Share(office.water), right=Share(right, takes_rest=True), basis="更正", by=office.head,
                at=hour("2026-10-12"))  # fmt: skip
    PostFactory(unit=right, role=Role.UNIT_HEAD)
    made = correct(
        act, wrong=Share(office.water), right=Share(right, takes_rest=True), basis="承接单位填写错误",
        by=office.head, at=hour("2026-10-12"),
    )  # fmt: skip
    assert advance(made, at=hour("2026-10-12")) == 0
    case.refresh_from_db()
    own.refresh_from_db()
    office.housing.refresh_from_db()
    # What the wrong body had of its own stays with it; the figures of the ended one follow to the right one.
    assert (case.holder, case.responsible, own.responsible, office.housing.moved_to) == (
        right, right, office.water, right,
    )  # fmt: skip
    assert {clock.unit for clock in case.deadlines.running()} == {right}
    kinds = [(event.kind, event.detail.get("to_name")) for event in case.events.order_by("-seq")[:2]]
    assert kinds == [("handed-over", "市公积金中心"), ("handed-over", "市水利局")]


def test_a_body_that_did_not_end_after_all_stands_again_with_its_posts(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    act = handed(order(office, Share(office.water, takes_rest=True)), office.head)
    made = correct(
        act, wrong=Share(office.water), right=Share(office.housing, takes_rest=True), basis="该机构没有撤销",
        by=office.head, at=hour("2026-10-12"),
    )  # fmt: skip
    assert advance(made, at=hour("2026-10-12")) == 0
    case.refresh_from_db()
    office.housing.refresh_from_db()
    office.housing_below.refresh_from_db()
    assert (case.holder, case.responsible) == (office.housing, office.housing)
    assert (office.housing.valid_to, office.housing.moved_to, office.housing_below.parent) == (
        None, None, office.housing,
    )  # fmt: skip
    assert Post.objects.held(date(2026, 10, 12)).filter(unit=office.housing, user=office.handler.user).exists()


def test_reports_go_over_without_being_shown_to_whoever_may_not_see_them(office: Office) -> None:
    life = begins(office, "2026-09-21", by=office.head)
    life.do(Move.TRIAGE, "2026-09-21", by=office.head, kind="report", legal_way="a30")
    life.do(Move.REFER, "2026-09-22", by=office.head, to_unit="bzjw")
    report = life.case
    successor = UnitFactory(parent=office.city, kind=office.discipline_unit.kind, name="市纪委", letter_mark="纪")
    PostFactory(unit=successor, role=Role.DISCIPLINE)
    leaving = order(office, Share(successor, takes_rest=True), unit=office.discipline_unit)
    unnamed = PostFactory(unit=office.bureau, role=Role.OFFICE_HEAD)
    on = date(2026, 10, 8)
    assert [preview(leaving, by=post, on=on).sealed for post in (office.head, unnamed)] == [1, 0]
    shown = preview(leaving, by=unnamed, on=on)
    assert (shown.open, shown.total, shown.counts, shown.stays) == (0, 0, [], 0)
    handed(leaving, unnamed)
    report.refresh_from_db()
    assert report.responsible == successor
    assert not visible_to(unnamed).filter(pk=report.pk).exists()


def test_who_may_not_and_what_cannot_be(office: Office) -> None:
    case_in(office, State.HANDLING)
    rest = Share(office.water, takes_rest=True)
    for by in (office.registrar, office.unit_head, office.county_head, office.leader, office.administrator):
        with pytest.raises(NotPermitted):
            begin(order(office, rest), by=by, at=hour(DAY))
    refused = [
        (order(office, rest, last_on=date(2026, 10, 9)), "还没有到"),
        (order(office, rest, last_on=None), "最后一日"),
        (order(office), "由谁承接"),
        (order(office, Share(office.water, topics=frozenset({"城乡建设"}))), "没有着落"),
        (order(office, Share(office.housing, takes_rest=True)), "本身"),
        (order(office, Share(office.government, takes_rest=True)), "不能承接"),
    ]
    for wrong, words in refused:
        with pytest.raises(Refusal, match=words):
            begin(wrong, by=office.head, at=hour(DAY))
    assert not HandOver.objects.exists()


def test_what_comes_to_the_body_on_its_last_day_follows_the_day_after(office: Office) -> None:
    went, late = begins(office, "2026-09-21"), begins(office, "2026-09-28")
    went.do(Move.TRIAGE, "2026-09-22")
    went.do(Move.REFER, "2026-09-22")
    late.do(Move.TRIAGE, "2026-09-29")
    handed(order(office, Share(office.water, takes_rest=True), last_on=date(2026, 9, 30)), office.head, "2026-09-30")
    assert went.reload().holder == office.water
    # On its last day the body is still there; what is passed on to it then finds nobody tomorrow.
    with time_machine.travel(hour("2026-09-30", 16), tick=False):
        late.do(Move.REFER, "2026-09-30", o_clock=16)
    assert (follow_up(at=hour("2026-09-30", 17)), late.reload().holder) == (0, office.housing)
    assert (follow_up(at=hour("2026-10-01", 1)), resume_all(at=hour("2026-10-01", 1))) == (1, 1)
    assert (late.reload().holder, late.case.events.filter(kind="handed-over").count()) == (office.water, 1)
    assert (went.reload().events.filter(kind="handed-over").count(), follow_up(at=hour("2026-10-02"))) == (1, 0)
    late.do(Move.SIGN_FOR, "2026-10-08", by=office.water_handler)
    assert_whole()


def test_of_two_at_once_for_the_same_body_the_second_is_refused_until_the_first_is_done(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    asked = order(office, Share(office.water, takes_rest=True))
    act = begin(asked, by=office.head, at=hour(DAY))
    with pytest.raises(Refusal, match="还在进行"):
        begin(asked, by=office.head, at=hour(DAY))
    assert advance(act, at=hour(DAY)) == 0
    assert [item.case for item in begin(asked, by=office.head, at=hour(DAY)).items.all()] == []
    assert case.events.filter(kind="handed-over").count() == 1


def test_a_correction_sent_twice_is_made_once(office: Office) -> None:
    case_in(office, State.HANDLING)
    act = handed(order(office, Share(office.water, takes_rest=True)), office.head)
    said: dict[str, Any] = {
        "wrong": Share(office.water), "right": Share(office.housing_below, takes_rest=True), "basis": "写错",
        "by": office.head, "at": hour(DAY),
    }  # fmt: skip
    Unit.objects.filter(pk=office.housing_below.pk).update(parent=office.city, path="371600/bzzj-zj/")
    office.housing_below.refresh_from_db()
    made = correct(act, **said)
    with pytest.raises(Refusal, match="正在更正"):
        correct(act, **said)
    assert advance(made, at=hour(DAY)) == 0
    with pytest.raises(Refusal, match="没有交给市水利局"):
        correct(act, **said)
    assert act.corrections.count() == 1


def test_setting_right_a_transfer_of_powers_does_not_bring_back_a_body_that_ended_later(office: Office) -> None:
    one, other = (case_in(office, State.HANDLING) for _ in range(2))
    share = Share(office.water, numbers=frozenset({one.number}))
    act = handed(order(office, share, kind=HandOverKind.TRANSFERRED, last_on=None), office.head, "2026-10-06")
    handed(order(office, Share(office.water, takes_rest=True)), office.head)
    with pytest.raises(Refusal, match="现在不存在"):
        correct(
            act, wrong=Share(office.water), right=Share(office.housing, takes_rest=True), basis="误移交",
            by=office.head, at=hour(DAY),
        )  # fmt: skip
    office.housing.refresh_from_db()
    assert (office.housing.valid_to, PetitionCase.objects.get(pk=other.pk).responsible) == (
        date(2026, 10, 7), office.water,
    )  # fmt: skip


def test_numbers_that_the_body_does_not_hold_are_refused_and_not_passed_over(office: Office) -> None:
    case_in(office, State.HANDLING)
    elsewhere = case_in(office, State.REGISTERED)
    share = Share(office.water, numbers=frozenset({elsewhere.number}))
    with pytest.raises(Refusal, match=f"不在市住房和城乡建设局手中的事项：{elsewhere.number}"):
        refuse_strange_numbers(order(office, share, kind=HandOverKind.TRANSFERRED, last_on=None), office.head)


def test_who_works_from_a_sheet_read_before_a_hand_over_is_told_that_it_was_one(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    share = Share(office.housing, office.colleague.user, takes_rest=True)
    leaving = order(office, share, kind=HandOverKind.LEFT, person=office.handler.user, last_on=None)
    handed(leaving, office.unit_head)
    with pytest.raises(Stale, match="刚刚已由他人“接手办理”"):
        perform(Move.INVESTIGATE, case, by=office.handler, at=hour(DAY))


def test_papers_of_a_review_name_the_body_that_made_the_opinion_and_who_goes_on_with_its_powers(office: Office) -> None:
    life = begins(office, "2026-09-21")
    for move in (Move.TRIAGE, Move.REFER, Move.SIGN_FOR, Move.ACCEPT, Move.INVESTIGATE, Move.DRAFT, Move.CHECK,
                 Move.SIGN, Move.DELIVER):  # fmt: skip
        life.do(move, "2026-09-21")
    life.until(DAY)
    handed(order(office, Share(office.water, takes_rest=True)), office.head)
    life.reload()
    life.do(Move.ASK_REVIEW, "2026-10-09", requested_on="2026-10-09")
    letter = earlier_letter(life.case, REVIEW_REQUEST)
    assert letter is not None
    assert "被申请人：原市住房和城乡建设局（职权由市水利局继续行使）。" in letter.paragraphs
