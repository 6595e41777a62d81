"""调解结果: reported by the point, written down by the matter's own move, confirmed by a court; or another way."""

from datetime import date, timedelta

import pytest

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.statute.periods import Rule
from cases.engine import lock
from cases.models import PetitionCase
from cases.procedure import perform
from cases.procedure.settling import Terms
from cases.states import Move, State
from cases.web.procedure.forms import MOVE_FORMS
from hearings.mediation import results
from hearings.mediation.following import follow_sealing
from hearings.mediation.life import visible_mediations
from hearings.models import Mediation, MediationPoint, MediationState
from tests.hearings.mediation.conftest import accepted, referred, told
from tests.office import MONDAY, Office, moment

pytestmark = pytest.mark.usefixtures("on_monday")
DAY = MONDAY.date()


@pytest.fixture
def mediation(office: Office, case: PetitionCase, point: MediationPoint) -> Mediation:
    return accepted(office, referred(office, case, point))


def fresh(mediation: Mediation) -> Mediation:
    return Mediation.objects.select_related("point").get(pk=mediation.pk)


def matter(mediation: Mediation) -> PetitionCase:
    return PetitionCase.objects.get(pk=mediation.case_id)


def agreed(office: Office, mediation: Mediation) -> Mediation:
    """An agreement that the handler has written down from what the point reported, without typing it."""
    told(office, mediation)
    case = matter(mediation)
    form = MOVE_FORMS[Move.REACH_AGREEMENT](case=case, post=office.handler)
    bound = MOVE_FORMS[Move.REACH_AGREEMENT](dict(form.initial), case=case, post=office.handler)
    assert bound.is_valid(), bound.errors
    perform(Move.REACH_AGREEMENT, case, by=office.handler, at=MONDAY, **bound.cleaned_data)
    return fresh(mediation)


def test_the_letter_of_the_matter_says_what_the_point_has_reported(office: Office, mediation: Mediation) -> None:
    after = agreed(office, mediation)
    letter = after.case.letters.get(move="reach-agreement").letter
    text = "".join(letter.paragraphs)
    assert ("物业公司于五月底前修复" in text, "高某某" in text, "维修费用由谁承担" in text) == (True, True, True)
    assert (after.state, after.ended_on, matter(after).state) == (MediationState.AGREED, DAY, State.HANDLING)


def test_a_failure_is_proposed_to_the_matter_and_its_clock_has_run_all_the_time(
    office: Office, mediation: Mediation
) -> None:
    due = matter(mediation).due_on
    results.tell_failure(mediation, note="双方分歧较大", failed_on=DAY, by=office.water_handler, at=MONDAY)
    case = matter(mediation)
    form = MOVE_FORMS[Move.FAIL_MEDIATION](case=case, post=office.handler)
    assert form.initial["note"] == "双方分歧较大"
    perform(Move.FAIL_MEDIATION, case, by=office.handler, at=MONDAY, note=form.initial["note"])
    assert (fresh(mediation).state, matter(mediation).due_on) == (MediationState.FAILED, due)


def test_a_report_is_sent_back_and_made_anew(office: Office, mediation: Mediation) -> None:
    back = results.put_back(told(office, mediation), reason="缺少履行期限", by=office.handler, at=MONDAY)
    assert back.state == MediationState.ACCEPTED
    assert told(office, back).state == MediationState.AGREEMENT_TOLD


def test_the_handler_who_settles_by_the_move_alone_ends_the_mediation_too(office: Office, mediation: Mediation) -> None:
    terms = Terms("物业公司", "渗水", "费用", "各半", ["修复"], "施工", "五月底前")
    perform(Move.REACH_SETTLEMENT, matter(mediation), by=office.handler, at=MONDAY, agreed=terms, signed_on=DAY)
    assert fresh(mediation).state == MediationState.SETTLED


def test_an_extension_that_is_asked_for_leaves_the_mediation_open(office: Office, mediation: Mediation) -> None:
    case = perform(Move.ASK_EXTENSION, matter(mediation), by=office.handler, at=MONDAY, days=20, reason="双方正在协商")
    assert (case.state, fresh(mediation).is_open) == (State.EXTENSION_ASKED, True)
    perform(Move.REFUSE_EXTENSION, case, by=office.unit_head, at=MONDAY, note="不需要延期")
    assert (matter(mediation).state, fresh(mediation).is_open) == (State.MEDIATING, True)


def test_a_matter_that_is_sealed_takes_its_mediation_from_everybody(office: Office, mediation: Mediation) -> None:
    case = lock(matter(mediation))
    PetitionCase.objects.filter(pk=case.pk).update(is_sealed=True)
    case.is_sealed = True
    follow_sealing(case, office.handler, MONDAY)
    assert fresh(mediation).state == MediationState.ENDED
    assert not any(visible_mediations(post).exists() for post in office.every_post())


@pytest.mark.parametrize(("days", "is_late"), [(30, False), (31, True)])
def test_the_court_is_asked_within_thirty_days_of_the_effect(
    office: Office, mediation: Mediation, days: int, is_late: bool
) -> None:
    after = agreed(office, mediation)
    # 2025-03-03 + 30 = Wed 2025-04-02.
    on = DAY + timedelta(days=days)
    given = {"court": "滨城区人民法院", "applied_on": on, "by": office.handler, "at": moment(2025, 4, 10)}
    if is_late:
        with pytest.raises(Refusal, match="2025年04月02日届满"):
            results.apply(after, **given)
        return
    assert results.apply(after, **given).state == MediationState.APPLIED
    right = results.right_of(after)
    assert right is not None
    assert (right.rule, right.met_on) == (Rule.JUDICIAL_CONFIRMATION, on)


def applied(office: Office, mediation: Mediation) -> Mediation:
    given = {"court": "滨城区人民法院", "applied_on": DAY, "by": office.handler, "at": MONDAY}
    return results.apply(agreed(office, mediation), **given)


@pytest.mark.parametrize(
    ("decision", "state"),
    [("confirmed", MediationState.CONFIRMED), ("not-confirmed", MediationState.NOT_CONFIRMED),
     ("withdrawn", MediationState.AGREED)],
)  # fmt: skip
def test_what_the_court_decides_is_written_down(
    office: Office, mediation: Mediation, decision: str, state: MediationState
) -> None:
    given = {"decision": decision, "decided_on": DAY, "number": "（2025）鲁1602民特1号"}
    after = results.decide(applied(office, mediation), **given, by=office.water_handler, at=MONDAY)
    assert (after.state, after.events.latest("seq").detail["decision"]) == (state, decision)


def test_an_application_that_was_entered_wrongly_gives_the_right_back(office: Office, mediation: Mediation) -> None:
    after = results.take_back(applied(office, mediation), reason="误登", by=office.handler, at=MONDAY)
    right = results.right_of(after)
    assert right is not None
    assert (after.state, right.is_running, right.legal_on) == (MediationState.AGREED, True, date(2025, 4, 2))
    given = {"court": "滨城区人民法院", "applied_on": DAY, "by": office.handler, "at": MONDAY}
    assert results.apply(after, **given).state == MediationState.APPLIED


def test_a_decision_that_was_entered_wrongly_is_taken_back(office: Office, mediation: Mediation) -> None:
    given = {"decision": "not-confirmed", "decided_on": DAY}
    decided = results.decide(applied(office, mediation), **given, by=office.handler, at=MONDAY)
    after = results.take_back(decided, reason="登记有误", by=office.handler, at=MONDAY)
    assert (after.state, after.decided_on) == (MediationState.APPLIED, None)
