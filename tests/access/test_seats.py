"""Seats of another kind: several posts, a post that is over, has not begun or ends today, an account that is closed, a
body that ended, who has withdrawn, who helps, and who reviews. Each is asked as the seat that it amounts to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind
from binzhou_xinfang.accounts.roles import Role
from cases.models import CoHandling, PetitionCase, Review
from tests.access.asking import lines, meaning, send
from tests.access.rows import post_at
from tests.access.table import Answer, seers
from tests.access.test_matrix import every_wrong
from tests.access.world import Place, Seat, World
from tests.factories import PostFactory, UnitFactory

pytestmark = pytest.mark.django_db
HEAD, HANDLER = Role.UNIT_HEAD, Role.UNIT_HANDLER


def client_of(post: Post, **headers: str) -> Client:
    client = Client(headers=headers)
    client.force_login(post.user)
    return client


def at_housing(role: Role = HEAD, **post: Any) -> Post:
    return PostFactory.create(unit=Unit.objects.get(name=Place.HOUSING), role=role, **post)


def days(number: int) -> Any:
    return timezone.localdate() + timedelta(days=number)


def over(world: World) -> Seat:
    return replace(world.without_post, client=client_of(at_housing(to_on=days(-1))))


def not_begun(world: World) -> Seat:
    return replace(world.without_post, client=client_of(at_housing(from_on=days(1))))


def of_an_ended_body(world: World) -> Seat:
    unit = UnitFactory.create(parent=Unit.objects.get(name=Place.HOUSING), valid_to=days(-1))
    return replace(world.without_post, client=client_of(PostFactory.create(unit=unit, role=HEAD)))


def closed(world: World) -> Seat:
    post = at_housing()
    client = client_of(post)
    post.user.is_active = False
    post.user.save(update_fields=["is_active"])
    return replace(world.nobody, client=client)


def ends_today(world: World) -> Seat:
    post = at_housing(Role.REGISTRAR, to_on=days(0))
    return replace(world.seat(Role.REGISTRAR, Place.HOUSING), client=client_of(post))


def two_posts(world: World) -> Post:
    """The handler of the housing office, later head of the neighbour's petition office too."""
    first = at_housing(Role.REGISTRAR)
    there = Unit.objects.get(name=Place.STRANGER)
    PostFactory.create(user=first.user, unit=there, role=Role.OFFICE_HEAD, from_on=days(-9))
    return first


def in_the_first_of_two(world: World) -> Seat:
    return replace(world.seat(Role.REGISTRAR, Place.HOUSING), client=client_of(two_posts(world)))


def in_the_second_of_two(world: World) -> Seat:
    second = Post.objects.get(user=two_posts(world).user, role=Role.OFFICE_HEAD)
    return replace(
        world.seat(Role.OFFICE_HEAD, Place.STRANGER), client=client_of(second, **{"X-Post": str(second.pk)})
    )  # fmt: skip


def withdrawn(world: World) -> Seat:
    """第二十八条第三款: a handler who has withdrawn from the ordinary matter."""
    post = at_housing(Role.REGISTRAR)
    PetitionCase.objects.filter(pk=world.matters[0].case.pk).update(recused=[post.user_id])
    return replace(world.seat(Role.REGISTRAR, Place.HOUSING), client=client_of(post), is_recused=True)


@pytest.mark.parametrize(
    "seat",
    [over, not_begun, of_an_ended_body, closed, ends_today, in_the_first_of_two, in_the_second_of_two, withdrawn],
)
def test_each_is_answered_as_the_seat_that_it_amounts_to(furnished: World, seat: Callable[[World], Seat]) -> None:
    assert every_wrong(furnished, seat(furnished)) == ""


def helper(world: World) -> Post:
    post = PostFactory.create(unit=UnitFactory.create(parent=Unit.objects.get(name="区")), role=HANDLER)
    by = post_at(Place.HOUSING, HANDLER)
    CoHandling.objects.create(
        case=world.matters[0].case, unit=post.unit, task="核实", asked_on=days(0), asked_by=by.user
    )
    return post


def reviewer(world: World) -> Post:
    body = UnitFactory.create(parent=Unit.objects.get(name="区"), kind=UnitKind.REVIEW)
    Review.objects.create(case=world.matters[0].case, body=body, kind="review", requested_on=days(0))
    return PostFactory.create(unit=body, role=Role.REVIEWER)


def reviewer_without(world: World) -> Post:
    body = UnitFactory.create(parent=Unit.objects.get(name="区"), kind=UnitKind.REVIEW)
    return PostFactory.create(unit=body, role=Role.REVIEWER)


@pytest.mark.parametrize(("of", "reads"), [(helper, True), (reviewer, True), (reviewer_without, False)])
def test_a_file_comes_with_a_task_and_no_report_does(
    furnished: World, of: Callable[[World], Post], reads: bool
) -> None:
    seat = Seat(of.__name__, client_of(of(furnished)), Role.REVIEWER, Place.SIBLING)
    wrong = []
    for line in lines():
        if line.method == "GET" and line.who is seers and "<int:pk>" not in line.route:
            for matter, wanted in zip(furnished.matters, (reads, False), strict=True):
                for url in line.urls(matter):
                    found = meaning(seat, send(seat, "GET", url, matter))
                    if found is not (Answer.IN if wanted else Answer.HIDDEN):
                        wrong.append(f"{url}: {found}")
    assert wrong == []
