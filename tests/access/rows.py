"""Real rows behind the addresses that name no matter: a 督办件, an inspection, a circular, a notice, a template, a dead
message, a hand-over and its plan, and whatever keeps the house."""

import json
from datetime import date, timedelta

from django.utils import timezone

from binzhou_xinfang.accounts.models import ApiToken, ChangeKind, Grant, GrantKind, Post, Unit, UnitChange, UnitKind
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.letters.models import LetterTemplate
from binzhou_xinfang.notices.models import Channel, Message, Outbox
from binzhou_xinfang.records.models import StoredFile
from binzhou_xinfang.statute.models import Holiday
from cases.handover.orders import Order, Share
from cases.handover.plans import plan
from cases.models import (
    Deadline,
    DutyTurn,
    HandOver,
    HandOverItem,
    HandOverKind,
    LegalRoute,
    LogEntry,
    PetitionCase,
    SavedFilter,
    SweepFault,
)
from cases.vocabulary import LegalWay
from cases.vocabulary_beside import Book
from hearings.calendar import bookings
from hearings.calendar.places import open_place
from hearings.mediation.points import open_point
from hearings.models import Mediation
from hearings.pool.checking import published
from hearings.pool.draws import commit
from hearings.pool.draws import draw as drawn
from hearings.pool.experts import certify, list_expert
from supervision.causes.verbs import bring_up
from supervision.circulars.verbs import Text, draft
from supervision.models import Inspection, Measure
from tests.access.world import Matter, Place, World, handled_at, register_at
from tests.factories import PostFactory, UnitFactory

Ids = dict[str, str]


def furnish(world: World) -> None:
    """Put a row behind every such address, and its key into the ids of each matter, by all that stands before it."""
    ids = {
        **_named(), **_of_supervision(world), **_of_hand_overs(world), **_of_the_desk(world), **_of_the_system(world),
        **_of_the_house(world), **_of_hearings(world),
    }  # fmt: skip
    in_hand = PetitionCase.objects.filter(assignee__username=ids["{handler}"], closed_on=None, is_sealed=False)
    ids["{handled}"] = str(in_hand.count())
    for matter in world.matters:
        matter.ids.update(ids | _books(matter))


def _named() -> Ids:
    """People and matters that a body names: `{word}` stands for one of them."""
    colleague = PostFactory.create(unit=post_at(Place.HOUSING, Role.UNIT_HANDLER).unit, role=Role.UNIT_HANDLER)
    people = {"handler": post_at(Place.HOUSING, Role.UNIT_HANDLER), "head": post_at(Place.HOUSING, Role.UNIT_HEAD)}
    names = {name: post.user.username for name, post in {**people, "colleague": colleague}.items()}
    names["person"] = people["handler"].user.name
    names["hearing"] = handled_at(Place.HOUSING, title="楼道灯不亮").number
    names["mediating"] = handled_at(Place.HOUSING, title="噪声扰民", is_mediated=True).number
    return {f"{{{name}}}": word for name, word in names.items()}


def post_at(place: Place, role: Role) -> Post:
    """The post of a role at a desk; at the office, that of who is not named for reports."""
    return Post.objects.filter(unit__name=place, role=role, reads_sealed=False).earliest("pk")


def _both(page: str, api: str, pk: int | str) -> Ids:
    return {page: str(pk), f"api/{api}": str(pk)}


def _of_supervision(world: World) -> Ids:
    at, head = timezone.now(), post_at(Place.OFFICE, Role.OFFICE_HEAD)
    cause = bring_up(
        world.matters[0].case, measure=Measure.PHONE, unit=post_at(Place.HOUSING, Role.UNIT_HEAD).unit,
        problem="没有按期告知", article="第四十条第一款", by=head, at=at,
    )  # fmt: skip
    # A matter of its own: its inspector reads it whatever becomes of it.
    inspected = register_at(Place.OFFICE, title="小区路灯不亮")
    sheet = Inspection.objects.create(
        case=inspected, office=head.unit, by_user=head.user, held_on=timezone.localdate(at), at=at, conclusion="规范",
        answers={},
    )  # fmt: skip
    told = Text("上半年通报", date(2025, 1, 1), date(2025, 6, 30), "对照整改")
    circular = draft(told, by=post_at(Place.OFFICE, Role.REGISTRAR), at=at)
    return {
        "{cause}": str(cause.pk),
        **_both("supervision/letters/", "supervisions/", cause.pk),
        **_both("supervision/inspections/", "inspections/", sheet.pk),
        **_both("supervision/circulars/", "circulars/", circular.pk),
    }  # fmt: skip


