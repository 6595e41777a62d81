"""Cleaning of what comes in; answers to an act: refused in words, signed out meanwhile, or done."""

from collections.abc import Callable
from urllib.parse import SplitResult, quote, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.typed import cleaned

# draft.js throws a draft away only when the server says, by this cookie, that the form sent to this path was taken.
DRAFT_DONE_COOKIE = "draft_done"
DRAFT_DONE_SECONDS = 600


# Stands in the address of the sign-in when a form was sent after the session had ended: nothing was done with it.
UNSENT = "unsent=1"
# A secret is taken to the letter.
_TO_THE_LETTER = "password"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class CleaningMiddleware:
    """Middleware that cleans what people type and paste before anybody reads it: `request.GET` and `request.POST`.

    Passwords are left alone. Bodies of the API are cleaned by its parsers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.GET = cleaned_form(request.GET)  # type: ignore[assignment]  # immutable again
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *_given: object) -> None:
        """Clean the form of a page; views without a check of their form's origin are those of the API."""
        if request.method == "POST" and request.content_type in _FORMS and not getattr(view, "csrf_exempt", False):
            request.POST = cleaned_form(request.POST)  # type: ignore[assignment]


def cleaned_form(given: QueryDict) -> QueryDict:
    """Clean the values of a form, but for passwords."""
    made = QueryDict(mutable=True, encoding=given.encoding)
    for name, values in given.lists():
        made.setlist(name, [value if _TO_THE_LETTER in name else cleaned(value) for value in values])
    made._mutable = False
    return made


class RefusalMiddleware:
    """Middleware that turns a `Refusal` into a sentence where the clerk looks, and keeps what was typed.

    A refusal answers 409 (`NotPermitted`: 403): a fragment for htmx, a page with a way back otherwise. A view may
    answer a form by `redirect(...)` whether a page or a side sheet sent it: for htmx the whole page follows.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not 300 <= response.status_code < 400 or "Location" not in response.headers:
            return response
        location = response.headers["Location"]
        if urlsplit(location).path == resolve_url(settings.LOGIN_URL):
            return _sign_in_again(request, response)
        if request.method == "POST":
            return _taken(request, response, location)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; anything else is left to Django."""
        if not isinstance(exception, Refusal):
            return None
        status = 403 if isinstance(exception, NotPermitted) else 409
        template = "parts/refusal.html" if is_htmx(request) else "refused.html"
        return render(request, template, {"refusal": exception, "way_back": way_back(request)}, status=status)


def is_htmx(request: HttpRequest) -> bool:
    """Tell a request of htmx, which wants a fragment."""
    return request.headers.get("HX-Request") == "true"


def way_back(request: HttpRequest) -> str:
    """Find the address of the page the person came from, if it is ours, else of the front page."""
    came_from = request.headers.get("Referer", "")
    if came_from and url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure()):
        return came_from
    return "/"


def _taken(request: HttpRequest, response: HttpResponse, location: str) -> HttpResponse:
    """Announce to draft.js that the form sent to this path has done its work; for htmx send the whole page on."""
    if is_htmx(request):
        headers = {"HX-Redirect": location}
        # Going to another place on the same page does not load it again by itself.
        if urlsplit(location).fragment and urlsplit(location).path == _page_of_htmx(request).path:
            headers["HX-Refresh"] = "true"
        followed = HttpResponse(status=204, headers=headers)
        followed.cookies = response.cookies
        response = followed
    path = quote(request.path, safe="")
    secure = request.is_secure()
    response.set_cookie(DRAFT_DONE_COOKIE, path, max_age=DRAFT_DONE_SECONDS, samesite="Lax", secure=secure)
    return response


def _sign_in_again(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let the sign-in fill the window, not a fragment, and lead back to the page, not to the fragment; it says what
    became of a form that was sent meanwhile (`UNSENT`)."""
    unsent = f"&{UNSENT}" if request.method == "POST" and "?" in response.headers["Location"] else ""
    if not is_htmx(request):
        response.headers["Location"] += unsent
        return response
    page = _page_of_htmx(request)
    here = (page.path or "/") + (f"?{page.query}" if page.query else "")
    sign_in = f"{resolve_url(settings.LOGIN_URL)}?next={quote(here)}{unsent}"
    return HttpResponse(status=401, headers={"HX-Redirect": sign_in})


def _page_of_htmx(request: HttpRequest) -> SplitResult:
    return urlsplit(request.headers.get("HX-Current-URL", ""))
