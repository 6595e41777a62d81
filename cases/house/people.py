"""Acts on accounts and posts that need one hand: made, put right, closed, ended. What gives a power needs two
(`grants`)."""

from datetime import date, timedelta

from django.db.models import Q

from binzhou_xinfang.accounts import activating
from binzhou_xinfang.accounts.models import GrantKind, Post, User
from binzhou_xinfang.accounts.roles import Right, Role
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.ledger import Changed
from binzhou_xinfang.statute.wording import listed
from cases.house import foretelling
from cases.house.acts import Act, Done, Hand, Said, change, table
from cases.house.asking import ask
from cases.house.forms import AmendUserForm, EndPostForm, NewUserForm, ReasonForm
from cases.house.keepers import refuse_last_keeper

_MANAGE = Right.MANAGE_USERS


def _create(user: User, said: Said, hand: Hand) -> Done:
    if User.objects.filter(username__iexact=said["username"]).exists():
        raise Refusal("这个用户名已有人使用，请另取一个。", field="username")
    changes = change(user, {name: said[name] for name in ("username", "name", "phone")})
    user.set_unusable_password()
    user.save()
    half = activating.first_half(ask(user, GrantKind.PASSWORD, said["reason"], hand))
    told = "账号已建立，并已申请由本人设置密码；岗位请另行申请，均由安全保密管理员审批。"
    return Done(user.name, changes, people=[user], told=told, secret=half)


def _amend(user: User, said: Said, hand: Hand) -> Done:
    if said["name"] != user.name:
        _refuse_other_name(user, hand.today)
    changes = change(user, {name: said[name] for name in ("name", "phone")})
    if not changes:
        raise Refusal("没有改动，无需保存。")
    user.save(update_fields=["name", "phone"])
    return Done(user.name, changes, people=[user])


def _refuse_other_name(user: User, on: date) -> None:
    """Raise Refusal for who may read 检举控告: whom a report accuses is known by his name (第三十条第三款), and who is
    named for reports under another name has been named by two hands."""
    may_read = Q(reads_sealed=True) | Q(role=Role.DISCIPLINE)
    if Post.objects.filter(may_read, user=user).exclude(to_on__lt=on).exists():
        raise Refusal(
            "此人可以阅办检举控告，检举控告对被检举人回避以姓名为准。请先取消指定阅办、结束纪检监察岗位，"
            "更正姓名后重新申请，由安全保密管理员审批。", field="name",
        )  # fmt: skip


def _close(user: User, said: Said, hand: Hand) -> Done:
    if user == hand.by.user:
        raise Refusal("不能停用本人的账号，请由其他系统管理员办理。")
    refuse_last_keeper(_standing(user, hand.today), hand.today)
    changes = change(user, {"is_active": False})
    user.save(update_fields=["is_active"])
    posts = list(_standing(user, hand.today))
    for post in posts:
        post.to_on = max(post.from_on, hand.today)
        post.save(update_fields=["to_on"])
    ended = [Changed("结束岗位", post.label, f"最后一日 {post.to_on}") for post in posts]
    return Done(user.name, [*changes, *ended], people=[user])


def _standing(user: User, on: date) -> list[Post]:
    posts = Post.objects.filter(user=user).exclude(to_on__lte=on).select_related("unit")
    return list(posts.order_by("from_on", "pk"))


def _foretell_close(user: User, said: Said, on: date) -> list[str]:
    posts = _standing(user, on)
    said_of_posts = (
        f"岗位{len(posts)}个自明日起不再担任：{listed(post.label for post in posts)}" if posts else "此人没有现任岗位"
    )
    return ["立即不能登录，已登录的退出", said_of_posts, *foretelling.of_person(user, on), "此前办理的记录保留"]


def _end_post(post: Post, said: Said, hand: Hand) -> Done:
    _refuse_own(post, hand)
    day = said["to_on"]
    if day < post.from_on:
        raise Refusal("任职最后一日不能早于任职之日。", field="to_on")
    if day < hand.today - timedelta(days=1):
        raise Refusal("岗位此前一直有效，最后一日最早为昨天。", field="to_on")
    if post.to_on is not None and day >= post.to_on:
        raise Refusal(
            f"任职最后一日已经是{post.to_on:%Y年%m月%d日}，结束岗位只能提前；延长任期的，请申请岗位，由安全保密管理员审批。",
            field="to_on",
        )  # fmt: skip
    refuse_last_keeper([post], day)
    changes = change(post, {"to_on": day})
    post.save(update_fields=["to_on"])
    return Done(str(post), changes, people=[post.user], effective_on=day)


def _unseal(post: Post, said: Said, hand: Hand) -> Done:
    _refuse_own(post, hand)
    changes = change(post, {"reads_sealed": False})
    post.save(update_fields=["reads_sealed"])
    return Done(str(post), changes, people=[post.user])


def _refuse_own(post: Post, hand: Hand) -> None:
    if post.user_id == hand.by.user_id:
        raise Refusal("不能变更本人的岗位，请由其他系统管理员办理。")


def _foretell_end(post: Post, said: Said, on: date) -> list[str]:
    others = Post.objects.held(said["to_on"]).filter(unit=post.unit, role=post.role).exclude(pk=post.pk).count()
    alone = [] if others else [f"此后{post.unit.name}没有{post.get_role_display()}，须由其办理的事项将无人办理"]
    return [*foretelling.of_person(post.user, on, unit=post.unit), *alone]


def _closed(user: User, on: date) -> str:
    if user.is_superuser:
        return "超级用户由服务器上的命令管理。"
    return "" if user.is_active else f"{user.name}的账号已停用。"


def _over(post: Post, on: date) -> str:
    return "这个岗位已经结束。" if post.to_on is not None and post.to_on < on else ""


def _not_named(post: Post, on: date) -> str:
    return _over(post, on) or ("" if post.reads_sealed else "这个岗位没有被指定阅办检举控告。")


CREATE = Act[User]("user", "create", "新建账号", _MANAGE, NewUserForm, _create)
ACTS = table(
    Act[User]("user", "amend", "更正姓名电话", _MANAGE, AmendUserForm, _amend, shut=_closed),
    Act[User]("user", "close", "停用账号", _MANAGE, ReasonForm, _close, _foretell_close, _closed, is_end=True),
)
POST_ACTS = table(
    Act[Post]("post", "end", "结束岗位", _MANAGE, EndPostForm, _end_post, _foretell_end, _over, is_end=True),
    Act[Post]("post", "unseal", "取消指定阅办", _MANAGE, ReasonForm, _unseal, shut=_not_named, is_end=True),
)
