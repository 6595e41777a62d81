"""Made-up matters cannot be told from those that real moves made, and the office works on after a load."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count, Max, Min
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.letters.kinds.handing_over import REFERRAL
from binzhou_xinfang.letters.kinds.handling import OPINION
from binzhou_xinfang.letters.models import Letter
from binzhou_xinfang.records.audit import verify
from binzhou_xinfang.records.crypto import digest
from cases.made_up.synthetic import Load
from cases.made_up.synthetic.plan import SHARES
from cases.models import Alert, CaseEvent, Petition, PetitionCase, Petitioner
from cases.people import Known, arrivals_of_person
from cases.queries import overdue
from cases.states import MAY, OPEN_STATES, Move, State
from cases.vocabulary import Channel
from cases.watch.sweep import sweep
from cases.window.identity import read_phone, read_resident_id
from cases.window.registration import Arrival, register_repeat
from tests.office import MONDAY, Office, case_in, make_office, register

NOW = datetime(2025, 9, 17, 15, tzinfo=timezone.get_default_timezone())
TODAY = NOW.date()
SIZE = 600
WATCH = frozenset({"right-ended"})


def load_some(size: int, *, seed: int = 7, processes: int = 1) -> None:
    Load(cases=size, seed=seed, now=NOW, processes=processes).run([].append)


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: Any) -> Iterator[Office]:
    """The small city with hundreds of matters, loaded once; what a test adds is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        office = make_office()
        load_some(SIZE)
        yield office
        transaction.set_rollback(True)


def kinds(case: PetitionCase) -> list[str]:
    return [event.kind for event in case.events.order_by("seq")]


def plain_case(state: State, road: list[str]) -> PetitionCase:
    """A made-up matter of one state that went the same road, undisturbed by the watch."""
    ordinary = PetitionCase.objects.filter(state=state, is_sealed=False, lead__is_anonymous=False)
    return next(case for case in ordinary.order_by("-pk") if kinds(case) == road)


def filled(values: dict[str, Any]) -> dict[str, bool]:
    return {name: value not in (None, "", [], {}) for name, value in values.items()}


def shape_of_course(case: PetitionCase) -> dict[str, Any]:
    """Reduce the moves' traces on a matter to what is not its own names, days and numbers."""
    opinion = case.opinions.first()
    moved = (
        "sender",
        "assigner",
        "responsible",
        "assignee",
        "closed_on",
        "outcomes",
        "kind",
        "legal_way",
        "legal_basis",
        "topic",
    )
    return {
        "state": (case.state, case.previous_state, case.last_move, case.due_rule, case.version, case.petition_count),
        "moved": {name: bool(getattr(case, name)) for name in moved},
        "desk": (case.holder == case.registered_unit, case.holder == case.responsible, case.holder == case.sender),
        "clocks": [
            (clock.rule, clock.days is None, clock.extended_by, clock.met_on is None, clock.cancelled_on is None,
             clock.unit == case.registered_unit, clock.lapsed_at, clock.is_provisional)
            for clock in case.deadlines.order_by("pk")
        ],
        "alerts": list(Alert.objects.filter(deadline__case=case).order_by("pk").values_list("deadline__rule", "days")),
        "events": [
            (event.kind, {name: type(value) for name, value in event.detail.items()},
             event.unit == case.registered_unit,
             len(event.detail.get("clocks", [])), len(event.detail.get("letters", [])))
            for event in case.events.order_by("seq")
        ],
        "letters": [
            (link.letter.kind, link.move, link.letter.unit == case.registered_unit, filled(link.letter.facts))
            for link in case.letters.select_related("letter")
        ],
        "opinion": opinion and filled({name: getattr(opinion, name) for name in ("facts", "basis", "review_body",
            "drafted_by", "drafted_at", "checked_by", "signed_by", "signed_on", "delivered_on")}),
        "answers": opinion and opinion.answers.count() == case.requests.count(),
    }  # fmt: skip


@pytest.mark.parametrize("state", State)
def test_a_made_up_matter_looks_like_one_that_real_moves_made(city: Office, db: None, state: State) -> None:
    real = case_in(city, state)
    assert shape_of_course(plain_case(state, kinds(real))) == shape_of_course(real)


@pytest.mark.parametrize("kind", [*sorted(WATCH), Move.REPEAT.value])
def test_what_the_watch_and_later_arrivals_write_is_alike(city: Office, db: None, kind: str) -> None:
    states = {"right-ended": State.DELIVERED, Move.REPEAT.value: State.HANDLING}
    case = case_in(city, states[kind]) if kind in states else register(city).case
    if kind == Move.REPEAT:
        arrival = Arrival(Channel.VISIT, MONDAY.date(), "还没有解决", Petitioner(name="刘某"))
        register_repeat(arrival, case, by=city.clerk, at=MONDAY)
    for days in range(60):
        sweep(at=MONDAY + timedelta(days=days))
    real = case.events.filter(kind=kind).first()
    made_up = CaseEvent.objects.filter(kind=kind).exclude(case=case).first()
    assert real is not None
    assert made_up is not None
    assert [set(made_up.detail), bool(made_up.actor)] == [set(real.detail), bool(real.actor)]


