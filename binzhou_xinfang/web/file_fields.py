"""Form fields for files of the kinds that a matter keeps."""

from typing import Any

from django import forms

from binzhou_xinfang.records.file_types import EXTENSIONS
from binzhou_xinfang.records.files import limit_words

LONGEST_NAME = 250
ACCEPTED = {"accept": ",".join(sorted(f".{extension}" for extension in EXTENSIONS))}
TYPES = f"PDF、JPG、PNG、Word、Excel、TXT、MP3、WAV、MP4，不超过{limit_words()}"


class FilesInput(forms.FileInput):
    """Several files at a time."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of files; nothing chosen is an empty list."""

    def __init__(self, *, label: str, help_text: str = "") -> None:
        super().__init__(
            label=label, required=False, max_length=LONGEST_NAME, help_text=f"{help_text}可以一次选多个。{TYPES}",
            widget=FilesInput(attrs=dict(ACCEPTED)), error_messages={"empty": "有文件是空的，请重新选择。"},
        )  # fmt: skip

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given if one]
