"""Choice of one of the petitioners of a matter in the form of a move."""

from typing import Any

from django import forms

from cases.models import Petitioner
from cases.people import others_of


def _name_of(person: Petitioner) -> str:
    name: str = person.name
    return name


def offer_people(field: Any, people: Any) -> None:
    """Offer these petitioners, by their names."""
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared so by its form
    field.queryset = people.order_by("pk")
    field.label_from_instance = _name_of  # type: ignore[method-assign, assignment]


def offer_applicant(form: Any) -> None:
    """Ask which of several petitioners it is; the field goes where there is one."""
    if offer_others(form, "applicant"):
        form.fields["applicant"].empty_label = form.case.lead.name


def offer_others(form: Any, name: str) -> bool:
    """Offer the petitioners beside the first in a field, which goes where there are none."""
    keys = [person.pk for person in others_of(form.case)] if name in form.fields else []
    if keys:
        offer_people(form.fields[name], Petitioner.objects.filter(pk__in=keys))
    else:
        form.fields.pop(name, None)
    return bool(keys)
