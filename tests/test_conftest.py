"""The ground under the tests: transactional tests can be cleaned up, and a real browser works beside the database."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.utils import timezone
from playwright.sync_api import Page, expect

from binzhou_xinfang.records.models import AccessLog


def test_what_one_test_puts_into_the_cache_another_does_not_find_part_one() -> None:
    assert cache.get("left-behind") is None
    cache.set("left-behind", True)


def test_what_one_test_puts_into_the_cache_another_does_not_find_part_two() -> None:
    assert cache.get("left-behind") is None
    cache.set("left-behind", True)


@pytest.mark.parametrize("time", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_append_only_tables_are_empty_again_after_a_transactional_test(time: str) -> None:
    assert AccessLog.objects.count() == 0
    AccessLog.objects.create(at=timezone.now(), act="export", subject=time)
    with pytest.raises(DatabaseError, match="records_accesslog"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE records_accesslog")


@pytest.mark.journey
def test_the_browser_sees_the_pages_in_chinese_and_the_test_sees_the_database(page: Page) -> None:
    assert get_user_model().objects.count() == 0
    page.goto("/accounts/sign-in/")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    assert page.request.get("/readyz").status == 503
    assert get_user_model().objects.count() == 0


def test_a_folder_of_tests_bears_the_name_of_a_room() -> None:
    """`core` is what lies in an app itself; `lives`, `journeys` and their like go through all rooms."""
    code, tests = Path(settings.BASE_DIR), Path(settings.BASE_DIR, "tests")
    stray = [
        str(folder.relative_to(tests))
        for app in ("cases", "supervision")
        for folder in (tests / app).iterdir()
        if (folder / "__init__.py").exists() and folder.name != "core" and not (code / app / folder.name).is_dir()
    ]
    assert stray == []