def _of_hearings(world: World) -> Ids:
    at, keeper = timezone.now(), post_at(Place.OFFICE, Role.REGISTRAR)
    today = timezone.localdate(at)
    people = [
        list_expert(
            name=f"专家{number}", kind="lawyer", specialities=["law"], region=keeper.unit.area,
            organisation="某律师事务所", title="", former=[], interests=[], relatives=[], phone="", term_from=today,
            term_to=today + timedelta(days=365), by=keeper, at=at,
        )
        for number in range(5)
    ]  # fmt: skip
    certify(people[0], certificate="律师执业证", number="B7", valid_to=None, by=keeper, at=at)
    hearing = {
        "hearing_on": today + timedelta(days=30), "number": 5, "specialities": [], "region": None,
        "needs_certificate": False, "parties": [], "party_units": [], "by": post_at(Place.HOUSING, Role.UNIT_HANDLER),
        "at": at,
    }  # fmt: skip
    done = commit(case=handled_at(Place.HOUSING, title="电梯停运").number, **hearing)
    told = published(drawn(done, word="", by=hearing["by"], at=at))
    draw = commit(case=world.matters[0].case.number, **hearing)
    room = open_place(
        name="听证室", kind="hearing-room", region=keeper.unit.area, address="二楼", seats=20, note="", by=keeper, at=at
    )
    other = open_place(
        name="调解室", kind="meeting-room", region=keeper.unit.area, address="一楼", seats=9, note="", by=keeper, at=at
    )
    start = at + timedelta(days=2)
    booking = bookings.book(
        kind="other", title="培训", starts_at=start, ends_at=start + timedelta(hours=1), place=other.code, experts=[],
        people=[], units=[], by=keeper, at=at,
    )  # fmt: skip
    point = open_point(
        name="老高调解室", kind="brand", region=keeper.unit.area, address="一楼", hours="每天", phone="",
        specialities=[], unit=post_at(Place.SIBLING, Role.COUNSELLOR).unit, mediators=[], by=keeper, at=at,
    )  # fmt: skip
    handler = post_at(Place.HOUSING, Role.UNIT_HANDLER)
    busy = open_point(
        name="区综治中心", kind="governance", region=keeper.unit.area, address="二楼", hours="每天", phone="",
        specialities=[], unit=None, mediators=[], by=keeper, at=at,
    )  # fmt: skip
    # Nobody sits at its point, so that nobody reads of the matter who does not see it (tests/hearings/mediation).
    # As though the matter had been in mediation when it was referred.
    mediation = Mediation.objects.create(
        case=world.matters[0].case, point=busy, unit=handler.unit, referred_by=handler.user, other_party="物业公司",
        dispute="车库渗水", referred_on=today,
    )  # fmt: skip
    return {
        "{told}": json.dumps(told), "{point}": busy.code,
        **_both("mediations/", "mediations/", mediation.pk),
        **_both("mediation-points/", "mediation-points/", point.pk),
        **_both("experts/", "experts/", people[0].pk), **_both("draws/", "draws/", draw.pk),
        **_both("places/", "places/", room.pk), **_both("bookings/", "bookings/", booking.pk),
    }  # fmt: skip


def _of_hand_overs(world: World) -> Ids:
    at, head = timezone.now(), post_at(Place.HOUSING, Role.UNIT_HEAD)
    handler, leaving = post_at(Place.HOUSING, Role.UNIT_HANDLER), post_at(Place.HOUSING, Role.COUNSELLOR)
    act = HandOver.objects.create(
        kind=HandOverKind.LEFT, unit=head.unit, person=handler.user, basis="调离", ordered_by=head.user,
        ordered_post=head, ordered_unit=head.unit, at=at, done_at=at,
    )  # fmt: skip
    # Of both matters, as though the report had been the unit's before it was sealed.
    HandOverItem.objects.bulk_create(
        HandOverItem(
            act=act,
            case=matter.case,
            from_unit=head.unit,
            to_unit=head.unit,
            to_person=head.user,
            done_at=at,
            moved={"cases.PetitionCase.assignee": [matter.case.pk]},
        )
        for matter in world.matters
    )
    share = Share(head.unit, head.user, takes_rest=True)
    order = Order(HandOverKind.LEFT, head.unit, "调离", (share,), person=leaving.user)
    kept = plan(order, timezone.localdate(at) + timedelta(days=3), by=head, at=at)
    return {
        **_both("hand-overs/", "hand-overs/", act.pk),
        **_both("hand-overs/plans/", "hand-overs/plans/", kept.pk),
    }


