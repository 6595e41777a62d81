"""委派: sent with consent, accepted or declined in time, taken back; once, and by who has it in hand."""

import pytest

from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.statute.periods import Rule
from cases.models import PetitionCase
from cases.procedure import perform
from cases.procedure.settling import CONSENT
from cases.states import Move, State
from hearings.mediation import points, referring
from hearings.mediation.life import visible_mediations
from hearings.models import Mediation, MediationPoint, MediationState
from tests.hearings.mediation.conftest import accepted, opened, referred
from tests.hearings.pool.conftest import listed
from tests.moves import sent
from tests.office import MONDAY, Office, case_in

pytestmark = pytest.mark.usefixtures("on_monday")
DAY = MONDAY.date()


def test_a_matter_is_mediated_only_with_the_consent_that_both_have_signed(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    given = {**sent(Move.MEDIATE, DAY), "consented_on": DAY}
    given.pop(CONSENT.field)
    with pytest.raises(Refusal, match="请附上") as refused:
        perform(Move.MEDIATE, case, by=office.handler, at=MONDAY, **given)
    assert refused.value.field == CONSENT.field


def test_the_other_side_is_told_by_the_move_and_typed_once(
    office: Office, case: PetitionCase, point: MediationPoint
) -> None:
    mediation = referred(office, case, point)
    told = case.events.get(kind="mediate").detail
    assert (mediation.other_party, mediation.state) == (told["other_party"], MediationState.REFERRED)
    assert referring.consent_of(case)["papers"]


def test_the_point_has_three_working_days_and_the_matter_waits_for_its_own_clock(
    office: Office, case: PetitionCase, point: MediationPoint
) -> None:
    mediation = referred(office, case, point)
    clock = case.deadlines.get(subject=mediation.subject)
    assert (clock.rule, clock.unit, str(clock.legal_on)) == (Rule.MEDIATION_ACCEPTANCE, office.water, "2025-03-06")
    assert PetitionCase.objects.get(pk=case.pk).due_rule == Rule.HANDLING
    accepted(office, mediation)
    clock.refresh_from_db()
    assert clock.met_on == DAY


def test_what_is_sent_twice_is_referred_once(office: Office, case: PetitionCase, point: MediationPoint) -> None:
    referred(office, case, point)
    with pytest.raises(Refusal, match="已经委派给老高调解室"):
        referred(office, case, point)
    assert Mediation.objects.count() == 1


def test_a_matter_without_consent_is_not_referred(office: Office, point: MediationPoint) -> None:
    with pytest.raises(Refusal, match="请先在该事项中“启动调解和解”"):
        referred(office, case_in(office, State.HANDLING), point)


def test_nothing_is_referred_to_a_closed_point(office: Office, case: PetitionCase, point: MediationPoint) -> None:
    points.close(point, reason="停用", by=office.registrar, at=MONDAY)
    with pytest.raises(Refusal, match="已经停用") as refused:
        referred(office, case, point)
    assert refused.value.field == "point"


def test_nothing_is_referred_to_a_point_where_nobody_could_accept_it(office: Office, case: PetitionCase) -> None:
    empty = opened(office, unit=office.discipline_unit)
    with pytest.raises(Refusal, match="没有可以接收"):
        referred(office, case, empty)


@pytest.mark.parametrize(("who", "error"), [("water_handler", Refusal), ("registrar", Refusal)])
def test_only_the_unit_that_has_the_matter_refers_it(
    office: Office, case: PetitionCase, point: MediationPoint, who: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        referring.refer(case=case.number, point=point.code, dispute="渗水", by=getattr(office, who), at=MONDAY)
    assert not Mediation.objects.exists()


def test_the_handler_does_not_accept_for_a_point_that_has_people(
    office: Office, case: PetitionCase, point: MediationPoint
) -> None:
    with pytest.raises(NotPermitted):
        accepted(office, referred(office, case, point), by=office.handler)


def test_who_referred_speaks_for_a_point_without_people_with_its_paper(office: Office, case: PetitionCase) -> None:
    mediation = referred(office, case, opened(office, unit=None))
    with pytest.raises(Refusal, match="依据的书面材料"):
        accepted(office, mediation, by=office.handler)
    given = {"mediator": "", "accepted_on": DAY, "paper": "3月3日回函"}
    assert referring.accept(mediation, **given, by=office.handler, at=MONDAY).state == MediationState.ACCEPTED


def test_a_mediator_who_is_a_namesake_of_a_party_is_refused(office: Office, case: PetitionCase) -> None:
    namesake = listed(office, case.lead.name, kind="mediator", organisation="某调委会")
    mediation = referred(office, case, opened(office, mediators=[namesake.code]))
    with pytest.raises(Refusal, match="利害关系（与当事人同名）") as refused:
        accepted(office, mediation)
    assert refused.value.field == "mediator"


def test_who_declines_leaves_the_matter_in_mediation_and_another_point_is_asked(
    office: Office, case: PetitionCase, point: MediationPoint
) -> None:
    mediation = referred(office, case, point)
    declined = referring.decline(mediation, reason="不属于受理范围", declined_on=DAY, by=office.water_head, at=MONDAY)
    assert declined.state == MediationState.DECLINED
    assert PetitionCase.objects.get(pk=case.pk).state == State.MEDIATING
    assert referred(office, case, opened(office, "枣乡情驿站")).state == MediationState.REFERRED


def test_a_wrong_point_sees_nothing_of_it_once_it_is_taken_back(
    office: Office, case: PetitionCase, point: MediationPoint
) -> None:
    mediation = referred(office, case, point)
    assert visible_mediations(office.water_handler).get() == mediation
    recalled = referring.recall(mediation, reason="委派错误", by=office.handler, at=MONDAY)
    assert not visible_mediations(office.water_handler).exists()
    assert visible_mediations(office.handler).get() == recalled
    assert recalled.events.latest("seq").detail == {"reason": "委派错误"}
    clock = case.deadlines.get(subject=mediation.subject)
    assert (clock.met_on, clock.cancelled_on) == (None, DAY)


def test_the_people_of_the_point_see_the_mediation_and_not_the_matter(
    office: Office, case: PetitionCase, point: MediationPoint
) -> None:
    referred(office, case, point)
    seen = {post.user.username for post in office.every_post() if visible_mediations(post).exists()}
    assert {"water-handler", "water-head", "handler", "colleague", "registrar", "leader"} <= seen
    assert not seen & {"administrator", "discipline", "rechecker", "county-clerk"}


def test_a_point_is_not_closed_while_it_has_something_in_hand(
    office: Office, case: PetitionCase, point: MediationPoint
) -> None:
    referred(office, case, point)
    with pytest.raises(Refusal, match="还有1件委派调解没有结果"):
        points.close(point, reason="停用", by=office.registrar, at=MONDAY)


def test_the_mediator_changes_with_a_trace(office: Office, case: PetitionCase, point: MediationPoint) -> None:
    mediation = accepted(office, referred(office, case, point))
    other = listed(office, "许某某", kind="mediator", organisation="另一调委会")
    point.mediators.add(other)
    changed = referring.change_mediator(mediation, mediator=other.code, reason="患病", by=office.water_head, at=MONDAY)
    told = changed.events.latest("seq").detail
    assert (changed.mediator, told["mediator"], told["reason"]) == (other, str(other), "患病")
    with pytest.raises(Refusal, match="没有变动"):
        referring.change_mediator(changed, mediator=other.code, reason="患病", by=office.water_head, at=MONDAY)
