"""Common ground of the forms of all moves."""

import json
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.utils import timezone

from binzhou_xinfang.accounts.hierarchy import bodies_above
from binzhou_xinfang.accounts.models import Post, Unit, UnitKind, User
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.typed import spelled
from binzhou_xinfang.web.fields import PickField, mark_wanted
from cases.attaching import Papers
from cases.by_number import with_number
from cases.hooks import PROPOSALS
from cases.lateness import REASON, lapse_of, late_clock
from cases.models import CaseAttachment, PetitionCase, Petitioner
from cases.procedure.shared_fields import can_be_reached
from cases.states import TRANSITIONS, Ground, Move, Paper, answers
from cases.vocabulary import ToldBy
from cases.web.procedure.forms.papers import PaperField

BODIES = Unit.objects.exclude(kind=UnitKind.AREA)
# The field with the body to which a move sends the matter: the preview names it first.
RECEIVER = "to_unit"
# Fields with the day on which a duty was done, which may lie before the day on which it is entered.
_DAYS = frozenset({"posted_on", "notice_on", "delivered_on", "done_on"})


def unit(label: str, *, help_text: str = "") -> PickField:
    """Make a field for one body, found by typing."""
    return PickField(BODIES, source="cases:units", label=label, help_text=help_text)


def body_above(label: str, *, help_text: str = "", required: bool = True) -> forms.ModelChoiceField:  # type: ignore[type-arg]
    """Make a field for the next higher body; `MoveForm.offer_above` says whose. The verb says why another may not."""
    return forms.ModelChoiceField(BODIES, label=label, to_field_name="code", help_text=help_text, required=required)


def told_by() -> forms.ChoiceField:
    """Make a field for the way the petitioner was told."""
    return forms.ChoiceField(label="告知方式", choices=ToldBy.choices)


class ToldField(forms.ChoiceField):
    """The way a petitioner is told, which must be chosen for everybody who can be reached."""

    def __init__(self, *, label: str, help_text: str = "", required: bool = False) -> None:
        choices = [("", "没有留下联系方式，无法告知"), *ToldBy.choices]
        super().__init__(label=label, help_text=help_text, choices=choices, required=required)

    def ask_for(self, lead: Petitioner) -> None:
        """Want a way where the petitioner left one; propose none."""
        if can_be_reached(lead):
            self.choices = [("", "请选择"), *ToldBy.choices]
            mark_wanted(self)


@dataclass(frozen=True)
class Section:
    """A part of a form on its page; one with a title is folded until something in it wants to be seen."""

    title: str
    fields: list[BoundField]

    @property
    def is_open(self) -> bool:
        return any(bound.errors for bound in self.fields)


