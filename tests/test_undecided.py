"""No decision is taken by who only sends: a choice begins open, unless its form says why it does not."""

from typing import Any

import pytest
from django import forms

from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.undecided import EVERY, Undecided, is_decision
from tests.decided import decided_in
from tests.test_sentences import below, ours

COLOURS = [("red", "红"), ("blue", "蓝")]


class OpenForm(OfficeForm):
    colour = forms.ChoiceField(label="颜色", choices=COLOURS)


class ProposingForm(OpenForm):
    proposes = {"colour": "上次选的"}


class RadioForm(OfficeForm):
    colour = forms.ChoiceField(label="颜色", choices=COLOURS, widget=forms.RadioSelect)


def shown(form: forms.Form) -> set[str]:
    return decided_in(f'<form method="post">{form}</form>')


@pytest.mark.parametrize("kind", [OpenForm, RadioForm])
def test_a_choice_begins_open_whatever_initial_value_comes_along(kind: type[OfficeForm]) -> None:
    assert shown(kind(initial={"colour": "blue"})) == set()


def test_the_open_choice_is_named_and_must_be_made() -> None:
    assert '<option value="" selected>请选择</option>' in str(OpenForm())
    assert OpenForm({"colour": ""}).errors["colour"] == ["请选择颜色。"]


def test_a_form_that_says_why_proposes_its_value() -> None:
    html = str(ProposingForm(initial={"colour": "blue"})["colour"])
    assert ("data-proposed" in html, '<option value="blue" selected>' in html) == (True, True)


def test_what_it_has_nothing_to_propose_for_begins_open_all_the_same() -> None:
    assert shown(ProposingForm()) == set()


def test_one_choice_alone_is_no_decision() -> None:
    form = OpenForm()
    form.fields["colour"].choices = COLOURS[:1]  # type: ignore[attr-defined]
    assert "请选择" not in str(form)


def test_a_choice_that_a_person_has_made_comes_back_as_it_was_made() -> None:
    assert '<option value="blue" selected>' in str(OpenForm({"colour": "blue"}))


def test_the_check_finds_a_choice_that_is_made() -> None:
    html = '<form method="post"><select name="a"><option value="x">x<option value="y">y</select>'
    html += '<input type="radio" name="b" value="1" checked></form>'
    assert decided_in(html) == {"a", "b"}


def choices_of(form: Any) -> dict[str, forms.Field]:
    return {name: field for name, field in form.base_fields.items() if is_decision(field)}


def test_no_field_has_an_initial_value_that_would_be_passed_over() -> None:
    found = [
        f"{form.__name__}.{name}"
        for form in ours(Undecided)
        for name, field in choices_of(form).items()
        if field.initial not in (None, "") and not {name, EVERY} & form.proposes.keys()  # type: ignore[attr-defined]
    ]
    assert found == []


def test_what_is_declared_is_a_choice_of_the_form_and_has_its_reason() -> None:
    for form in ours(Undecided):
        proposes: dict[str, str] = dict(form.proposes)  # type: ignore[attr-defined]
        assert all(len(reason) > 5 for reason in proposes.values()), form
        # A base may declare for the forms that are made of it.
        made = [choices_of(each).keys() for each in (form, *below(form))]
        assert all(any(name in names for names in made) for name in proposes.keys() - {EVERY}), form
