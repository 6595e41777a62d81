"""专家库 and 抽取 in the demo, by the verbs of the office: each in several stages."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.accounts.roles import Role
from cases.made_up.demo.cast import BUREAU, CITY, COUNTIES
from cases.models import PetitionCase
from cases.states import State
from hearings.models import Expert, ExpertKind, Speciality
from hearings.pool import draws, experts

_FAMILY = "周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
_GIVEN = ("学勤", "文清", "守正", "慧敏", "建民", "素兰", "国栋", "宏亮")
_WORK = (
    ("渤海律师事务所", ExpertKind.LAWYER, Speciality.LAW),
    ("滨州学院法学系", ExpertKind.SCHOLAR, Speciality.LAW),
    ("滨州市规划设计研究院", ExpertKind.EXPERT, Speciality.LAND),
    ("滨州市住房和城乡建设局", ExpertKind.EXPERT, Speciality.HOUSING),
    ("滨州职业学院", ExpertKind.SCHOLAR, Speciality.LABOUR),
    ("市北社区居民委员会", ExpertKind.PEOPLE_DEPUTY, Speciality.CIVIL),
    ("滨州医学院附属医院", ExpertKind.CONSULTATIVE, Speciality.HEALTH),
    ("市农业技术推广中心", ExpertKind.EXPERT, Speciality.FARMING),
)
_SIZE = 24


def play(now: datetime) -> None:
    """Play the pool and three draws, as one of the demo's steps."""
    keeper = _post(BUREAU, Role.REGISTRAR)
    people = [_list(number, keeper, now) for number in range(_SIZE)]
    for one in people[::3]:
        experts.certify(
            one, certificate="法律职业资格证书", number=f"A2021371600{one.pk:04d}", valid_to=None, by=keeper, at=now
        )
    experts.end(_fresh(people[-1]), reason="调离本市，本人提出不再担任。", by=keeper, at=now)
    for stage, case in enumerate(_matters()):
        _draw(case, stage, now)


def _post(unit: str, role: Role) -> Post:
    return Post.objects.select_related("user", "unit__parent").filter(unit__code=unit, role=role).earliest("pk")


def _fresh(expert: Expert) -> Expert:
    return Expert.objects.get(pk=expert.pk)


def _list(number: int, keeper: Post, now: datetime) -> Expert:
    organisation, kind, field = _WORK[number % len(_WORK)]
    today, place = timezone.localdate(now), (CITY, *COUNTIES)[number % (1 + len(COUNTIES))]
    lapsed = number == _SIZE - 2
    return experts.list_expert(
        name=_FAMILY[number % len(_FAMILY)] + _GIVEN[(3 * number + number // 8) % len(_GIVEN)], kind=kind.value,
        specialities=[field.value, *([Speciality.LAW.value] if number % 4 == 0 else [])],
        region=Unit.objects.get(code=place), organisation=organisation, title="", former=_former(number, today),
        interests=[], relatives=[], phone="0543-0000001",
        term_from=today - timedelta(days=400), term_to=today + timedelta(days=-10 if lapsed else 700),
        by=keeper, at=now,
    )  # fmt: skip


def _former(number: int, today: date) -> list[list[str]]:
    return [["滨州市交通运输局", (today - timedelta(days=500)).isoformat()]] if number % 7 == 0 else []


def _matters() -> "list[PetitionCase]":
    # What the province rechecks is heard by members of its own.
    ours = PetitionCase.objects.filter(is_sealed=False, holder__path__startswith=Unit.objects.get(code=CITY).path)
    heard = ours.filter(state__in=[State.HEARING, State.RECHECK_HEARING])
    others = ours.filter(state=State.HANDLING)
    return [*heard.order_by("pk")[:2], *others.order_by("pk")[:3]][:3]


def _draw(case: PetitionCase, stage: int, now: datetime) -> None:
    """Bring a draw to its stage: promised, made, made with one who withdrew."""
    held = Post.objects.select_related("user", "unit__parent").filter(unit=case.holder_id, user__is_active=True)
    by = held.filter(role__in=[Role.REVIEWER, Role.UNIT_HANDLER]).order_by("pk").first()
    if by is None:
        return
    made = draws.commit(
        case=case.number, hearing_on=timezone.localdate(now) + timedelta(days=21), number=5, specialities=[],
        region=None, needs_certificate=False, parties=[], party_units=[], by=by, at=now,
    )  # fmt: skip
    if stage == 0:
        return
    made = draws.draw(made, word="2718", by=by, at=now)
    if stage > 1:
        first = made.members.select_related("expert").earliest("place")
        draws.replace(made, member=first.expert.code, reason="与承办人相识，本人申请回避。", by=by, at=now)
