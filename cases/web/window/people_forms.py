"""The questions about the person who comes: asked alike at the window, by letter and through the API."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.masking import NAMELESS
from binzhou_xinfang.undecided import EVERY
from binzhou_xinfang.web.asking_back import AsksBack, confirming
from cases.models import Petitioner
from cases.vocabulary import IdKind
from cases.web.window.entry_fields import asks, taken
from cases.web.window.parties import PartiesField
from cases.window.doubts import ASKED
from cases.window.identity import FIRST_BIRTH_YEAR, Identity, read_id_number


@asks(Petitioner)
class PersonForm(AsksBack):
    """The registration fields of 信访人 (reference §5.1). `clean` fills sex, birth date and home from a resident ID."""

    proposes = {EVERY: "登记项表中声明的默认值，已经录入的内容，带入的上次登记"}
    companions = PartiesField(
        label="代表、代理人、联名人", required=False, help_text="走访代表不超过5人；联名信的联名人可以逐人登记"
    )
    may_ask = ASKED
    confirmed = confirming(ASKED)

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

    def person(self) -> Petitioner:
        """Build the lead person as an unsaved row."""
        columns = taken(Petitioner, self.cleaned_data)
        return Petitioner(
            **columns | {"name": columns["name"] or NAMELESS, "is_id_verified": self.identity is not None}
        )
