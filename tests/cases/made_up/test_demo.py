"""`manage.py make_demo`: a bureau that is alive on the first start, and never a second time."""

import stat
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test.utils import override_settings
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.statute.calendar import WorkCalendar
from cases.house.loading import TOPICS
from cases.made_up.demo.branches import BRANCHES, moments_of, move_of
from cases.made_up.demo.cast import ACCOUNTS, COUNTIES, DISCIPLINE
from cases.made_up.demo.plot import scenes
from cases.made_up.demo.roads import Scene, Turn, moments, road
from cases.made_up.demo.themes import SEALED, SPOTS, THEMES
from cases.models import (
    CaseEvent,
    Deadline,
    Evaluation,
    EvaluationObject,
    Petition,
    PetitionCase,
    Petitioner,
    Verdict,
)
from cases.queries import due_within, overdue, visible_to
from cases.states import Move, State, target_of
from cases.vocabulary import Channel, IdKind
from cases.window.identity import read_credit_code, read_phone, read_resident_id
from supervision.models import Circular, CircularStage, Inspection, Measure, Stage, SupervisionCase, Trigger
from tests.office import TZ, Office, moment, register

# A Wednesday, so that a clock can end on this very day.
NOW = moment(2026, 6, 10, 11)
TODAY = NOW.date()
BRANCHING = sum(len(branch.ago) * (1 if branch.earlier is None else 2) for branch in BRANCHES)
MATTERS = 300 + BRANCHING


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The demo, made once for all tests here and taken back at the end; gives the folder of its account list."""
    var = tmp_path_factory.mktemp("var")
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference")
        with time_machine.travel(NOW, tick=False), override_settings(VAR_DIR=var):
            call_command("make_demo")
        yield var
        transaction.set_rollback(True)


def test_every_state_of_the_table_has_its_matters(demo: Path) -> None:
    found = Counter(PetitionCase.objects.values_list("state", flat=True))
    assert set(found) == set(State.values)
    assert sum(found.values()) == MATTERS
    assert min(found[scene.state] for scene in scenes(Random(1))) >= 5


def test_some_matters_are_overdue_some_due_today_and_some_soon(demo: Path) -> None:
    ripe = [
        overdue(PetitionCase.objects.filter(state=state), TODAY).count() for state in (State.REGISTERED, State.HANDLING)
    ]
    assert min(ripe) >= 1
    assert due_within(PetitionCase.objects.all(), TODAY, days=0).count() >= 3
    assert due_within(PetitionCase.objects.all(), TODAY, days=3).count() >= 15
    assert Deadline.objects.running().overdue(TODAY).filter(lapsed_at=None).count() == 0


def test_every_bend_of_the_road_is_taken(demo: Path) -> None:
    kinds = set(CaseEvent.objects.values_list("kind", flat=True))
    taken = {move.value for scene in scenes(Random(1)) for move in road(scene)}
    execution = {Move.ORDER_EXECUTION.value, Move.FINISH_EXECUTION.value}
    assert kinds >= taken | execution | {"repeat", "right-ended"}
    assert kinds >= {move_of(bend).value for branch in BRANCHES for bend in branch.road}


@pytest.mark.parametrize("now", [NOW, moment(2026, 2, 24, 8), moment(2026, 10, 8, 17)])
def test_a_branch_runs_through_working_hours_of_working_days_up_to_now(now: datetime) -> None:
    calendar = WorkCalendar()
    for branch in BRANCHES:
        found = moments_of(branch.road, branch.ago[0], now=now, calendar=calendar)
        assert all(earlier < later for earlier, later in zip(found, [*found[1:], now], strict=True))
        assert all(calendar.is_workday(at.date()) for at in found)


def test_every_mark_of_a_matter_and_every_channel_and_place_is_there(demo: Path) -> None:
    cases = PetitionCase.objects
    marked = [
        cases.filter(is_sealed=True),
        cases.filter(people__gte=5),
        cases.filter(petition_count__gt=1),
        cases.filter(is_urgent=True),
        cases.exclude(threat=""),
        cases.filter(lead__is_anonymous=True),
        cases.filter(lead__is_organisation=True),
    ]
    assert [found.exists() for found in marked] == [True] * 7
    assert set(cases.values_list("channel", flat=True)) == set(Channel.values)
    assert cases.values("region").distinct().count() == 10


def test_every_role_has_an_account_and_three_counties_and_a_township_take_part(demo: Path) -> None:
    assert set(Post.objects.values_list("role", flat=True)) == set(Role.values)
    assert User.objects.count() == len(ACCOUNTS)
    assert all(Post.objects.filter(unit__code=f"{county}-xf", role=Role.OFFICE_HEAD).exists() for county in COUNTIES)


def test_nothing_happens_later_than_now_and_each_course_runs_forward(demo: Path) -> None:
    last: dict[int, datetime] = {}
    for event in CaseEvent.objects.order_by("case", "seq"):
        assert last.get(event.chain_id, event.happened_at) <= event.happened_at <= NOW
        last[event.chain_id] = event.happened_at


def test_numbers_follow_the_order_of_time(demo: Path) -> None:
    bureau = Petition.objects.filter(unit__code="371600-xf").order_by("registered_at", "pk")
    numbers = list(bureau.values_list("number", flat=True))
    # Reports of wrongdoing are counted by themselves.
    for series in ("371600-XF-2", "371600-XF-Z-2"):
        own = [number for number in numbers if number.startswith(series)]
        assert own
        assert own == sorted(own)


def test_ids_and_telephones_pass_the_checks_of_the_window(demo: Path) -> None:
    people = list(Petitioner.objects.filter(id_kind=IdKind.RESIDENT))
    assert len(people) > 200
    for person in people:
        identity = read_resident_id(person.id_number, on=TODAY)
        assert (identity.born_on, identity.sex) == (person.born_on, person.sex)
        assert read_phone(person.phone) == person.phone
    firms = Petitioner.objects.filter(id_kind=IdKind.CREDIT_CODE)
    assert firms
    assert all(read_credit_code(firm.id_number) == firm.id_number for firm in firms)


def test_the_events_are_sealed_like_any_other(demo: Path) -> None:
    assert all(event.expected_hash() == bytes(event.hash) for event in CaseEvent.objects.all()[:200])


def test_reports_of_wrongdoing_are_seen_by_the_named_alone(demo: Path) -> None:
    sealed = PetitionCase.objects.filter(is_sealed=True)
    seen = {
        name: visible_to(Post.objects.filter(user__username=name).select_related("unit")[0]).filter(is_sealed=True)
        for name in ("head", "leader", "zhujian2", "discipline1")
    }
    assert set(seen["head"]) == set(sealed)
    assert (seen["leader"].count(), seen["zhujian2"].count()) == (0, 0)
    assert set(seen["discipline1"]) == set(sealed.filter(responsible__code=DISCIPLINE))


def test_the_list_of_accounts_is_for_its_owner_and_holds_the_password(demo: Path) -> None:
    path = demo / "demo_accounts.txt"
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[2:]]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [line[0] for line in lines] == [account.username for account in ACCOUNTS]
    assert all(User.objects.get(username=line[0]).check_password(line[3]) for line in lines)


def test_a_second_start_is_declined_politely(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("make_demo")
    assert capsys.readouterr().out == "系统中已有信访事项或演示账号，没有建立演示数据。\n"
    assert PetitionCase.objects.count() == MATTERS


def test_real_data_keep_the_demo_away(
    office: Office, settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.VAR_DIR = tmp_path
    users = User.objects.count()
    register(office)
    call_command("make_demo")
    assert capsys.readouterr().out == "系统中已有信访事项或演示账号，没有建立演示数据。\n"
    assert (User.objects.count(), PetitionCase.objects.count(), list(tmp_path.glob("*.txt"))) == (users, 1, [])


@pytest.mark.django_db
def test_without_units_the_demo_says_what_to_run_first(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    with pytest.raises(CommandError, match=r"请先运行 manage\.py load_reference$") as caught:
        call_command("make_demo")
    assert (caught.value.returncode, User.objects.count()) == (2, 0)


def test_the_scenes_are_the_same_for_the_same_seed() -> None:
    assert list(scenes(Random(1))) == list(scenes(Random(1)))
    assert len(list(scenes(Random(1)))) == 300


def test_every_road_ends_where_its_scene_stands() -> None:
    for scene in scenes(Random(5)):
        state, before = State.REGISTERED, None
        for move in road(scene)[1:]:
            state, before = target_of(move, state, before), state
        assert state is scene.state


@given(seed=st.integers(0, 10**6), now=st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)))
def test_the_moments_of_a_road_run_forward_and_end_before_now(seed: int, now: datetime) -> None:
    rng, here = Random(seed), now.replace(tzinfo=TZ)
    scene = rng.choice(list(scenes(rng)))
    found = moments(scene, road(scene), now=here, calendar=WorkCalendar(), rng=rng)
    assert all(earlier < later for earlier, later in zip(found, [*found[1:], here], strict=True))


@pytest.mark.parametrize(
    ("scene", "starts", "on"),
    [
        (Scene(State.REGISTERED, 0), Move.REGISTER, date(2026, 5, 26)),
        (Scene(State.REFERRED, 3), Move.REFER, date(2026, 5, 29)),
        (Scene(State.HANDLING, -2), Move.ACCEPT, date(2026, 4, 9)),
        (Scene(State.HANDLING, -2, frozenset({Turn.EXTENDED})), Move.ACCEPT, date(2026, 3, 10)),
        (Scene(State.DELIVERED, 10), Move.DELIVER, date(2026, 5, 21)),
    ],
)
def test_the_clock_of_a_scene_has_the_wanted_days_left(scene: Scene, starts: Move, on: date) -> None:
    moves = road(scene)
    found = moments(scene, moves, now=NOW, calendar=WorkCalendar(), rng=Random(1))
    assert found[moves.index(starts)].date() == on


def test_every_theme_names_a_topic_of_the_list_and_a_spot() -> None:
    topics = {line.split(",")[0] for line in TOPICS.read_text(encoding="utf-8-sig").splitlines()}
    assert {theme.topic for theme in THEMES + SEALED} <= topics
    assert {theme.spot for theme in THEMES + SEALED} <= set(SPOTS)


def test_the_posts_of_the_demo_began_before_its_matters(demo: Path) -> None:
    first = PetitionCase.objects.earliest("received_on").received_on
    assert Post.objects.filter(from_on__gt=first - timedelta(days=1)).count() == 0


def test_what_ran_late_is_supervised_in_every_stage(demo: Path) -> None:
    stages = set(SupervisionCase.objects.values_list("stage", flat=True))
    assert stages == set(Stage.values)


def test_inspections_bring_up_a_letter_and_a_proposal(demo: Path) -> None:
    found = SupervisionCase.objects.filter(trigger=Trigger.INSPECTION)
    assert Inspection.objects.count() == 3
    assert set(found.values_list("measure", flat=True)) == {Measure.SUPERVISION, Measure.IMPROVEMENT}


def test_the_board_the_visits_and_the_proposals_have_something_to_show(demo: Path) -> None:
    found = SupervisionCase.objects.filter(issued_on__isnull=False).values_list("measure", "stage")
    assert {
        (Measure.SITE, Stage.ISSUED), (Measure.PHONE, Stage.SETTLED), (Measure.LISTING, Stage.ISSUED),
        (Measure.LISTING, Stage.ANSWERED), (Measure.IMPROVEMENT, Stage.ANSWERED),
    } <= set(found)  # fmt: skip


def test_a_circular_is_issued_and_another_waits_for_the_head(demo: Path) -> None:
    found = Circular.objects.order_by("pk")
    assert [one.stage for one in found] == [CircularStage.ISSUED, CircularStage.DRAFTED]
    assert all(one.figures["rows"] for one in found)


def test_answers_are_evaluated_in_every_way_and_some_by_nobody(demo: Path) -> None:
    found = set(Evaluation.objects.values_list("object", "verdict"))
    assert found == {(about, verdict) for about in EvaluationObject.values for verdict in Verdict.values}
    windows = Deadline.objects.filter(rule="evaluation")
    unused = windows.filter(lapsed_at__isnull=False).count()
    assert min(unused, windows.exclude(met_on=None).count(), windows.running().count()) > 5
