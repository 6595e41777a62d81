"""Declaration of an entry: its place on the form, its nature, and how it is told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, cached_property
from typing import Any, TypeVar

from django.db import models

from binzhou_xinfang.records.masking import mask_address, mask_id_number, mask_name, mask_numbers, mask_phone

Column = TypeVar("Column", bound="models.Field[Any, Any]")


class Row(Enum):
    """A row of the registration form. Within a row the entries stand as their models declare them.

    The `MORE_…` rows are folded away together: what is asked now and then only.
    """

    IDENTITY = "identity"
    PERSON = "person"
    HOME = "home"
    WHO = "who"
    COMING = "coming"
    CONTENT = "content"
    GOAL = "goal"
    PLACE = "place"
    ACCUSED = "accused"
    TOPIC = "topic"
    MORE_MATTER = "more-matter"
    MORE_PERSON = "more-person"
    MORE_ARRIVAL = "more-arrival"


FOLDED = (Row.MORE_MATTER, Row.MORE_PERSON, Row.MORE_ARRIVAL)


def _only_length(text: str) -> str:
    return "*" * len(text)


class Nature(Enum):
    """The nature of an entry: how it is read when typed, and how it is masked for those who need not see it in full.

    `PLAIN` is told as it is, `NUMBER` too, and is spelled in one way; `TEXT` with the numbers of persons in it masked;
    the others are of one person, and are told in full only to somebody who asks and gives a reason.
    """

    PLAIN = "plain"
    TEXT = "text"
    NAME = "name"
    NUMBER = "number"
    ID_NUMBER = "id-number"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    BIRTHDAY = "birthday"
    EMPLOYER = "employer"

    @property
    def is_personal(self) -> bool:
        return self not in (Nature.PLAIN, Nature.NUMBER, Nature.TEXT)

    def mask(self, text: str) -> str:
        """Hide of the words what the nature hides."""
        return _MASKS[self](text)


_MASKS: dict[Nature, Callable[[str], str]] = {
    Nature.PLAIN: str,
    Nature.NUMBER: str,
    Nature.TEXT: mask_numbers,
    Nature.NAME: mask_name,
    Nature.ID_NUMBER: mask_id_number,
    Nature.PHONE: mask_phone,
    Nature.EMAIL: _only_length,
    Nature.ADDRESS: mask_address,
    # 1980年1月21日 → 1980年
    Nature.BIRTHDAY: lambda text: text[:5],
    Nature.EMPLOYER: _only_length,
}


class Pick(Enum):
    """The list from which a row is picked by typing; `NUMBER`: typed as the number of a matter."""

    TOPIC = "topic"
    PLACE = "place"
    BODY = "body"
    NUMBER = "number"


@dataclass(frozen=True, eq=False)
class Entry:
    """One entry of registration.

    On the form: `row` (None: settled later by the office, told alike), `form_label` where it differs from `label`, and
    that where it differs from the column's name, `help_text`, `required`, `initial` (a value or a function), `empty`
    (the words of choosing nothing), `shortest`, `longest`, `most`, `lines` of a text area, `pick`.
    Told: `joins` names the entry in whose line this one stands, `between` stands between the two, `is_label`: it is the
    label of that line; `apart`: the pages have a place of their own for it, outside the lines; `told_by`: a part of the
    file tells it under its own rule of who sees what; `empty_words` stand where a line is wanted even without a value;
    `unit` follows a number; `is_warning` colours a tick; `on_receipt`: the receipt that the petitioner takes home
    repeats it. Other entries stay off the receipt, which proves that something arrived and tells nobody's data to whom
    it is shown. `examples` are what the demo types in.
    """

    column: "models.Field[Any, Any]"
    row: Row | None
    nature: Nature = Nature.PLAIN
    label: str = ""
    form_label: str = ""
    help_text: str = ""
    required: bool | None = None
    initial: Any = None
    empty: str = "—"
    longest: int | None = None
    most: int | None = None
    shortest: int | None = None
    lines: int = 6
    pick: Pick | None = None
    joins: str = ""
    between: str = " "
    is_label: bool = False
    apart: bool = False
    told_by: str = ""
    empty_words: str = ""
    unit: str = ""
    is_warning: bool = False
    on_receipt: bool = False
    examples: tuple[Any, ...] = field(default=())

    @property
    def name(self) -> str:
        return self.column.name

    @property
    def words(self) -> str:
        """The label in front of the value."""
        return self.label or str(self.column.verbose_name)

    @cached_property
    def choices(self) -> dict[Any, Any]:
        """The labels of the values, none for an entry without a list."""
        return dict(self.column.flatchoices)

    @property
    def is_tick(self) -> bool:
        return isinstance(self.column, models.BooleanField)

    @property
    def is_required(self) -> bool:
        """True if the form wants it; without a word of the declaration, a column that takes neither nothing nor a
        default is wanted."""
        if self.required is not None:
            return self.required
        return not (self.is_tick or self.column.blank or self.column.has_default())


def entered(column: Column, row: Row | None, **about: Any) -> Column:
    """Declare a column as an entry of registration; `about` are the fields of `Entry`."""
    vars(column)["entry"] = Entry(column, row, **about)
    return column


@cache
def entries_of(model: type[models.Model]) -> tuple[Entry, ...]:
    """List the entries of a model in the order of their declaration."""
    columns = (vars(column).get("entry") for column in model._meta.local_concrete_fields)
    return tuple(entry for entry in columns if isinstance(entry, Entry))


@cache
def units_in(model: type[models.Model]) -> tuple[str, ...]:
    """Name the entries of a model that are rows of the tree of units."""
    return tuple(entry.name for entry in entries_of(model) if entry.pick in (Pick.PLACE, Pick.BODY))


def asked_of(model: type[models.Model]) -> tuple[Entry, ...]:
    """List those of the entries that are typed in at the desk."""
    return tuple(entry for entry in entries_of(model) if entry.row is not None)