def test_every_state_occurs_most_matters_are_closed_and_some_are_late(city: Office) -> None:
    found = Counter(PetitionCase.objects.values_list("state", flat=True))
    still_open = PetitionCase.objects.filter(state__in=OPEN_STATES)
    late = overdue(still_open, TODAY).count() / still_open.count()
    assert set(found) == set(SHARES) | {State.CLOSED}
    assert found[State.CLOSED] > SIZE * 0.8
    assert 0.02 < late < 0.25


def test_the_audit_finds_nothing(city: Office, db: None, settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    report = verify(None)
    assert (report.events, report.findings) == (CaseEvent.objects.count(), [])


def test_the_watch_finds_nothing_left_to_do(city: Office, db: None) -> None:
    assert not sweep(at=NOW).did_something


def test_the_events_of_a_matter_follow_each_other_in_time_and_none_is_to_come(city: Office) -> None:
    wrong = [
        case.number
        for case in PetitionCase.objects.prefetch_related("events")
        for events in [sorted(case.events.all(), key=lambda event: event.seq)]
        if any(later.happened_at < earlier.happened_at for earlier, later in pairwise(events))
        or events[-1].happened_at > NOW
    ]
    assert wrong == []


def test_nobody_makes_a_move_that_the_role_may_not_make(city: Office) -> None:
    roles = {(post.user_id, post.unit_id): post.role for post in Post.objects.all()}
    acts = CaseEvent.objects.exclude(actor=None).values_list("kind", "actor", "unit").distinct()
    assert [kind for kind, actor, unit in acts if roles[actor, unit] not in MAY[Move(kind)].roles] == []


def test_nobody_checks_or_signs_a_draft_of_his_own(city: Office) -> None:
    signed = (
        CaseEvent.objects.filter(kind__in=[Move.DRAFT, Move.SIGN])
        .values("case")
        .annotate(people=Count("actor", distinct=True), acts=Count("kind", distinct=True))
    )
    assert {row["people"] for row in signed if row["acts"] == 2} == {2}


def test_people_carry_valid_numbers_and_are_found_by_them(city: Office) -> None:
    person = Petitioner.objects.filter(is_anonymous=False, petitions__is_repeat=True).first()
    assert person is not None
    identity = read_resident_id(person.id_number, on=TODAY)
    assert (identity.born_on, identity.sex, read_phone(person.phone)) == (person.born_on, person.sex, person.phone)
    assert bytes(person.address_digest or b"") == digest(person.address, kind="address")
    assert person.pk in {petition.lead_id for petition in arrivals_of_person(Known(phone=person.phone))}
    assert {bytes(row.name_key) for row in Petitioner.objects.all()} == {
        digest(row.name, kind="name") for row in Petitioner.objects.all()
    }
    assert person.pk in {petition.lead_id for petition in arrivals_of_person(Known(id_number=person.id_number))}


def test_a_group_brings_representatives(city: Office) -> None:
    group = Petition.objects.filter(people__gte=5)
    assert group.exists()
    assert all(1 <= petition.companions.count() <= 5 for petition in group)


def test_letters_are_numbered_without_gaps_in_the_order_of_their_days(city: Office) -> None:
    series = Letter.objects.values("unit", "kind", "year").annotate(
        size=Count("pk"), first=Min("serial"), last=Max("serial")
    )
    assert {(row["first"], row["last"] - row["size"]) for row in series} == {(1, 0)}
    opinions = Letter.objects.filter(kind=OPINION, unit=city.housing).order_by("year", "serial")
    days = [letter.issued_on for letter in opinions]
    assert days == sorted(days) != []
    assert all(letter.sha256 == letter.content_sha256() for letter in opinions)


def test_registration_and_letters_go_on_where_the_load_ended(city: Office, db: None) -> None:
    numbers = Petition.objects.filter(unit=city.bureau, number__contains="-2025-")
    last = int(numbers.latest("number").number[-6:])
    petition = register(city, at=NOW)
    assert petition.number == f"BZXF-2025-{last + 1:06d}"
    assert petition.pk > numbers.exclude(pk=petition.pk).aggregate(last=Max("pk"))["last"]
    referrals = Letter.objects.filter(unit=city.bureau, kind=REFERRAL, year=2025)
    serial = referrals.aggregate(last=Max("serial"))["last"]
    case_in(city, State.REFERRED, at=NOW)
    assert referrals.aggregate(last=Max("serial"))["last"] == serial + 1


def test_a_second_load_adds_to_the_first(city: Office, db: None, settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    people = Post.objects.count()
    load_some(30, seed=8)
    assert (PetitionCase.objects.count(), Post.objects.count()) == (SIZE + 30, people)
    assert verify(None).findings == []
