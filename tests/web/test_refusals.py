"""A refusal at its field."""

import pytest
from django import forms

from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.web.refusals import refusals_at


class NameForm(forms.Form):
    name = forms.CharField(label="姓名")


@pytest.fixture
def form() -> NameForm:
    form = NameForm({"name": "张三"})
    assert form.is_valid()
    return form


def test_a_refusal_stands_at_the_field_it_names(form: NameForm) -> None:
    with refusals_at(form):
        raise Refusal("此人今天已登记。", field="name")
    assert form.errors == {"name": ["此人今天已登记。"]}


@pytest.mark.parametrize("field", ["", "elsewhere"])
def test_a_refusal_of_the_whole_act_stands_above_the_form(form: NameForm, field: str) -> None:
    with refusals_at(form):
        raise Refusal("事项已办结。", field=field)
    assert form.errors == {"__all__": ["事项已办结。"]}


def test_a_post_without_the_right_is_not_asked_to_mend_the_form(form: NameForm) -> None:
    with pytest.raises(NotPermitted), refusals_at(form):
        raise NotPermitted("当前岗位不能办理。")


def test_an_act_that_succeeds_leaves_the_form_alone(form: NameForm) -> None:
    with refusals_at(form):
        pass
    assert form.errors == {}
