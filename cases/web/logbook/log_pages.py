"""专项记录: the sheet of an entry, and of its correction."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.refusals import refusals_at
from binzhou_xinfang.web.sheets import sheet_or_page
from cases.logbook.verbs import correct_entry, refuse_writer, write_entry
from cases.models import LogEntry, PetitionCase
from cases.vocabulary_beside import Book
from cases.web.finding import open_case
from cases.web.logbook.log_forms import ENTRY_FORMS, EntryForm


def book_of(slug: str) -> Book:
    """Find the book of an address. Raises Http404."""
    if slug not in Book.values:
        raise Http404
    return Book(slug)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff
def entry(request: StaffRequest, number: str, book: str, pk: int | None = None) -> HttpResponse:
    """Show the form of an entry by GET, of the correction of one with `pk`; keep it by POST."""
    kind, case = book_of(book), open_case(request, number)
    wrong = get_object_or_404(LogEntry, case=case, book=kind, pk=pk) if pk is not None else None
    refuse_writer(request.post, kind, case)
    form = ENTRY_FORMS[kind](request.POST if request.method == "POST" else None, corrects=wrong)
    if form.is_valid():
        with refusals_at(form):
            _keep(request, case, form, wrong)
            messages.success(request, f"已登记{kind.label}。")
            return redirect(f"{case.get_absolute_url()}#logbook")
    context = {"case": case, "book": kind, "form": form, "corrects": wrong}
    return sheet_or_page(request, "cases/logbook/entry", context, status=422 if form.is_bound else 200)


def _keep(request: StaffRequest, case: PetitionCase, form: EntryForm, wrong: LogEntry | None) -> None:
    data, by, at = form.data_of_entry, request.post, timezone.now()
    if wrong is None:
        write_entry(case, book=form.book, data=data, by=by, at=at)
    else:
        correct_entry(wrong, data=data, reason=form.reason_given, by=by, at=at)
