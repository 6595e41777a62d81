"""Acts of the server's commands, without a post: kept in the same ledger."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.accounts import activating
from binzhou_xinfang.accounts.models import Post, Unit, User
from binzhou_xinfang.accounts.roles import KEEPERS, Role, clash_of
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.notices.outbox import tell
from binzhou_xinfang.own_account import factor
from binzhou_xinfang.records import ledger
from binzhou_xinfang.records.ledger import Changed
from cases.house.notices import CONCERNED


@transaction.atomic
def appoint(user: User, unit: Unit, role: Role, *, reason: str, at: datetime) -> Post:
    """Appoint one of the 三员 from the server, where nobody is there yet to ask and to approve. Raises Refusal."""
    if role not in KEEPERS:
        raise Refusal("命令只能任命系统管理员、安全保密管理员、安全审计员；其他岗位在系统中申请、审批。")
    today = timezone.localdate(at)
    if clash := clash_of(role, Post.objects.held(today).filter(user=user).values_list("role", flat=True)):
        raise Refusal(clash)
    if Post.objects.held(today).filter(user=user, unit=unit, role=role).exists():
        raise Refusal(f"{user.name}已是{unit.name}的{role.label}。")
    post = Post.objects.create(user=user, unit=unit, role=role, from_on=today)
    ledger.note(
        ledger.APPOINTED, by=None, at=at, of=f"post:{post.pk}", label=str(post), people=[user], reason=reason,
        changes=[Changed("岗位", "", post.label)],
    )  # fmt: skip
    return post


@transaction.atomic
def open_account(username: str, *, name: str, reason: str, at: datetime) -> tuple[str, str]:
    """Make the account when it is not there, close it to the password of before, and make the halves of the code with
    which its owner sets another. Raises Refusal for a new account without a name, and for one that is closed."""
    user = User.objects.filter(username=username).first()
    if user is None and not name:
        raise Refusal(f"没有用户“{username}”；新建的请写明姓名（--name）。")
    if user is not None and not user.is_active:
        raise Refusal(f"{user.name}的账号已停用，请在系统中申请恢复。")
    was = "新账号" if user is None else "原密码"
    user = user or User(username=username, name=name)
    user.set_unusable_password()
    user.save()
    event = ledger.note(
        ledger.ACCOUNT_OPENED, by=None, at=at, of=f"user:{user.pk}", label=user.name, people=[user], reason=reason,
        changes=[Changed("密码", was, "由本人用启用码设置")],
    )  # fmt: skip
    tell(CONCERNED, event.pk, at=at)
    return activating.whole(user, at=at)


@transaction.atomic
def reset_factor(user: User, *, reason: str, at: datetime) -> None:
    """Take away the second factor of a person from the server, where nobody is there to ask and to approve, and tell
    him. Raises Refusal where there is none."""
    if not factor.remove(user):
        raise Refusal(f"{user.name}没有启用动态口令，无需重置。")
    event = ledger.note(
        ledger.FACTOR_RESET, by=None, at=at, of=f"user:{user.pk}", label=user.name, people=[user], reason=reason,
        changes=[Changed("动态口令", "已启用", "未启用")],
    )  # fmt: skip
    tell(CONCERNED, event.pk, at=at)
