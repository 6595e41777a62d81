"""承接移交 while others work: a move of that moment, a second order, two workers, a correction sent twice."""

from datetime import date, timedelta

import pytest

from cases.handover.acts import advance, begin, correct, resume_all
from cases.handover.orders import Order, Share
from cases.models import Deadline, HandOver, HandOverKind, PetitionCase, SweepFault
from cases.states import Move, State
from cases.watch.sweep import sweep
from tests.cases.core.test_opposites import at_once, city, moving
from tests.office import MONDAY, Office, case_in

__all__ = ["city"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_anchors(settings: pytest.FixtureRequest, tmp_path: object) -> None:
    settings.VAR_DIR = tmp_path  # type: ignore[attr-defined]


def merging(office: Office) -> Order:
    share = Share(office.water, takes_rest=True)
    return Order(HandOverKind.MERGED, office.housing, "滨编发〔2025〕1号", (share,), last_on=date(2025, 3, 3))


def events_of(case: PetitionCase) -> list[str]:
    return list(case.events.order_by("seq").values_list("kind", flat=True))


def test_a_move_of_the_same_moment_is_made_before_or_refused_after(city: Office) -> None:
    case = case_in(city, State.HANDLING)
    act = begin(merging(city), by=city.head, at=MONDAY)
    said = at_once(moving(city, case, Move.DRAFT), lambda: advance(act, at=MONDAY))
    case.refresh_from_db()
    assert (said[1], case.holder, events_of(case).count("handed-over")) == ("", city.water, 1)
    assert ("draft" in events_of(case)) == (said[0] == "")
    assert case.deadlines.running().exclude(unit=city.water).count() == 0


def test_of_two_orders_at_once_one_is_made(city: Office) -> None:
    case = case_in(city, State.HANDLING)
    said = at_once(*(lambda: begin(merging(city), by=city.head, at=MONDAY) for _ in range(2)))
    assert (sorted(said)[0], HandOver.objects.count()) == ("", 1)
    assert "还在进行" in sorted(said)[1]
    resume_all(at=MONDAY)
    assert events_of(case).count("handed-over") == 1


def test_two_workers_share_the_matters_and_end_the_act_once(city: Office) -> None:
    cases = [case_in(city, State.HANDLING) for _ in range(6)]
    act = begin(merging(city), by=city.head, at=MONDAY)
    at_once(*(lambda: resume_all(at=MONDAY) for _ in range(3)))
    resume_all(at=MONDAY)
    assert [events_of(case).count("handed-over") for case in cases] == [1] * 6
    act.refresh_from_db()
    assert act.done_at == MONDAY


def test_of_two_corrections_at_once_one_is_made(city: Office) -> None:
    case = case_in(city, State.HANDLING)
    act = begin(merging(city), by=city.head, at=MONDAY)
    advance(act, at=MONDAY)
    right = Share(city.housing, takes_rest=True)

    def put_right() -> HandOver:
        seen = HandOver.objects.get(pk=act.pk)
        return correct(seen, wrong=Share(city.water), right=right, basis="误", by=city.head, at=MONDAY)

    said = at_once(put_right, put_right)
    assert (sorted(said)[0], act.corrections.count()) == ("", 1)
    resume_all(at=MONDAY)
    case.refresh_from_db()
    assert (case.responsible, events_of(case).count("handed-over")) == (city.housing, 2)


def test_the_watch_and_a_hand_over_at_one_moment_both_do_their_part(city: Office) -> None:
    cases, late = [case_in(city, State.HANDLING) for _ in range(8)], MONDAY + timedelta(days=70)
    act = begin(merging(city), by=city.head, at=MONDAY)
    said = at_once(lambda: sweep(at=late), lambda: advance(act, at=late), lambda: sweep(at=late))
    assert said == ["", "", ""]
    resume_all(at=late)
    sweep(at=late)
    clocks = Deadline.objects.filter(case__in=cases, rule="handling")
    assert (SweepFault.objects.count(), clocks.filter(lapsed_at=None).count()) == (0, 0)
    assert set(clocks.values_list("unit", flat=True)) == {city.water.pk}
    assert [events_of(case).count("handed-over") for case in cases] == [1] * 8
