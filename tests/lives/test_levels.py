"""交办逐级转下去: the assigner is remembered through every level; an objection goes to who passed the matter down."""

from dataclasses import dataclass

import pytest

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.letters.kinds.handling import COMPLETION_REPORT
from cases.facts import earlier_letter
from cases.states import Move, State
from tests.cases.pages import signed_in
from tests.factories import PostFactory, UnitFactory
from tests.lives.story import BUREAU, HOUSING, Life, assert_whole, begins
from tests.office import Office

BRANCH = {"county-housing", "branch-head"}
STATION = {"station", "station-colleague", "station-head"}


@dataclass
class Levels:
    """Head of the branch; the station below it with its people."""

    branch_head: Post
    station: Unit
    handler: Post
    colleague: Post
    head: Post

    def seen_by(self, life: Life) -> set[str]:
        return life.seen_by() | life.seen_by_of((self.branch_head, self.handler, self.colleague, self.head))


@pytest.fixture
def levels(office: Office) -> Levels:
    station = UnitFactory(code="bzzj-zj-s", name="滨城分局彭李所", parent=office.housing_below, letter_mark="滨住建彭")

    def post(unit: Unit, role: Role, username: str) -> Post:
        return PostFactory(unit=unit, role=role, user__username=username)

    return Levels(
        post(office.housing_below, Role.UNIT_HEAD, "branch-head"),
        station,
        post(station, Role.UNIT_HANDLER, "station"),
        post(station, Role.UNIT_HANDLER, "station-colleague"),
        post(station, Role.UNIT_HEAD, "station-head"),
    )


def assigned_and_passed_down_twice(office: Office, levels: Levels) -> Life:
    life = begins(office, "2026-09-14")
    life.do(Move.TRIAGE, "2026-09-14")
    life.do(Move.ASSIGN, "2026-09-15", days=90)
    life.do(Move.SIGN_FOR, "2026-09-15", o_clock=10)
    life.do(Move.PASS_DOWN, "2026-09-16")
    life.do(Move.SIGN_FOR, "2026-09-17", by=office.county_housing)
    life.do(Move.PASS_DOWN, "2026-09-18", by=levels.branch_head, to_unit="bzzj-zj-s")
    return life


def test_extension_and_report_of_an_assigned_matter_go_to_the_assigner_through_two_levels(
    office: Office, levels: Levels
) -> None:
    life = assigned_and_passed_down_twice(office, levels)
    case = life.case
    assert (case.assigner, case.sender, case.responsible) == (office.bureau, office.housing_below, levels.station)
    assert case.passers == [office.housing.pk, office.housing_below.pk]
    # Who assigned it and each who passed it down go on seeing it.
    assert levels.seen_by(life) == BUREAU | HOUSING | BRANCH | STATION

    life.do(Move.SIGN_FOR, "2026-09-21", by=levels.handler)
    life.do(Move.ACCEPT, "2026-09-22", by=levels.handler)
    life.do(Move.INVESTIGATE, "2026-10-09", by=levels.handler)
    life.do(Move.ASK_EXTENSION, "2026-11-16", by=levels.handler)
    life.do(Move.AGREE_EXTENSION, "2026-11-17", by=levels.head)
    assert (life.case.state, life.case.holder) == (State.EXTENSION_REFERRED, office.bureau)
    life.refused(Move.CONFIRM_EXTENSION, "2026-11-18", "岗位", by=levels.branch_head)
    life.do(Move.CONFIRM_EXTENSION, "2026-11-18")
    assert (life.case.state, life.case.holder) == (State.HANDLING, levels.station)
    life.do(Move.DRAFT, "2026-11-19", by=levels.handler, review_body="bzzj-zj")
    life.do(Move.CHECK, "2026-11-20", by=levels.colleague)
    life.do(Move.SIGN, "2026-11-23", by=levels.head)
    life.do(Move.DELIVER, "2026-11-24", by=levels.handler)
    life.do(Move.CLOSE, "2026-11-25", by=levels.handler)
    report = earlier_letter(life.case, COMPLETION_REPORT)
    assert report is not None
    assert (report.issuer, report.salutation) == ("滨城分局彭李所", "滨州市信访局：")
    assert_whole()


def test_an_objection_from_below_comes_back_to_each_who_passed_it_down_and_no_day_is_gained(
    office: Office, levels: Levels
) -> None:
    life = assigned_and_passed_down_twice(office, levels)
    life.do(Move.OBJECT, "2026-09-21", by=levels.handler)
    assert (life.case.state, life.case.holder) == (State.OBJECTED, office.housing_below)
    life.refused(Move.AGREE_OBJECTION, "2026-09-22", "收回由本单位办理", by=levels.branch_head, note="同意")
    life.refused(Move.RECLAIM, "2026-09-22", "岗位", by=office.unit_head)
    life.do(Move.RECLAIM, "2026-09-22", by=levels.branch_head)
    case = life.case
    assert (case.state, case.holder, case.responsible) == (State.SIGNED_FOR, office.housing_below, office.housing_below)
    assert (case.sender, case.assigner, case.is_assigned) == (office.housing, office.bureau, True)
    assert levels.seen_by(life) == BUREAU | HOUSING | BRANCH
    # The branch has the days that it had since it received the matter itself; 10-01 is a holiday until 10-07.
    assert life.clock("notice") == "notice from 2026-09-16 until 2026-10-01 (legal 2026-10-08): runs"
    assert life.clock("assignment").endswith(": runs")
    running = life.case.deadlines.running().filter(rule="assignment").get()
    assert running.unit == office.housing_below

    # By passing it down it took the matter for its system's own: what is in dispute goes up by 第二十四条.
    life.refused(Move.OBJECT, "2026-09-22", "提请指定管辖", by=office.county_housing)
    life.do(Move.ACCEPT, "2026-09-24", by=office.county_housing)
    assert life.case.state == State.ACCEPTED
    assert_whole()


