"""One word, one definition, one place: page, list, API, SQL, 通报 and annual report say the same of every figure, for
each scope, unit and month, while repeats arrive."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import transaction

from binzhou_xinfang.accounts.models import Post, Unit
from cases.models import Petition, PetitionCase, Verdict
from cases.queries import visible_to
from cases.states import Move, State
from cases.vocabulary import Channel, Kind
from cases.watch.sweep import sweep
from cases.window.registration import register as register_arrival
from cases.window.registration import register_repeat
from supervision.causes import verbs
from supervision.circulars.figures import reckon
from supervision.figures.annual import facts_of_year
from supervision.figures.counting import (
    COUNTED,
    GOOD,
    MISSING,
    PENDING,
    items_of,
    value_of,
    values_by_month,
    values_by_unit,
)
from supervision.figures.figure import Figure, Period, Value
from supervision.figures.reaches import of_unit, opens, seen_by, told_to
from supervision.figures.table import FIGURES, OF_CIRCULARS, VOLUME_OF_REPORTS
from supervision.models import Adoption, Measure, SupervisionCase
from supervision.queries import visible_supervisions
from supervision.web.figures.asking import list_of
from tests.cases.pages import signed_in
from tests.office import Office, arrival, case_in, make_office, matter, moment, register, step
from tests.supervision.causes.late import issued
from tests.supervision.figures.by_sql import SQL, Sight, count
from tests.supervision.figures.said import evaluated
from tests.supervision.figures.test_proposals import gone_out

# A database for the tests is made for tests that are marked.
pytestmark = pytest.mark.django_db
TODAY = date(2025, 5, 20)
NOW = moment(2025, 5, 20)
MONTHS = [Period.of_month(date(2025, month, 1), on=TODAY) for month in (2, 3, 4, 5, 6)]
SCOPES = ("head", "registrar", "unit_head", "county_head", "leader", "inspector")
EVERY = [*FIGURES.values()]


def lived(office: Office) -> None:
    """A spring of the office: matters in many states, late and in time, repeats, 督办, evaluations."""
    for state in (State.REGISTERED, State.REFERRED, State.HANDLING, State.EXTENSION_ASKED, State.WITHDRAWN):
        case_in(office, state, at=moment(2025, 2, 27))
        case_in(office, state, at=moment(2025, 4, 14))
    case_in(office, State.MERGED, at=moment(2025, 4, 2))
    case_in(office, State.ASSIGNED, at=moment(2025, 4, 3), accused_unit=office.water)
    for verdict in Verdict:
        closed = case_in(office, State.CLOSED, at=moment(2025, 4, 29), accused="某物业公司")
        evaluated(closed, office.clerk, verdict, Verdict.UNSATISFIED, at=moment(2025, 5, 6))
    case_in(office, State.CLOSED, at=moment(2025, 3, 6))
    first = Petition.objects.earliest("pk").case
    register_repeat(arrival(date(2025, 5, 6)), first, by=office.clerk, at=moment(2025, 5, 6))
    closed = PetitionCase.objects.filter(state=State.CLOSED).latest("pk")
    for people, follows in ((9, None), (1, closed)):
        came = arrival(date(2025, 5, 8), petition={"people": people})
        register_arrival(came, matter(office, follows=follows), by=office.clerk, at=moment(2025, 5, 8))
    register(office, at=moment(2025, 5, 9), kind=Kind.LITIGATION, channel=Channel.LETTER)
    step(office, register(office, at=moment(2025, 5, 9)).case, Move.VOID, at=moment(2025, 5, 9))
    sealed = case_in(office, State.REFERRED, at=moment(2025, 4, 30))
    PetitionCase.objects.filter(pk=sealed.pk).update(is_sealed=True)
    register(office, at=moment(2025, 5, 12), by=office.county_clerk)
    issued(office)
    answered = gone_out(office)
    verbs.answer(answered, text="已建台账", adoption=Adoption.PARTLY, by=office.water_head, at=NOW)
    gone_out(office, Measure.POLICY, unit=office.city)
    sweep(at=NOW)


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: Any) -> Iterator[Office]:
    """The spring, lived once for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic(), time_machine.travel(NOW, tick=False):
        office = make_office()
        lived(office)
        yield office
        transaction.set_rollback(True)


def sight(post: Post, unit: Unit | None = None) -> Sight:
    """The same reach in keys; an inspector is told the figures of the whole area."""
    seen = set(visible_to(post).values_list("pk", flat=True))
    causes = set(visible_supervisions(post).values_list("pk", flat=True))
    return Sight(sorted(seen), sorted(causes), unit.pk if unit else None)


def by_sql(figure: Figure, at: Sight, period: Period) -> Value:
    counted, good, waits = count(figure.slug, at, period)
    return Value(counted, good, waits)


def length(figure: Figure, rows: Any) -> int:
    return sum(row.people for row in rows) if figure.sums else rows.count()


