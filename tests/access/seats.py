"""Seats of another kind: several posts, a post that is over, has not begun or ends today, an account that is closed, a
body that ended, who has withdrawn, who helps, who reviews, and a program with a token."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind
from binzhou_xinfang.accounts.roles import Role
from cases.models import CoHandling, PetitionCase, Review
from tests.access.rows import post_at
from tests.access.world import Place, Seat, World
from tests.cases.api_client import token_of
from tests.factories import PostFactory, UnitFactory

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


def by_token(world: World) -> Seat:
    """A program that acts through the post of a handler; it knows the API alone."""
    client = Client(headers={"Authorization": f"Token {token_of(at_housing(HANDLER))}"})
    return replace(world.seat(HANDLER, Place.HOUSING), name="令牌", client=client)


# Each is answered as the seat that it amounts to.
AMOUNTING: tuple[Callable[[World], Seat], ...] = (
    over, not_begun, of_an_ended_body, closed, ends_today, in_the_first_of_two, in_the_second_of_two, withdrawn,
)  # fmt: skip


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


def with_a_task(of: Callable[[World], Post], world: World) -> Seat:
    """The seat of somebody to whom the ordinary matter came with a task."""
    return Seat(of.__name__, client_of(of(world)), Role.REVIEWER, Place.SIBLING, has_task=True)


TASKS: Mapping[Callable[[World], Post], bool] = {helper: True, reviewer: True, reviewer_without: False}
