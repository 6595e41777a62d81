"""Middleware for posts and sessions: the posts held, the post in use, and a session that ends when left."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from binzhou_xinfang.accounts import sessions
from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.reading import Prepared

POST_KEY = "accounts.post"
POST_HEADER = "X-Post"
# What a page asks by itself while nobody clicks.
BACKGROUND_HEADER = "X-Background"


def posts_of(user: User, on: date) -> list[Post]:
    """List the posts that the user holds on the day, with their units, in one query; each knows of the others."""
    posts = _held(on, on, on, user.pk)
    units = {post.unit_id for post in posts}
    for post in posts:
        post.user_units = units
    return posts


# The day stands in it thrice: the unit ended on it or later, the post begun on it or before, and ended on it or later.
_held = Prepared(lambda on, _, __, user: Post.objects.held(on).filter(user=user).select_related("unit__parent", "user"))


def choose(posts: Sequence[Post], *, named: str | None, remembered: int | None = None) -> Post | None:
    """Choose the post in use: the one named by the header (None if it is not held), else the remembered, else the
    first."""
    if named is not None:
        return next((post for post in posts if str(post.pk) == named), None)
    first = posts[0] if posts else None
    return next((post for post in posts if post.pk == remembered), first)


class PostRequest(WSGIRequest):
    """A request that knows the posts of its sender, at the cost of one query and only when asked."""

    @cached_property
    def posts(self) -> list[Post]:
        """The posts held today; empty for nobody. A post that ended yesterday is no longer among them."""
        return posts_of(self.user, timezone.localdate()) if self.user.is_authenticated else []

    @cached_property
    def post(self) -> Post | None:
        """The post in use; None for nobody, for somebody without a post, and for a header that names another's."""
        if not self.posts:
            return None
        return choose(self.posts, named=self.headers.get(POST_HEADER), remembered=self.session.get(POST_KEY))


class PostMiddleware:
    """Middleware that gives every request `post` and `posts`; under WSGI (gunicorn) every request is a
    `PostRequest`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A class, not a lazy object: a lazy None is not None, and `if request.post is None` must be right.
        request.__class__ = PostRequest
        return self.get_response(request)


class BrowserSessionMiddleware(SessionMiddleware):
    """Middleware of sessions whose cookie ends with the browser; the server forgets them by its own clocks."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Take the day of expiry off the cookie; one that is taken back keeps it."""
        response = super().process_response(request, response)
        cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie is not None and cookie.value:
            cookie["max-age"] = cookie["expires"] = ""
        return response


class NoStoreMiddleware:
    """Middleware that lets no browser and no proxy keep what the house answers; files of the front end, which tell
    nothing, are served before it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Cache-Control"] = "no-store, private"
        return response


class IdleMiddleware:
    """Middleware that prolongs a session while somebody works with it; see `sessions`. A page left open is no work."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.session.accessed and BACKGROUND_HEADER not in request.headers:
            sessions.prolong(request.session, at=timezone.now())
        return response