def _of_the_desk(world: World) -> Ids:
    at, head = timezone.now(), post_at(Place.HOUSING, Role.UNIT_HEAD)
    turn = DutyTurn.objects.create(
        unit=head.unit, user=head.user, from_at=at, to_at=at + timedelta(days=1), entered_by=head.user, entered_at=at
    )
    tab = SavedFilter.objects.create(user=head.user, path="/cases/", name="我的", query="state=handling")
    notice = _message(head, Channel.BELL, world.matters[0])
    LegalRoute.objects.update_or_create(
        code="review", defaults={
            "way": LegalWay.JUSTICE, "name": "诉讼", "organ": "人民法院", "papers": "诉状", "time_limit": "六个月",
            "source": "行政诉讼法", "is_current": True,
        },
    )  # fmt: skip
    return {
        **_both("duty/", "duty/", turn.pk), "filters/": str(tab.pk), "notices/": str(notice.pk),
        "ways/": "review",
    }  # fmt: skip


def _message(to: Post, channel: Channel, about: Matter) -> Message:
    at = timezone.now()
    told = Outbox.objects.create(topic="matrix", subject=about.case.pk * 10 + len(channel), send_after=at,
                                 created_at=at, written_at=at)  # fmt: skip
    title = f"{about.case.number} {about.case.title}"
    return Message.objects.create(
        outbox=told, user=to.user, channel=channel, title=title, text=title, url="/", matter=about.case.pk,
        created_at=at,
    )  # fmt: skip


def _of_the_system(world: World) -> Ids:
    """Rows that administrators keep running, of the report: they learn nothing of it."""
    at, report = timezone.now(), world.matters[1]
    dead = _message(post_at(Place.DISCIPLINE, Role.DISCIPLINE), Channel.SMS, report)
    Message.objects.filter(pk=dead.pk).update(dead_at=at, error="503")
    clock: Deadline = report.case.deadlines.earliest("pk")
    Deadline.objects.filter(pk=clock.pk).update(set_aside_at=at)
    SweepFault.objects.create(deadline=clock, error="ValueError", at=at)
    stored = StoredFile.objects.create(sha256=f"{report.case.pk:063d}a", size=1, content_type="text/plain")
    keeper = post_at(Place.OFFICE, Role.ADMINISTRATOR)
    own = LetterTemplate.objects.create(
        kind="investigation-report", file=stored, name="自备.docx", put_at=at, put_by=keeper.user, post_label="管理员"
    )
    day = Holiday.objects.create(day=date(2031, 10, 1), kind="off", name="国庆节")
    return {
        "operations/messages/": str(dead.pk), "operations/clocks/": str(clock.pk), "calendar/": str(day.pk),
        "own/": str(own.pk),
    }  # fmt: skip


def _of_the_house(world: World) -> Ids:
    at, keeper = timezone.now(), post_at(Place.OFFICE, Role.ADMINISTRATOR)
    post = post_at(Place.SIBLING, Role.UNIT_HANDLER)
    # Units with nothing in hand: one to be kept, another whose change waits for the second hand.
    kept, moving = (_empty_unit(code) for code in ("u-kept", "u-moving"))
    change = UnitChange.objects.create(
        unit=moving, kind=ChangeKind.MOVE, effective_on=timezone.localdate(at) + timedelta(days=9),
        parent=post.unit, basis="一", ordered_by=keeper.user, ordered_post=keeper, ordered_at=at,
    )  # fmt: skip
    token = ApiToken.objects.create(
        user=post.user, post=post, name="对接", digest="0" * 64, created_at=at, expires_at=at + timedelta(days=1)
    )
    grant = Grant.objects.create(
        kind=GrantKind.UNLOCK, user=post.user, reason="忘记", asked_by=keeper.user, asked_post=keeper.label, asked_at=at
    )
    return {
        **_both("house/units/", "house/units/", kept.pk),
        **_both("house/people/", "house/people/", post.user_id), **_both("house/posts/", "house/posts/", post.pk),
        **_both("house/tokens/", "house/tokens/", token.pk), **_both("house/grants/", "house/grants/", grant.pk),
        **_both("house/changes/", "house/changes/", change.pk), "house/topics/": "30504", "api/house/topics/": "030504",
        **_both("house/routes/", "house/routes/", "review"),
    }  # fmt: skip


def _empty_unit(code: str) -> Unit:
    place = Unit.objects.get(code="1602")
    return UnitFactory.create(code=code, name=code, kind=UnitKind.ORGANISATION, parent=place, letter_mark="")


def _books(matter: Matter) -> Ids:
    """An entry in each book of the matter, written where it lies."""
    at, case = timezone.now(), matter.case
    by = Post.objects.filter(unit=case.holder).earliest("pk")
    ids = {}
    for book in Book:
        entry = LogEntry.objects.create(
            case=case, book=book, data={}, unit=by.unit, by_user=by.user, post_label=by.label, at=at
        )
        ids[f"{book.value}/"] = str(entry.pk)
    return ids | {"log/": ids[f"{Book.CONDUCT.value}/"]}
