"""A small city for tests: its offices, the people who hold posts there, and matters brought to any stage."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind, User
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import Refusal
from cases.models import Petition, PetitionCase, Petitioner, Topic
from cases.procedure import perform
from cases.states import Move, State
from cases.states.ground_lists import AskedEnd
from cases.vocabulary import Channel, Kind, LegalWay, PartyRole, Purpose
from cases.web.procedure.forms import MOVE_FORMS
from cases.window.registration import Arrival, Party, register_repeat
from cases.window.registration import register as register_arrival
from tests.clocks import as_its_row_says
from tests.factories import PostFactory, UnitFactory
from tests.moves import (
    BY,
    COMES_AGAIN,
    ENTERED_LATE,
    HANDLER,
    ROAD_TO,
    ROADS,
    SIGNED_BY_OTHERS,
    STRAIGHT_ROAD,
    TAKEN_IN_AS,
    TAKEN_IN_BY,
    WHO,
    Bend,
    Sent,
    came_for,
    sent,
)

__all__ = ["ROADS", "STRAIGHT_ROAD"]

TZ = ZoneInfo("Asia/Shanghai")


def moment(year: int, month: int, day: int, hour: int = 9) -> datetime:
    """An hour of a day in Binzhou."""
    return datetime(year, month, day, hour, tzinfo=TZ)


MONDAY = moment(2025, 3, 3)


@dataclass
class Office:
    """The units and posts that a road through the office needs."""

    city: Unit
    bureau: Unit
    housing: Unit
    water: Unit
    discipline_unit: Unit
    housing_below: Unit
    province: Unit
    county: Unit
    county_office: Unit
    government: Unit
    topic: Topic
    clerk: Post
    registrar: Post
    head: Post
    handler: Post
    colleague: Post
    unit_head: Post
    water_handler: Post
    water_head: Post
    discipline: Post
    discipline_head: Post
    county_head: Post
    county_clerk: Post
    leader: Post
    inspector: Post
    administrator: Post
    housing_registrar: Post
    county_housing: Post
    reviewer: Post
    review_head: Post
    rechecker: Post
    recheck_head: Post

    def every_post(self) -> list[Post]:
        return [value for value in vars(self).values() if isinstance(value, Post)]


def make_office() -> Office:
    """The rows of the small city."""
    city = UnitFactory(code="371600", name="滨州市", kind=UnitKind.AREA, letter_mark="滨政")
    bureau = UnitFactory(
        code="bzxf",
        name="滨州市信访局",
        kind=UnitKind.PETITION_OFFICE,
        parent=city,
        letter_mark="滨信",
        phone="0543-3160000",
    )
    housing = UnitFactory(
        code="bzzj", name="市住房和城乡建设局", parent=city, letter_mark="滨住建", phone="0543-3160001"
    )
    water = UnitFactory(code="bzsl", name="市水利局", parent=city, letter_mark="滨水")
    discipline = UnitFactory(code="bzjw", name="市纪委监委", kind=UnitKind.DISCIPLINE, parent=city, letter_mark="滨纪")
    government = UnitFactory(
        code="bzfc", name="市复查复核委员会办公室", kind=UnitKind.REVIEW, parent=city, letter_mark="滨复"
    )
    county = UnitFactory(code="371602", name="滨城区", kind=UnitKind.AREA, parent=city, letter_mark="")
    # 市住建局's own branch in the county, and the body above the city's reviewers.
    housing_below = UnitFactory(
        code="bzzj-zj", name="市住房和城乡建设局滨城分局", parent=housing, letter_mark="滨住建分"
    )
    province = UnitFactory(
        code="370000-fc", name="山东省信访事项复查复核委员会办公室", kind=UnitKind.REVIEW, letter_mark="鲁复"
    )
    county_office = UnitFactory(
        code="bcxf", name="滨城区信访局", kind=UnitKind.PETITION_OFFICE, parent=county, letter_mark="滨城信"
    )
    topic, _ = Topic.objects.get_or_create(
        code="030504", defaults={"level_1": "城乡建设", "level_2": "住房保障与房地产", "level_3": "物业服务"}
    )

    def post(unit: Unit, role: Role, username: str, name: str, **kwargs: Any) -> Post:
        return PostFactory.build(unit=unit, role=role, user__username=username, user__name=name, **kwargs)

    office = Office(
        city=city,
        bureau=bureau,
        housing=housing,
        water=water,
        discipline_unit=discipline,
        housing_below=housing_below,
        province=province,
        county=county,
        county_office=county_office,
        government=government,
        topic=topic,
        clerk=post(bureau, Role.WINDOW_CLERK, "clerk", "王窗口"),
        registrar=post(bureau, Role.REGISTRAR, "registrar", "李登记"),
        head=post(bureau, Role.OFFICE_HEAD, "head", "赵局长", reads_sealed=True),
        handler=post(housing, Role.UNIT_HANDLER, "handler", "孙承办"),
        colleague=post(housing, Role.UNIT_HANDLER, "colleague", "周审核"),
        unit_head=post(housing, Role.UNIT_HEAD, "unit-head", "吴负责"),
        water_handler=post(water, Role.UNIT_HANDLER, "water-handler", "郑水利"),
        water_head=post(water, Role.UNIT_HEAD, "water-head", "冯水利"),
        discipline=post(discipline, Role.DISCIPLINE, "discipline", "陈纪检"),
        discipline_head=post(discipline, Role.DISCIPLINE, "discipline-head", "褚纪检"),
        county_head=post(county_office, Role.OFFICE_HEAD, "county-head", "卫区局"),
        county_clerk=post(county_office, Role.WINDOW_CLERK, "county-clerk", "蒋区窗"),
        leader=post(city, Role.LEADER, "leader", "沈市长"),
        inspector=post(bureau, Role.INSPECTOR, "inspector", "韩督查"),
        administrator=post(bureau, Role.ADMINISTRATOR, "administrator", "杨管理"),
        housing_registrar=post(housing, Role.REGISTRAR, "housing-registrar", "朱收文"),
        county_housing=post(housing_below, Role.UNIT_HANDLER, "county-housing", "秦分局"),
        reviewer=post(government, Role.REVIEWER, "reviewer", "尤复查"),
        review_head=post(government, Role.REVIEWER, "review-head", "许复查"),
        rechecker=post(province, Role.REVIEWER, "rechecker", "何复核"),
        recheck_head=post(province, Role.REVIEWER, "recheck-head", "吕复核"),
    )
    # Most tests need these rows: two statements instead of sixty.
    posts = office.every_post()
    User.objects.bulk_create(post.user for post in posts)
    Post.objects.bulk_create(posts)
    return office


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


def arrival(on: date, **changes: Any) -> Arrival:
    """An ordinary visit on a day; `lead` and the columns of Arrival can be replaced."""
    lead = changes.pop("lead", None) or Petitioner(name="刘某", phone="13800000000", address="某小区1号楼")
    defaults: dict[str, Any] = {
        "channel": Channel.VISIT,
        "arrived_on": on,
        "content": "小区地下车库漏水，物业以维修资金不足为由未修。",
        "lead": lead,
        "requests": ["明确维修责任单位和期限", "公开维修资金使用情况"],
    }
    return Arrival(**(defaults | changes))


def matter(office: Office, **changes: Any) -> PetitionCase:
    """An ordinary matter as an unsaved row."""
    defaults: dict[str, Any] = {
        "title": "地下车库漏水无人维修",
        "summary": "小区地下车库漏水，物业未修",
        "purpose": Purpose.SETTLE,
        "topic": office.topic,
        "region": office.county,
    }
    return PetitionCase(**(defaults | changes))


def register(
    office: Office, *, at: datetime = MONDAY, by: Post | None = None, others: Iterable[str] = (), **changes: Any
) -> Petition:
    """A registered visit; `changes` go to the matter, `others` have signed it too."""
    beside = [Party(Petitioner(name=name), PartyRole.JOINT) for name in others]
    came = arrival(at.astimezone(TZ).date(), companions=beside)
    return register_arrival(came, matter(office, **changes), by=by or office.clerk, at=at)


@contextmanager
def undone() -> Iterator[None]:
    """Take back what the block does in the database, so that another way can be tried on the same rows."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


