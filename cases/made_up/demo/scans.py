"""Scans of papers that were never written: white pages for the demo and the tests."""

from base64 import b64decode

from django.core.files.uploadedfile import SimpleUploadedFile

# A white PNG of one point.
_PAGE = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==")


def scan(name: str) -> SimpleUploadedFile:
    """Make a new upload of a white page under this name."""
    return SimpleUploadedFile(f"{name}.png", _PAGE, content_type="image/png")
