"""What the forms of all moves share."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind, User
from binzhou_xinfang.web.fields import PickField, day, line, text
from cases.models import PetitionCase
from cases.procedure.reply import Delivery
from cases.queries import visible_to
from cases.vocabulary import DeliveryWay, ToldBy

BODIES = Unit.objects.exclude(kind=UnitKind.AREA)


def unit(label: str, *, help_text: str = "") -> PickField:
    """One body, found by typing."""
    return PickField(BODIES, source="cases:units", label=label, help_text=help_text)


def told_by() -> forms.ChoiceField:
    """How the petitioner was told."""
    return forms.ChoiceField(label="告知方式", choices=ToldBy.choices)


class MoveForm(forms.Form):
    """The base of all: knows the matter and the post, and adds nothing else to ask."""

    # Fields that begin with today.
    today: tuple[str, ...] = ()

    def __init__(self, *args: Any, case: PetitionCase, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.post = case, post
        self.initial = self.proposed() | dict(self.initial)

    def proposed(self) -> dict[str, Any]:
        """What stands in the fields before anybody has typed."""
        return dict.fromkeys(self.today, timezone.localdate())

    def people_of(self, name: str, unit_id: int, *, empty: str | None) -> None:
        """Let a choice offer the people who hold a post at the unit today."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared by the subclass
        field.queryset = colleagues(unit_id, on=timezone.localdate()).exclude(pk__in=self.case.recused)
        field.empty_label = empty

    def matter(self, name: str) -> PetitionCase:
        """The visible matter of the number in a field. Raises ValidationError when there is none."""
        number = str(self.cleaned_data[name]).strip().upper()
        found = visible_to(self.post).filter(number=number).first()
        if found is None:
            raise ValidationError("没有找到这个编号的事项，请核对编号。")
        return found


def colleagues(unit_id: int, *, on: date) -> QuerySet[User]:
    """Who holds a post at the unit on the day."""
    return User.objects.filter(posts__in=Post.objects.held(on).filter(unit=unit_id)).distinct()


def person(label: str, *, required: bool = True) -> forms.ModelChoiceField:  # type: ignore[type-arg]
    """One person of a unit, by user name; `MoveForm.people_of` says whom to offer."""
    return forms.ModelChoiceField(User.objects.none(), label=label, required=required, to_field_name="username")


class NoteForm(MoveForm):
    note = text("说明")


class OptionalNoteForm(MoveForm):
    note = text("说明", required=False)


class ReasonForm(MoveForm):
    reason = text("理由")


class DeliverForm(MoveForm):
    delivered_on = day("送达日期")
    way = forms.ChoiceField(label="送达方式", choices=DeliveryWay.choices)
    recipient = line("签收人", max_length=60)
    place = line("送达地点", required=False, max_length=100)
    note = text("备注", required=False, rows=2)
    today = ("delivered_on",)

    def proposed(self) -> dict[str, Any]:
        return super().proposed() | {"recipient": self.case.lead.name}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        return data if self.errors else {"delivery": Delivery(**data)}
