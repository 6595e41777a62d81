"""The office that urges, in SQL for the whole batch of a sweep, against `overseer_of` for one matter."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from binzhou_xinfang.accounts.models import Unit, UnitKind
from binzhou_xinfang.statute.rules import Consequence
from cases.models import Alert, Deadline, PetitionCase
from supervision.causes.opening import overseer_of
from supervision.causes.sweeping import open_causes
from supervision.models import SupervisionCase
from tests.factories import UnitFactory
from tests.office import MONDAY, Office, register

KINDS = st.sampled_from([UnitKind.AREA, UnitKind.PETITION_OFFICE, UnitKind.PETITION_OFFICE, UnitKind.DEPARTMENT])
# A unit: below which of those before it (a big number: below none), its kind, whether it has been closed; some codes
# begin with that of another.
Planned = tuple[int, UnitKind, bool]
# Three areas, each in the other and with an office of its own, and a department in the innermost.
NESTED = st.tuples(st.booleans(), st.booleans(), st.booleans()).map(
    lambda closed: [
        *((above, UnitKind.AREA, False) for above in (9, 0, 1)),
        (2, UnitKind.DEPARTMENT, False),
        *((place, UnitKind.PETITION_OFFICE, is_closed) for place, is_closed in enumerate(closed)),
    ]
)
FURTHER = st.lists(st.tuples(st.integers(0, 9), KINDS, st.booleans()), max_size=5)
UNITS = st.builds(lambda nested, further: [*nested, *further], NESTED, FURTHER)
WHO = st.integers(0, 11)


def tree_of(units: Sequence[Planned]) -> list[Unit]:
    made: list[Unit] = []
    for number, (above, kind, is_closed) in enumerate(units):
        parent = made[above] if above < len(made) else None
        code = "t" + "1" * (number + 1)
        closed_on = date(2024, 12, 31) if is_closed else None
        made.append(UnitFactory(code=code, kind=kind, parent=parent, valid_to=closed_on))
    return made


@settings(max_examples=150)
@given(units=UNITS, taker=WHO, sender=st.none() | WHO, assigner=st.none() | WHO, owing=WHO)
def test_the_ladder_and_a_move_find_the_same_office(
    office: Office, units: list[Planned], taker: int, sender: int | None, assigner: int | None, owing: int
) -> None:
    with transaction.atomic():
        tree = tree_of(units)
        case = register(office).case
        passed_on, assigned = (None if who is None else tree[who % len(tree)] for who in (sender, assigner))
        registered, owes = tree[taker % len(tree)], tree[owing % len(tree)]
        PetitionCase.objects.filter(pk=case.pk).update(
            registered_unit=registered, sender=passed_on, assigner=assigned, holder=owes
        )
        clock = Deadline.objects.get(case=case)
        Alert.objects.create(
            deadline=clock, days=1, audience="head", consequence=Consequence.SUPERVISION, due_on=clock.legal_on,
            reached_at=MONDAY, recorded_at=MONDAY,
        )  # fmt: skip
        Deadline.objects.filter(pk=clock.pk).update(unit=owes)
        open_causes([clock.pk], MONDAY)
        overseer = overseer_of(PetitionCase.objects.get(pk=case.pk), of=owes)
        expected = [] if overseer is None else [overseer]
        assert [cause.office for cause in SupervisionCase.objects.filter(case=case)] == expected
        transaction.set_rollback(True)