def agree(figure: Figure, post: Post, period: Period, unit: Unit | None = None) -> Value:
    """Number, lists and SQL agree; the number."""
    reach = of_unit(seen_by(post), unit) if unit else seen_by(post)
    value = value_of(figure, reach, period)
    assert value == by_sql(figure, sight(post, unit), period), (figure.slug, post.user.username, period)
    parts = {COUNTED: value.counted, GOOD: value.good, MISSING: value.missing, PENDING: value.pending}
    opened = {part: length(figure, items_of(figure, reach, period, part)) for part in parts}
    assert opened == parts, (figure.slug, post.user.username, period)
    return value


def test_every_figure_has_a_count_in_sql() -> None:
    assert set(SQL) == set(FIGURES)


@pytest.mark.parametrize("figure", EVERY, ids=lambda figure: figure.slug)
def test_number_list_and_sql_agree_for_every_scope_and_month(city: Office, figure: Figure) -> None:
    for period in MONTHS:
        for who in SCOPES:
            agree(figure, getattr(city, who), period)
        agree(figure, city.head, replace(period, mode="strict"))


@pytest.mark.parametrize("figure", EVERY, ids=lambda figure: figure.slug)
def test_a_figure_by_unit_and_by_month_adds_up(city: Office, figure: Figure) -> None:
    reach, year = seen_by(city.head), replace(MONTHS[0], until=MONTHS[-1].until)
    for period in MONTHS:
        by_unit = values_by_unit(figure, reach, period)
        for unit in (city.housing, city.bureau, city.water):
            assert by_unit.get(unit.pk, Value()) == agree(figure, city.head, period, unit)
    if not figure.is_of_today and figure.slug != "listed" and not figure.slug.startswith("proposals-"):
        by_month = values_by_month(figure, reach, year)
        assert by_month == {
            period.since: value for period in MONTHS if (value := value_of(figure, reach, period)).counted
        }


@pytest.mark.parametrize("figure", EVERY, ids=lambda figure: figure.slug)
def test_page_and_api_tell_what_sql_counts(city: Office, figure: Figure) -> None:
    for who, period in (("head", MONTHS[1]), ("head", MONTHS[3]), ("unit_head", MONTHS[3])):
        post: Post = getattr(city, who)
        client, value = signed_in(post), by_sql(figure, sight(post), period)
        page = client.get(list_of(figure.slug, period))
        assert page.context["value"] == value
        if not figure.sums:
            assert page.content.decode().count("data-row>") == min(value.counted, 50)
        for part, number in ((GOOD, value.good), (MISSING, value.missing), (PENDING, value.pending)):
            if figure.is_rate and (part != PENDING or figure.has_due):
                listed = client.get(list_of(figure.slug, period, part=part)).content.decode()
                assert listed.count("data-row>") == number
        told = client.get(list_of(figure.slug, period, name="api-supervision:figure")).json()
        assert (told["value"]["counted"], told["value"]["good"]) == (value.counted, value.good)
        assert figure.sums or told["count"]["value"] == value.counted == len(told["rows"])


def test_the_table_by_api_is_the_table(city: Office) -> None:
    period = MONTHS[3]
    answer = signed_in(city.head).get("/api/figures/?month=2025-05").json()
    assert [row["slug"] for row in answer["figures"]] == list(FIGURES)
    for row in answer["figures"]:
        figure, value = FIGURES[row["slug"]], by_sql(FIGURES[row["slug"]], sight(city.head), period)
        assert (row["name"], row["formula"], row["value"]["counted"]) == (figure.label, figure.formula, value.counted)


def test_a_circular_tells_what_sql_counts_of_each_unit(city: Office) -> None:
    everything = Sight(
        list(PetitionCase.objects.values_list("pk", flat=True)),
        list(SupervisionCase.objects.values_list("pk", flat=True)),
    )
    for period in MONTHS:
        told = {row["code"]: row for row in reckon(city.city, period).figures["rows"]}
        for unit in (city.bureau, city.housing, city.water, city.county_office):
            for place, slug in enumerate(OF_CIRCULARS):
                for days, name in ((period, "counts"), (period.before, "before")):
                    number = count(slug, replace(everything, unit=unit.pk), days)[0]
                    assert told.get(unit.code, {}).get(name, [0] * len(OF_CIRCULARS))[place] == number, slug


def test_the_annual_report_tells_what_sql_counts(city: Office) -> None:
    year = Period.of_year(2025, on=TODAY)
    rows = {row["name"]: row["number"] for row in facts_of_year(city.head, 2025, TODAY)["rows"]}
    for slug in VOLUME_OF_REPORTS:
        figure = FIGURES[slug]
        assert rows[figure.label] == f"{by_sql(figure, sight(city.head), year).counted}{figure.unit}"


def test_an_inspector_is_told_the_area_and_opens_what_he_sees(city: Office) -> None:
    for figure in EVERY:
        if not opens(city.inspector, figure):
            told = value_of(figure, told_to(city.inspector), MONTHS[3])
            assert told == value_of(figure, seen_by(city.leader), MONTHS[3]), figure.slug
            assert signed_in(city.inspector).get(list_of(figure.slug, MONTHS[3])).status_code == 404
