"""The questions about the person who comes: asked alike at the window, by letter and through the API."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.masking import NAMELESS
from binzhou_xinfang.typed import spelled
from binzhou_xinfang.web.fields import LinesField
from cases.models import Petitioner
from cases.vocabulary import IdKind, PartyRole
from cases.web.window.entry_fields import asks, taken
from cases.window.identity import FIRST_BIRTH_YEAR, Identity, paper_of, read_id_number, read_phone
from cases.window.registration import Party

# Of a paper or of a telephone, as typed beside a name.
_NUMBER = re.compile(r"[0-9A-Z+()#.转-]*[0-9][0-9A-Z+()#.转-]*", re.ASCII)
_LONGEST_NAME = 100
_ROLE_WORDS = {str(role.label): role for role in PartyRole}


@asks(Petitioner)
class PersonForm(forms.Form):
    """The registration fields of 信访人 (reference §5.1). `clean` fills sex, birth date and home from a resident ID."""

    companions = LinesField(
        label="代表、代理人、联名人",
        required=False,
        max_lines=50,
        max_length=200,
        help_text="一行一人：身份 姓名 证件号码 电话，例如“代表 王某 372301… 138…”；代表不超过5人",
    )

    def clean_born_on(self) -> date | None:
        born_on: date | None = self.cleaned_data["born_on"]
        if born_on and not date(FIRST_BIRTH_YEAR, 1, 1) <= born_on <= timezone.localdate():
            raise ValidationError(f"出生日期应在{FIRST_BIRTH_YEAR}年至今天之间，请核对。")
        return born_on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("is_anonymous"):
            self._require_reachable(data)
        identity = self._read_id(data)
        if identity is not None:
            data["sex"], data["born_on"] = identity.sex, identity.born_on
            data["household_region"] = data.get("household_region") or identity.region
        self.identity = identity
        return data

    def _require_reachable(self, data: dict[str, Any]) -> None:
        if not data.get("name"):
            self.add_error("name", "请填写姓名（名称）；确属匿名的，请勾选“匿名”。")
        if not (data.get("phone") or data.get("landline") or data.get("address")) and "phone" not in self.errors:
            self.add_error("phone", "联系电话和详细住址至少填写一项，否则无法告知和答复。")

    def _read_id(self, data: dict[str, Any]) -> Identity | None:
        kind = data.get("id_kind") or ""
        if data.get("is_organisation") and kind == IdKind.RESIDENT:
            kind = data["id_kind"] = IdKind.CREDIT_CODE
        try:
            data["id_number"], identity = read_id_number(kind, data.get("id_number") or "", on=timezone.localdate())
        except Refusal as refusal:
            self.add_error(refusal.field or "id_number", str(refusal))
            return None
        if not data["id_number"]:
            data["id_kind"] = IdKind.NONE
        return identity

    def clean_companions(self) -> list[Party]:
        """Read each line as a person with a part; the law's limit of five is the verb's to refuse."""
        today = timezone.localdate()
        return [_read_companion(line, today) for line in self.cleaned_data["companions"]]

    def person(self) -> Petitioner:
        """Build the lead person as an unsaved row."""
        columns = taken(Petitioner, self.cleaned_data)
        return Petitioner(
            **columns | {"name": columns["name"] or NAMELESS, "is_id_verified": self.identity is not None}
        )


def _read_companion(line: str, today: date) -> Party:
    """Read a part, a name that may have blanks, and numbers of whatever order: of a paper, of a telephone."""
    words = re.split(r"[\s,，、;；]+", line)
    role = _ROLE_WORDS.get(words[0])
    numbers = [word for word in words[1:] if _NUMBER.fullmatch(spelled(word))]
    name = " ".join(word for word in words[1:] if word not in numbers)
    if role is None or not name:
        allowed = "、".join(_ROLE_WORDS)
        raise ValidationError(f"“{line}”：请以身份开头（{allowed}），再写姓名、证件号码、电话。")
    if len(name) > _LONGEST_NAME:
        raise ValidationError(f"“{line}”：姓名不能超过{_LONGEST_NAME}个字。")
    person = Petitioner(name=name)
    for number in numbers:
        try:
            _take_number(person, number, today)
        except Refusal as refusal:
            raise ValidationError(f"“{line}”：{refusal}") from refusal
    return Party(person, role)


def _take_number(person: Petitioner, number: str, today: date) -> None:
    kind = paper_of(number)
    if kind == IdKind.NONE:
        person.phone = read_phone(number)
    else:
        person.id_kind, (person.id_number, _) = kind, read_id_number(kind, number, on=today)
