"""Looking ahead: whom a step would leave behind without a successor."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.process.ahead import Ahead
from tests.factories import PostFactory
from tests.process.conftest import House
from tests.process.slips import Slip, SlipState, SlipStep, check, slips, write

NOON, TODAY = datetime(2026, 3, 2, 4, tzinfo=UTC), date(2026, 3, 2)
NOBODY_SIGNS = "本单位除填写人、审核人外没有可以签发的人员，请先由管理员配置岗位。"


def written(house: House) -> Slip:
    return write("修缮屋顶", unit=house.writer.unit, by=house.writer, at=NOON)


def offered(slip: Slip, post: Post, on: date = TODAY) -> dict[str, str]:
    return {offer.row.key.value: offer.gap for offer in Ahead(slips, [slip], on).offers(slip, post)}


def leave(post: Post, last: date = date(2026, 3, 1)) -> None:
    post.to_on = last
    post.save()


def test_a_step_is_offered_while_somebody_remains_for_the_next(house: House) -> None:
    assert offered(written(house), house.head) == {"check": "", "tear": ""}


def test_the_only_head_who_would_check_leaves_nobody_to_sign(house: House) -> None:
    # One way would stay where it is; a row that leads on or stays is judged by where the verb really leads.
    slip = written(house)
    leave(house.deputy)
    with pytest.raises(Refusal) as refused:
        check(slip, by=house.head, at=NOON)
    assert str(refused.value) == NOBODY_SIGNS
    assert Slip.objects.get(pk=slip.pk).state == SlipState.WRITTEN
    assert check(slip, by=house.colleague, at=NOON).state == SlipState.CHECKED


def test_what_is_refused_is_not_offered_in_the_same_words(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    only_onward = slips.steps["check"].__class__(
        **{name: getattr(slips.steps["check"], name) for name in slips.steps["check"].__dataclass_fields__}
        | {"targets": (SlipState.CHECKED,)}
    )
    monkeypatch.setitem(slips.steps, "check", only_onward)
    slip = written(house)
    leave(house.deputy)
    assert offered(slip, house.head) == {"check": NOBODY_SIGNS, "tear": ""}
    assert offered(slip, house.colleague) == {"check": ""}


def test_a_post_that_ends_today_still_counts_and_one_of_a_locked_account_does_not(house: House) -> None:
    slip = written(house)
    leave(house.deputy, TODAY)
    assert check(slip, by=house.head, at=NOON).state == SlipState.CHECKED
    other = written(house)
    house.deputy.user.is_active = False
    house.deputy.user.save()
    with pytest.raises(Refusal, match="没有可以签发的人员"):
        check(other, by=house.head, at=NOON)


def test_a_beginning_looks_ahead_too(house: House) -> None:
    for post in (house.colleague, house.head, house.deputy):
        leave(post)
    with pytest.raises(Refusal, match="本单位除填写人外没有可以审核的人员"):
        written(house)


@pytest.mark.parametrize("number", [1, 50])
def test_the_posts_are_read_once_for_any_number_of_objects(
    house: House, number: int, django_assert_num_queries: Any
) -> None:
    leave(house.deputy)
    rows = [written(house) for _ in range(number)]
    ahead = Ahead(slips, rows, TODAY)
    with django_assert_num_queries(1):
        assert [len(ahead.offers(slip, house.head)) for slip in rows] == [2] * number


def test_nobody_is_looked_for_where_the_taker_goes_on_alone(house: House, django_assert_num_queries: Any) -> None:
    slip = check(written(house), by=house.colleague, at=NOON)
    with django_assert_num_queries(0):
        assert offered(slip, house.writer) == {"tear": ""}


def test_a_desk_of_another_body_counts_as_manned(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    leave(house.deputy)
    monkeypatch.setattr(slips, "beyond", frozenset({slips.steps[SlipStep.SIGN.value].desks[0]}))
    assert check(written(house), by=house.head, at=NOON).state == SlipState.CHECKED


def test_somebody_who_comes_later_does_not_count_yet(house: House) -> None:
    leave(house.deputy)
    PostFactory(unit=house.writer.unit, role=Role.UNIT_HEAD, from_on=date(2026, 3, 3))
    with pytest.raises(Refusal, match="没有可以签发的人员"):
        check(written(house), by=house.head, at=NOON)
