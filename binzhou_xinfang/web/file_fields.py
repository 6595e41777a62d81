"""Form fields for files of the kinds that a matter keeps."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from binzhou_xinfang.records.file_types import EXTENSIONS
from binzhou_xinfang.records.files import limit_words
from binzhou_xinfang.typed import shortened

LONGEST_NAME = 250
ACCEPTED = {"accept": ",".join(sorted(f".{extension}" for extension in EXTENSIONS))}
TYPES = f"PDF、JPG、PNG、Word、Excel、TXT、MP3、WAV、MP4，不超过{limit_words()}"


class FileInput(forms.FileInput):
    """A box for a file: its button speaks Chinese, whatever the browser speaks."""

    template_name = "parts/file.html"


class FilesInput(FileInput):
    """Several files at a time."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of files; nothing chosen is an empty list. What is wrong is said of each by its name; with `judges=False`
    the verb says it."""

    def __init__(self, *, label: str, help_text: str = "", is_needed: bool = False, judges: bool = True) -> None:
        super().__init__(
            label=label, required=is_needed, max_length=LONGEST_NAME, help_text=f"{help_text}可以一次选多个。{TYPES}",
            widget=FilesInput(attrs=dict(ACCEPTED)), error_messages={"empty": "文件是空的，请重新选择。"},
        )  # fmt: skip
        self.judges = judges

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = [one for one in (data if isinstance(data, (list, tuple)) else [data]) if one]
        if self.required and not given:
            raise ValidationError("请选择文件。")
        if self.judges and (faults := [fault for one in given for fault in self._faults(one)]):
            raise ValidationError(faults)
        return given

    def _faults(self, one: Any) -> list[str]:
        """Say of one file by its name what is wrong with it."""
        try:
            super().clean(one)
        except ValidationError as fault:
            name = getattr(one, "name", "") or self.label
            return [f"“{shortened(str(name), 60)}”：{sentence}" for sentence in fault.messages]
        return []
