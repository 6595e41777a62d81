"""Orders of a hand-over: who may give one, to whom it may go, and which matter goes to which successor."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import cycle

from django.db.models import Q, QuerySet
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind, User
from binzhou_xinfang.accounts.roles import HEADS, OFFICE_HEADS
from binzhou_xinfang.errors import NotPermitted, Refusal
from cases.handover.belongings import columns_of
from cases.models import ENDING_KINDS, WAS_PASSED_DOWN, HandOverKind, PetitionCase
from cases.queries import visible_to

# Bodies whose powers only their own kind goes on with; the others take over from one another.
_ALONE = frozenset({UnitKind.PETITION_OFFICE, UnitKind.DISCIPLINE, UnitKind.REVIEW, UnitKind.AREA})


@dataclass(frozen=True)
class Share:
    """The part of one successor: the matters that are named, those of the topics (first level), and what is left.

    Of several that take what is left each gets as many as the others.
    """

    unit: Unit
    person: User | None = None
    topics: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    takes_rest: bool = False

    @property
    def name(self) -> str:
        return self.person.name if self.person else self.unit.name


@dataclass(frozen=True)
class Order:
    """A hand-over as it is ordered. `last_on`: the last day of the body that ends; None when it goes on; `on`: the day
    to come on which powers or a person go; None for now."""

    kind: HandOverKind
    unit: Unit
    basis: str
    shares: Sequence[Share] = field(default_factory=tuple)
    person: User | None = None
    last_on: date | None = None
    on: date | None = None
    tells_petitioners: bool = False

    @property
    def ends_unit(self) -> bool:
        return self.kind in ENDING_KINDS

    @property
    def rest(self) -> Share | None:
        """The share of what is left; who has it follows the body that ends."""
        return next((share for share in self.shares if share.takes_rest), None)


def may_order_units(post: Post) -> bool:
    """Check that the post orders hand-overs of bodies: the head of a petition office, who answers for where the matters
    of the area lie and reads them. An administrator keeps units and reads no matter, and so divides none."""
    return post.role in OFFICE_HEADS and post.unit.kind == UnitKind.PETITION_OFFICE


def may_order_for(post: Post, unit: Unit) -> bool:
    """Check that the body lies in the post's area."""
    return may_order_units(post) and unit.path.startswith(post.unit.area.path)


def may_order_people(post: Post) -> bool:
    """Check that the post orders hand-overs of persons: who heads a unit divides its work."""
    return post.role in HEADS | OFFICE_HEADS


def refuse_order(order: Order, *, by: Post, at: datetime) -> None:
    """Raise NotPermitted for a post that may not order it, Refusal for a successor or a day that cannot be."""
    today = timezone.localdate(at)
    if order.person is None:
        _refuse_unit(order, by, today)
    else:
        _refuse_person(order, by)
    if order.on is not None and order.on < today:
        raise Refusal("移交日期不能早于今天。", field="on")
    if not order.shares:
        raise Refusal("请填写由谁承接。", field="successor")
    for share in order.shares:
        _refuse_share(order, share, today)
    if (order.ends_unit or order.person) and order.rest is None:
        raise Refusal("请填写其余事项由谁承接，不能有事项没有着落。", field="successor")


def refuse_strange_numbers(order: Order, by: Post) -> None:
    """Raise Refusal for numbers of matters in which the body or person has nothing in hand: they would be passed over
    in silence. 检举控告 that the post may not know of are as though there were none."""
    known = matters_of(order).filter(Q(is_sealed=False) | Q(pk__in=visible_to(by).values("pk")))
    named = {number for share in order.shares for number in share.numbers}
    if named and (strange := named - set(known.values_list("number", flat=True))):
        who = order.person.name if order.person else order.unit.name
        raise Refusal(f"有不在{who}手中的事项：{'、'.join(sorted(strange))}，请核对编号。")


