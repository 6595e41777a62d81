"""解除保密 brings back what the seal had ended of a lapse: a lapse stays a lapse (第四十条第一款)."""

from cases.states import Move
from supervision.models import OPEN_STAGES, Measure, Stage, SupervisionCase
from tests.lives.story import Life, assert_whole, begins
from tests.office import Office


def lapsed(office: Office) -> Life:
    """The unit has let its 15 days pass, and is urged for it; then the office passes it on as a report."""
    life = begins(office, "2026-08-03")
    for move, day in ((Move.TRIAGE, "2026-08-03"), (Move.REFER, "2026-08-04"), (Move.SIGN_FOR, "2026-08-05")):
        life.do(move, day)
    life.until("2026-08-25")
    assert open_causes(life)
    life.do(Move.TO_DISCIPLINE, "2026-08-26", by=office.head)
    assert open_causes(life) == []
    life.do(Move.OBJECT, "2026-08-27", by=office.discipline)
    life.do(Move.AGREE_OBJECTION, "2026-08-28", by=office.head)
    return life


def open_causes(life: Life) -> list[SupervisionCase]:
    return list(SupervisionCase.objects.filter(case=life.case, stage__in=OPEN_STAGES).order_by("pk"))


def test_the_urging_of_a_lapse_is_opened_again_for_the_office_to_decide_on(office: Office) -> None:
    life = lapsed(office)
    life.do(Move.UNSEAL, "2026-08-31", by=office.head)
    (cause,) = open_causes(life)
    assert (cause.unit, cause.office, cause.measure, cause.stage, cause.problem) == (
        office.housing, office.bureau, Measure.SUPERVISION, Stage.PENDING, "15日告知期限届满未完成",
    )  # fmt: skip
    # The office has its own days for it again: Mon 08-31 and five working days.
    oversight = life.case.deadlines.running().get(rule="oversight")
    assert (oversight.unit, oversight.legal_on.isoformat()) == (office.bureau, "2026-09-07")
    assert_whole()


def test_what_is_sealed_and_unsealed_again_is_urged_once(office: Office) -> None:
    life = lapsed(office)
    life.do(Move.UNSEAL, "2026-08-31", by=office.head)
    life.do(Move.TRIAGE, "2026-09-01", kind="report", legal_way="a30", legal_basis="干部管理权限")
    assert open_causes(life) == []
    life.do(Move.UNSEAL, "2026-09-02", by=office.head)
    assert len(open_causes(life)) == 1
    assert_whole()


def test_a_matter_without_a_lapse_comes_back_without_urging(office: Office) -> None:
    life = begins(office, "2026-08-03")
    for move, day in ((Move.TRIAGE, "2026-08-03"), (Move.REFER, "2026-08-04"), (Move.SIGN_FOR, "2026-08-05")):
        life.do(move, day)
    life.do(Move.TO_DISCIPLINE, "2026-08-06", by=office.head)
    life.do(Move.OBJECT, "2026-08-07", by=office.discipline)
    life.do(Move.AGREE_OBJECTION, "2026-08-10", by=office.head)
    life.do(Move.UNSEAL, "2026-08-11", by=office.head)
    assert open_causes(life) == []
