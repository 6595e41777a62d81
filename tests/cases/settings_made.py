"""Settings made by an office, for tests that do not ask by whom."""

from datetime import date
from typing import Any

from django.utils import timezone

from binzhou_xinfang.statute.models import SettingChange
from tests.factories import UserFactory


def set_from(key: str, value: Any, since: date) -> SettingChange:
    """A setting that is in force from the day on, as if an administrator had written it before."""
    return SettingChange.objects.create(
        key=key, value=value, effective_from=since, reason="测试", by_user=UserFactory(), by_post="信访局 · 系统管理员",
        at=timezone.now(),
    )  # fmt: skip