def _refuse_unit(order: Order, by: Post, today: date) -> None:
    if not may_order_for(by, order.unit):
        raise NotPermitted("机构的承接移交由本地区信访部门负责人办理。")
    if order.unit.kind == UnitKind.AREA:
        raise Refusal(f"{order.unit.name}是地区，请选择具体单位。", field="unit")
    if not order.ends_unit:
        return
    if order.last_on is None:
        raise Refusal("请填写该机构的最后一日。", field="last_on")
    if order.last_on > today:
        raise Refusal("最后一日还没有到，请在最后一日当天或者之后办理；办理以前，事项仍由原机构办理。", field="last_on")
    if order.unit.valid_from and order.last_on < order.unit.valid_from:
        raise Refusal("最后一日不能早于该机构的设立日期。", field="last_on")
    if order.unit.valid_to not in (None, order.last_on):
        raise Refusal(f"该机构的最后一日已登记为{order.unit.valid_to:%Y年%m月%d日}，请照此填写。", field="last_on")


def _refuse_person(order: Order, by: Post) -> None:
    if not may_order_people(by) or by.unit_id != order.unit.pk:
        raise NotPermitted("人员离岗的移交由其所在单位负责人办理。")
    if not Post.objects.filter(user=order.person, unit=order.unit).exists():
        raise Refusal("此人不是本单位的人员。", field="person")


def _refuse_share(order: Order, share: Share, today: date) -> None:
    if order.person is None:
        _refuse_successor(order, share.unit, today)
    elif share.person is None or share.person == order.person:
        raise Refusal("请选择本单位的其他人员接办。", field="successor")
    elif not Post.objects.held(today).filter(user=share.person, unit=order.unit).exists():
        raise Refusal(f"{share.person.name}现在不在本单位任职。", field="successor")


def _refuse_successor(order: Order, unit: Unit, today: date) -> None:
    if unit == order.unit:
        raise Refusal("承接单位不能是移交单位本身。", field="successor")
    if not unit.exists_on(today):
        raise Refusal(f"{unit.name}现在不存在，请选择现有的单位。", field="successor")
    if {unit.kind, order.unit.kind} & _ALONE and unit.kind != order.unit.kind:
        kind = order.unit.get_kind_display()
        raise Refusal(f"{order.unit.name}是{kind}，{unit.name}不是，不能承接其职权。", field="successor")
    if order.ends_unit and unit.path.startswith(order.unit.path):
        raise Refusal(f"{unit.name}是{order.unit.name}的下属机构，请先调整其上级再办理。", field="successor")
    if not Post.objects.held(today).filter(unit=unit).exists():
        raise Refusal(f"{unit.name}现在没有人员任职，移交后无人可办，请先由管理员配置岗位。", field="successor")


def matters_of(order: Order) -> QuerySet[PetitionCase]:
    """Select every matter in which the body or the person has something in hand."""
    if order.person is not None:
        mine = Q(pk__in=[])
        for column in columns_of(User, of_matters=True):
            mine |= Q(pk__in=column.rows(order.person.pk, at_unit=order.unit.pk).order_by().values(column.rule.case))
        return PetitionCase.objects.filter(mine)
    unit = order.unit.pk
    mine = (WAS_PASSED_DOWN & Q(passers__contains=[unit])) | Q(co_handlers__contains=[unit])
    for column in columns_of(Unit, of_matters=True):
        mine |= Q(pk__in=column.rows(unit).order_by().values(column.rule.case))
    return PetitionCase.objects.filter(mine)


def division(order: Order) -> Iterator[tuple[int, Share]]:
    """Say for each matter who gets it, the open ones first and by their day. Named ones go before topics, topics before
    what is left; what nobody takes stays (职能划转 alone)."""
    numbers = {number: share for share in order.shares for number in share.numbers}
    topics = {topic: share for share in order.shares for topic in share.topics}
    rest = [share for share in order.shares if share.takes_rest]
    turns = cycle(rest) if rest else None
    rows = matters_of(order).order_by("-closed_on", "due_on", "pk")
    for pk, number, topic in rows.values_list("pk", "number", "topic__level_1").iterator(chunk_size=5000):
        share = numbers.get(number) or topics.get(topic) or (next(turns) if turns else None)
        if share is not None:
            yield pk, share
