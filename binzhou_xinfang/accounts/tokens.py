"""Authentication of programs: `Authorization: Token …`, of which only the SHA-256 is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import cast

from django.db.models import Q
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from binzhou_xinfang.accounts.middleware import POST_HEADER, PostRequest, choose, posts_of
from binzhou_xinfang.accounts.models import ApiToken, Grant, Post, User

KEYWORD = "Token"
NOTE_USE_EVERY = timedelta(minutes=10)


def digest_of(token: str) -> str:
    """Hash a token to SHA-256 in hex. It is 256 random bits, so neither salt nor a slow hash adds anything."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_token(
    user: User, *, name: str, days: int, at: datetime, post: Post | None = None, grant: Grant | None = None
) -> str:
    """Make a token that works for so many days, in one post of the user or in all; it can never be shown again."""
    token = secrets.token_urlsafe(32)
    expires_at = at + timedelta(days=days)
    ApiToken.objects.create(
        user=user,
        post=post,
        name=name,
        digest=digest_of(token),
        created_at=at,
        expires_at=expires_at,
        grant=grant,
    )
    return token


class TokenAuthentication(BaseAuthentication):
    """Authentication of a program; sets `post` and `posts` of the Django request as a session would.

    The header X-Post names one of the posts held; one that is not held is refused with 403. A token bound to a
    post knows no other.
    """

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        keyword, _, given = get_authorization_header(request).decode("latin-1").partition(" ")
        if keyword.lower() != KEYWORD.lower():
            return None
        now = timezone.now()
        token = _find(given.strip(), at=now)
        _set_post(cast(PostRequest, request._request), token, at=now)
        _note_use(token, at=now)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return KEYWORD


def _find(given: str, *, at: datetime) -> ApiToken:
    # Found by its digest in an index: how long the look-up takes tells nothing about the token.
    known = ApiToken.objects.select_related("user").filter(digest=digest_of(given), user__is_active=True)
    token = known.filter(expires_at__gt=at).first()
    if token is None:
        raise AuthenticationFailed("令牌无效或已过期，请向系统管理员重新申请。")
    return token


def _set_post(request: PostRequest, token: ApiToken, *, at: datetime) -> None:
    posts = posts_of(token.user, timezone.localdate(at))
    if token.post_id is not None:
        posts = [post for post in posts if post.pk == token.post_id]
        if not posts:
            raise AuthenticationFailed("令牌限定的岗位任期已经结束，请向系统管理员重新申请。")
    named = request.headers.get(POST_HEADER)
    request.posts, request.post = posts, choose(posts, named=named)
    if named is not None and request.post is None:
        raise PermissionDenied("X-Post 指定的不是您现任的岗位。")


def _note_use(token: ApiToken, *, at: datetime) -> None:
    before = at - NOTE_USE_EVERY
    if token.last_used_at is None or token.last_used_at <= before:
        stale = Q(last_used_at=None) | Q(last_used_at__lte=before)
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=at)