TRIAGE = {"kind": Kind.CLAIM, "legal_way": LegalWay.PETITION, "legal_basis": "谁主管、谁负责"}


def opinion_data(office: Office, case: PetitionCase) -> dict[str, Any]:
    """Build a complete draft, as its verb takes it."""
    return {
        "facts": "经查，车库顶板防水层老化。",
        "basis": "《住宅专项维修资金管理办法》",
        "review_body": office.government,
        "answers": {request.pk: ("explain", "督促物业公司限期维修。") for request in case.requests.all()},
    }


def maker(office: Office, move: Move) -> Post:
    """Find who makes the move on its road."""
    post: Post = getattr(office, WHO.get(move, HANDLER))
    return post


def step(
    office: Office, case: PetitionCase, move: Move, *, at: datetime, by: Post | None = None, **changes: Any
) -> PetitionCase:
    """Make one move as its road makes it; `changes` go to what is sent. Raises Refusal for what the form refuses."""
    by = by or maker(office, move)
    form = MOVE_FORMS[move](sent(move, at.astimezone(TZ).date()) | changes, case=case, post=by)
    if not form.is_valid():
        raise Refusal(f"{form.errors.as_text()}")
    with transaction.atomic(), as_its_row_says(case, move):
        return perform(move, seconded(case, move, at=at, by=by), by=by, at=at, **form.cleaned_data)


