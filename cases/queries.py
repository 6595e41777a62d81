"""Sight of matters and worklists of a post. Whatever is not in `visible_to` does not exist for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind
from binzhou_xinfang.accounts.roles import HANDLERS, HEADS, LEADERS, OFFICE_HEADS, REVIEWERS, TRIAGERS, Role
from binzhou_xinfang.hooks import Hook
from binzhou_xinfang.records.keys import bears
from cases.deciding import AT_AN_ORGAN, TAKES_REPORTS, decided_by
from cases.models import WAS_PASSED_DOWN, CoHandling, Deadline, Petition, PetitionCase, Recusal, Review
from cases.states import NOT_COUNTED, State

Cases = QuerySet[PetitionCase]


class Scope(Enum):
    """Scopes of a role's sight of ordinary matters (reference §1.7)."""

    NOTHING = "无"
    REVIEWED = "本单位复查、复核的"
    REGISTERED = "本单位登记的"
    DESK = "本单位登记、转办或承办的"
    AREA = "本地区的"
    LAPSED = "本地区已逾期或督办中的，以及本单位督办、督查过的"


SCOPES: Mapping[Role, Scope] = {
    Role.WINDOW_CLERK: Scope.REGISTERED,
    Role.REGISTRAR: Scope.DESK,
    Role.OFFICE_HEAD: Scope.AREA,
    Role.UNIT_HANDLER: Scope.DESK,
    Role.UNIT_HEAD: Scope.DESK,
    # 第三十五条、第三十六条: the whole file of what was brought before the body, and of nothing else.
    Role.REVIEWER: Scope.REVIEWED,
    # A mediator's file comes with its task; without one there is nothing to see.
    Role.COUNSELLOR: Scope.NOTHING,
    # 督查: what has lapsed is in every inspector's task (山东省信访条例第五十九条第二项), and what was taken up.
    Role.INSPECTOR: Scope.LAPSED,
    Role.LEADER: Scope.AREA,
    Role.DISCIPLINE: Scope.DESK,
    Role.ADMINISTRATOR: Scope.NOTHING,
    Role.SECURITY: Scope.NOTHING,
    Role.AUDITOR: Scope.NOTHING,
}


# Scopes that reach as far as the post's area.
OF_AREAS = frozenset({Scope.AREA, Scope.LAPSED})


def _registered(post: Post) -> Q:
    return Q(registered_unit=post.unit_id)


def _desk(post: Post) -> Q:
    unit = post.unit_id
    helped = CoHandling.objects.filter(unit=unit).values("case")
    passed = (
        Q(registered_unit=unit) | Q(assigner=unit) | Q(sender=unit) | (WAS_PASSED_DOWN & Q(passers__contains=[unit]))
    )
    return passed | Q(holder=unit) | Q(responsible=unit) | Q(pk__in=helped)


def _area(post: Post) -> Q:
    area = post.unit.area
    if area.parent_id is None:
        return Q()
    inside = Unit.objects.under(area).values("pk")
    return Q(registered_unit__in=inside) | Q(holder__in=inside) | Q(responsible__in=inside)


def _reviewed(post: Post) -> Q:
    brought = Review.objects.filter(body=post.unit_id).values("case")
    return Q(holder=post.unit_id) | Q(pk__in=brought)


# What the apps above know the post's unit to have supervised or inspected: conditions on matters.
TAKEN_UP: Hook[[Post], Q] = Hook("cases.TAKEN_UP")


def _lapsed(post: Post) -> Q:
    """Build the condition of 督查: what lapsed or is 督办中 in the area, and what the post's unit itself supervised or
    inspected, whatever became of the matter."""
    lapsed = Exists(Deadline.objects.lapsed().filter(case=OuterRef("pk")))
    return reduce(or_, TAKEN_UP(post), _area(post) & (Q(is_supervised=True) | Q(lapsed)))


_WHERE: Mapping[Scope, Callable[[Post], Q]] = {
    Scope.REGISTERED: _registered,
    Scope.DESK: _desk,
    Scope.AREA: _area,
    Scope.LAPSED: _lapsed,
    Scope.REVIEWED: _reviewed,
}


def _sealed_for(post: Post) -> Q:
    """检举控告 that this post is named for; the same facts as `permissions.reads_sealed`, as a condition on rows."""
    return _named_for(post) & ~_accuses(post)


def _accuses(post: Post) -> Q:
    """Build the condition that the post's unit, one above it, or the person by name is accused (第三十条第三款)."""
    above = Unit.objects.filter(code__in=post.unit.path.strip("/").split("/")).values("pk")
    accused = Q(accused_unit__isnull=False, accused_unit__in=above)
    return accused | bears("accused_pieces", post.user.name) if post.user.name else accused


