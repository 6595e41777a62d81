"""An ordinary matter that the body complained of seals by its own word leaves that body at once (第三十条第三款)."""

import pytest

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind
from binzhou_xinfang.accounts.roles import Role
from cases.deciding import decided_by, decider_of
from cases.models import PetitionCase
from cases.permissions import moves_now, reads_sealed
from cases.queries import visible_to
from cases.states import Move, State
from cases.vocabulary import Purpose
from tests.factories import PostFactory
from tests.lives.story import Life, assert_whole, begins
from tests.lives.test_sealed_later import REPORT
from tests.office import Office

ORGAN = {"discipline", "discipline-head"}
ENDINGS = {Move.VOID, Move.WITHDRAW, Move.END}


@pytest.fixture
def named(office: Office) -> Post:
    """The head of the unit, named there for reports."""
    post: Post = PostFactory(unit=office.housing, role=Role.UNIT_HEAD, reads_sealed=True, user__username="named")
    return post


def assert_left(life: Life, named: Post) -> None:
    life.reload()
    assert (life.case.state, life.case.holder) == (State.REFERRED, life.office.discipline_unit)
    assert (life.seen_by(), visible_to(named).filter(pk=life.case.pk).exists()) == (ORGAN, False)
    assert not reads_sealed(named, life.case)
    assert not ENDINGS & set(moves_now(named, life.case))
    assert decider_of(life.case) == life.office.discipline_unit.pk
    assert_whole()


def test_corrected_to_a_report_by_its_own_window_it_is_with_the_organ_of_discipline(
    office: Office, named: Post
) -> None:
    life = begins(office, "2026-08-03", by=office.housing_registrar)
    life.do(Move.CORRECT, "2026-08-03", by=office.housing_registrar, purpose="expose")
    assert_left(life, named)


def test_sorted_as_a_report_by_its_own_window_too(office: Office, named: Post) -> None:
    life = begins(office, "2026-08-03", by=office.housing_registrar)
    life.do(Move.TRIAGE, "2026-08-04", by=office.housing_registrar, **REPORT)
    assert_left(life, named)


def test_what_it_took_in_as_a_report_it_keeps_until_it_passes_it_on(office: Office, named: Post) -> None:
    life = begins(office, "2026-08-03", by=office.housing_registrar, purpose=Purpose.EXPOSE)
    assert (life.case.holder, life.seen_by_of([named])) == (office.housing, {"named"})
    assert decider_of(life.case) == office.housing.pk


def test_the_office_goes_on_with_what_it_has_sealed_itself(office: Office) -> None:
    life = begins(office, "2026-08-03")
    life.do(Move.CORRECT, "2026-08-04", purpose="expose")
    assert (life.case.holder, life.case.state) == (office.bureau, State.REGISTERED)


def test_of_a_report_too_the_rule_for_one_matter_and_the_condition_on_rows_say_the_same(office: Office) -> None:
    for taker in ("clerk", "housing_registrar"):
        begins(office, "2026-08-03", by=getattr(office, taker), purpose=Purpose.EXPOSE)
    deciding = Unit.objects.filter(kind__in=(UnitKind.PETITION_OFFICE, UnitKind.DEPARTMENT, UnitKind.DISCIPLINE))
    for holder in (office.bureau, office.housing, office.discipline_unit):
        PetitionCase.objects.update(holder=holder, responsible=holder)
        for case in PetitionCase.objects.select_related("holder", "registered_unit"):
            found = [unit.pk for unit in deciding if PetitionCase.objects.filter(decided_by(unit), pk=case.pk).exists()]
            assert found == [decider_of(case)]
