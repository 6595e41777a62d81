"""Duties: the roles that may make a move, and the desks they must sit at."""

from dataclasses import dataclass

from django.db.models import TextChoices

from binzhou_xinfang.accounts.roles import Role


class Desk(TextChoices):
    """Desks from which a move is made."""

    HOLDER = "holder", "当前单位"
    REGISTERED = "registered", "登记机构"
    SENDER = "sender", "转办单位"
    ASSIGNER = "assigner", "交办机关"
    RESPONSIBLE = "responsible", "责任单位"
    CO_HANDLER = "co-handler", "协办单位"
    # The petition office over a unit that took the matter in itself, for what nobody else may decide there.
    OVERSEER = "overseer", "上级信访部门"
    # For what ends a claim (`cases.deciding`): who took it in; of what a body took in and handles, the office over it.
    DECIDER = "decider", "登记机构（自行登记并办理的，为上级信访部门）"
    # For what by law is decided by who has the power over a matter, but never by a body on a claim that it took in on
    # itself (`cases.deciding`).
    JUDGE = "judge", "当前单位（自行登记并办理的，为上级信访部门）"
    # Of 重大紧急 (第二十五条): who made a report that stands, or the petition office over it; no later holder.
    REPORTER = "reporter", "重大紧急的报告单位、其上级信访部门"
    # Who takes a report back is not whom it is about.
    RETRACTER = "retracter", "重大紧急的报告单位（报告自己承办的事项的，为上级信访部门）"
    # Of a delivery that has no proof (`cases.delivering`).
    SERVER = "server", "送达的机关、单位"


class Hand(TextChoices):
    """The earlier hands in a matter that a move may be kept from."""

    DRAFTER = "drafter", "拟稿人"
    ASKER = "asker", "申请人"
    # One person at two desks: who acted for the body whose act is judged, or holds a post there (`cases.deciding`).
    HANDLED = "handled", "承办过该事项或者在责任单位任职的人员"
    REVIEWED = "reviewed", "复查过该事项或者在复查机关任职的人员"


@dataclass(frozen=True, slots=True)
class Duty:
    """The roles that may make a move, and the desks they must sit at; `by_system`: the sweep makes it too;
    `drafts`: who makes it is the drafter; `other_hand`: whoever drafted does not make it; `named`: of these posts only
    those that are named for 检举控告; `asks`: who makes it asks the own unit for a decision, `decides`: another one
    there gives it.
    """

    roles: frozenset[Role]
    desks: tuple[Desk, ...] = (Desk.HOLDER,)
    by_system: bool = False
    drafts: bool = False
    other_hand: bool = False
    named: bool = False
    asks: bool = False
    decides: bool = False


OWN = (Desk.REGISTERED,)
NOT_ALONE = (Desk.DECIDER,)
POWER = (Desk.JUDGE,)
# From here another body decides on what the responsible unit did, or would have to do.
JUDGING = frozenset({Desk.DECIDER, Desk.JUDGE, Desk.OVERSEER, Desk.RETRACTER})
