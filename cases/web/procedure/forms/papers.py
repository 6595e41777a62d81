"""Form field of a paper that comes with a move: a new file, or one that the matter has already."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from binzhou_xinfang.records.file_types import EXTENSIONS
from binzhou_xinfang.web.file_fields import FileInput
from cases.attaching import Sheet
from cases.models import CaseAttachment
from cases.states import Paper

WRONG_SHAPE = "应为文件，或者本事项已有附件的编号"
_ACCEPT = ",".join(sorted(f".{extension}" for extension in EXTENSIONS))


class PaperInput(FileInput):
    """A box for a file, with the files of the matter beside it, of which one may be chosen instead."""

    template_name = "parts/paper.html"
    kept: tuple[tuple[int, str], ...] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        context["widget"] |= {"kept": self.kept, "chosen": str(value) if isinstance(value, (int, str)) else ""}
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> Any:
        sent = files.get(name)
        return sent if isinstance(sent, UploadedFile) else data.get(name) or data.get(f"{name}-kept") or None


@extend_schema_field({"oneOf": [{"type": "string", "format": "binary"}, {"type": "integer"}]})
class PaperJson(serializers.Field[Any, Any, Any, Any]):
    """Reader of a paper that a program sends: a file (multipart), or the id of a file that the matter has."""

    default_error_messages = {"invalid": WRONG_SHAPE}

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, (UploadedFile, int)) or isinstance(data, bool):
            self.fail("invalid")
        return data


class PaperField(forms.Field):
    """One paper of a move; `MoveForm` tells it the files of the matter."""

    widget: PaperInput
    kept: Sequence[CaseAttachment] = ()

    def __init__(self, paper: Paper) -> None:
        messages = {"required": f"请附上{paper.kind.label}。"}
        widget = PaperInput(attrs={"accept": _ACCEPT})
        super().__init__(
            label=str(paper.kind.label), required=paper.is_needed, help_text=paper.help_text, widget=widget,
            error_messages=messages,
        )  # fmt: skip

    def offer(self, kept: Sequence[CaseAttachment]) -> None:
        """Offer the files that the matter has."""
        self.kept = kept
        self.widget.kept = tuple((file.pk, file.name) for file in kept)

    def to_python(self, value: Any) -> Sheet | None:
        if value in self.empty_values or isinstance(value, UploadedFile):
            return value or None
        kept = next((file for file in self.kept if str(file.pk) == str(value)), None)
        if kept is None:
            raise ValidationError("没有找到这个附件，请重新选择。")
        return kept

    def json_field(self, **common: Any) -> PaperJson:
        """Describe a file, or the id of one that the matter has."""
        return PaperJson(**common)
