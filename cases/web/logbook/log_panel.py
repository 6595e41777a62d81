"""专项记录 on the page of a matter."""

from dataclasses import dataclass
from datetime import date

from binzhou_xinfang.accounts.models import Post
from cases.logbook.books import may_write, open_books
from cases.logbook.telling import Told, told_entries
from cases.models import PetitionCase
from cases.vocabulary_beside import Book


@dataclass(frozen=True, slots=True)
class LogPanel:
    """The entries of the matter, each with whether the reader may put it right, and the books open to the reader."""

    rows: list[tuple[Told, bool]]
    books: list[Book]
    template: str = "cases/logbook/_panel.html"


def panel(case: PetitionCase, post: Post, on: date) -> LogPanel | None:
    """Build the panel; None where there is nothing to see or do. One query."""
    told = told_entries(case, on=on)
    rows = [(one, _may_correct(post, one, case)) for one in told]
    books = open_books(post, case)
    return LogPanel(rows, books) if rows or books else None


def _may_correct(post: Post, told: Told, case: PetitionCase) -> bool:
    own = told.entry.unit_id == post.unit_id and not told.corrected
    return own and may_write(post, Book(told.entry.book), case)
