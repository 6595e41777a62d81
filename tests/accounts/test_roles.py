"""The table of rights."""

import pytest

from binzhou_xinfang.accounts.roles import RIGHTS, Right, Role, has_right
from tests.factories import PostFactory


def test_every_right_is_carried_by_somebody():
    assert {right for right in Right if not RIGHTS.get(right)} == set()


def test_who_keeps_the_system_reads_nobody_and_who_audits_keeps_nothing():
    def rights(role: Role) -> set[Right]:
        return {right for right, roles in RIGHTS.items() if role in roles}

    assert rights(Role.ADMINISTRATOR) == {
        Right.MANAGE_CALENDAR,
        Right.READ_SETTINGS,
        Right.MANAGE_SETTINGS,
        Right.MANAGE_TEMPLATES,
        Right.MANAGE_UNITS,
        Right.MANAGE_USERS,
        Right.READ_HOUSE,
        Right.MANAGE_LISTS,
    }
    # Who asks for a power never gives it.
    assert rights(Role.SECURITY) == {Right.READ_HOUSE, Right.CONFIRM_GRANTS}
    assert rights(Role.AUDITOR) == {Right.READ_AUDIT}
    assert rights(Role.COUNSELLOR) == set()


@pytest.mark.parametrize(
    ("role", "expected"), [(Role.WINDOW_CLERK, True), (Role.UNIT_HANDLER, False), (Role.ADMINISTRATOR, False)]
)
def test_a_right_hangs_on_the_role_of_the_post(role, expected):
    assert has_right(PostFactory.build(role=role), Right.REGISTER) is expected


def test_nobody_has_no_right():
    assert [right for right in Right if has_right(None, right)] == []