def test_a_department_that_passed_down_what_was_referred_goes_on_with_it_after_an_objection(office: Office) -> None:
    life = begins(office, "2027-02-01")
    life.do(Move.TRIAGE, "2027-02-01")
    life.do(Move.REFER, "2027-02-02")
    life.do(Move.PASS_DOWN, "2027-02-03")
    life.do(Move.OBJECT, "2027-02-03", by=office.county_housing, o_clock=15)
    life.do(Move.RECLAIM, "2027-02-04")
    assert (life.case.state, life.case.holder, life.case.sender) == (State.SIGNED_FOR, office.housing, office.bureau)
    assert life.clock("notice").startswith("notice from 2027-02-02 until 2027-02-17")
    life.do(Move.ACCEPT, "2027-02-04", o_clock=10)
    assert_whole()


def test_what_came_back_to_the_desk_that_sorted_it_is_sorted_anew(office: Office) -> None:
    life = begins(office, "2026-09-14")
    life.do(Move.TRIAGE, "2026-09-14")
    life.do(Move.REFER, "2026-09-15")
    life.do(Move.OBJECT, "2026-09-16")
    life.refused(Move.RECLAIM, "2026-09-17", "退回重新甄别", by=office.registrar)
    life.do(Move.AGREE_OBJECTION, "2026-09-17")
    assert (life.case.state, life.case.holder, life.case.passers) == (State.REGISTERED, office.bureau, [])


def test_nobody_asks_for_an_extension_where_nobody_could_approve_it(office: Office) -> None:
    life = begins(office, "2026-09-14")
    life.do(Move.TRIAGE, "2026-09-14")
    life.do(Move.REFER, "2026-09-15")
    life.do(Move.PASS_DOWN, "2026-09-16")
    by = office.county_housing
    life.do(Move.SIGN_FOR, "2026-09-17", by=by)
    life.do(Move.ACCEPT, "2026-09-18", by=by)
    # The branch has no head (第三十四条：经本机关、单位负责人批准).
    life.refused(Move.ASK_EXTENSION, "2026-11-09", "没有可以批准延期", by=by)
    head = PostFactory(unit=office.housing_below, role=Role.UNIT_HEAD)
    # Who asks does not approve: a second head is needed when the first one asks.
    life.refused(Move.ASK_EXTENSION, "2026-11-09", "除申请人外没有可以批准延期", by=head)
    life.do(Move.ASK_EXTENSION, "2026-11-09", by=by)
    life.do(Move.APPROVE_EXTENSION, "2026-11-10", by=head)
    assert life.case.state == State.ACCEPTED


@pytest.fixture
def next_door(office: Office) -> Unit:
    """A department of another county of the city."""
    place = UnitFactory(code="371681", name="邹平市", kind=UnitKind.AREA, parent=office.city, letter_mark="")
    unit: Unit = UnitFactory(code="zpzj", name="邹平市住房和城乡建设局", parent=place, letter_mark="邹住建")
    PostFactory(unit=unit, role="unit-handler", user__username="next-door")
    return unit


def at_the_county(office: Office) -> Life:
    life = begins(office, "2026-09-21", by=office.county_clerk)
    life.do(Move.TRIAGE, "2026-09-22", by=office.county_head)
    return life


@pytest.mark.parametrize("move", [Move.REFER, Move.ASSIGN])
def test_a_petition_office_passes_on_to_its_own_level_and_below_alone(
    office: Office, next_door: Unit, move: Move
) -> None:
    life = at_the_county(office)
    for code in ("bzzj", next_door.code):
        life.refused(move, "2026-09-22", "本级或者下级|不能向上级", by=office.county_head, to_unit=code)
    life.refused(Move.ASSIGN, "2026-09-22", "不能向上级", by=office.county_head, to_unit="bzxf")


def test_what_belongs_above_or_next_door_goes_by_the_office_above(office: Office, next_door: Unit) -> None:
    life = at_the_county(office)
    life.do(Move.REFER, "2026-09-22", by=office.county_head, to_unit="bzxf")
    letter = life.case.letters.get(letter__kind="referral").letter
    assert letter.facts["basis"] == "《信访工作条例》第五条第三项"
    life.do(Move.SIGN_FOR, "2026-09-23", by=office.registrar)
    life.do(Move.PASS_DOWN, "2026-09-23", by=office.registrar, to_unit=next_door.code)
    assert life.case.holder == next_door
    assert_whole()


def test_a_receiver_where_nobody_could_sign_is_said_before_it_is_sent(office: Office) -> None:
    UnitFactory(code="bzgd", name="市广电局", parent=office.city, letter_mark="")
    life = begins(office, "2026-09-21")
    life.do(Move.TRIAGE, "2026-09-22")
    page, url = signed_in(office.registrar), f"{life.case.get_absolute_url()}moves/refer/"
    nobody = "市广电局现在没有可以签收、办理的人员"
    assert nobody in page.get(url, {"to_unit": "bzgd"}).content.decode()
    PostFactory(unit=Unit.objects.get(code="bzgd"), role="unit-handler", user__username="there")
    assert nobody not in page.get(url, {"to_unit": "bzgd"}).content.decode()
