"""A county with every role at every desk, one ordinary matter and one report of wrongdoing, both being handled."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.test import Client
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.letters.kinds.handling import INVESTIGATION_REPORT
from binzhou_xinfang.records.models import StoredFile
from cases.attaching import Papers
from cases.drafts.verbs import draft_letter
from cases.made_up.demo.scans import scan
from cases.models import CaseAttachment, PetitionCase, Petitioner, Topic
from cases.procedure import perform
from cases.states import Move, PaperKind
from cases.vocabulary import Channel, Kind, LegalWay, Purpose
from cases.window.registration import Arrival, register
from tests.factories import PostFactory, UnitFactory, UserFactory

SECRET = "绝密举报线索"
# Who reports wrongdoing shares nothing with who brings the ordinary matter.
REPORTER, REPORTER_PHONE, ACCUSED = "欧阳举报", "13987650001", "住建局某科长"
REPORTED, REPORTED_SHORT = "反映有关人员收受工程款回扣，附银行流水。", "收受回扣的线索"


_CLERKS = (Role.WINDOW_CLERK, Role.REGISTRAR)


class Place(StrEnum):
    """A desk; its part in the two matters."""

    HOUSING = "区住建局"  # holds the ordinary matter; accused in the report
    DISCIPLINE = "区纪委监委"  # holds the report
    OFFICE = "区信访局"  # registered and passed on both
    SIBLING = "区水利局"  # under the same area
    SUBORDINATE = "物业管理中心"  # below the housing office
    SUPERIOR = "市信访局"  # of the area above
    STRANGER = "邻县信访局"  # of another county


@dataclass(frozen=True)
class Seat:
    """Somebody who asks. Without `place` no post is held; without `client` login nobody is signed in.

    `number`: which of the seats it is; `is_recused`: it has withdrawn from the ordinary matter; `has_task`:
    its file has come to the seat with a task.
    """

    name: str
    client: Client
    role: Role | None = None
    place: Place | None = None
    is_named: bool = False
    number: int = 0
    is_recused: bool = False
    has_task: bool = False


@dataclass(frozen=True)
class Matter:
    """One of the two matters, with what its addresses need."""

    name: str
    case: PetitionCase
    holder: Place
    ids: dict[str, str]

    @property
    def words(self) -> tuple[str, ...]:
        """Words that stand in nothing but this matter."""
        own = (self.case.title, self.case.number, self.ids.get("petitions/", self.case.number))
        return (*own, REPORTER, REPORTER_PHONE, ACCUSED, REPORTED, REPORTED_SHORT) if self.case.is_sealed else own


@dataclass
class World:
    nobody: Seat
    without_post: Seat
    seats: list[Seat] = field(default_factory=list)
    matters: list[Matter] = field(default_factory=list)

    def of_role(self, role: Role) -> Iterator[Seat]:
        return (seat for seat in self.seats if seat.role is role)

    def seat(self, role: Role, place: Place, *, is_named: bool = False) -> Seat:
        found = (s for s in self.seats if (s.role, s.place, s.is_named) == (role, place, is_named))
        return next(found)


def make_world() -> World:
    """All of it, in the transaction of the caller."""
    units, posts = _units(), {}
    without_post = UserFactory()
    world = World(Seat("无人登录", Client()), Seat("没有岗位", _signed_in(without_post)))
    for place, unit in units.items():
        for role in Role:
            posts[role, place] = _sit(world, unit, role, place)
    named = _sit(world, units[Place.OFFICE], Role.OFFICE_HEAD, Place.OFFICE, is_named=True)
    Topic.objects.get_or_create(code="030504", defaults={"level_1": "甲", "level_2": "乙", "level_3": "丙"})
    world.matters = [_ordinary(posts, units), _sealed(posts, units, named)]
    return world


def _units() -> dict[Place, Unit]:
    city = UnitFactory(code="1600", name="市", kind=UnitKind.AREA, letter_mark="")
    county = UnitFactory(code="1602", name="区", kind=UnitKind.AREA, parent=city, letter_mark="")
    other = UnitFactory(code="1621", name="邻县", kind=UnitKind.AREA, parent=city, letter_mark="")

    def unit(place: Place, kind: UnitKind, parent: Unit) -> Unit:
        return UnitFactory(code=f"u-{place.name.lower()}", name=place.value, kind=kind, parent=parent)

    housing = unit(Place.HOUSING, UnitKind.DEPARTMENT, county)
    return {
        Place.HOUSING: housing,
        Place.DISCIPLINE: unit(Place.DISCIPLINE, UnitKind.DISCIPLINE, county),
        Place.OFFICE: unit(Place.OFFICE, UnitKind.PETITION_OFFICE, county),
        Place.SIBLING: unit(Place.SIBLING, UnitKind.DEPARTMENT, county),
        Place.SUBORDINATE: unit(Place.SUBORDINATE, UnitKind.ORGANISATION, housing),
        Place.SUPERIOR: unit(Place.SUPERIOR, UnitKind.PETITION_OFFICE, city),
        Place.STRANGER: unit(Place.STRANGER, UnitKind.PETITION_OFFICE, other),
    }


def _signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _sit(world: World, unit: Unit, role: Role, place: Place, *, is_named: bool = False) -> Post:
    post: Post = PostFactory(unit=unit, role=role, reads_sealed=is_named)
    name = f"{place}的{'指定的' if is_named else ''}{role.label}"
    world.seats.append(Seat(name, _signed_in(post.user), role, place, is_named, number=len(world.seats)))
    return post


Posts = dict[tuple[Role, Place], Post]


def _register(by: Post, **matter: Any) -> PetitionCase:
    lead = Petitioner(name="刘某", phone="13800000000", address="某小区1号楼")
    return _arrive(by, lead, "小区地下车库漏水，物业未修。", ["修好车库"], summary="车库漏水", **matter)


def _report(by: Post, **matter: Any) -> PetitionCase:
    lead = Petitioner(name=REPORTER, phone=REPORTER_PHONE, address="某村6号")
    return _arrive(by, lead, REPORTED, ["查处"], summary=REPORTED_SHORT, accused=ACCUSED, title=SECRET, **matter)


def _arrive(by: Post, lead: Petitioner, content: str, requests: list[str], **matter: Any) -> PetitionCase:
    at = timezone.now()
    arrival = Arrival(Channel.VISIT, timezone.localdate(at), content, lead, requests)
    case = PetitionCase(topic_id="030504", region=by.unit.area, **matter)
    return register(arrival, case, by=by, at=at).case


def register_at(place: Place, **matter: Any) -> PetitionCase:
    """A matter taken in by the window clerk of the place."""
    return _register(Post.objects.get(unit__name=place, role=Role.WINDOW_CLERK), **matter)


def handled_at(place: Place, *, is_mediated: bool = False, **matter: Any) -> PetitionCase:
    """A matter that a unit has in hand, or is having mediated."""
    by = {role: Post.objects.filter(unit__name=Place.OFFICE, role=role).earliest("pk") for role in _CLERKS}
    handler = Post.objects.filter(unit__name=place, role=Role.UNIT_HANDLER).earliest("pk")
    case = _register(by[Role.WINDOW_CLERK], purpose=Purpose.SETTLE, **matter)
    case = _triage(case, by[Role.REGISTRAR], Kind.CLAIM, LegalWay.PETITION)
    case = _handle(_make(case, Move.REFER, by[Role.REGISTRAR], to_unit=handler.unit), handler)
    if not is_mediated:
        return case
    said = {"other_party": "物业公司", "mediator": "调解委员会", "both_consent": True}
    signed = Papers({PaperKind.OTHER_PROOF: scan("双方签名的同意调解书")})
    return _make(case, Move.MEDIATE, handler, **said, consented_on=timezone.localdate(), papers=signed)


def _make(case: PetitionCase, move: Move, by: Post, **data: Any) -> PetitionCase:
    return perform(move, case, by=by, at=timezone.now(), **data)


def _handle(case: PetitionCase, by: Post) -> PetitionCase:
    case = _make(case, Move.SIGN_FOR, by)
    case = _make(case, Move.ACCEPT, by, contact_phone="0543-3160001")
    return _make(case, Move.INVESTIGATE, by, note="到现场查看")


def _triage(case: PetitionCase, by: Post, kind: Kind, way: LegalWay) -> PetitionCase:
    return _make(case, Move.TRIAGE, by, kind=kind, legal_way=way, legal_basis="分级负责", topic=case.topic)


def _ordinary(posts: Posts, units: dict[Place, Unit]) -> Matter:
    case = _register(posts[Role.WINDOW_CLERK, Place.OFFICE], title="车库漏水无人维修", purpose=Purpose.SETTLE)
    registrar, handler = posts[Role.REGISTRAR, Place.OFFICE], posts[Role.UNIT_HANDLER, Place.HOUSING]
    case = _triage(case, registrar, Kind.CLAIM, LegalWay.PETITION)
    case = _make(case, Move.REFER, registrar, to_unit=units[Place.HOUSING])
    return _matter("普通事项", _handle(case, handler), Place.HOUSING, handler)


def _sealed(posts: Posts, units: dict[Place, Unit], named: Post) -> Matter:
    clerk, channel = posts[Role.WINDOW_CLERK, Place.OFFICE], posts[Role.DISCIPLINE, Place.DISCIPLINE]
    case = _report(clerk, purpose=Purpose.EXPOSE, accused_unit=units[Place.HOUSING])
    case = _triage(case, named, Kind.REPORT, LegalWay.DISCIPLINE)
    case = _make(case, Move.REFER, named, to_unit=units[Place.DISCIPLINE])
    case = _make(case, Move.SIGN_FOR, channel)
    case = _make(case, Move.UNDERTAKE, channel, days=60, contact_phone="0543-3160002")
    return _matter("检举控告", case, Place.DISCIPLINE, channel)


def leave(post: Post) -> None:
    """End a post that was needed for a moment: posts are ended, never deleted."""
    Post.objects.filter(pk=post.pk).update(to_on=timezone.localdate() - timedelta(days=1))


def _matter(name: str, case: PetitionCase, holder: Place, by: Post) -> Matter:
    # No file lies on the disk: whoever gets so far is told that it is lost.
    stored = StoredFile.objects.create(sha256=f"{case.pk:064d}", size=1, content_type="text/plain")
    attachment = CaseAttachment.objects.create(
        case=case, file=stored, name="材料.txt", unit=by.unit, uploaded_by=by.user, uploaded_at=timezone.now()
    )
    # Who is alone at a unit begins no letter; the colleague is no seat of the world and leaves at once.
    colleague = PostFactory.create(unit=by.unit, role=by.role)
    draft = draft_letter(case, kind=INVESTIGATION_REPORT, facts={}, by=by, at=timezone.now())
    leave(colleague)
    ids = {
        "drafts/": str(draft.pk),
        "cases/": case.number,
        "new/": case.number,
        "petitions/": case.petitions.get().number,
        "deadlines/": str(case.deadlines.earliest("pk").pk),
        "letters/": str(case.letters.earliest("pk").pk),
        "attachments/": str(attachment.pk),
    }
    return Matter(name, case, holder, ids)
