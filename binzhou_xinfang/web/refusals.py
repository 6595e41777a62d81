"""Refusals at the field they belong to."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.forms import BaseForm

from binzhou_xinfang.errors import NotPermitted, Refusal


@contextmanager
def refusals_at(form: BaseForm) -> Iterator[None]:
    """Write a `Refusal` raised inside onto the form: at `refusal.field`, or above the form when it has no such field.

    `NotPermitted` goes on to the middleware: no other input would help.

        with refusals_at(form):
            accept(case, by=request.post, **form.cleaned_data)
            return redirect(case)
        return render(request, "cases/procedure/move.html", {"form": form})
    """
    try:
        yield
    except NotPermitted:
        raise
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
