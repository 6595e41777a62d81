"""Petitions that nobody sorts: brought to a department, or to an office, they are urged from above."""

from datetime import date

import time_machine

from binzhou_xinfang.notices.writing import write_due
from binzhou_xinfang.statute.periods import Rule
from cases.models import Alert, Deadline
from cases.states import Move
from cases.vocabulary import Channel
from cases.window.registration import register
from supervision.models import Measure, SupervisionCase
from supervision.queries import overdue_duties
from tests.lives.story import Life, begins, hour
from tests.office import Office, arrival, matter
from tests.told import telling


def unsorted(office: Office) -> Life:
    """Came to the housing department by letter on Mon 2026-08-03; its 15 days end on Tue 08-18."""
    came = arrival(date(2026, 8, 3), channel=Channel.LETTER)
    case = register(came, matter(office), by=office.housing_registrar, at=hour("2026-08-03")).case
    return Life(office, case, date(2026, 8, 3))


def causes(life: Life) -> list[tuple[str, str, str, str]]:
    found = SupervisionCase.objects.filter(case=life.case).order_by("pk").select_related("office", "unit")
    return [(cause.office.code, cause.unit.code, cause.measure, cause.problem) for cause in found]


def test_a_petition_that_a_department_never_sorts_is_supervised_by_the_office_of_its_place(office: Office) -> None:
    life = unsorted(office)
    life.until("2026-08-18")
    assert causes(life) == []
    life.until("2026-08-19")
    assert causes(life) == [(office.bureau.code, "bzzj", Measure.SUPERVISION, "15日处理期限届满未完成")]
    lapse = Alert.objects.filter(deadline__case=life.case).latest("pk")
    assert [audience.value for audience in lapse.rung.audience] == ["handler", "head", "office"]
    late = overdue_duties(office.head, date(2026, 8, 19)).filter(case=life.case)
    assert [clock.rule for clock in late] == [Rule.TRIAGE]
    life.until("2026-08-29")
    assert causes(life)[1:] == [(office.bureau.code, "bzzj", Measure.TALK, "15日处理期限届满未完成")]


def test_the_office_hears_of_it_by_its_bell(office: Office) -> None:
    life = unsorted(office)
    life.until("2026-08-19")
    with time_machine.travel(hour("2026-08-19", 10), tick=False):
        write_due(at=hour("2026-08-19", 10))
    told = telling("已逾期1天", matter=life.case.pk)
    assert {message.user.username for message in told} >= {"head", "housing-registrar"}


def test_an_office_over_which_none_is_registered_writes_itself_no_letter(office: Office) -> None:
    life = begins(office, "2026-08-03")
    life.until("2026-08-29")
    assert Deadline.objects.lapsed().filter(case=life.case, rule=Rule.TRIAGE).exists()
    assert causes(life) == []
    life.do(Move.TRIAGE, "2026-08-31")
