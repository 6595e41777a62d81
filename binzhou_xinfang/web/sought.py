"""Numbers that were sought in vain: whoever asks for a matter that does not exist for him leaves a line in the log of
look-ups, and the same line whether nobody has the number or it is kept from him (第三十条第三款)."""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.masking import mask_numbers
from binzhou_xinfang.typed import cleaned

# The same number asked for again within the hour is one attempt.
ONE_TRY = timedelta(hours=1)
LONGEST = 60
# Of a list of numbers sent at once so many are written down.
MOST = 20
_sought: ContextVar[tuple[str, ...]] = ContextVar("sought", default=())


def note_sought(number: str) -> None:
    """Note that a number was typed under which nothing exists for the post; `SoughtMiddleware` writes it down."""
    _sought.set((*_sought.get(), number))


def note_all_sought(numbers: Iterable[str]) -> None:
    """Note several at once, as `note_sought`."""
    for number in numbers:
        note_sought(number)


class SoughtMiddleware:
    """Middleware that logs what was sought in vain: by a form or a search (`note_sought`), or as the number in an
    address that answered 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _sought.set(())
        response = self.get_response(request)
        sought = _sought.get()
        if response.status_code == 404 and request.resolver_match:
            sought = (*sought, str(request.resolver_match.kwargs.get("number", "")))
        words = dict.fromkeys(mask_numbers(cleaned(number)[:LONGEST]) for number in sought if cleaned(number))
        post = getattr(request, "post", None) if words else None
        if isinstance(post, Post):
            for word in list(words)[:MOST]:
                access.log_once(post, AccessAct.NOT_FOUND, word, within=ONE_TRY, ip=request.META.get("REMOTE_ADDR"))
        return response
