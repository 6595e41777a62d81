"""登记: the traces of an arrival, refusals, and two hundred at once."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import NotPermitted, Refusal, Stale
from cases.models import CaseEvent, Petition, PetitionCase, Petitioner
from cases.states import Move, State
from cases.vocabulary import Channel, PartyRole, Purpose
from cases.window.registration import Party, register_repeat
from cases.window.registration import register as register_arrival
from tests.office import MONDAY, Office, arrival, case_in, make_office, matter, register, step

TODAY = date(2025, 3, 3)


def test_numbers_run_without_gaps_for_each_office_and_year(office: Office) -> None:
    numbers = [
        register(office).number,
        register(office, by=office.county_clerk).number,
        register(office).number,
        register(office, at=MONDAY.replace(year=2026)).number,
    ]
    assert numbers == ["BZXF-2025-000001", "BCXF-2025-000001", "BZXF-2025-000002", "BZXF-2026-000001"]


def test_a_number_is_given_back_when_the_registration_fails(office: Office) -> None:
    crowd = [Party(Petitioner(name=f"代表{n}"), PartyRole.REPRESENTATIVE) for n in range(6)]
    with pytest.raises(Refusal, match="不得超过5人"):
        register_arrival(arrival(TODAY, companions=crowd), matter(office), by=office.clerk, at=MONDAY)
    assert (register(office).number, Petitioner.objects.count()) == ("BZXF-2025-000001", 1)


def test_five_representatives_are_accepted(office: Office) -> None:
    five = [Party(Petitioner(name=f"代表{n}"), PartyRole.REPRESENTATIVE) for n in range(5)]
    petition = register_arrival(arrival(TODAY, companions=five), matter(office), by=office.clerk, at=MONDAY)
    assert petition.companions.count() == 5


def test_personal_data_lie_encrypted_in_the_database(office: Office) -> None:
    register(office)
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, address FROM cases_petitioner")
        phone, address = cursor.fetchone()
    assert b"13800000000" not in bytes(phone)
    assert "某小区".encode() not in bytes(address)


def test_a_day_in_the_future_is_refused(office: Office) -> None:
    with pytest.raises(Refusal, match="不能晚于今天"):
        register_arrival(arrival(TODAY + timedelta(days=1)), matter(office), by=office.clerk, at=MONDAY)


def test_a_late_registration_counts_from_the_day_of_arrival(office: Office) -> None:
    petition = register_arrival(arrival(date(2025, 2, 24)), matter(office), by=office.clerk, at=MONDAY)
    assert petition.case.due_on == date(2025, 3, 11)


@pytest.mark.parametrize("who", ["handler", "leader", "administrator", "discipline"])
def test_only_an_office_registers(office: Office, who: str) -> None:
    with pytest.raises(NotPermitted):
        register(office, by=getattr(office, who))


def test_a_report_of_wrongdoing_is_sealed_from_the_start(office: Office) -> None:
    assert register(office, purpose=Purpose.EXPOSE).case.is_sealed


def test_a_repeat_arrival_joins_its_matter_and_starts_no_clock(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    clocks = list(case.deadlines.values_list("rule", flat=True))
    repeat = register_repeat(
        arrival(TODAY, channel=Channel.LETTER), case, by=office.registrar, at=MONDAY + timedelta(days=9)
    )
    fresh = PetitionCase.objects.get(pk=case.pk)
    assert (repeat.case, repeat.is_repeat, fresh.petition_count, fresh.state) == (case, True, 2, State.HANDLING)
    assert list(fresh.deadlines.values_list("rule", flat=True)) == clocks
    assert fresh.events.order_by("-seq").values_list("kind", flat=True)[0] == Move.REPEAT


def test_a_repeat_does_not_make_the_unit_s_open_page_stale(office: Office) -> None:
    case = case_in(office, State.ACCEPTED)
    register_repeat(arrival(TODAY), case, by=office.clerk, at=MONDAY)
    assert step(office, case, Move.INVESTIGATE, at=MONDAY).state == State.HANDLING


def test_a_repeat_cannot_join_a_closed_matter(office: Office) -> None:
    with pytest.raises(Refusal, match="已办结"):
        register_repeat(arrival(TODAY), case_in(office, State.CLOSED), by=office.clerk, at=MONDAY)


def test_registering_costs_a_fixed_number_of_queries(office: Office) -> None:
    register(office)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        register(office)
    assert len(queries) == 11, [query["sql"][:90] for query in queries]


@pytest.mark.django_db(transaction=True)
def test_two_hundred_registrations_and_letters_at_once_leave_no_gap_and_lose_nothing() -> None:
    office = make_office()

    def whole(n: int) -> tuple[str, list[str]]:
        try:
            case = register(office, title=f"事项{n}").case
            for move in (Move.TRIAGE, Move.REFER):
                case = step(office, case, move, at=MONDAY)
            return case.number, [link.letter.number for link in case.letters.select_related("letter")]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        done = list(pool.map(whole, range(200)))
    assert sorted(number for number, _ in done) == [f"BZXF-2025-{n:06d}" for n in range(1, 201)]
    letters = {letter for _, both in done for letter in both}
    assert letters == {f"滨信{word}〔2025〕{n}号" for word in "转程" for n in range(1, 201)}
    assert (Petition.objects.count(), CaseEvent.objects.count()) == (200, 600)


@pytest.mark.django_db(transaction=True)
def test_of_two_opposite_moves_at_once_one_wins_and_the_other_is_told_why() -> None:
    office = make_office()
    case = case_in(office, State.OBJECTED)

    def decide(move: Move) -> str:
        try:
            step(office, PetitionCase.objects.get(pk=case.pk), move, at=MONDAY)
        except (Stale, Refusal) as refusal:
            return str(refusal)
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(decide, [Move.AGREE_OBJECTION, Move.REFUSE_OBJECTION]))
    assert said[0] == "done"
    assert "异议" in said[1]


@pytest.mark.django_db(transaction=True)
def test_of_two_desks_with_one_outside_number_at_once_one_is_refused_in_words() -> None:
    office = make_office()

    def take_in(by: Post) -> str:
        letter = arrival(TODAY, channel=Channel.LETTER, petition={"external_id": "WX-1"})
        try:
            register_arrival(letter, matter(office), by=by, at=MONDAY)
        except Refusal as refusal:
            return str(refusal)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(take_in, [office.clerk, office.county_clerk]))
    assert (said[0], "WX-1" in said[1], Petition.objects.count()) == ("", True, 1)


@pytest.mark.parametrize(("days", "is_taken"), [(-1, False), (0, True)])
def test_an_office_registers_until_its_last_day(office: Office, days: int, is_taken: bool) -> None:
    office.bureau.valid_to = MONDAY.date() + timedelta(days=days)
    office.bureau.save()
    office.clerk.refresh_from_db()
    refused = nullcontext() if is_taken else pytest.raises(Refusal, match="滨州市信访局已撤销或并入其他单位")
    with refused:
        register(office)
    assert Petition.objects.exists() is is_taken
