"""Powers by two hands: an administrator asks, the 安全保密管理员 gives or refuses; never for oneself."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from binzhou_xinfang.accounts import activating
from binzhou_xinfang.accounts.locks import open_again
from binzhou_xinfang.accounts.models import Grant, GrantKind, Post, User
from binzhou_xinfang.accounts.roles import KEEPERS, Right, Role, clash_of
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.notices.outbox import tell
from binzhou_xinfang.own_account import factor
from binzhou_xinfang.records.ledger import Changed
from cases.house.acts import Act, Done, Hand, Said, table
from cases.house.asking import ask
from cases.house.forms import AskPostForm, AskTokenForm, DecideForm, ReasonForm, RefuseForm
from cases.house.notices import GRANT_DECIDED

_ASK, _DECIDE = Right.MANAGE_USERS, Right.CONFIRM_GRANTS
_ASKED = "已提交，由安全保密管理员审批后生效。"
_KEEPERS_READ_NOTHING = "管理员不阅办信访事项，不能指定阅办检举控告。"


def _asked(grant: Grant) -> Done:
    return Done(
        grant.user.name, [Changed(grant.get_kind_display(), "", grant.what or "待审批")], [grant.user], told=_ASKED
    )


def _ask_post(user: User, said: Said, hand: Hand) -> Done:
    what = {name: said[name] for name in ("unit", "role", "from_on", "to_on", "reads_sealed", "is_deputy")}
    _refuse_post(user, hand.today, **what)
    return _asked(ask(user, GrantKind.POST, said["reason"], hand, **what))


def _refuse_post(user: User, today: date, **what: Any) -> None:
    """Raise Refusal for a post that cannot be given to this person: a second hat of 三员, one of 三员 who would read
    检举控告, an ended unit, days gone."""
    unit, role, first, last = what["unit"], what["role"], what["from_on"], what["to_on"]
    if what["reads_sealed"] and role in KEEPERS:
        raise Refusal(_KEEPERS_READ_NOTHING, field="reads_sealed")
    if not user.is_active:
        raise Refusal(f"{user.name}的账号已停用，请先申请恢复。")
    posts = Post.objects.filter(user=user).exclude(to_on__lt=first)
    held = posts.exclude(from_on__gt=last) if last else posts
    if clash := clash_of(role, held.values_list("role", flat=True)):
        raise Refusal(clash, field="role")
    if not unit.exists_on(max(first, today)):
        raise Refusal(f"{unit}届时不存在，请选择现有的机构。", field="unit")
    if last and last < today:
        raise Refusal("任职最后一日已经过去，请核对。", field="to_on")
    if held.filter(unit=unit, role=role).exists():
        raise Refusal("此人在该机构的同一角色在这段时间内已有岗位，请核对任职日期。", field="from_on")


def _ask_password(user: User, said: Said, hand: Hand) -> Done:
    grant = ask(user, GrantKind.PASSWORD, said["reason"], hand)
    return replace(_asked(grant), secret=activating.first_half(grant))


def _ask_of_user(kind: GrantKind) -> Callable[[User, Said, Hand], Done]:
    def does(user: User, said: Said, hand: Hand) -> Done:
        return _asked(ask(user, kind, said["reason"], hand))

    return does


def _ask_sealed(post: Post, said: Said, hand: Hand) -> Done:
    return _asked(ask(post.user, GrantKind.SEALED, said["reason"], hand, post=post))


def _ask_token(post: Post, said: Said, hand: Hand) -> Done:
    what = {"purpose": said["purpose"], "days": said["days"]}
    return _asked(ask(post.user, GrantKind.TOKEN, said["reason"], hand, post=post, **what))


def _give(grant: Grant, said: Said, hand: Hand) -> Done:
    _refuse_hand(grant, hand)
    secret = _GIVES[GrantKind(grant.kind)](grant, hand)
    _decide(grant, said, hand, is_given=True)
    words = grant.what or grant.get_kind_display()
    told = f"已同意：{grant.user.name}，{words}。"
    return Done(str(grant), [Changed("审批", "待审批", f"同意 {grant.what}".strip())], [grant.user], None, told, secret)


def _refuse_hand(grant: Grant, hand: Hand) -> None:
    """Raise Refusal for a hand that is the first one again, or the one that receives."""
    if hand.by.user_id == grant.asked_by_id:
        raise Refusal("申请和审批不得由同一人办理，请由其他安全保密管理员审批。")
    if hand.by.user_id == grant.user_id:
        raise Refusal("不能审批给本人的授权，请由其他安全保密管理员审批。")


def _turn_down(grant: Grant, said: Said, hand: Hand) -> Done:
    _decide(grant, said, hand, is_given=False)
    return Done(str(grant), [Changed("审批", "待审批", "不同意")], [grant.user], told="已退回申请。")


def _withdraw(grant: Grant, said: Said, hand: Hand) -> Done:
    _decide(grant, {"decided_why": f"撤回：{said['reason']}"}, hand, is_given=False)
    return Done(str(grant), [Changed("审批", "待审批", "已撤回")], [grant.user], told="已撤回申请。")


def _decide(grant: Grant, said: Said, hand: Hand, *, is_given: bool) -> None:
    grant.is_given, grant.decided_by, grant.decided_at = is_given, hand.by.user, hand.at
    grant.decided_why = said["decided_why"]
    grant.save(update_fields=["is_given", "decided_by", "decided_at", "decided_why"])
    tell(GRANT_DECIDED, grant.pk, at=hand.at)


def _give_post(grant: Grant, hand: Hand) -> str:
    what = {name: getattr(grant, name) for name in ("unit", "role", "from_on", "to_on", "reads_sealed", "is_deputy")}
    _refuse_post(grant.user, hand.today, **what)
    # A decision that came later than the day it was asked for gives nothing backwards.
    what["from_on"] = max(grant.from_on or hand.today, hand.today)
    grant.post = Post.objects.create(user=grant.user, **what)
    grant.save(update_fields=["post"])
    return ""


def _give_sealed(grant: Grant, hand: Hand) -> str:
    assert grant.post is not None  # noqa: S101  asked for a post
    if why := _named(grant.post, hand.today):
        raise Refusal(why)
    Post.objects.filter(pk=grant.post.pk).update(reads_sealed=True)
    return ""


def _give_password(grant: Grant, hand: Hand) -> str:
    """Close the account to the password of before, and give the half of the code that belongs to this hand: with the
    half of who asked its owner sets a password that nobody else has seen."""
    half = activating.second_half(grant, at=hand.at)
    grant.user.set_unusable_password()
    grant.user.save(update_fields=["password"])
    return half


def _give_unlock(grant: Grant, hand: Hand) -> str:
    open_again(grant.user.username)
    return ""


def _give_reopen(grant: Grant, hand: Hand) -> str:
    User.objects.filter(pk=grant.user_id).update(is_active=True)
    return ""


def _give_token(grant: Grant, hand: Hand) -> str:
    """Leave the token to its owner, who collects it in 我的账号: nobody else sees it."""
    return ""


def _give_factor(grant: Grant, hand: Hand) -> str:
    if not factor.remove(grant.user):
        raise Refusal(f"{grant.user.name}没有启用动态口令，无需重置。")
    return ""


_GIVES: Mapping[GrantKind, Callable[[Grant, Hand], str]] = {
    GrantKind.POST: _give_post,
    GrantKind.SEALED: _give_sealed,
    GrantKind.PASSWORD: _give_password,
    GrantKind.UNLOCK: _give_unlock,
    GrantKind.REOPEN: _give_reopen,
    GrantKind.TOKEN: _give_token,
    GrantKind.FACTOR: _give_factor,
}


def _decided(grant: Grant, on: date) -> str:
    return "" if grant.waits else "这项申请已经审批或者撤回。"


def _shut_user(user: User, on: date) -> str:
    if user.is_superuser:
        return "超级用户由服务器上的命令管理。"
    return "" if user.is_active else f"{user.name}的账号已停用，请先申请恢复。"


def _open_user(user: User, on: date) -> str:
    return f"{user.name}的账号没有停用。" if user.is_active else ""


def _without_factor(user: User, on: date) -> str:
    return _shut_user(user, on) or ("" if factor.in_use(user) else f"{user.name}没有启用动态口令。")


def _shut_post(post: Post, on: date) -> str:
    over = post.to_on is not None and post.to_on < on
    return "这个岗位已经结束。" if over else _shut_user(post.user, on)


def _named(post: Post, on: date) -> str:
    if post.role in KEEPERS:
        return _KEEPERS_READ_NOTHING
    return _shut_post(post, on) or ("这个岗位已经指定阅办检举控告。" if post.reads_sealed else "")


def _foretell_post(user: User, said: Said, on: date) -> list[str]:
    clash = clash_of(
        said["role"], Post.objects.held(max(said["from_on"], on)).filter(user=user).values_list("role", flat=True)
    )
    waits = "由安全保密管理员审批后生效，审批以前不能以该岗位办理"
    sealed = ["生效后通知已被指定阅办检举控告的人员"] if said["reads_sealed"] or said["role"] == Role.DISCIPLINE else []
    return [clash] if clash else [waits, *sealed]


# Each tells whom it concerns by notices of its own (`GRANT_ASKED`, `GRANT_DECIDED`).
USER_ACTS = table(
    Act[User]("user", "ask-post", "申请岗位", _ASK, AskPostForm, _ask_post, _foretell_post, _shut_user, tells=False),
    Act[User]("user", "ask-password", "申请重设密码", _ASK, ReasonForm, _ask_password, shut=_shut_user, tells=False),
    *(
        Act[User]("user", key, label, _ASK, ReasonForm, _ask_of_user(kind), shut=shut, tells=False)
        for key, label, kind, shut in (
            ("ask-unlock", "申请解除锁定", GrantKind.UNLOCK, _shut_user),
            ("ask-reopen", "申请恢复账号", GrantKind.REOPEN, _open_user),
            ("ask-factor", "申请重置动态口令", GrantKind.FACTOR, _without_factor),
        )
    ),
)
POST_ACTS = table(
    Act[Post]("post", "ask-sealed", "申请指定阅办检举控告", _ASK, ReasonForm, _ask_sealed, shut=_named, tells=False),
    Act[Post]("post", "ask-token", "申请接口令牌", _ASK, AskTokenForm, _ask_token, shut=_shut_post, tells=False),
)
ACTS = table(
    Act[Grant]("grant", "give", "同意", _DECIDE, DecideForm, _give, shut=_decided, tells=False),
    Act[Grant](
        "grant", "turn-down", "不同意", _DECIDE, RefuseForm, _turn_down, shut=_decided, is_end=True, tells=False
    ),
    Act[Grant]("grant", "withdraw", "撤回申请", _ASK, ReasonForm, _withdraw, shut=_decided, is_end=True, tells=False),
)
