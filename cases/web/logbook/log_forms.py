"""Forms of the books, derived from what each declares."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from binzhou_xinfang.records.event_fields import TODAY
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.undecided import EVERY
from binzhou_xinfang.web.fields import line
from cases.logbook.after_care import first_day
from cases.logbook.books import BOOKS
from cases.models import LogEntry
from cases.vocabulary_beside import Book
from cases.web.procedure.forms.table import field_for


class EntryForm(OfficeForm):
    """The base: an entry of one book; with `corrects` it begins with what stands there and asks for the reason."""

    book: Book
    proposes = {EVERY: "更正的，为原来登记的内容"}

    def __init__(self, *args: Any, corrects: LogEntry | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if corrects is None:
            self.fields.pop("reason")
        self.initial = _proposed(self.book) | (corrects.data if corrects else {}) | dict(self.initial)

    @property
    def data_of_entry(self) -> dict[str, Any]:
        """The inputs that the entry keeps."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}

    @property
    def reason_given(self) -> str:
        return str(self.cleaned_data.get("reason", ""))


def _proposed(book: Book) -> dict[str, Any]:
    today: date = timezone.localdate()
    begins = {name: today for name, field in BOOKS[book].fields.items() if field.ask and field.ask.begins == TODAY}
    return begins | ({"next_on": first_day(today)} if book is Book.AFTER_CARE else {})


def _form_of(book: Book) -> type[EntryForm]:
    asked = {name: field_for(field) for name, field in BOOKS[book].fields.items() if field.ask}
    reason = line("更正理由", max_length=500)
    body: dict[str, Any] = {**asked, "reason": reason, "book": book, "__module__": __name__}
    body["__doc__"] = f"{book.label}的一条记录。"
    return type(f"{book.name.title().replace('_', '')}EntryForm", (EntryForm,), body)


ENTRY_FORMS: Mapping[Book, type[EntryForm]] = MappingProxyType({book: _form_of(book) for book in Book})
