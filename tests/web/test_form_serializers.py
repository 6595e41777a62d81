"""The API's serializers say what the forms say."""

from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import path
from django.utils.datastructures import MultiValueDict
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.form_serializers import FormSerializer, serializer_for


class VisitForm(OfficeForm):
    """来访。"""

    name = forms.CharField(label="姓名", max_length=4, help_text="与身份证一致")
    due_on = forms.DateField(label="应于", required=False)
    count = forms.IntegerField(label="人数", min_value=1, max_value=500)
    sum_owed = forms.DecimalField(label="金额", required=False, max_digits=8, decimal_places=2)
    is_joint = forms.BooleanField(label="联名", required=False)
    sex = forms.ChoiceField(label="性别", choices=[("", "请选择"), ("m", "男"), ("f", "女")], required=False)
    topics = forms.MultipleChoiceField(label="类别", choices=[("一类", [("a", "住房")]), ("b", "征地")], required=False)
    room = forms.ChoiceField(label="接谈室", choices=[], required=False)
    group = forms.ModelChoiceField(Group.objects.all(), label="小组", to_field_name="name", required=False)
    helpers = forms.ModelMultipleChoiceField(Group.objects.all(), label="协办", required=False)
    paper = forms.FileField(label="材料", required=False)
    fixed = forms.CharField(disabled=True, required=False)

    def __init__(self, *args: Any, rooms: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].choices = [(room, room) for room in rooms]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("is_joint") and self.cleaned_data.get("count", 0) < 5:
            self.add_error(None, "联名应在五人以上。")
        return self.cleaned_data


LEAST = {"name": "张三", "count": 1}


def reading(data: Any, **form_kwargs: Any) -> FormSerializer:
    return serializer_for(VisitForm)(data=data, context={"form_kwargs": form_kwargs})


def errors(data: Any, **form_kwargs: Any) -> dict[str, list[str]]:
    serializer = reading(data, **form_kwargs)
    assert not serializer.is_valid()
    return {name: [str(error) for error in found] for name, found in serializer.errors.items()}


def test_the_description_says_type_limits_and_choices() -> None:
    fields = serializer_for(VisitForm)().fields
    assert {name: type(field).__name__ for name, field in fields.items()} == {
        "name": "CharField",
        "due_on": "DateField",
        "count": "IntegerField",
        "sum_owed": "DecimalField",
        "is_joint": "BooleanField",
        "sex": "ChoiceField",
        "topics": "MultipleChoiceField",
        "room": "CharField",
        "group": "CharField",
        "helpers": "ListField",
        "paper": "FileField",
    }
    name, count, sex = fields["name"], fields["count"], fields["sex"]
    assert (name.required, name.label, name.help_text) == (True, "姓名", "与身份证一致")
    assert (name.max_length, count.min_value, count.max_value) == (4, 1, 500)  # type: ignore[attr-defined]
    assert (dict(sex.choices), sex.required) == ({"m": "男", "f": "女"}, False)  # type: ignore[attr-defined]
    assert dict(fields["topics"].choices) == {"a": "住房", "b": "征地"}  # type: ignore[attr-defined]


def test_a_form_has_one_serializer_named_after_it() -> None:
    assert serializer_for(VisitForm).__name__ == "VisitInputSerializer"
    assert serializer_for(VisitForm) is serializer_for(VisitForm)


@pytest.mark.django_db
def test_what_is_read_is_what_the_form_reads() -> None:
    group = Group.objects.create(name="接访组")
    serializer = reading(
        {
            "name": " 张三 ",
            "due_on": "2026-10-09",
            "count": 5,
            "sum_owed": "12.50",
            "is_joint": True,
            "sex": "f",
            "topics": ["a", "b"],
            "room": "一号",
            "group": "接访组",
            "helpers": [group.pk],
        },
        rooms=("一号",),
    )
    assert serializer.is_valid(), serializer.errors
    values = dict(serializer.validated_data)
    assert list(values.pop("helpers")) == [group]
    assert values.pop("due_on").isoformat() == "2026-10-09"
    assert values == {
        "name": "张三",
        "count": 5,
        "sum_owed": Decimal("12.50"),
        "is_joint": True,
        "sex": "f",
        "topics": ["a", "b"],
        "room": "一号",
        "group": group,
        "paper": None,
        "fixed": "",
    }


