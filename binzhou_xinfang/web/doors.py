"""The doors of the staff pages: somebody signed in who acts through a post, with the right that the page asks for."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib.auth.decorators import login_required
from django.http.response import HttpResponseBase

from binzhou_xinfang.accounts.middleware import POST_KEY, choose
from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.errors import NotPermitted

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
POST_FIELD = "as_post"
WITHOUT_POST = "您现在没有岗位，不能办理业务，请联系系统管理员设置岗位。"


def staff(view: Callable[Concatenate[StaffRequest, P], R]) -> Callable[..., R]:
    """Send nobody to the sign-in, and refuse a user who holds no post today."""

    @wraps(view)
    def guarded(request: StaffRequest, *args: P.args, **kwargs: P.kwargs) -> R:
        post: Post | None = request.post
        if post is None:
            raise NotPermitted(WITHOUT_POST)
        _act_as_shown(request)
        return view(request, *args, **kwargs)

    checked: Callable[..., R] = login_required(guarded)
    return checked


def _act_as_shown(request: StaffRequest) -> None:
    """Act by the post that the form's page was made for (`as_post`), even when another tab has changed the post.

    Raises NotPermitted when that post is no longer held.
    """
    shown = request.POST.get(POST_FIELD)
    if shown is None or shown == str(request.post.pk):
        return
    post = choose(request.posts, named=shown)
    if post is None:
        raise NotPermitted("打开本页时所用的岗位，您现在已不再担任。请刷新页面后重新办理。")
    # What follows the form (a receipt, the matter) is for the same post.
    request.post, request.session[POST_KEY] = post, post.pk


def holds(
    right: Right,
) -> Callable[[Callable[Concatenate[StaffRequest, P], R]], Callable[..., R]]:
    """Open a staff page to posts that carry the right; raises NotPermitted for the others, in words."""

    def door(view: Callable[Concatenate[StaffRequest, P], R]) -> Callable[..., R]:
        @wraps(view)
        def guarded(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not has_right(request.post, right):
                raise NotPermitted(f"您当前的岗位不能{right.label}。")
            return view(request, *args, **kwargs)

        return staff(guarded)

    return door
