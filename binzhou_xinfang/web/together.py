"""Several of a list at once: one form for all that were ticked, each its own act with its own answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme


@dataclass(frozen=True, slots=True)
class Result:
    """Outcome for one row: "" when the act was done, or is open, else why not, in words. `sends`: the hidden fields by
    which the form names it."""

    row: Any
    refusal: str = ""
    sends: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Several:
    """One act on several. `things`: the name of the list; `back`: its address; `line`: the template of one row; `note`:
    said above the form; `onwards`: label and address of what may be looked at afterwards."""

    label: str
    things: str
    back: str
    line: str
    note: str = ""
    onwards: tuple[str, str] | None = None


def way_back(request: HttpRequest, address: str, *, otherwise: str) -> str:
    """Lead back to the list that was come from, never to another house."""
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else otherwise


def ask(
    request: HttpRequest, several: Several, form: BaseForm | None, checked: Sequence[Result], **more: Any
) -> HttpResponse:
    """Ask once for all of which the act is open, and name the others with why; `more`: what a line wants to know."""
    context = more | {
        "several": several,
        "form": form,
        "able": [result for result in checked if not result.refusal],
        "unable": [result for result in checked if result.refusal],
    }
    return render(request, "parts/together.html", context, status=422 if form and form.is_bound else 200)


def answer(request: HttpRequest, several: Several, results: Sequence[Result], **more: Any) -> HttpResponse:
    """Tell of each what became of it."""
    failed = sum(1 for result in results if result.refusal)
    context = more | {"several": several, "results": results, "failed": failed, "done": len(results) - failed}
    return render(request, "parts/together_done.html", context)
