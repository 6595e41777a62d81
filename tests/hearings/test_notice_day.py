"""听证通知: reckoned back from the hearing day on the page."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.office import Office, office

__all__ = ["office"]
URL = reverse("hearings:notice-day")


@pytest.fixture
def client_of_handler(office: Office) -> Client:
    client = Client()
    client.force_login(office.handler.user)
    return client


def test_the_latest_day_of_delivery_is_told_with_its_steps(client_of_handler: Client) -> None:
    page = client_of_handler.get(URL, {"day": "2025-10-22"}).content.decode()
    assert 'datetime="2025-10-09"' in page
    assert "国庆节" in page or "10月11日" in page


def test_a_day_that_has_passed_is_said_to_be_too_late(client_of_handler: Client) -> None:
    assert "已经过去" in client_of_handler.get(URL, {"day": "2025-10-22"}).content.decode()


def test_a_wrong_day_is_refused_at_its_field(client_of_handler: Client) -> None:
    page = client_of_handler.get(URL, {"day": "2025-02-30"}).content.decode()
    assert "field-error" in page


def test_nobody_is_sent_to_the_sign_in(db: None) -> None:
    assert Client().get(URL).status_code == 302
