"""Addresses that belong to no room."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_the_schema_describes_the_api_in_chinese(client: Client) -> None:
    client.force_login(UserFactory())
    schema = client.get("/api/schema/", headers={"accept": "application/json"}).json()
    assert schema["info"]["title"] == "滨州信访接口"
    assert [path for path in schema["paths"] if not path.startswith("/api/")] == []


@pytest.mark.journey
def test_the_api_can_be_read_in_a_browser_without_any_inline_script(page: Page, live_server: LiveServer) -> None:
    client = Client()
    client.force_login(UserFactory())
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([session])
    page.goto("/api/docs/")
    expect(page.get_by_role("heading", name="滨州信访接口")).to_be_visible()
