"""代表、代理人、联名人 as rows of a form, and as a list of objects for a program."""

from collections.abc import Mapping
from datetime import date
from itertools import zip_longest
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from rest_framework import serializers

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.typed import cleaned, spelled
from binzhou_xinfang.web.input_serializers import InputSerializer
from cases.models import Petitioner
from cases.vocabulary import IdKind, PartyRole
from cases.window.identity import paper_of, read_id_number, read_phone
from cases.window.registration import Party

MOST = 50
LONGEST_NAME = 100
# What an agent alone has: every row sends it, so that the columns stay in step.
OF_AGENTS = ("relation", "has_authorisation")
PARTS = ("role", "name", "id_number", "phone", *OF_AGENTS)
LONGEST_RELATION = 40
Given = Mapping[str, Any]


class PartiesInput(forms.Widget):
    """A row for each person: `companions-role`, `companions-name` … repeated in the order of the rows."""

    template_name = "parts/parties.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if not isinstance(data, QueryDict):
            return data.get(name) if isinstance(data, Mapping) else None
        columns = [data.getlist(f"{name}-{part}") for part in PARTS]
        rows = [dict(zip(PARTS, row, strict=True)) for row in zip_longest(*columns, fillvalue="")]
        return [row for row in rows if any(str(row[part]).strip() for part in PARTS[1:4])]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["rows"] = [row for row in value or [] if isinstance(row, dict)]
        context["widget"]["roles"] = PartyRole.choices
        return context


class PartyInputSerializer(InputSerializer):
    """代表、代理人、联名人中的一人。"""

    role = serializers.ChoiceField(choices=PartyRole.choices, label="身份")
    name = serializers.CharField(max_length=LONGEST_NAME, label="姓名")
    id_number = serializers.CharField(
        max_length=40, required=False, allow_blank=True, label="证件号码", help_text="证件类型由号码判定"
    )
    phone = serializers.CharField(max_length=30, required=False, allow_blank=True, label="电话")
    relation = serializers.CharField(
        max_length=LONGEST_RELATION, required=False, allow_blank=True, label="代理人与信访人的关系"
    )
    has_authorisation = serializers.BooleanField(required=False, label="代理人有授权委托书")


class PartiesField(forms.Field):
    """Field that reads `[{"role": "representative", "name": "…", "id_number": "…", "phone": "…"}, …]`."""

    widget = PartiesInput

    def to_python(self, value: Any) -> list[Party]:
        """Read each row as a person with a part; the law's limit of representatives is the verb's to refuse."""
        if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
            if value:
                raise ValidationError("应为一组人员，每人含 role、name，以及 id_number、phone。")
            return []
        if len(value) > MOST:
            raise ValidationError(f"最多填写{MOST}人，其余人员请作为附件上传名单。")
        today = timezone.localdate()
        return [_read(row, place, today) for place, row in enumerate(value, start=1)]

    def json_field(self, **common: Any) -> serializers.BaseSerializer[Any]:
        """Describe a list of people."""
        return PartyInputSerializer(many=True, **common)


def _read(row: Given, place: int, today: date) -> Party:
    role, name = str(row.get("role", "")), cleaned(str(row.get("name", "")))
    if role not in PartyRole.values:
        raise ValidationError(f"第{place}行：请选择身份（代表、代理人或者联名人）。")
    if not name or "\x00" in name:
        raise ValidationError(f"第{place}行：请填写姓名。")
    if len(name) > LONGEST_NAME:
        raise ValidationError(f"第{place}行：姓名最多{LONGEST_NAME}字。")
    person = Petitioner(name=name)
    try:
        _read_paper(person, str(row.get("id_number") or ""), today)
        person.phone = read_phone(str(row.get("phone") or ""))
    except Refusal as refusal:
        raise ValidationError(f"第{place}行：{refusal}") from refusal
    return Party(person, PartyRole(role), **_of_agent(row, place) if role == PartyRole.AGENT else {})


def _of_agent(row: Given, place: int) -> dict[str, Any]:
    relation = cleaned(str(row.get("relation") or ""))
    if len(relation) > LONGEST_RELATION or "\x00" in relation:
        raise ValidationError(f"第{place}行：与信访人的关系最多{LONGEST_RELATION}字。")
    return {"relation": relation, "has_authorisation": row.get("has_authorisation") in (True, "true", "yes")}


def _read_paper(person: Petitioner, text: str, today: date) -> None:
    number = spelled(text)
    if not number:
        return
    kind = paper_of(number)
    if kind == IdKind.NONE:
        raise Refusal("证件号码看不出是哪种证件，请核对是否输错。", field="companions")
    person.id_kind, (person.id_number, _) = kind, read_id_number(kind, number, on=today)
