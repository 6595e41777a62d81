"""A made-up life: a slip that one writes, another checks, a third signs; and a copy that is made of what was signed."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.db.models import QuerySet, TextChoices

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.process.life import LIVES, Life, Taking
from binzhou_xinfang.process.owed import Owed, debts
from binzhou_xinfang.process.steps import Desk, Effect, Guard, Hand, Seat, Step
from binzhou_xinfang.process.taking import beginning, follows, verb
from binzhou_xinfang.records.event_fields import EventField
from binzhou_xinfang.records.event_kinds import EventKinds
from binzhou_xinfang.records.events import ChainedEvent, one_event_per_place
from binzhou_xinfang.statute.periods import Rule
from tests.records.chains import registry


class SlipState(TextChoices):
    WRITTEN = "written", "待审核"
    CHECKED = "checked", "待签发"
    SIGNED = "signed", "已签发"
    TORN = "torn", "已作废"


class SlipStep(TextChoices):
    WRITE = "write", "填写"
    CHECK = "check", "审核"
    RETURN = "return", "退回"
    SIGN = "sign", "签发"
    TEAR = "tear", "作废"


class Place(TextChoices):
    HOUSE = "house", "经办单位"


class Who(TextChoices):
    WRITER = "writer", "填写人"
    CHECKER = "checker", "审核人"


class Slip(models.Model):
    text = models.TextField(default="")
    state = models.CharField(max_length=20, choices=SlipState)
    version = models.PositiveIntegerField(default=1)
    unit = models.IntegerField()
    writer = models.IntegerField()
    checker = models.IntegerField(null=True)

    class Meta:
        apps = registry
        app_label = "tried"

    def __str__(self) -> str:
        return self.text


KINDS = EventKinds()
KINDS.declare("write", "写下", {"text": EventField("写下一张：")})
KINDS.declare("check", "审核条子的人看过", {})
KINDS.declare("return", "退回", {"reason": EventField("理由：")})
KINDS.declare("sign", "签发", {"number": EventField("编号：")})


class SlipEvent(ChainedEvent):
    chain_field = "slip"
    slip = models.ForeignKey(Slip, models.PROTECT)

    class Meta(ChainedEvent.Meta):
        apps = registry
        app_label = "tried"
        constraints = [one_event_per_place("slip")]


class SlipLife(Life[Slip]):
    """The slips of a house."""

    def visible(self, post: Post) -> "QuerySet[Slip]":
        return Slip.objects.filter(unit=post.unit_id)

    def units(self, desk: Desk, obj: Slip) -> Collection[int | None]:
        return (obj.unit,)

    def users(self, hand: Hand, obj: Slip) -> Collection[int | None]:
        return (obj.writer if hand is Who.WRITER else obj.checker,)


OWED = {
    SlipState.WRITTEN: debts(Owed(what="审核条子", by=Place.HOUSE, own=Rule.OBJECTION_CHECK)),
    **dict.fromkeys((SlipState.CHECKED, SlipState.SIGNED, SlipState.TORN), debts(nothing="不着急")),
}
slips = SlipLife(
    "slip", "条子", Slip, SlipState, final={SlipState.SIGNED, SlipState.TORN}, chain=SlipEvent, kinds=KINDS, owed=OWED
)
WRITERS = (Seat(frozenset({Role.UNIT_HANDLER, Role.UNIT_HEAD}), (Place.HOUSE,)),)
HEADS = (Seat(frozenset({Role.UNIT_HEAD}), (Place.HOUSE,)),)
LEGIBLE = Guard[Slip]("内容不清楚，请先退回。", lambda slip: "？" not in slip.text)


@beginning(
    slips,
    Step(key=SlipStep.WRITE, targets=(SlipState.WRITTEN,), who=WRITERS, fills=Who.WRITER),
)
def write(text: str, *, unit: Unit | None = None, by: Post, at: datetime) -> tuple[Slip, Effect]:
    """填写."""
    return Slip(text=text, unit=(unit or by.unit).pk, writer=by.user_id), Effect({"text": text})


@verb(
    slips,
    Step(
        key=SlipStep.CHECK,
        sources=frozenset({SlipState.WRITTEN}),
        targets=(SlipState.CHECKED, SlipState.WRITTEN),
        who=WRITERS,
        others_than=(Who.WRITER,),
        fills=Who.CHECKER,
        guards=(LEGIBLE,),
        article="第三十二条",
    ),
)
def check(slip: Slip, *, is_good: bool = True, by: Post, at: datetime) -> Effect:
    """审核: or leave it where it is."""
    if is_good:
        slip.checker = by.user_id
    return Effect(target=SlipState.CHECKED if is_good else SlipState.WRITTEN)


@verb(
    slips,
    Step(
        key=SlipStep.RETURN,
        sources=frozenset({SlipState.CHECKED}),
        targets=(SlipState.WRITTEN,),
        who=HEADS,
        onward=False,
    ),
)
def put_back(slip: Slip, *, reason: str, by: Post, at: datetime) -> Effect:
    """退回."""
    if not reason:
        raise Refusal("请写明理由。", field="reason")
    slip.checker = None
    return Effect({"reason": reason})


@verb(
    slips,
    Step(
        key=SlipStep.SIGN,
        sources=frozenset({SlipState.CHECKED}),
        targets=(SlipState.SIGNED,),
        who=HEADS,
        others_than=(Who.WRITER, Who.CHECKER),
    ),
)
def sign(slip: Slip, *, note: dict[str, Any] | None = None, by: Post, at: datetime) -> Effect:
    """签发."""
    return Effect(note or {})


@verb(
    slips,
    Step(
        key=SlipStep.TEAR,
        sources=frozenset({SlipState.WRITTEN, SlipState.CHECKED}),
        targets=(SlipState.TORN,),
        who=WRITERS,
        own=Who.WRITER,
        or_by=frozenset({Role.UNIT_HEAD}),
        by_system=True,
        onward=False,
        event="",
    ),
)
def tear(slip: Slip, *, by: Post | None, at: datetime) -> Effect:
    """作废. It leaves no event."""
    return Effect()


@follows(slips, SlipStep.SIGN, of="slip", takes=(SlipStep.TEAR,))
def tear_the_older(slip: Slip, taking: Taking[Slip]) -> None:
    """Tear the others of the same text when one is signed."""
    for other in Slip.objects.filter(text=slip.text, state=SlipState.WRITTEN).exclude(pk=slip.pk):
        tear(other, by=None, at=taking.at)


# It is no life of the house.
del LIVES["slip"]


@contextmanager
def tables() -> Iterator[None]:
    """Its tables, for as long as the transaction of the test lasts."""
    with connection.schema_editor() as editor:
        editor.create_model(Slip)
        editor.create_model(SlipEvent)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    yield
