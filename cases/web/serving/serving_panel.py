"""文书送达 on the page of a matter."""

from dataclasses import dataclass
from datetime import date

from binzhou_xinfang.accounts.models import Post
from cases.models import PetitionCase
from cases.serving.standing import ServedLetter, served_letters
from cases.serving.verbs import may_record


@dataclass(frozen=True, slots=True)
class ServingPanel:
    """The letters whose delivery is recorded, and whether the reader may write it down."""

    rows: list[tuple[ServedLetter, bool]]
    on: date
    template: str = "cases/serving/_panel.html"


def panel(case: PetitionCase, post: Post, on: date) -> ServingPanel | None:
    """Build the panel; None where no such letter was issued. At most two queries."""
    letters = served_letters(case)
    rows = [(letter, may_record(post, letter.link, case)) for letter in letters]
    return ServingPanel(rows, on) if rows else None
