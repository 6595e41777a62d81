"""Posts that act in an import: the system's own at the office and at the unit that answers.

Nobody can sign in as one of them.
"""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from binzhou_xinfang.accounts.hierarchy import body_above
from binzhou_xinfang.accounts.models import Post, Unit, UnitKind, User
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records import ledger
from binzhou_xinfang.turns import find_or_make
from cases.models import Topic

# Who answers a message board when nobody is named: the first that the area has; else its first department.
_ANSWERING = ("政府办公室", "宣传部")


@dataclass(frozen=True, slots=True)
class ReplyDesk:
    """Needs of a replay beside the registrar: drafter and signer at the answering unit, and a reply's frame."""

    handler: Post
    head: Post
    review_body: Unit
    topic: Topic


def importing_office(code: str = "") -> Unit:
    """Find the unit that registers: the one with the code, else the petition office of the highest area. Raises
    Refusal."""
    if code:
        return _unit(code)
    offices = Unit.objects.filter(kind=UnitKind.PETITION_OFFICE).current(timezone.localdate())
    office = min(offices, key=lambda unit: (unit.path.count("/"), unit.path), default=None)
    if office is None:
        raise Refusal("还没有信访部门，请先运行 manage.py load_reference")
    return office


def registrar_of(office: Unit) -> Post:
    """Find the post that registers imported messages at the office, made at the first import."""
    return _system_post(office, Role.REGISTRAR, "留言导入")


def reply_desk(office: Unit, code: str = "") -> ReplyDesk:
    """Find the posts and rows that a replay works with; `code`: the answering unit. Raises Refusal for what is
    missing."""
    unit = _unit(code) if code else _answering_unit(office)
    for issuer in (office, unit):
        if not issuer.letter_mark:
            raise Refusal(f"{issuer.name}没有设置发文代字，不能回放答复")
    topic = Topic.objects.filter(is_current=True, level_3="其他").order_by("-code").first()
    if topic is None:
        raise Refusal("还没有内容分类，请先运行 manage.py load_reference")
    return ReplyDesk(
        handler=_system_post(unit, Role.UNIT_HANDLER, "留言回放承办"),
        head=_system_post(unit, Role.UNIT_HEAD, "留言回放签发"),
        review_body=_review_body(unit),
        topic=topic,
    )


def _unit(code: str) -> Unit:
    unit = Unit.objects.exclude(kind=UnitKind.AREA).filter(code=code).first()
    if unit is None:
        raise Refusal(f"没有代码为“{code}”的单位")
    return unit


def _answering_unit(office: Unit) -> Unit:
    departments = Unit.objects.filter(kind__in=(UnitKind.DEPARTMENT, UnitKind.VERTICAL), parent=office.parent).current(
        timezone.localdate()
    )
    for name in _ANSWERING:
        if unit := departments.filter(name__contains=name).first():
            return unit
    unit = departments.first()
    if unit is None:
        raise Refusal("请用 --responsible 指定答复单位")
    return unit


def _review_body(unit: Unit) -> Unit:
    """Find the next higher body of the unit."""
    body = body_above(unit, on=timezone.localdate())
    if body is None:
        raise Refusal(f"没有找到{unit.name}的复查机关")
    return body


def _system_post(unit: Unit, role: Role, name: str) -> Post:
    """Find the post of the system itself, or make it, which nobody signs in to; its making is an event of the house."""
    user, _ = find_or_make(
        User.objects.all(),
        username=f"import-{role.value}-{unit.code}",
        defaults={"name": name, "is_active": False, "password": make_password(None)},
    )
    posts, today = Post.objects.select_related("user", "unit"), timezone.localdate()
    post, is_new = find_or_make(posts, user=user, unit=unit, role=role, defaults={"from_on": today})
    if is_new:
        ledger.note(
            ledger.DESK_MADE, by=None, at=timezone.now(), of=f"post:{post.pk}", label=str(post), people=[user],
            changes=[ledger.Changed("岗位", "", post.label)], reason="服务器命令，不能登录",
        )  # fmt: skip
    return post