def _named_for(post: Post) -> Q:
    if post.role == Role.DISCIPLINE and post.unit.kind == UnitKind.DISCIPLINE:
        return Q(is_sealed=True) & (Q(holder=post.unit_id) | Q(responsible=post.unit_id))
    taken_in = Q(is_sealed=True, registered_unit=post.unit_id)
    if post.reads_sealed:
        return taken_in if post.unit.kind in TAKES_REPORTS else taken_in & ~AT_AN_ORGAN
    return taken_in & Q(registrar=post.user_id, sender=None, responsible=None)


# Within these scopes every ordinary matter on the own desk is visible. Said so plainly, the database can judge how many
# rows the index case_on_desk will give; through the whole condition of visibility it guesses wrong by a hundredfold.
_SEE_OWN_DESK = frozenset({Scope.DESK, Scope.AREA, Scope.REVIEWED})


def visible_to(post: Post) -> Cases:
    """Select every matter that the post may see, ordinary and sealed."""
    scope = SCOPES[Role(post.role)]
    if scope is Scope.NOTHING:
        return PetitionCase.objects.none()
    ordinary = Q(is_sealed=False) & _WHERE[scope](post)
    return _without_recused(PetitionCase.objects.filter(ordinary | _sealed_for(post)), post)


def _without_recused(cases: Cases, post: Post) -> Cases:
    """Leave out, by 第二十八条第三款, a matter for those who withdrew from it: they do not read it either."""
    return cases.exclude(recused__contains=[post.user_id])


def hidden_from(posts: Sequence[Post]) -> Cases:
    """Select the matters that do not exist for somebody who holds these posts: 检举控告 that none of them is named for,
    and what the person has withdrawn from (第二十八条第三款、第三十条第三款)."""
    if not posts:
        return PetitionCase.objects.filter(is_sealed=True)
    unread = Q(is_sealed=True) & ~reduce(or_, (_sealed_for(post) for post in posts))
    return PetitionCase.objects.filter(unread | Q(recused__contains=[posts[0].user_id]))


def of_area(post: Post) -> Cases:
    """Select every ordinary matter of the post's area, whether or not the post may read it: for figures, never for a
    list."""
    return PetitionCase.objects.filter(_area(post), is_sealed=False)


def counted(cases: Cases) -> Cases:
    """Leave out what is no arrival, for figures of volume and their rates: an entry made by mistake keeps its number
    alone."""
    return cases.exclude(state__in=NOT_COUNTED)


# 重复件, of arrivals: one that joined an open matter, one about a matter that was closed before, one that was merged.
REPEATS = Q(is_repeat=True) | Q(case__follows__isnull=False) | Q(case__merged_into__isnull=False)


def on_desk(post: Post) -> Cases:
    """Open matters that wait at the post's own desk."""
    mine = Q(holder=post.unit_id, closed_on=None)
    if SCOPES[Role(post.role)] in _SEE_OWN_DESK:
        return _without_recused(PetitionCase.objects.filter(mine, Q(is_sealed=False) | _sealed_for(post)), post)
    return visible_to(post).filter(mine)


def co_handled(post: Post) -> Cases:
    """Open matters of other units for which the post's unit still owes its part."""
    owed = CoHandling.objects.filter(unit=post.unit_id, fed_back_on=None, released_on=None).values("case")
    mine = PetitionCase.objects.filter(Q(is_sealed=False) | _sealed_for(post), pk__in=owed, closed_on=None)
    return _without_recused(mine, post)


def asked_to_end(post: Post) -> Cases:
    """Matters that somebody has asked to end, or an heir to go on with, until the office that decides on it has."""
    return visible_to(post).filter(decided_by(post.unit)).exclude(end_asked="")


def delivery_doubted(post: Post) -> Cases:
    """Select matters, closed ones too, whose day of delivery waits for the word of the post's office."""
    return visible_to(post).filter(decided_by(post.unit), is_delivery_doubted=True)


def recusal_asked(post: Post) -> Cases:
    """Matters with a recusal that the post's unit has to decide on: at its own desk; of who has nobody over him there,
    those of which the unit was told."""
    if post.role not in OFFICE_HEADS:
        return on_desk(post).filter(is_recusal_asked=True)
    told = Recusal.objects.filter(decided_on=None, told__contains=[post.unit_id]).values("case")
    return visible_to(post).filter(Q(holder=post.unit_id) | Q(pk__in=told), is_recusal_asked=True)


def hearing_asked(post: Post) -> Cases:
    """Matters at the post's own desk whose petitioner waits to be told whether there will be a hearing."""
    return on_desk(post).filter(is_hearing_asked=True)


def everywhere(post: Post) -> Cases:
    """Select all open matters that the post may see."""
    return visible_to(post).filter(closed_on=None)


@dataclass(frozen=True, slots=True)
class Queue:
    """One worklist: what it is called, who works from it, which states it gathers (none: all open ones), from where."""

    slug: str
    label: str
    roles: frozenset[Role]
    states: tuple[State, ...] = ()
    icon: str = "list"
    basis: Callable[[Post], Cases] = on_desk

    def cases(self, post: Post) -> Cases:
        """Select its matters, ordered by the legal day."""
        base = self.basis(post)
        return (base.filter(state__in=self.states) if self.states else base).order_by("due_on", "pk")


