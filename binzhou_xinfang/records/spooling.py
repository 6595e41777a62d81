"""Large uploads on their way: they wait in a folder of the instance's own, which nobody else may enter, and what a
killed process left there is thrown away."""

import tempfile
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

# A form is sent within minutes; what is older belongs to no request.
LEFT_AFTER_SECONDS = 24 * 3600
FOLDER_MODE = 0o700


class Spooled(TemporaryUploadedFile):
    """An upload in a file of our own folder; the file goes when it is closed."""

    def __init__(self, name: str, content_type: str, charset: str | None, extra: dict[str, Any] | None) -> None:
        file = tempfile.NamedTemporaryFile(suffix=".upload", dir=_folder())  # noqa: SIM115  closed with the request
        UploadedFile.__init__(self, file, name, content_type, 0, charset, extra)


class OwnFolderHandler(TemporaryFileUploadHandler):
    """Upload handler of what is too large for the memory."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Open the file in a folder that was made, and cleared of what was left."""
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.file = Spooled(self.file_name or "", self.content_type or "", self.charset, self.content_type_extra)


def _folder() -> Path:
    folder = Path(settings.UPLOAD_SPOOL_DIR)
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    folder.chmod(FOLDER_MODE)
    clear(folder, before=time.time() - LEFT_AFTER_SECONDS)
    return folder


def clear(folder: Path, *, before: float) -> None:
    """Remove the files that nobody has written to since the moment `before`."""
    for left in folder.iterdir():
        try:
            if left.is_file() and left.stat().st_mtime < before:
                left.unlink(missing_ok=True)
        except FileNotFoundError:
            # Its own request has just ended, and took it away.
            continue
