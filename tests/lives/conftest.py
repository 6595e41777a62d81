"""The small city, and the watch that looks at the clocks every morning."""

from pathlib import Path
from typing import Any

import pytest

from tests.office import office

__all__ = ["office"]


@pytest.fixture(autouse=True)
def _no_anchors(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