QUEUES: tuple[Queue, ...] = (
    Queue("desk", "待办", TRIAGERS | HANDLERS | REVIEWERS, icon="inbox"),
    Queue("triage", "待甄别", TRIAGERS, (State.REGISTERED, State.AWAITING_DATA), "zoom-question"),
    Queue("dispatch", "待转办", TRIAGERS, (State.TRIAGED,), "send"),
    Queue("objections", "异议待核", TRIAGERS, (State.OBJECTED,), "message-report"),
    Queue("deliveries", "送达待核实", OFFICE_HEADS, tuple(State), "mail-question", basis=delivery_doubted),
    Queue("assigned", "交办件延期待批", OFFICE_HEADS, (State.EXTENSION_REFERRED,), "calendar-plus"),
    Queue("arrived", "待签收", HANDLERS | TRIAGERS, (State.REFERRED, State.ASSIGNED), "mailbox"),
    Queue("to-accept", "待告知受理", HANDLERS, (State.SIGNED_FOR,), "writing"),
    Queue("simple", "简易办理", HANDLERS, (State.SIMPLE,), "bolt"),
    Queue(
        "handling",
        "办理中",
        HANDLERS,
        (
            State.ACCEPTED, State.UNDERTAKEN, State.HANDLING, State.MEDIATING, State.HEARING, State.CONFERRING,
            State.REDO_ORDERED,
        ),
        "tools",
    ),
    Queue("joint", "协办", HANDLERS, icon="users-group", basis=co_handled),
    Queue("extensions", "延期待批", HEADS, (State.EXTENSION_ASKED,), "calendar-plus"),
    Queue("drafts", "待审核签发", HANDLERS, (State.DRAFTED, State.CHECKED), "signature"),
    Queue("recusals", "回避待决", HEADS | REVIEWERS | OFFICE_HEADS, icon="user-question", basis=recusal_asked),
    Queue("hearings", "听证待决", HEADS | REVIEWERS, icon="ear", basis=hearing_asked),
    Queue("to-deliver", "待送达", HANDLERS, (State.ISSUED,), "truck-delivery"),
    Queue(
        "delivered", "已送达待办结", HANDLERS, (State.DELIVERED, State.EXECUTING, State.REVIEW_DELIVERED), "mail-check"
    ),
    Queue("review-asked", "待受理复查复核", REVIEWERS, (State.REVIEW_ASKED, State.RECHECK_ASKED), "mailbox"),
    Queue(
        "reviewing",
        "复查复核办理中",
        REVIEWERS,
        (State.REVIEWING, State.RECHECKING, State.RECHECK_HEARING),
        "tools",
    ),
    Queue("review-drafts", "复查复核待签发", REVIEWERS, (State.REVIEW_DRAFTED, State.RECHECK_DRAFTED), "signature"),
    Queue("review-issued", "复查复核待送达", REVIEWERS, (State.REVIEW_ISSUED, State.RECHECK_ISSUED), "truck-delivery"),
    Queue("end-asked", "提请事项待决", OFFICE_HEADS, icon="circle-x", basis=asked_to_end),
    Queue("registered", "本窗口在办", frozenset({Role.WINDOW_CLERK}), icon="ticket", basis=everywhere),
    Queue("area", "本地区在办", OFFICE_HEADS | LEADERS, icon="map", basis=everywhere),
    # An inspector sees what has lapsed or was taken up, and no more (`SCOPES`).
    Queue("lapsed", "逾期督办在办", frozenset({Role.INSPECTOR}), icon="map", basis=everywhere),
    Queue("jurisdiction", "管辖待决", OFFICE_HEADS | LEADERS, (State.DISPUTED,), "git-fork"),
)  # fmt: skip


def queues_of(post: Post) -> list[Queue]:
    """List the worklists of the post's role, in the order of the menu."""
    return [queue for queue in QUEUES if post.role in queue.roles]


def due_within(cases: Cases, on: date, *, days: int) -> Cases:
    """Select matters whose running clock ends between `on` and `days` natural days later, both included."""
    return cases.exclude(due_rule="").filter(due_on__gte=on, due_on__lte=on + timedelta(days=days))


def overdue(cases: Cases, on: date) -> Cases:
    """Select matters whose running clock ended before `on`."""
    return cases.exclude(due_rule="").filter(due_on__lt=on)


def taken_in(post: Post) -> QuerySet[Petition]:
    """Select arrivals registered at the post's unit; of 检举控告 only those the post is (still) named for
    (第三十条第三款)."""
    mine = Petition.objects.filter(unit=post.unit_id).filter(Q(case__is_sealed=False) | Q(case__in=visible_to(post)))
    return mine.select_related("case", "lead", "unit")
