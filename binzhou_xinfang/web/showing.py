"""Places where words of people are shown: JSON masks them; a form tells them in full, and who opened it is logged."""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, HttpResponse
from rest_framework.renderers import JSONRenderer

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.personal_numbers import personal_numbers
from binzhou_xinfang.records.words import in_full, told

# A form that is opened again within the hour is one look.
ONE_LOOK = timedelta(hours=1)
_was_shown: ContextVar[bool] = ContextVar("was_shown", default=False)


def note_shown() -> None:
    """Note that the answer to this request shows somebody's numbers in full; `ShownMiddleware` writes it down."""
    _was_shown.set(True)


class FieldInFull(BoundField):
    """A field of a form: begins with the text itself, for what is sent back is kept.

    A form that `is_logged` holds what was just typed, or what its page has logged itself.
    """

    def value(self) -> Any:
        """Give the value; what the house proposes and tells who somebody is, is noted as shown."""
        value = super().value()
        if not isinstance(value, str):
            return value
        if not self.form.is_bound and not getattr(self.form, "is_logged", False) and personal_numbers(value):
            note_shown()
        return in_full(value)


class FormRenderer(TemplatesSetting):
    """Renderer of all forms of the house."""

    bound_field_class = FieldInFull


class MaskedJSONRenderer(JSONRenderer):
    """Renderer of the API: whatever a view answers, words of people leave masked."""

    def render(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        return super().render(told(data), *args, **kwargs)


class ShownMiddleware:
    """Middleware that logs a form or a draft in which somebody's numbers stood in full."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _was_shown.set(False)
        response = self.get_response(request)
        post = getattr(request, "post", None) if _was_shown.get() else None
        if isinstance(post, Post):
            match = request.resolver_match
            number = str(match.kwargs.get("number", "")) if match else ""
            subject = f"{number} 查看 {request.path}".strip()[:200]
            access.log_once(post, AccessAct.UNMASK, subject, within=ONE_LOOK, ip=request.META.get("REMOTE_ADDR"))
        return response
