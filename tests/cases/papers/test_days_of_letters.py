"""Days that letters print: each that names a limit is the legal day of its clock, none is typed."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
import time_machine

from binzhou_xinfang.letters.kinds import FACTS
from binzhou_xinfang.statute.periods import Rule
from cases.facts import DUE_FACT
from cases.models import CaseLetter
from cases.states import State
from tests.office import MONDAY, Office, case_in

pytestmark = pytest.mark.django_db
# The clocks whose legal day a fact may say.
CLOCKS: Mapping[str, frozenset[str]] = {
    name: frozenset(rule for rule, fact in DUE_FACT.items() if fact == name) for name in {*DUE_FACT.values()}
} | {
    "due_on": frozenset({Rule.HANDLING, Rule.OWN_WAY, Rule.OBJECTION, Rule.SIMPLE_HANDLING}),
    "handling_due_on": frozenset({Rule.HANDLING, Rule.REDO}),
}
# Reckoned where they are written and held there: the extension (tests/lives/test_extension.py), the answer to a letter
# of the office (tests/cases/drafts, tests/supervision), and that of a point of mediation (tests/hearings/mediation).
ELSEWHERE = {"new_due_on", "strict_due_on", "new_strict_due_on", "feedback_due_on", "answer_due_on"}


def test_every_fact_of_a_limit_names_its_clock() -> None:
    limits = {name for name in FACTS if name.endswith("due_on")}
    assert limits - CLOCKS.keys() - ELSEWHERE == set()


def test_every_limit_on_a_letter_is_the_legal_day_of_its_clock(office: Office) -> None:
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        for state in State:
            case_in(office, state)
    said = set()
    for link in CaseLetter.objects.select_related("letter", "case").exclude(letter__kind="extension"):
        for name, rules in CLOCKS.items():
            if printed := link.letter.facts.get(name):
                legal = link.case.deadlines.filter(rule__in=rules).values_list("legal_on", flat=True)
                assert printed in {day.isoformat() for day in legal}, (link.letter.number, name)
                said.add((link.letter.kind, name))
    assert {kind for kind, _ in said} >= {"referral", "assignment", "acceptance", "objection"}
