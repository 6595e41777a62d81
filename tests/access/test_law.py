"""The law's crucial cells, each by itself: a report of wrongdoing, and numbers that belong to another matter."""

from datetime import timedelta

import pytest
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from cases.models import Deadline, PetitionCase
from cases.vocabulary import Purpose
from tests.access.world import SECRET, Place, World, register_at

pytestmark = pytest.mark.django_db
CHANNEL, NAMED = "区纪委监委的纪检监察", "区信访局的指定的信访部门负责人"
PAGE, API = "/cases/{}/", "/api/cases/{}/"


def readers(world: World, case: PetitionCase) -> dict[str, set[str]]:
    """For the page and for the API the names of those who read the matter."""
    asked = [*world.seats, world.without_post, world.nobody]
    return {
        address: {seat.name for seat in asked if seat.client.get(address.format(case.number)).status_code == 200}
        for address in (PAGE, API)
    }


def test_a_report_that_was_handed_over_is_read_by_the_channel_and_the_named_person_alone(world: World) -> None:
    assert readers(world, world.matters[1].case) == {PAGE: {CHANNEL, NAMED}, API: {CHANNEL, NAMED}}


def test_a_report_that_has_just_come_in_is_read_by_who_took_it_in_and_those_who_are_named(world: World) -> None:
    case = register_at(Place.OFFICE, title=SECRET, purpose=Purpose.EXPOSE)
    who = {"区信访局的窗口接待", NAMED}
    assert readers(world, case) == {PAGE: who, API: who}


def test_a_colleague_at_the_same_window_does_not_read_the_report_of_another(world: World) -> None:
    case = register_at(Place.OFFICE, title=SECRET, purpose=Purpose.EXPOSE)
    PetitionCase.objects.filter(pk=case.pk).update(registrar=Post.objects.get(reads_sealed=True).user)
    assert readers(world, case)[API] == {NAMED}


@pytest.mark.parametrize(
    ("role", "place", "number"),
    [
        (Role.WINDOW_CLERK, Place.OFFICE, 1),  # took the report in, and has handed it over
        (Role.OFFICE_HEAD, Place.OFFICE, 1),  # is not the named person
        (Role.LEADER, Place.SUPERIOR, 1),
        (Role.UNIT_HEAD, Place.HOUSING, 1),  # is the accused unit
        (Role.LEADER, Place.HOUSING, 1),
        (Role.OFFICE_HEAD, Place.STRANGER, 0),
        (Role.REVIEWER, Place.SUPERIOR, 0),
        (Role.COUNSELLOR, Place.OFFICE, 0),
        (Role.ADMINISTRATOR, Place.OFFICE, 0),
        (Role.SECURITY, Place.OFFICE, 0),
        (Role.AUDITOR, Place.OFFICE, 0),
        (Role.INSPECTOR, Place.OFFICE, 0),  # nothing has lapsed
    ],
)
def test_a_count_tells_nothing_of_a_matter_that_does_not_exist_for_the_reader(
    world: World, role: Role, place: Place, number: int
) -> None:
    answer = world.seat(role, place).client.get("/api/cases/").json()
    assert (answer["count"]["value"], len(answer["rows"])) == (number, number)


def test_the_named_person_and_the_channel_count_the_report(world: World) -> None:
    named = world.seat(Role.OFFICE_HEAD, Place.OFFICE, is_named=True)
    channel = world.seat(Role.DISCIPLINE, Place.DISCIPLINE)
    counted = [seat.client.get("/api/cases/").json()["count"]["value"] for seat in (named, channel)]
    assert counted == [2, 1]


def test_an_inspector_reads_what_has_lapsed_in_the_area(world: World) -> None:
    case = world.matters[0].case
    Deadline.objects.filter(case=case).update(lapsed_at=timezone.now() - timedelta(days=1))
    inspectors = {name for name in readers(world, case)[API] if name.endswith("督查专员")}
    assert inspectors == {f"{place}的督查专员" for place in Place if place is not Place.STRANGER}


@pytest.mark.parametrize("prefix", ["/cases/", "/api/cases/"])
@pytest.mark.parametrize("kind", ["deadlines/", "letters/", "attachments/"])
def test_a_paper_of_another_matter_is_not_found_under_this_one(world: World, prefix: str, kind: str) -> None:
    ordinary, report = world.matters
    seat = world.seat(Role.REGISTRAR, Place.OFFICE)
    assert seat.client.get(f"{prefix}{ordinary.case.number}/{kind}{report.ids[kind]}/").status_code == 404


def test_a_search_for_its_number_finds_no_report(world: World) -> None:
    report, seat = world.matters[1].case, world.seat(Role.OFFICE_HEAD, Place.OFFICE)
    found = seat.client.get("/api/cases/", {"text": report.number}).json()
    assert (found["rows"], SECRET in seat.client.get("/search/", {"q": report.number}).content.decode()) == ([], False)


def test_the_post_of_somebody_else_cannot_be_used(world: World) -> None:
    channel = Post.objects.filter(role=Role.DISCIPLINE, unit__name=Place.DISCIPLINE).earliest("pk")
    seat = world.seat(Role.UNIT_HEAD, Place.HOUSING)
    response = seat.client.get("/api/cases/", headers={"X-Post": str(channel.pk)})
    assert response.status_code == 403
