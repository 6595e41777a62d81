"""The cache on two legs: what is kept without Redis, and what Redis must forget before it is asked again."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCacheClient
from django.db import connection
from django.test import Client
from django.urls import reverse
from redis.exceptions import ConnectionError as NoRedis

from binzhou_xinfang import second_leg, unwell
from binzhou_xinfang.second_leg import TwoLegCache, TwoLegs
from binzhou_xinfang.tasks import beat_heartbeat
from tests.cases.pages import signed_in
from tests.office import Office, make_office

pytestmark = pytest.mark.django_db


class Switch:
    """Redis for one cache, which a test takes away and gives back."""

    is_away = False


@pytest.fixture
def switch(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> Iterator[Switch]:
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(second_leg, "REST_SECONDS", 0.0)
    made, whole = Switch(), RedisCacheClient.get_client

    def get_client(self: Any, *args: Any, **kwargs: Any) -> Any:
        if made.is_away:
            raise NoRedis("gone")
        return whole(self, *args, **kwargs)

    monkeypatch.setattr(RedisCacheClient, "get_client", get_client)
    yield made
    made.is_away = False
    cache.get("anything")


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


def rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {second_leg.TABLE}")  # noqa: S608
        return int(cursor.fetchone()[0])


def test_our_cache_stands_on_two_legs() -> None:
    assert isinstance(cache._connections[cache._alias], TwoLegCache)
    assert isinstance(cache._cache, TwoLegs)


@pytest.mark.parametrize("is_away", [False, True])
def test_both_legs_answer_alike(switch: Switch, is_away: bool) -> None:
    switch.is_away = is_away
    cache.set("word", {"字": 1}, 60)
    cache.set_many({"number": 7, "none": None}, None)
    assert cache.get_many(["word", "number", "none", "missing"]) == {"word": {"字": 1}, "number": 7, "none": None}
    assert (cache.add("word", 2), cache.add("new", 2), cache.get("new")) == (False, True, 2)
    assert (cache.incr("number", 3), cache.get("number")) == (10, 10)
    assert (cache.has_key("new"), cache.delete("new"), cache.delete("new"), cache.get("new", "-")) == (
        True, True, False, "-",
    )  # fmt: skip
    assert (cache.add("new", 3), cache.get("new")) == (True, 3)
    assert (cache.touch("new", 60), cache.touch("missing", 60)) == (True, False)
    cache.set("new", 4, 0)
    assert cache.get("new") is None
    cache.delete_many(["word", "number"])
    assert cache.get_many(["word", "number"]) == {}
    with pytest.raises(ValueError, match="not found"):
        cache.incr("missing")


def test_what_has_run_out_is_gone_on_the_second_leg_too(switch: Switch) -> None:
    switch.is_away = True
    cache.set("word", 1, 60)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {second_leg.TABLE} SET ends_at = now() - interval '1 second'")  # noqa: S608
    assert cache.get("word") is None
    assert cache.add("word", 2, 60)


def test_redis_forgets_what_was_changed_meanwhile(switch: Switch) -> None:
    cache.set_many({"changed": 1, "deleted": 1, "left": 1}, 60)
    switch.is_away = True
    cache.set("changed", 2, 60)
    cache.delete("deleted")
    assert unwell.since(unwell.REDIS) is not None
    switch.is_away = False
    assert cache.get_many(["changed", "deleted", "left"]) == {"left": 1}
    assert (rows(), unwell.since(unwell.REDIS)) == (0, None)


def test_the_heartbeat_hands_back_what_another_process_has_changed(switch: Switch) -> None:
    cache.set("deleted", 1, 60)
    switch.is_away = True
    cache.delete("deleted")
    switch.is_away = False
    cache._cache._is_away = False  # as in a process that did not see it
    assert cache.get("deleted") == 1
    beat_heartbeat()
    assert cache.get("deleted") is None


def test_people_stay_signed_in_and_their_sign_out_holds(office: Office, switch: Switch) -> None:
    client = signed_in(office.clerk)
    assert client.get("/").status_code == 200
    switch.is_away = True
    assert client.get("/").status_code == 200
    stolen = Client()
    stolen.cookies = client.cookies.copy()  # type: ignore[assignment]
    client.post(reverse("accounts:sign-out"))
    assert stolen.get("/").status_code == 302
    switch.is_away = False
    assert stolen.get("/").status_code == 302


def test_people_sign_in_without_redis(office: Office, switch: Switch) -> None:
    switch.is_away = True
    office.clerk.user.set_password("Zz-12345-long")
    office.clerk.user.save()
    client = Client()
    sent = {"username": office.clerk.user.username, "password": "Zz-12345-long"}
    assert client.post(reverse("accounts:sign-in"), sent).status_code == 302
    assert client.get("/").status_code == 200


def test_the_api_counts_requests_without_redis(office: Office, switch: Switch, monkeypatch: pytest.MonkeyPatch) -> None:
    switch.is_away = True
    monkeypatch.setattr("rest_framework.throttling.UserRateThrottle.get_rate", lambda _: "2/min")
    client = signed_in(office.clerk)
    assert [client.get("/api/cases/").status_code for _ in range(3)] == [200, 200, 429]
