"""Refusals in the office's words: no stock sentence of the framework reaches a page or the API."""

import copy
import importlib
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import get_resolver
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from rest_framework import serializers
from rest_framework.exceptions import Throttled
from rest_framework.test import APIRequestFactory

from binzhou_xinfang.sentences import OfficeForm, Speaking
from binzhou_xinfang.undecided import Undecided
from binzhou_xinfang.web.api import handle_error
from binzhou_xinfang.web.fields import day, line, text
from binzhou_xinfang.web.file_fields import FileInput
from binzhou_xinfang.web.form_serializers import FormSerializer
from binzhou_xinfang.web.input_serializers import InputSerializer
from cases.web.window.registration_form import RegistrationForm

OURS = ("binzhou_xinfang", "cases", "hearings", "supervision")
# Of every kind of fault: nothing, too much, another type, what no database takes, what no list offers.
WRONG = ["", "\x00", "x" * 30_000, "-1", "9" * 40, "0.00000001", "2026-13-41", "nobody@@"]


def below(kind: type) -> Iterator[type]:
    for each in kind.__subclasses__():
        yield each
        yield from below(each)


@cache
def loaded() -> None:
    """Every address has imported its page; the classes are all there."""
    list(get_resolver().url_patterns)
    importlib.import_module("cases.web.procedure.forms")


def ours(kind: type) -> list[type]:
    loaded()
    return sorted({each for each in below(kind) if each.__module__.split(".")[0] in OURS}, key=str)


def test_every_form_of_ours_speaks_in_our_words() -> None:
    strange = [each for each in ours(forms.BaseForm) if not issubclass(each, Speaking)]
    assert [each for each in strange if each is not Undecided] == []


@pytest.mark.django_db
def test_no_field_of_any_form_says_a_stock_sentence() -> None:
    fields = [
        (form, name, field)
        for form in ours(Speaking)
        for name, field in form.base_fields.items()  # type: ignore[attr-defined]  # set by the metaclass
    ]
    assert len(fields) > 200
    said = [(form, name, stock) for form, name, field in fields for stock in stock_of(field)]
    assert said == []


def stock_of(field: forms.Field) -> list[str]:
    return [str(said) for value in WRONG for said in said_about(field, value) if isinstance(said, Promise)]


def said_about(field: forms.Field, value: str) -> list[Any]:
    form_class = type("OneForm", (OfficeForm,), {"it": copy.deepcopy(field)})
    data, files = QueryDict(mutable=True), MultiValueDict[str, Any]()
    data["it"] = value
    files["it"] = SimpleUploadedFile(f"{value[:300] or 'x'}.pdf", b"")
    errors = form_class(data, files).errors.as_data()
    return [error.message for found in errors.values() for error in found]


# A browser writes the button of a file, and a day, in its own language.
OF_BROWSERS = ("file", "date", "time", "datetime-local", "month", "week")


def test_no_box_of_any_form_speaks_the_language_of_the_browser() -> None:
    boxes = [
        (form, name, field.widget)
        for form in ours(Speaking)
        for name, field in form.base_fields.items()  # type: ignore[attr-defined]  # set by the metaclass
        if getattr(field.widget, "input_type", "") in OF_BROWSERS
    ]
    assert boxes
    assert [box for box in boxes if not isinstance(box[2], FileInput)] == []


def test_no_page_has_such_a_box_of_its_own() -> None:
    own = re.compile(rf'type="({"|".join(OF_BROWSERS)})"')
    pages = [path for path in (settings.BASE_DIR / "templates").rglob("*.html") if own.search(path.read_text())]
    assert [path.name for path in pages] == ["file.html"]


def test_a_missing_field_is_asked_for_by_its_name() -> None:
    assert said_about(RegistrationForm.base_fields["content"], "") == ["请填写投诉内容。"]


def test_a_text_too_short_or_too_long_says_by_how_much() -> None:
    content = RegistrationForm.base_fields["content"]
    assert said_about(content, "没修") == ["投诉内容至少5字，请写具体些。"]
    assert said_about(content, "修" * 20_001) == ["投诉内容最多20000字，现在是20001字，请删减。"]


def test_a_choice_is_asked_to_be_chosen() -> None:
    assert said_about(RegistrationForm.base_fields["channel"], "") == ["请选择信访形式。"]
    assert said_about(RegistrationForm.base_fields["channel"], "smoke") == [
        "信访形式不在可选的范围内，请从列表中选择。"
    ]


def test_a_sentence_of_the_field_itself_stays() -> None:
    own = forms.CharField(label="理由", error_messages={"required": "请写明理由。"})
    assert said_about(own, "") == ["请写明理由。"]


def test_a_label_with_a_percent_sign_breaks_no_sentence() -> None:
    assert said_about(forms.IntegerField(label="按期率%", min_value=1), "0") == ["按期率%不能小于1。"]


def test_every_input_of_the_api_speaks_in_our_words() -> None:
    inputs = [
        each for each in ours(serializers.Serializer) if each.__name__.endswith(("InputSerializer", "QuerySerializer"))
    ]
    assert [each for each in inputs if not issubclass(each, (FormSerializer, InputSerializer))] == []


def test_no_input_of_the_api_says_a_stock_sentence() -> None:
    class LookSerializer(InputSerializer):
        q = serializers.CharField(max_length=3, label="名称")
        kind = serializers.ChoiceField(choices=["a"], label="类别")
        days = serializers.IntegerField(min_value=1, label="天数（日）")
        on = serializers.DateField(label="日期")
        lines = serializers.ListField(child=serializers.CharField(max_length=1, label="一行"), label="几行")

    asked = LookSerializer(data={"q": "1234", "kind": "b", "days": 0, "on": "x", "lines": [""]})
    assert not asked.is_valid()
    assert asked.errors == {
        "q": ["名称最多3字（项）。"],
        "kind": ["类别不在可选的范围内，请核对。"],
        "days": ["天数不能小于1。"],
        "on": ["日期的格式不对，请核对。"],
        "lines": {0: ["请填写一行。"]},
    }


def test_a_client_that_asks_too_often_is_told_when_to_come_back() -> None:
    request = APIRequestFactory().get("/")
    answer = handle_error(Throttled(wait=2.3), {"request": request})
    assert answer is not None
    assert answer.data == {"detail": "请求太频繁，请在3秒后再试。"}


def test_a_field_of_one_line_has_one_line_whoever_sent_it() -> None:
    class NoteForm(OfficeForm):
        title = line("标题")
        on = day("日期")
        text = text("内容")

    form = NoteForm({"title": "车库 \r\n 漏水", "on": "2026-01-05\n", "text": "一\n二"})
    assert form.is_valid()
    assert (form.cleaned_data["title"], form.cleaned_data["text"]) == ("车库 漏水", "一\n二")
