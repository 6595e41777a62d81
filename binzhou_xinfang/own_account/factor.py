"""Verbs of the second factor: set up, confirmed, given at the sign-in, renewed, ended, reset by two hands."""

from datetime import date, datetime, timedelta
from typing import cast

from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.own_account import codes
from binzhou_xinfang.own_account.models import Factor, RecoveryCode
from binzhou_xinfang.own_account.own_events import note_own
from binzhou_xinfang.records import ledger
from binzhou_xinfang.records.ledger import Changed
from binzhou_xinfang.role import Role
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.sign_in_settings import SignIn, second_factor_of
from binzhou_xinfang.turns import find_or_make

CONFIRMED = ledger.declare("factor-confirmed", "启用动态口令")
RENEWED = ledger.declare("factor-codes-renewed", "重新生成恢复码")
RECOVERED = ledger.declare("factor-recovered", "使用恢复码")
ENDED = ledger.declare("factor-ended", "停用动态口令")
WRONG_CODE = "动态口令不正确或者已经用过，请等待手机显示下一个后重新输入。"


def in_use(user: User) -> bool:
    """Check that the person has set up a second factor."""
    return Factor.objects.filter(user=user, confirmed_at__isnull=False).exists()


def is_required(user: User, *, on: date) -> bool:
    """Check that a post that the person holds on the day requires it, by the settings of the day."""
    regime = current_rulebook().on(on)
    roles = set(Post.objects.held(on).filter(user=user).values_list("role", flat=True))
    return any(regime.value(second_factor_of(Role(role))) for role in roles)


def last_free_day(user: User, *, on: date) -> date:
    """Find the last day on which the person is let in without; the days count from the first on which it was asked."""
    asked_on = Factor.objects.filter(user=user).values_list("asked_on", flat=True).first() or on
    return asked_on + timedelta(days=cast(int, current_rulebook().on(on).value(SignIn.GRACE)) - 1)


@transaction.atomic
def ask(user: User, *, on: date) -> None:
    """Begin the days until it has to be there, once."""
    find_or_make(Factor.objects.all(), user=user, defaults={})
    Factor.objects.filter(user=user, asked_on=None).update(asked_on=on)


@transaction.atomic
def key_to_set_up(user: User) -> str:
    """Read the key that is to be confirmed; made at the first look, and the same until then. "" when one is in use."""
    find_or_make(Factor.objects.all(), user=user, defaults={})
    factor = Factor.objects.select_for_update().get(user=user)
    if factor.confirmed_at is not None:
        return ""
    if not factor.key:
        factor.key = codes.new_key()
        factor.save(update_fields=["key"])
    return str(factor.key)


@transaction.atomic
def confirm(user: User, said: str, *, at: datetime) -> list[str]:
    """Take the factor into use by a first code of the phone; the recovery codes, which are never shown again.

    Raises Refusal at `code`.
    """
    factor = Factor.objects.select_for_update().filter(user=user, confirmed_at=None).first()
    step = codes.step_of(factor.key, said, after=factor.last_step, at=at) if factor and factor.key else None
    if factor is None or step is None:
        raise Refusal("动态口令不正确，请核对手机上的时间，等待显示下一个后重新输入。", field="code")
    factor.confirmed_at, factor.last_step = at, step
    factor.save(update_fields=["confirmed_at", "last_step"])
    note_own(CONFIRMED, user, [Changed("动态口令", "未启用", "已启用")], at=at)
    return _new_codes(factor)


@transaction.atomic
def verify(user: User, said: str, *, at: datetime) -> bool:
    """Take a code of the phone or a recovery code, once: whoever comes second with the same is refused."""
    factor = Factor.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    if factor is None:
        return False
    if (step := codes.step_of(factor.key, said, after=factor.last_step, at=at)) is not None:
        factor.last_step = step
        factor.save(update_fields=["last_step"])
        return True
    return _take_recovery_code(factor, said, at=at)


def _take_recovery_code(factor: Factor, said: str, *, at: datetime) -> bool:
    digest = codes.recovery_digest(factor.user_id, said)
    if not digest or not factor.codes.filter(digest=digest, used_at=None).update(used_at=at):
        return False
    left = factor.codes.filter(used_at=None).count()
    note_own(RECOVERED, factor.user, [Changed("剩余恢复码", f"{left + 1}个", f"{left}个")], at=at)
    return True


@transaction.atomic
def renew_codes(user: User, *, at: datetime) -> list[str]:
    """Replace the recovery codes; those of before are worth nothing. Raises Refusal without a factor in use."""
    factor = Factor.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    if factor is None:
        raise Refusal("还没有启用动态口令。")
    note_own(RENEWED, user, [Changed("恢复码", "原有的作废", f"{codes.HOW_MANY}个")], at=at)
    return _new_codes(factor)


def _new_codes(factor: Factor) -> list[str]:
    factor.codes.all().delete()
    made = codes.new_recovery_codes()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(factor=factor, digest=codes.recovery_digest(factor.user_id, code)) for code in made
    )
    return made


@transaction.atomic
def end(user: User, *, at: datetime) -> None:
    """End it by its owner's wish. Raises Refusal where a post requires it."""
    if is_required(user, on=timezone.localdate(at)):
        raise Refusal("您的岗位要求使用动态口令，不能停用。更换手机的，请联系系统管理员申请重置。")
    if not remove(user):
        raise Refusal("还没有启用动态口令。")
    note_own(ENDED, user, [Changed("动态口令", "已启用", "未启用")], at=at)


def remove(user: User) -> bool:
    """Take the factor away, in the caller's transaction with the caller's event; the days asked for do not begin
    anew. Returns whether there was one."""
    factor = Factor.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    if factor is None:
        return False
    factor.codes.all().delete()
    factor.key, factor.confirmed_at, factor.last_step = "", None, -1
    factor.save(update_fields=["key", "confirmed_at", "last_step"])
    return True
