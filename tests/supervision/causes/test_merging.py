"""A supervised body that becomes part of who supervises it: the 督办件 ends with its reason, the duty goes on."""

from datetime import date

import pytest

from cases.handover.acts import advance, begin
from cases.handover.orders import Order, Share
from cases.models import Deadline, HandOverKind
from cases.states import Move
from supervision.causes.merging import REASON
from supervision.causes.taking import bring_up
from supervision.models import Measure, Stage, SupervisionCase
from tests.factories import PostFactory, UnitFactory
from tests.lives.story import begins, hour
from tests.office import Office

pytestmark = pytest.mark.django_db


def merged(office: Office, into: str) -> SupervisionCase:
    """Bring up a cause of the bureau against the county's office, and lead that office into another body."""
    life = begins(office, "2026-09-21")
    life.do(Move.TRIAGE, "2026-09-21")
    life.do(Move.REFER, "2026-09-22")
    life.until("2026-09-30")
    cause = bring_up(
        life.case, measure=Measure.PHONE, unit=office.county_office, problem="没有按期转送", article="第四十条第一款",
        by=office.registrar, at=hour("2026-09-30"),
    )  # fmt: skip
    order = Order(
        kind=HandOverKind.MERGED, unit=office.county_office, basis="滨编发〔2026〕12号",
        shares=(Share(getattr(office, into), takes_rest=True),), last_on=date(2026, 10, 7), tells_petitioners=False,
    )  # fmt: skip
    act = begin(order, by=office.head, at=hour("2026-10-08"))
    assert advance(act, at=hour("2026-10-08")) == 0
    return SupervisionCase.objects.get(pk=cause.pk)


def test_nobody_urges_itself(office: Office) -> None:
    cause = merged(office, "bureau")
    assert (cause.stage, cause.note) == (Stage.DROPPED, REASON)
    assert cause.unit == office.county_office
    assert cause.case.events.filter(kind="supervision-merged").count() == 1
    assert not Deadline.objects.running().filter(subject__startswith=cause.subject).exists()
    assert cause.case.is_supervised is False


def test_under_another_body_it_is_urged_on(office: Office) -> None:
    other = PostFactory.create(
        unit=UnitFactory.create(kind="petition-office", parent=office.city, letter_mark="滨二"), role="office-head"
    ).unit
    office.other = other  # type: ignore[attr-defined]
    cause = merged(office, "other")
    assert (cause.stage, cause.unit, cause.office) == (Stage.PENDING, other, office.bureau)
