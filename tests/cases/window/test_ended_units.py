"""A unit that is no more: offered to nobody, and refused at its field when a page of yesterday still sends it."""

from datetime import timedelta

import pytest
from django import forms

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.web.fields import PickField
from cases.web.procedure.forms import MOVE_FORMS
from tests.cases.desk import faults, send
from tests.factories import UnitFactory
from tests.office import MONDAY, Office

pytestmark = pytest.mark.usefixtures("on_monday")


def ended(unit: Unit, *, days: int = -1) -> Unit:
    unit.valid_to = MONDAY.date() + timedelta(days=days)
    unit.save()
    return unit


def picks() -> list[tuple[str, str]]:
    """Every field of a move in which a unit is picked by typing."""
    return sorted(
        {
            (form.__name__, name)
            for form in MOVE_FORMS.values()
            for name, field in form.base_fields.items()
            if isinstance(field, PickField) and field.queryset is not None and field.queryset.model is Unit
        }
    )


def test_no_move_takes_a_unit_that_is_no_more(office: Office) -> None:
    gone = {"unit": ended(office.water), "place": ended(office.county)}
    assert len(picks()) >= 5
    for form, name in picks():
        field = next(one.base_fields[name] for one in MOVE_FORMS.values() if one.__name__ == form)
        unit = gone["place" if name.endswith("region") else "unit"]
        if getattr(field, "takes_ended", False):
            continue
        with pytest.raises(forms.ValidationError, match="已撤销或并入其他单位"):
            field.clean(unit.code)


@pytest.mark.parametrize(("days", "is_taken"), [(-1, False), (0, True), (1, True)])
def test_a_place_is_taken_until_its_last_day(office: Office, days: int, is_taken: bool) -> None:
    ended(office.county, days=days)
    answer = send(office.clerk)
    assert (answer.status_code == 302) is is_taken
    if not is_taken:
        assert faults(answer) == {"region": ["滨城区已撤销或并入其他单位，请选择承接其职权的单位。"]}


def test_who_is_complained_of_may_be_a_unit_that_is_no_more(office: Office) -> None:
    assert send(office.clerk, accused_unit=ended(office.water).code).status_code == 302


def test_of_two_units_of_one_name_the_one_that_stands_is_meant(office: Office) -> None:
    ended(office.water)
    again = UnitFactory(name=office.water.name, parent=office.city)
    field = PickField(Unit.objects.all(), source="cases:units")
    assert field.clean(office.water.name) == again
