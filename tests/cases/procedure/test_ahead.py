"""Looking ahead: a draft that nobody could sign is neither offered nor taken, and the page says who is missing."""

import pytest

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import Refusal
from cases.engine import offers
from cases.models import PetitionCase
from cases.states import Move, State
from tests.cases.api_client import program, url_of
from tests.cases.pages import move_url, signed_in
from tests.factories import PostFactory
from tests.office import MONDAY, Office, case_in, step

pytestmark = pytest.mark.usefixtures("on_monday")
DRAFTERS = pytest.mark.parametrize(
    ("state", "move", "drafter", "who"),
    [
        (State.HANDLING, Move.DRAFT, "unit_head", "签发意见书"),
        (State.REVIEWING, Move.DRAFT_REVIEW, "reviewer", "签发复查意见"),
        (State.RECHECKING, Move.DRAFT_RECHECK, "rechecker", "签发复核意见"),
    ],
)


def alone(post: Post) -> None:
    """Let the post be the only one of its role at its unit."""
    Post.objects.filter(unit=post.unit, role=post.role).exclude(pk=post.pk).update(to_on=MONDAY.date().replace(day=1))


@DRAFTERS
def test_the_only_one_who_could_sign_does_not_draft(
    office: Office, state: State, move: Move, drafter: str, who: str
) -> None:
    case, post = case_in(office, state), getattr(office, drafter)
    alone(post)
    offered = offers(post, case, on=MONDAY.date())
    assert move not in offered.moves
    gaps = [gap for gap in offered.gaps if gap.startswith(f"不能{move.label}：")]
    assert [gap for gap in gaps if who in gap and "拟稿人" in gap] == gaps != []
    page = signed_in(post).get(case.get_absolute_url()).content.decode()
    assert gaps[0] in page
    assert move_url(case, move) not in page
    assert move not in [each["move"] for each in program(post).get(url_of(case)).json()["moves"]]
    assert gaps[0] in signed_in(post).get(move_url(case, move)).content.decode()
    with pytest.raises(Refusal, match=who):
        step(office, case, move, at=MONDAY, by=post)
    assert PetitionCase.objects.get(pk=case.pk).state == state


def test_a_second_head_lets_the_first_one_draft(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    PostFactory(unit=office.housing, role=Role.UNIT_HEAD)
    assert Move.DRAFT in offers(office.unit_head, case, on=MONDAY.date()).moves
    assert step(office, case, Move.DRAFT, at=MONDAY, by=office.unit_head).state == State.DRAFTED


def test_looking_ahead_asks_one_query_at_most(office: Office, django_assert_max_num_queries: object) -> None:
    case = case_in(office, State.HANDLING)
    with django_assert_max_num_queries(1):  # type: ignore[operator]
        offers(office.handler, case, on=MONDAY.date())


def test_where_nobody_else_is_needed_nobody_is_looked_for(office: Office, django_assert_num_queries: object) -> None:
    case = case_in(office, State.REFERRED)
    with django_assert_num_queries(0):  # type: ignore[operator]
        offers(office.handler, case, on=MONDAY.date())