_ASKED_FOR = {Move.UNSEAL: AskedEnd.UNSEALED, Move.VOID: AskedEnd.VOIDED, Move.WITHDRAW: AskedEnd.WITHDRAWN}


def seconded(case: PetitionCase, move: Move, *, at: datetime, by: Post | None = None) -> PetitionCase:
    """A sealed report after another named person has asked for what none of them does alone."""
    by_its_organ = by is not None and by.unit.kind == UnitKind.DISCIPLINE
    if move not in _ASKED_FOR or not case.is_sealed or case.end_asked or by_its_organ:
        return case
    name, unit = f"second-{case.registered_unit.code}", case.registered_unit
    there = Post.objects.filter(user__username=name).first()
    second = there or PostFactory(
        unit=unit, role=Role.REGISTRAR, user__username=name, user__name="邹指定", reads_sealed=True
    )
    asked = sent(Move.ASK_END, at.astimezone(TZ).date()) | {"ground": _ASKED_FOR[move].value}
    if move is not Move.WITHDRAW:
        asked = {name: value for name, value in asked.items() if not name.startswith("paper_")}
    form = MOVE_FORMS[Move.ASK_END](asked, case=case, post=second)
    if not form.is_valid():
        raise Refusal(form.errors.as_text())
    return perform(Move.ASK_END, case, by=second, at=at, **form.cleaned_data)


def case_in(office: Office, state: State, *, at: datetime = MONDAY, **changes: Any) -> PetitionCase:
    """A matter brought into a state by the real moves, all made at one moment."""
    beside = {}
    changes = came_for(ROADS[state]) | changes
    if state is State.MERGED:
        beside = _beside(office, Move.MERGE, at)
    elif state is State.NOT_AGAIN:
        beside = _beside(office, Move.REFUSE_AGAIN, at)
    return led(office, register(office, at=at, **changes).case, ROADS[state], at=at, beside=beside)


def led(
    office: Office, case: PetitionCase, road: Iterable[Bend], *, at: datetime, beside: Sent | None = None
) -> PetitionCase:
    """The matter after the moves of the road, all made at one moment."""
    for bend in road:
        move, other = bend if isinstance(bend, tuple) else (bend, {})
        by: Post | None = getattr(office, other[BY]) if BY in other else None
        given = {name: value for name, value in other.items() if name != BY}
        case = step(office, case, move, at=at, by=by, **(given | (beside or {})))
    return case


def _beside(office: Office, move: Move, at: datetime) -> Sent:
    """Name the other matter that some moves need: the master of a merge, and what came to its end before."""
    if move is Move.MERGE:
        return {"into": register(office, at=at).case.number}
    if move is Move.REFUSE_AGAIN:
        return {"earlier": case_in(office, State.ENDED, at=at).number}
    return {}


@dataclass
class Ready:
    """A matter that waits for a move, who makes it there, and what is sent."""

    case: PetitionCase
    by: Post
    sent: Sent


def ready_for(office: Office, move: Move, *, at: datetime = MONDAY, **changes: Any) -> Ready:
    """A matter led to where the move can be made, by real moves at one moment; `changes` go to the matter."""
    beside = _beside(office, Move.MERGE if move is Move.SPLIT else move, at)
    taker, changes = TAKEN_IN_BY.get(move), came_for(ROAD_TO.get(move, ())) | TAKEN_IN_AS.get(move, {}) | changes
    if taker:
        by: Post = getattr(office, taker)
        case = register(office, at=at, by=by, **changes).case
        case = step(office, case, Move.TRIAGE, at=at, by=by)
    else:
        then = at - timedelta(days=ENTERED_LATE.get(move, 0))
        road = ROAD_TO[move] if then == at else ROAD_TO[move][:-1]
        begun = register(office, at=then, others=("王某",) if move in SIGNED_BY_OTHERS else (), **changes).case
        case = led(office, begun, road, at=then, beside=beside)
        for bend in ROAD_TO[move][len(road) :]:
            case = step(office, case, Move(bend), at=at, delivered_on=then.date().isoformat())
    if move in COMES_AGAIN:
        register_repeat(arrival(at.astimezone(TZ).date()), case, by=office.clerk, at=at)
        case.refresh_from_db()
    case, own = seconded(case, move, at=at), {} if move is Move.SPLIT else beside
    return Ready(case, maker(office, move), sent(move, at.astimezone(TZ).date()) | own)
