"""Taking a step: what is asked before, what is written after, and that nothing is left of a step that is refused."""

from datetime import UTC, datetime

import pytest

from binzhou_xinfang.errors import NotPermitted, Refusal, Stale
from binzhou_xinfang.process.life import LIVES
from binzhou_xinfang.process.taking import take
from tests.process.conftest import House
from tests.process.slips import Slip, SlipEvent, SlipState, SlipStep, check, put_back, sign, slips, tear, write

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


def written(house: House, text: str = "修缮屋顶") -> Slip:
    return write(text, unit=house.writer.unit, by=house.writer, at=NOON)


def checked(house: House) -> Slip:
    return check(written(house), by=house.colleague, at=NOON)


def told(slip: Slip) -> list[tuple[str, str]]:
    events = SlipEvent.objects.filter(slip=slip).order_by("seq")
    return [(event.kind, event.actor_name) for event in events]


def test_three_hands_and_an_event_each(house: House) -> None:
    slip = sign(checked(house), by=house.head, at=NOON)
    kept = Slip.objects.get(pk=slip.pk)
    assert (kept.state, kept.version, kept.checker) == (SlipState.SIGNED, 3, house.colleague.user_id)
    people = (house.writer, house.colleague, house.head)
    assert told(slip) == list(zip(("write", "check", "sign"), (post.user.name for post in people), strict=True))
    assert [event.expected_hash() for event in SlipEvent.objects.all()] == [
        bytes(event.hash) for event in SlipEvent.objects.all()
    ]


def test_the_verb_decides_among_the_targets_of_its_row(house: House) -> None:
    slip = check(written(house), is_good=False, by=house.colleague, at=NOON)
    assert (slip.state, slip.version) == (SlipState.WRITTEN, 2)


def test_another_version_than_was_seen_is_stale(house: House) -> None:
    seen = written(house)
    check(Slip.objects.get(pk=seen.pk), by=house.colleague, at=NOON)
    with pytest.raises(Stale, match="这件条子刚刚已由他人办理，现为“待签发”"):
        check(seen, by=house.head, at=NOON)


def test_a_wrong_state_is_refused_in_words(house: House) -> None:
    with pytest.raises(Refusal, match="这件条子现为“待审核”，不能签发"):
        sign(written(house), by=house.head, at=NOON)


def test_an_earlier_hand_is_named(house: House) -> None:
    slip = check(written(house), by=house.head, at=NOON)
    with pytest.raises(NotPermitted, match="审核人不能签发这件条子"):
        sign(slip, by=house.head, at=NOON)
    assert sign(slip, by=house.deputy, at=NOON).state == SlipState.SIGNED


@pytest.mark.parametrize("who", ["stranger", "writer"])
def test_who_sits_elsewhere_or_has_another_role_is_refused(house: House, who: str) -> None:
    with pytest.raises(NotPermitted, match="您当前的岗位不能退回这件条子"):
        put_back(checked(house), reason="内容不全", by=getattr(house, who), at=NOON)


def test_the_own_hand_tears_or_a_head_and_no_colleague(house: House) -> None:
    for by in (house.writer, house.head, None):
        assert tear(written(house), by=by, at=NOON).state == SlipState.TORN
    with pytest.raises(NotPermitted):
        tear(written(house), by=house.colleague, at=NOON)


def test_the_system_takes_what_is_its_own_alone(house: House) -> None:
    with pytest.raises(NotPermitted):
        take(slips, SlipStep.CHECK, written(house), by=None, at=NOON)


def test_a_missing_fact_is_said_by_its_guard(house: House) -> None:
    with pytest.raises(Refusal, match="内容不清楚"):
        check(written(house, "？"), by=house.colleague, at=NOON)


def test_a_refusal_of_the_verb_leaves_nothing(house: House) -> None:
    slip = checked(house)
    with pytest.raises(Refusal) as refused:
        put_back(slip, reason="", by=house.head, at=NOON)
    kept = Slip.objects.get(pk=slip.pk)
    assert (refused.value.field, kept.state, kept.version, len(told(slip))) == ("reason", SlipState.CHECKED, 2, 2)


def test_a_follower_takes_its_step_in_the_same_transaction(house: House) -> None:
    older, slip = written(house), checked(house)
    sign(slip, by=house.head, at=NOON)
    assert Slip.objects.get(pk=older.pk).state == SlipState.TORN
    assert told(older) == [("write", house.writer.user.name)]  # tearing leaves no event


def test_a_beginning_asks_who_begins(house: House) -> None:
    with pytest.raises(NotPermitted):
        write("修缮屋顶", unit=house.writer.unit, by=house.stranger, at=NOON)
    assert not Slip.objects.exists()


def test_the_made_up_life_is_none_of_the_house() -> None:
    assert "slip" not in LIVES
