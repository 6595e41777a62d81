"""Powers that have gone over, a person who will leave, and a roster in the demo."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from cases.handover.acts import advance, begin
from cases.handover.orders import Order, Share
from cases.handover.plans import plan
from cases.made_up.demo.cast import BUREAU, Cast
from cases.models import HandOverKind, PetitionCase
from cases.procedure.urgent.roster import Turn, put_on
from cases.states import State

_FROM, _TO = "371600-zr", "371600-zj"
_LEAVES_IN = timedelta(days=30)
_BEGINS, _TURN = time(8, 30), timedelta(days=1)
_NIGHTS = 7


def move_on(cast: Cast, *, now: datetime) -> None:
    """Hand over two matters by a transfer of powers, plan the leaving of a handler, and fill the roster of a week."""
    _transfer(cast, now)
    _leave(cast, now)
    _watch(cast, now)


def _transfer(cast: Cast, now: datetime) -> None:
    head, gives = cast.post(BUREAU, Role.OFFICE_HEAD), cast.units[_FROM]
    handled = PetitionCase.objects.filter(responsible=gives, state=State.HANDLING, is_sealed=False)
    numbers = frozenset(handled.order_by("-pk").values_list("number", flat=True)[:2])
    share = Share(cast.units[_TO], numbers=numbers)
    basis = "机构职能调整方案：有关事项改由住房城乡建设部门办理（虚构）"
    order = Order(HandOverKind.TRANSFERRED, gives, basis, (share,), tells_petitioners=True)
    advance(begin(order, by=head, at=now), at=now)


def _leave(cast: Cast, now: datetime) -> None:
    leaver, stays = cast.posts[_TO, Role.UNIT_HANDLER]
    leaves_on = timezone.localdate(now) + _LEAVES_IN
    share = Share(leaver.unit, stays.user, takes_rest=True)
    order = Order(HandOverKind.LEFT, leaver.unit, "轮岗（虚构）", (share,), person=leaver.user, on=leaves_on)
    plan(order, leaves_on, by=cast.post(_TO, Role.UNIT_HEAD), at=now)


def _watch(cast: Cast, now: datetime) -> None:
    """Let three people of the bureau take turns from yesterday's morning on."""
    people: list[Post] = [
        cast.post(BUREAU, Role.REGISTRAR), cast.post(BUREAU, Role.WINDOW_CLERK), cast.post(BUREAU, Role.OFFICE_HEAD),
    ]  # fmt: skip
    first = datetime.combine(timezone.localdate(now), _BEGINS, tzinfo=timezone.get_current_timezone())
    first = first if first <= now else first - _TURN
    turns = [
        Turn(people[night % len(people)].user, first + night * _TURN, first + (night + 1) * _TURN)
        for night in range(_NIGHTS)
    ]
    put_on(turns, by=cast.post(BUREAU, Role.OFFICE_HEAD), at=now)
