"""The second factor as verbs: which code counts and when, what is kept, and what each step writes down."""

from datetime import timedelta

import pytest
from django.db import connection

from binzhou_xinfang.accounts.models import User
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.own_account import codes, factor
from binzhou_xinfang.own_account.models import Factor, RecoveryCode
from binzhou_xinfang.records.models import HouseEvent
from tests.own_account.conftest import AT, set_up

SECOND, STEP = timedelta(seconds=1), timedelta(seconds=30)
LATER = AT + timedelta(hours=1)


def test_the_code_is_that_of_the_standard() -> None:
    # RFC 6238, appendix B: SHA-1, 59 seconds and 1111111109 seconds after the epoch.
    key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert [codes.code_at(key, AT.fromtimestamp(second, AT.tzinfo)) for second in (59, 1111111109)] == [
        "287082", "081804",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("after", "counts"),
    [
        (-STEP - SECOND, False),  # a phone that is more than a step fast
        (-STEP, True),
        (STEP * 0, True),
        (STEP, True),
        (STEP * 2 - SECOND, True),  # the last second of the step after its own
        (STEP * 2, False),
    ],
)
def test_a_code_counts_in_its_own_30_seconds_and_those_before_and_after(head: User, after: timedelta, counts: bool):
    key, _ = set_up(head)
    said = codes.code_at(key, LATER)  # begins with the step
    assert factor.verify(head, said, at=LATER + after) is counts


def test_a_wrong_code_does_not_count(head: User) -> None:
    key, _ = set_up(head)
    right = codes.code_at(key, LATER)
    wrong = f"{(int(right) + 1) % 1000000:06d}"
    for said in (wrong, right[:5], f"{right}0", "", "abcdef", "１２３４５"):
        assert not factor.verify(head, said, at=LATER)


def test_a_code_typed_full_width_and_with_a_blank_counts(head: User) -> None:
    key, _ = set_up(head)
    said = codes.code_at(key, LATER).translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    assert factor.verify(head, f"{said[:3]} {said[3:]}", at=LATER)


def test_a_used_code_is_refused_and_so_is_every_one_before_it(head: User) -> None:
    key, _ = set_up(head)
    before, now = codes.code_at(key, LATER - STEP), codes.code_at(key, LATER)
    assert factor.verify(head, now, at=LATER)
    assert not factor.verify(head, now, at=LATER + SECOND)
    assert not factor.verify(head, before, at=LATER + SECOND)
    assert factor.verify(head, codes.code_at(key, LATER + STEP), at=LATER + STEP)


def test_the_code_that_confirmed_it_is_used_up(head: User) -> None:
    key, _ = set_up(head)
    assert not factor.verify(head, codes.code_at(key, AT), at=AT + SECOND)


def test_a_recovery_code_is_taken_once_in_any_spelling(head: User) -> None:
    _, made = set_up(head)
    assert factor.verify(head, made[0].upper().replace("-", " "), at=LATER)
    assert not factor.verify(head, made[0], at=LATER)
    assert factor.verify(head, made[1], at=LATER)
    assert RecoveryCode.objects.filter(used_at=None).count() == codes.HOW_MANY - 2


def test_a_recovery_code_of_another_person_is_worth_nothing(head: User, clerk: User) -> None:
    set_up(head)
    _, of_the_clerk = set_up(clerk)
    assert not factor.verify(head, of_the_clerk[0], at=LATER)


def test_renewed_recovery_codes_replace_those_of_before(head: User) -> None:
    _, old = set_up(head)
    new = factor.renew_codes(head, at=LATER)
    assert not factor.verify(head, old[0], at=LATER)
    assert factor.verify(head, new[0], at=LATER)


def test_neither_key_nor_recovery_code_stands_in_the_database(head: User) -> None:
    key, made = set_up(head)
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM own_account_factor")
        stored = bytes(cursor.fetchone()[0])
    kept = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert key.encode() not in stored
    assert not kept & {code.replace("-", "") for code in made}
    assert Factor.objects.get().key == key


def test_the_key_is_the_same_until_it_is_confirmed_and_is_never_shown_again(head: User) -> None:
    key = factor.key_to_set_up(head)
    assert factor.key_to_set_up(head) == key
    factor.confirm(head, codes.code_at(key, AT), at=AT)
    assert factor.key_to_set_up(head) == ""


def test_a_wrong_first_code_confirms_nothing(head: User) -> None:
    factor.key_to_set_up(head)
    with pytest.raises(Refusal, match="动态口令不正确"):
        factor.confirm(head, "000000", at=AT)
    assert not factor.in_use(head)


def test_who_has_none_is_let_in_by_no_code(head: User) -> None:
    key = factor.key_to_set_up(head)
    assert not factor.verify(head, codes.code_at(key, AT), at=AT)


def test_every_step_is_an_event_of_the_house_without_any_secret(clerk: User) -> None:
    key, made = set_up(clerk)
    factor.verify(clerk, made[0], at=LATER)
    factor.renew_codes(clerk, at=LATER)
    factor.end(clerk, at=LATER)
    events = list(HouseEvent.objects.order_by("seq"))
    assert [event.kind for event in events] == [
        "factor-confirmed", "factor-recovered", "factor-codes-renewed", "factor-ended",
    ]  # fmt: skip
    assert {event.actor for event in events} == {clerk}
    said = " ".join(str(event.detail) for event in events)
    assert key not in said
    assert not any(code in said for code in made)


def test_it_is_not_ended_where_a_post_requires_it(head: User) -> None:
    set_up(head)
    with pytest.raises(Refusal, match="不能停用"):
        factor.end(head, at=LATER)
    assert factor.in_use(head)


def test_what_was_removed_is_set_up_anew_with_another_key(clerk: User) -> None:
    key, made = set_up(clerk)
    factor.end(clerk, at=LATER)
    other, _ = set_up(clerk, at=LATER)
    assert other != key
    assert not factor.verify(clerk, made[0], at=LATER)
