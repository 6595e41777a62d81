"""检举控告: a report runs its whole road, and for everybody who is not named for it there was never anything."""

from datetime import date

from binzhou_xinfang.notices.models import Message
from binzhou_xinfang.notices.writing import write_due
from cases.states import Move, State
from cases.vocabulary import Kind, LegalWay, Purpose
from cases.worklists.search import find
from supervision.models import SupervisionCase
from supervision.queries import lights_by_unit, overdue_duties
from tests.lives.story import Life, assert_whole, begins, hour
from tests.office import Office

REPORT = {"kind": Kind.REPORT, "legal_way": LegalWay.DISCIPLINE, "legal_basis": "干部管理权限"}
CHANNEL = {"discipline", "discipline-head"}
TAKEN_IN = {"clerk", "head"}


def told(life: Life) -> set[str]:
    """List everybody who has been told anything of it, by whichever channel."""
    return set(Message.objects.filter(url=life.case.get_absolute_url()).values_list("user__username", flat=True))


def finders(life: Life) -> set[str]:
    """List everybody who finds it by its number or its title."""
    posts, texts = life.office.every_post(), (life.case.number, life.case.title)
    return {post.user.username for post in posts if any(find(post, text).exists() for text in texts)}


def test_a_report_runs_its_road_and_is_known_to_nobody_who_is_not_named(office: Office) -> None:
    life = begins(office, "2025-09-22", purpose=Purpose.EXPOSE, accused_unit=office.housing)
    assert life.seen_by() == finders(life) == TAKEN_IN
    life.do(Move.TRIAGE, "2025-09-23", by=office.head, **REPORT)
    # Neither to the accused unit, nor to what lies below it (第三十条第三款).
    for unit in ("bzzj", "bzzj-zj"):
        life.refused(Move.REFER, "2025-09-24", "只能按照管理权限转送纪检监察机关", by=office.head, to_unit=unit)
    life.do(Move.REFER, "2025-09-24", by=office.head, to_unit="bzjw")
    assert life.seen_by() == finders(life) == CHANNEL | {"head"}
    life.do(Move.SIGN_FOR, "2025-09-25", by=office.discipline)
    life.do(Move.UNDERTAKE, "2025-09-28", by=office.discipline)
    life.do(Move.STUDY, "2025-10-15", by=office.discipline)
    # The days that the discipline office set itself run out; the watch tells its own people, and opens no 督办件.
    life.until("2025-12-01")
    write_due(at=hour("2025-12-01", 10))
    assert "lapsed own-way 2025-11-28" in life.watch()
    assert {"discipline-head"} <= told(life) <= CHANNEL | {"head"}
    assert not SupervisionCase.objects.exists()
    for post in (office.leader, office.inspector, office.unit_head, office.registrar):
        assert not overdue_duties(post, date(2025, 12, 1)).exists()
        assert lights_by_unit(post, date(2025, 12, 1)) == []
    life.do(Move.REPLY, "2025-12-02", by=office.discipline_head, adoption="found", reply="已依纪立案处理。")
    assert (life.case.state, life.seen_by(), finders(life)) == (State.CLOSED, CHANNEL | {"head"}, CHANNEL | {"head"})
    assert life.clocks() == [
        # 09-22 + 15 = Tue 10-07, National Day: legal Thu 10-09.
        "triage from 2025-09-22 until 2025-10-07 (legal 2025-10-09): met 2025-09-24",
        # 第二十三条第四款: none of our days runs at the organ of discipline.
        # 2 of September, 31, 27 of November; answered five days late.
        "own-way from 2025-09-28 until 2025-11-27: met 2025-12-02",
    ]
    assert_whole()
