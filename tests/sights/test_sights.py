"""Every page of the house × everybody who sees it × three sizes of screen."""

import pytest

from cases.made_up.demo.cast import ACCOUNTS
from tests.access.addresses import addresses
from tests.decided import decided_in
from tests.sights.conftest import NOBODY, PEOPLE
from tests.sights.crawl import Walk
from tests.sights.looking import SIZES, Screen

# Without `django_db` there is no test database to make the bureau in.
pytestmark = [pytest.mark.journey, pytest.mark.django_db]
EVERYBODY = [NOBODY, *PEOPLE]
# Addresses that no link of a page leads to: fragments that a script asks for, forms that are only sent, files, and what
# stands outside the pages.
NOT_BY_A_LINK = {
    "fragments": {
        "notices/bell/", "register/person/", "pick/topics/", "pick/units/", "pick/places/", "operations/workers/",
        "operations/stuck/", "operations/unit-data/", "supervision/trends/", "supervision/morning/",
        "hearings/calendar/entries/", "hearings/pick/experts/", "hearings/pick/people/", "hearings/pick/rooms/",
    },
    "sent, not opened": {
        "accounts/sign-out/", "accounts/use-post/", "notices/read/", "notices/<int:pk>/", "search/",
        "cases/<str:number>/presence/", "cases/<str:number>/evaluate/", "cases/<str:number>/log/<slug:book>/<int:pk>/",
        "calendar/<int:pk>/remove/", "calendar/<int:year>/whole/", "calendar/<int:year>/take-back/",
        "calendar/recalculate/", "register/repeat/",
        "letter-templates/<slug:kind>/withdraw/", "letter-templates/<slug:kind>/delivered/",
        "operations/clocks/<int:pk>/", "operations/messages/", "operations/messages/<int:pk>/", "filters/",
        "filters/<int:pk>/forget/", "together/<slug:slug>/", "supervision/letters/together/<slug:slug>/",
    },
    "files": {
        "supervision/proposals/<int:year>/workbook/", "supervision/proposals/<int:year>/report/",
        "cases/<str:number>/letters/zip/", "cases/<str:number>/letters/<int:pk>/docx/",
        "cases/<str:number>/attachments/<int:pk>/", "letter-templates/<slug:kind>/own/<int:pk>/",
    },
    "of what the demo has none of, and behind a move that is not among the two opened": {
        "house/changes/<int:pk>/<slug:key>/", "house/grants/<int:pk>/<slug:key>/", "house/tokens/<int:pk>/<slug:key>/",
        "cases/<str:number>/opinion/",
    },
    "for programs, for once, or of another house": {
        "healthz", "readyz", "accounts/first-password/", "petitions/<str:number>/receipt/",
        "hearings/ics/<str:secret>.ics",
    },
    "of a sign-in with a second factor, which the demo has switched off, and of a token that waits for its owner": {
        "accounts/code/", "accounts/second-factor/", "accounts/second-factor/end/", "accounts/recovery-codes/",
        "accounts/tokens/<int:pk>/",
    },
}  # fmt: skip


def test_the_people_are_of_the_demo() -> None:
    assert set(PEOPLE) <= {account.username for account in ACCOUNTS}


def test_every_page_is_reached_from_the_front_page(walks: dict[str, Walk]) -> None:
    reached = {sight.route for walk in walks.values() for sight in walk.sights}
    pages = {route for route, methods in addresses() if not methods and not route.startswith("api/")}
    assert pages - reached - {route for routes in NOT_BY_A_LINK.values() for route in routes} == set()


@pytest.mark.parametrize("person", EVERYBODY)
def test_no_page_offers_a_link_that_leads_nowhere(walks: dict[str, Walk], person: str) -> None:
    assert walks[person].dead == []


@pytest.mark.parametrize("person", EVERYBODY)
def test_nothing_on_a_page_is_cut_off_or_slips_away(walks: dict[str, Walk], glass: Screen, person: str) -> None:
    found = []
    for sight in walks[person].sights:
        glass.open(sight)
        found += [f"{sight.name}: {fault}" for fault in glass.faults()]
        if glass.size is not SIZES[1]:
            found += [f"{sight.name}: {fault}" for fault in glass.axe()]
    assert "\n".join(found) == ""


@pytest.mark.parametrize("person", EVERYBODY)
def test_a_sheet_stands_within_the_screen(walks: dict[str, Walk], glass: Screen, person: str) -> None:
    found = []
    for sight in walks[person].sights:
        if sight.sheet and glass.size is not SIZES[1]:
            glass.open_sheet(sight)
            found += [f"{sight.name}: {fault}" for fault in glass.faults()]
    assert "\n".join(found) == ""


@pytest.mark.parametrize("person", EVERYBODY)
def test_no_page_decides_for_who_only_sends(walks: dict[str, Walk], person: str) -> None:
    made = {sight.name: choices for sight in walks[person].sights if (choices := decided_in(sight.html))}
    assert made == {}
