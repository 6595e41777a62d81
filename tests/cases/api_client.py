"""A program that speaks to the API with a token."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from rest_framework.test import APIClient

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.tokens import make_token
from cases.models import PetitionCase
from tests.office import MONDAY, Office


@pytest.fixture
def on_monday() -> Iterator[None]:
    """The Monday of the small city, for requests too."""
    with time_machine.travel(MONDAY, tick=False):
        yield


def token_of(post: Post) -> str:
    """A token of this post, made a minute ago."""
    return make_token(post.user, name="测试", days=3650, at=timezone.now() - timedelta(minutes=1), post=post)


def program(post: Post) -> APIClient:
    """A client that acts through this post."""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {token_of(post)}")
    return client


def url_of(case: PetitionCase, rest: str = "") -> str:
    return f"/api/cases/{case.number}/{rest}"


def registration(office: Office, **changes: Any) -> dict[str, Any]:
    """An ordinary visit as a program sends it."""
    return {
        "name": "刘某",
        "phone": "13800000000",
        "id_kind": "",
        "channel": "visit",
        "arrived_on": "2025-03-03",
        "people": 1,
        "content": "小区地下车库漏水，物业以维修资金不足为由未修。",
        "requests": ["明确维修责任单位和期限", "公开维修资金使用情况"],
        "purpose": "settle",
        "topic": office.topic.code,
        "region": office.county.code,
    } | changes
