"""The office that was left before the rooms goes on: nothing lost, nothing altered, and the next act is made."""

import functools
import io
import json
import lzma
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.db.models import Q
from django.test import override_settings
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.letters import storage
from binzhou_xinfang.letters.models import Letter, LetterFile
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.rulebook import Regime
from cases.casefile.event_text import tell
from cases.clocks.moving import reckoning_of
from cases.clocks.turning import refresh_due
from cases.models import CaseAttachment, CaseEvent, Deadline, Delivery, Opinion, PetitionCase, Review, Standing
from cases.states import OWED, Move, State
from cases.vocabulary import DeliveryWay
from cases.watch.sweep import sweep
from tests.before import fingerprint, keys
from tests.before.restore import database_of_before, unpack_var
from tests.cases.pages import signed_in
from tests.office import step

BUREAU = "371600-xf"
NEXT_DAY = keys.LEFT_AT + timedelta(days=1)
KEYS = override_settings(FIELD_KEYS=keys.FIELD_KEYS, DIGEST_KEY=keys.DIGEST_KEY)


@pytest.fixture(scope="module")
def var_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("var")
    unpack_var(made)
    return made


@pytest.fixture(scope="module")
def migrated(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database of before after `manage.py migrate` of today."""
    name = f"before_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with django_db_blocker.unblock(), database_of_before(name), KEYS:
        call_command("migrate", interactive=False, verbosity=0)
        yield


@pytest.fixture
def before(migrated: None, var_dir: Path, settings: Any) -> Iterator[None]:
    """The office on the morning after it was left; what a test does there is undone."""
    settings.VAR_DIR, settings.MEDIA_ROOT = var_dir, var_dir / "files"
    settings.FIELD_KEYS, settings.DIGEST_KEY = keys.FIELD_KEYS, keys.DIGEST_KEY
    with time_machine.travel(NEXT_DAY, tick=False), transaction.atomic():
        yield
        transaction.set_rollback(True)


def post(role: Role) -> Post:
    return Post.objects.select_related("user", "unit__parent").filter(unit__code=BUREAU, role=role).earliest("pk")


@functools.cache
def left() -> fingerprint.Rows:
    """The rows as the code of before read them; there are some of each table."""
    rows: fingerprint.Rows = json.loads(lzma.decompress(keys.FINGERPRINT.read_bytes()))
    assert [label for label in fingerprint.TOLD if not rows[label]] == []
    return rows


@pytest.mark.usefixtures("before")
def test_every_row_says_what_it_said(subtests: pytest.Subtests) -> None:
    ordered = {label: {TOLD_OF[label].index(name) for name in names} for label, names in ORDERED_ANEW.items()}
    for label in fingerprint.TOLD:
        skipped = ordered.get(label, set())
        now = {kept(row, skipped) for row in fingerprint.read_one(label)}
        lost = [row for row in left()[label] if kept(row, skipped) not in now]
        with subtests.test(label):
            assert [row for row in lost if label != "cases.Deadline" or row[0] not in waiting()] == []


def waiting() -> set[int]:
    """Clocks that wait for another desk since the migration: they reach no rung, and keep their last day."""
    stand = Q(waits_since__isnull=False) | Q(suspended_on__isnull=False)
    return set(Deadline.objects.filter(stand, next_alert_at=None).values_list("pk", flat=True))


def kept(row: list[Any], skipped: set[int]) -> str:
    return json.dumps([value for place, value in enumerate(row) if place not in skipped])


TOLD_OF = fingerprint.TOLD
# The worklists order a matter by the clock that ends first, and some had none for what they owed.
ORDERED_ANEW = {"cases.PetitionCase": ("due_on", "due_rule")}


@pytest.mark.usefixtures("before")
def test_what_lay_unwatched_has_its_clock_from_the_day_on_which_it_came_to_stand_there() -> None:
    for case in PetitionCase.objects.filter(closed_on=None).order_by("pk"):
        there = {clock.rule: clock for clock in case.deadlines.running()}
        debts = [debt for debt in OWED[State(case.state)].owed if debt.holds(case)]
        assert [debt.what for debt in debts if not there.keys() & {*debt.watched_by}] == [], case.number
        stored = (case.due_rule, case.due_on)
        refresh_due(case, there.values(), on=case.due_on)
        assert stored == (case.due_rule, case.due_on), case.number
    issued = PetitionCase.objects.filter(state=State.ISSUED).earliest("pk")
    signed = issued.events.filter(kind=Move.SIGN).latest("seq")
    clock = issued.deadlines.get(rule=Rule.DELIVERY)
    assert clock.started_on == timezone.localdate(signed.happened_at)
    assert clock.legal_on == reckoning_of(clock).legal


@pytest.mark.usefixtures("before")
def test_chains_and_anchors_hold() -> None:
    said = io.StringIO()
    call_command("verify_audit", stdout=said)
    report = json.loads(said.getvalue())
    assert report["ok"], report
    assert (report["events"], report["anchors"]) == (
        len(left()["cases.CaseEvent"] + left()["supervision.CircularEvent"]),
        1,
    )


@pytest.mark.usefixtures("before")
def test_files_of_letters_are_the_same_bytes_and_the_others_can_be_made() -> None:
    for made in LetterFile.objects.select_related("letter", "file"):
        assert len(storage.read(made.letter)) == made.file.size
    other = Letter.objects.filter(made=None).earliest("pk")
    assert storage.read(other).startswith(b"PK")


@pytest.mark.usefixtures("before")
def test_what_was_set_counts_from_its_day() -> None:
    regimes: list[Regime] = [current_rulebook().on(at.date()) for at in (keys.LEFT_AT, NEXT_DAY)]
    assert [(regime.number(Key.NOTICES_FROM), regime.number(Key.GROUP_SIZE)) for regime in regimes] == [(9, 5), (9, 6)]


@pytest.mark.usefixtures("before")
def test_events_of_before_are_told_in_words() -> None:
    for event in CaseEvent.objects.select_related("unit"):
        told = tell(event, on=NEXT_DAY.date())
        assert told.title, event.kind
        assert told.title != event.kind
        assert "None" not in told.text


@pytest.mark.usefixtures("before")
def test_the_page_of_a_matter_opens_in_every_state(subtests: pytest.Subtests) -> None:
    head = signed_in(post(Role.OFFICE_HEAD))
    # Nothing was void in the house of before: its entries could not be.
    for state in set(State) - {State.VOIDED}:
        with subtests.test(str(state.value)):
            case = PetitionCase.objects.filter(state=state).earliest("pk")
            page = head.get(case.get_absolute_url())
            assert page.status_code == 200
            assert case.number in page.content.decode()


@pytest.mark.usefixtures("before")
def test_a_sealed_matter_stays_sealed() -> None:
    sealed = PetitionCase.objects.filter(is_sealed=True).earliest("pk").get_absolute_url()
    assert signed_in(post(Role.OFFICE_HEAD)).get(sealed).status_code == 200
    assert signed_in(post(Role.WINDOW_CLERK)).get(sealed).status_code == 404


@pytest.mark.usefixtures("before")
def test_the_watch_and_the_hands_go_on() -> None:
    waiting = Deadline.objects.running().filter(next_alert_at__lte=NEXT_DAY).count()
    assert sweep(at=NEXT_DAY).due == waiting > 0
    case = PetitionCase.objects.filter(state=State.TRIAGED, registered_unit__code=BUREAU, is_sealed=False).earliest(
        "pk"
    )
    chain = case.events.count()
    moved = step(None, case, Move.REFER, at=NEXT_DAY, by=post(Role.REGISTRAR), to_unit="371600-zj")
    assert moved.state == State.REFERRED
    assert case.events.count() == chain + 1
    call_command("verify_audit", stdout=io.StringIO())


@pytest.mark.usefixtures("before")
def test_what_was_delivered_before_keeps_its_day_and_its_proof_is_not_known() -> None:
    delivered = Opinion.objects.exclude(delivered_on=None).count() + Review.objects.exclude(delivered_on=None).count()
    written = Delivery.objects.select_related("opinion", "review")
    assert len(written) == delivered > 0
    for delivery in written:
        answer = delivery.opinion or delivery.review
        assert answer is not None
        assert delivery.delivered_on == delivery.counts_from == answer.delivered_on
        assert (delivery.standing, delivery.proof, delivery.no_proof) == (Standing.UNKNOWN, None, "")
    assert {delivery.way for delivery in written if delivery.entered_by_id} <= set(DeliveryWay)


@pytest.mark.usefixtures("before")
def test_of_the_day_of_a_request_of_before_no_proof_is_invented_and_the_request_goes_on() -> None:
    asked = Review.objects.all()
    assert {(review.proof_id, review.no_proof, review.is_proven_late) for review in asked} == {(None, "", False)}
    waiting = PetitionCase.objects.filter(state=State.REVIEW_ASKED, is_sealed=False).earliest("pk")
    page = signed_in(post(Role.OFFICE_HEAD)).get(waiting.get_absolute_url()).content.decode()
    assert "<dt>凭证</dt><dd>不详</dd>" in page
    assert step(None, waiting, Move.ACCEPT_REVIEW, at=NEXT_DAY, by=posted_at(waiting, Role.REVIEWER)).state == (
        State.REVIEWING
    )


@pytest.mark.usefixtures("before")
def test_nobody_owes_the_proof_of_a_delivery_of_which_none_is_known() -> None:
    assert not PetitionCase.objects.filter(is_delivery_unproven=True).exists()
    assert not Deadline.objects.filter(rule=Rule.DELIVERY_PROOF).exists()


@pytest.mark.usefixtures("before")
def test_of_a_hearing_that_was_asked_for_before_nothing_is_invented() -> None:
    assert not PetitionCase.objects.filter(is_hearing_asked=True).exists()
    assert not Deadline.objects.filter(rule=Rule.HEARING_DECISION).exists()
    # The office goes on: what is asked for from now on waits for an answer.
    case = PetitionCase.objects.filter(state=State.HANDLING, is_sealed=False, closed_on=None).earliest("pk")
    asked = step(None, case, Move.ASK_HEARING, at=NEXT_DAY, by=posted_at(case, Role.UNIT_HANDLER))
    assert asked.is_hearing_asked
    assert asked.deadlines.running().filter(rule=Rule.HEARING_DECISION).exists()


@pytest.mark.usefixtures("before")
def test_who_assigned_is_read_off_the_course_and_is_nobody_where_nobody_did() -> None:
    assigned = PetitionCase.objects.filter(is_assigned=True)
    assert assigned.exists()
    for case in assigned:
        by = case.events.filter(kind=Move.ASSIGN).latest("seq")
        assert case.assigner_id == by.unit_id, case.number
    assert not PetitionCase.objects.filter(is_assigned=False).exclude(assigner=None).exists()


@pytest.mark.usefixtures("before")
def test_no_ground_is_given_to_what_had_ended_before_but_its_own() -> None:
    for case in PetitionCase.objects.exclude(end_ground=""):
        said = case.events.filter(kind__in=(Move.END, Move.DELIVER_RECHECK)).latest("seq")
        assert said.detail.get("ground", "rechecked") == case.end_ground, case.number
    # Papers of grounds are asked for from now on; none is made up for then.
    assert not CaseAttachment.objects.exclude(kind="").exists()


def posted_at(case: PetitionCase, role: Role) -> Post:
    return Post.objects.select_related("user", "unit").filter(unit=case.holder, role=role).earliest("pk")
