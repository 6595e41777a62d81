"""The registries between the apps refuse what is added late, twice, or to a place that is taken."""

import pytest
from django.apps import apps

from binzhou_xinfang import hooks
from binzhou_xinfang.hooks import Hook, HookError, Registry


@pytest.fixture(autouse=True)
def _starting(monkeypatch: pytest.MonkeyPatch) -> None:
    """As while Django starts, with no hook of the product."""
    monkeypatch.setattr(apps, "ready", False)
    monkeypatch.setattr(hooks, "DECLARED", [])


def double(number: int) -> int:
    return 2 * number


def halve(number: int) -> int:
    return number // 2


def test_followers_are_called_in_their_order_not_in_that_of_adding() -> None:
    hook: Hook[[int], int] = Hook("test")
    hook.add(double, order=20)
    hook.add(halve, order=10)
    assert hook(8) == [4, 16]


def test_a_follower_is_added_once() -> None:
    hook: Hook[[int], int] = Hook("test")
    hook.add(double, order=10)
    with pytest.raises(HookError):
        hook.add(double, order=20)


def test_two_followers_do_not_share_a_place() -> None:
    hook: Hook[[int], int] = Hook("test")
    hook.add(double, order=10)
    with pytest.raises(HookError):
        hook.add(halve, order=10)


def test_nothing_is_added_once_django_has_started(monkeypatch: pytest.MonkeyPatch) -> None:
    hook: Hook[[int], int] = Hook("test")
    registry: Registry[str, int] = Registry("test")
    monkeypatch.setattr(apps, "ready", True)
    with pytest.raises(HookError):
        hook.add(double, order=10)
    with pytest.raises(HookError):
        registry.add("one", 1)


def test_a_key_is_said_once() -> None:
    registry: Registry[str, int] = Registry("test")
    registry.add_all({"one": 1, "two": 2})
    with pytest.raises(HookError):
        registry.add("two", 2)
    assert dict(registry) == {"one": 1, "two": 2}


def test_every_hook_and_registry_is_known_to_the_check() -> None:
    made = [Hook("test"), Registry("test")]
    assert made == hooks.DECLARED