def test_what_is_not_sent_or_null_is_empty() -> None:
    serializer = reading(LEAST | {"due_on": None, "sex": None})
    assert serializer.is_valid()
    assert (serializer.validated_data["due_on"], serializer.validated_data["sex"]) == (None, "")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, {"name": ["请填写姓名。"], "count": ["请填写人数。"]}),
        (LEAST | {"count": 0}, {"count": ["人数不能小于1。"]}),
        (LEAST | {"sex": "x"}, {"sex": ["性别不在可选的范围内，请从列表中选择。"]}),
        (LEAST | {"room": "二号"}, {"room": ["接谈室不在可选的范围内，请从列表中选择。"]}),
        (LEAST | {"is_joint": True}, {"non_field_errors": ["联名应在五人以上。"]}),
        (LEAST | {"surname": "张"}, {"surname": ["没有这一项，请核对名称"]}),
        (LEAST | {"fixed": "别的"}, {"fixed": ["没有这一项，请核对名称"]}),
        ([], {"non_field_errors": ["请发送一个对象"]}),
        ("text", {"non_field_errors": ["请发送一个对象"]}),
    ],
)
def test_what_the_form_refuses_is_refused_at_its_field(data: Any, expected: dict[str, list[str]]) -> None:
    assert errors(data) == expected


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", 7, "应为文字"),
        ("name", ["张三"], "应为文字"),
        ("name", "\ud800", "含有无法识别的字符"),
        ("count", "1", "应为整数"),
        ("count", True, "应为整数"),
        ("count", 1.5, "应为整数"),
        ("sum_owed", {}, "应为数字"),
        ("is_joint", "true", "应为 true 或 false"),
        ("due_on", 20261009, "应为文字"),
        ("sex", ["m"], "应为一个选项的值"),
        ("topics", "a", "应为列表"),
        ("topics", [["a"]], "应为一个选项的值"),
        ("group", {"name": "接访组"}, "应为一个选项的值"),
        ("helpers", [True], "应为一个选项的值"),
        ("paper", "材料.pdf", "应为文件"),
    ],
)
def test_a_value_of_another_type_is_refused_before_the_form_reads_it(field: str, value: Any, sentence: str) -> None:
    assert errors(LEAST | {field: value}) == {field: [sentence]}


def test_a_form_sent_as_text_is_read_as_the_page_reads_it() -> None:
    data = QueryDict("name=张三&count=6&is_joint=true&topics=a&topics=b")
    serializer = reading(data)
    assert serializer.is_valid(), serializer.errors
    values = serializer.validated_data
    assert (values["count"], values["is_joint"], values["topics"]) == (6, True, ["a", "b"])


def test_a_file_comes_with_the_form() -> None:
    data = QueryDict("name=张三&count=1", mutable=True)
    MultiValueDict.update(data, {"paper": SimpleUploadedFile("材料.txt", b"1")})
    serializer = reading(data)
    assert serializer.is_valid(), serializer.errors
    assert serializer.validated_data["paper"].name == "材料.txt"


def test_a_group_that_does_not_exist_is_refused(db: None) -> None:
    assert errors(LEAST | {"group": "\x00", "helpers": [10**30]}) == {
        "group": ["小组含有无法识别的字符，请删去后重新填写。"],
        "helpers": ["协办不在可选的范围内，请从列表中选择。"],
    }


def test_any_form_field_has_a_serializer_field() -> None:
    class OddForm(OfficeForm):
        email = forms.EmailField()
        at = forms.DateTimeField()
        ratio = forms.FloatField(min_value=0)
        key = forms.UUIDField()
        colour = forms.RegexField(r"^#[0-9a-f]{6}$")
        rooms = forms.MultipleChoiceField(choices=[])
        owner = forms.ModelChoiceField(None)

    fields = serializer_for(OddForm)().fields
    assert [type(field) for field in fields.values()] == [
        serializers.EmailField,
        serializers.DateTimeField,
        serializers.FloatField,
        serializers.UUIDField,
        serializers.CharField,
        serializers.ListField,
        serializers.IntegerField,
    ]


def test_the_api_description_tells_the_form_and_that_nothing_else_is_taken() -> None:
    class VisitView(APIView):
        @extend_schema(request=serializer_for(VisitForm), responses=None)
        def post(self, request: Request) -> Response: ...

    schema = SchemaGenerator(patterns=[path("visits/", VisitView.as_view())]).get_schema(public=True)
    described = schema["components"]["schemas"]["VisitInputRequest"]
    assert (described["description"], described["additionalProperties"]) == ("来访。", False)
    assert (described["required"], described["properties"]["count"]["maximum"]) == (["count", "name"], 500)