class MoveForm(OfficeForm):
    """The base of all: knows the matter and the post, and adds nothing else to ask."""

    # Fields that begin with today.
    today: tuple[str, ...] = ()
    # The field with the day on which the act counts, where it is not the day on which it is written down.
    counts_from: str = ""
    # What is attached with the move, from its row; `MoveForms` adds a field for each.
    asked: tuple[Paper, ...] = ()
    # The moves that it is the form of; set when it is registered.
    moves: tuple[Move, ...] = ()
    # A choice that decides which of these fields are asked for, by its value (`static/js/shows.js`).
    shows_by: str = ""
    shows: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    # Choices that a card of the home page has made: taken from the address.
    from_card: tuple[str, ...] = ()
    # What the preview looks at while it is typed, beside the days of a period.
    looks_at: tuple[str, ...] = ()

    def __init__(self, *args: Any, case: PetitionCase, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.post = case, post
        self.initial = self.proposed() | self._known_above() | dict(self.initial)
        self._offer_grounds()
        for told in self.fields.values():
            if isinstance(told, ToldField):
                told.ask_for(case.lead)
        kept = list(case.attachments.order_by("-pk")) if self.asked else []
        for paper in self.asked:
            field = self.fields[paper.field]
            assert isinstance(field, PaperField)  # noqa: S101  added by MoveForms
            field.offer(kept)
        if answers(case.end_asked) & set(self.moves):
            self._propose_papers(kept)
        self.ask_lateness([case])

    def _known_above(self) -> dict[str, Any]:
        """Gather what an app above knows already for the fields of this move."""
        known = {
            name: value
            for move in self.moves
            if move in PROPOSALS
            for name, value in PROPOSALS[move](self.case).items()
        }
        return {name: value for name, value in known.items() if name in self.fields}

    def ask_lateness(self, cases: Sequence[PetitionCase]) -> None:
        """Ask why it comes only now where one of the matters is late today; who is in time is not asked."""
        field = self.fields.get(REASON)
        if field is None:
            return
        rows = [TRANSITIONS[move] for move in self.moves]
        late = late_clock(cases, rows, unit=self.post.unit_id, on=timezone.localdate())
        asked = "在此之后办理的写明逾期的原因，事后登录的写明事后登录的原因" if _DAYS & set(self.fields) else "请写明"
        field.help_text = f"{lapse_of(late)}，{asked}" if late else ""
        field.widget = deepcopy(type(self).base_fields[REASON].widget) if late else forms.HiddenInput()
        # Where a day is asked for, it decides what has to be explained; of several moves only one may be late.
        if late and len(rows) == 1 and not self.counts_from and not _DAYS & set(self.fields):
            mark_wanted(field)

    def _propose_papers(self, kept: list[CaseAttachment]) -> None:
        """Propose the papers with which the ending was asked for, so that nobody uploads them twice."""
        for paper in self.asked:
            asked_with = next((file.pk for file in kept if file.kind == paper.kind), None)
            self.initial.setdefault(paper.field, asked_with)

    def _offer_grounds(self) -> None:
        """Offer the grounds that the matter bears today, and say why it does not bear the others.

        What is sent is judged by the verb.
        """
        field = self.fields.get("ground")
        grounds: dict[str, Ground] = {}
        for move in self.moves:
            grounds.update(TRANSITIONS[move].grounds)
        if self.is_bound or not grounds or not isinstance(field, forms.ChoiceField):
            return
        today = timezone.localdate()
        labels = {value: label for value, label in field.choices if value in grounds}  # type: ignore[misc, union-attr]
        fit = {value for value in labels if grounds[value].fits(self.case, today)}
        field.choices = [(value, label) for value, label in labels.items() if value in fit]
        unfit = [f"不能选择“{label}”：{grounds[value].says}" for value, label in labels.items() if value not in fit]
        field.help_text = " ".join([str(field.help_text), *unfit]).strip()

    def clean(self) -> dict[str, Any]:
        """Gather the papers; `cleaned_data` holds the rest."""
        data = super().clean() or self.cleaned_data
        sent = {paper.kind: data.pop(paper.field, None) for paper in self.asked}
        self.papers = Papers({kind: sheet for kind, sheet in sent.items() if sheet is not None})
        return data

    def full_clean(self) -> None:
        super().full_clean()
        if self.asked and self.is_bound and not self.errors:
            self.cleaned_data["papers"] = self.papers

    @property
    def sections(self) -> list[Section]:
        """The parts of the form, in the order of the page: one, without a title, unless a form has many fields."""
        return [Section("", self.visible_fields())]

    def proposed(self) -> dict[str, Any]:
        """Propose values for the fields before anybody has typed."""
        return dict.fromkeys(self.today, timezone.localdate())

    def counted(self, typed: Callable[[str], Any]) -> tuple[date, list[str]]:
        """Find the day on which the act counts by what is `typed` so far, and what is to be said about it."""
        return (typed(self.counts_from) if self.counts_from else None) or timezone.localdate(), []

    @property
    def previewed(self) -> str:
        """The names of the fields that the preview looks at."""
        receiver = [RECEIVER] if RECEIVER in self.fields else []
        return ",".join(dict.fromkeys(name for name in ("days", self.counts_from, *self.looks_at, *receiver) if name))

    @property
    def choosing(self) -> str:
        """The table of `shows`, for the script."""
        return json.dumps({self.shows_by: self.shows}) if self.shows else ""

    def people_of(self, name: str, unit_id: int, *, empty: str | None = None) -> None:
        """Let a choice offer the people who hold a post at the unit today."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared by the subclass
        field.queryset = colleagues(unit_id, on=timezone.localdate()).exclude(pk__in=self.case.recused)
        field.empty_label = empty

    def offer_above(self, name: str, unit: Unit) -> None:
        """Let a choice offer the next higher bodies of the unit, the first of them unless another is chosen."""
        bodies, field = bodies_above(unit, on=timezone.localdate()), self.fields[name]
        assert isinstance(field.widget, forms.Select)  # noqa: S101  declared by the subclass
        field.widget.choices = [(body.code, str(body)) for body in bodies]
        if not bodies:
            field.error_messages["required"] = f"没有登记{unit.name}的上一级机关、单位，请由系统管理员在机构中登记。"
        elif not self.initial.get(name):
            self.initial[name] = bodies[0].code

    def matter(self, name: str) -> PetitionCase:
        """Find the visible matter of the number in a field. Raises ValidationError when there is none."""
        number = spelled(str(self.cleaned_data[name]))
        case = with_number(self.post, number)
        if case is None:
            raise ValidationError("没有找到这个编号的事项，请核对编号。")
        return case


def colleagues(unit_id: int, *, on: date) -> QuerySet[User]:
    """Select who holds a post at the unit on the day."""
    return User.objects.filter(posts__in=Post.objects.held(on).filter(unit=unit_id)).distinct()


def person(label: str, *, required: bool = True) -> forms.ModelChoiceField:  # type: ignore[type-arg]
    """Make a field for one person of a unit, by user name; `MoveForm.people_of` says whom to offer."""
    return forms.ModelChoiceField(User.objects.none(), label=label, required=required, to_field_name="username")
