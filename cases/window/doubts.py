"""Questions asked back: what can be, but so seldom is that it was probably mistyped. Who says it is right goes on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from binzhou_xinfang import typed
from binzhou_xinfang.reading import among
from binzhou_xinfang.records.crypto import digest
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.rulebook import Regime
from cases.models import Petition, Petitioner
from cases.people import came_with
from cases.vocabulary import Channel
from cases.window.identity import full_years
from cases.window.registration import Arrival


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question, at the field that it is about. It names no number and nobody: the event keeps it."""

    field: str
    question: str


# The fields about which something may be asked back, each confirmed by itself.
ASKED = ("arrived_on", "phone", "born_on", "companions")


def doubts_about(arrival: Arrival, *, on: date) -> list[Doubt]:
    """List what should be asked back about an arrival, one question a field."""
    regime = current_rulebook().on(on)
    found = (*_of_the_day(arrival, regime, on), *_of_the_age(arrival, regime, on))
    return [*found, *_of_the_phone(arrival.lead), *_of_the_same_person(arrival)]


def _of_the_day(arrival: Arrival, regime: Regime, on: date) -> Iterator[Doubt]:
    most = regime.number(Key.LATE_VISIT)
    if arrival.channel == Channel.VISIT and arrival.arrived_on < on - timedelta(days=most):
        days = (on - arrival.arrived_on).days
        yield Doubt("arrived_on", f"来访日期是{days}天以前，15日的期限自那一天起算。请核对日期是否填错。")


def _of_the_age(arrival: Arrival, regime: Regime, on: date) -> Iterator[Doubt]:
    born_on = arrival.lead.born_on
    if born_on is not None and (age := full_years(born_on, on)) > regime.number(Key.GREAT_AGE):
        yield Doubt("born_on", f"按出生日期，信访人今年{age}岁。请核对证件号码和出生日期是否填错。")


def _of_the_phone(lead: Petitioner) -> Iterator[Doubt]:
    """Ask about a phone under which others with another paper came; 检举控告 are asked nothing of (第三十条第三款)."""
    if not (lead.id_number and lead.phone):
        return
    mine = digest(lead.id_number, kind="id_number")
    others = Petitioner.objects.filter(phone_digest=digest(lead.phone, kind="phone"), id_digest__isnull=False)
    arrivals = Petition.objects.filter(among("pk", came_with(others.exclude(id_digest=mine))), case__is_sealed=False)
    if arrivals.exists():
        yield Doubt("phone", "这个手机号码以往登记在另一个证件号码名下。请核对电话和证件号码是否输错。")


def _of_the_same_person(arrival: Arrival) -> Iterator[Doubt]:
    people = [("信访人", arrival.lead), *((f"第{n}行", party.person) for n, party in enumerate(arrival.companions, 1))]
    for (earlier, one), (place, other) in combinations(people, 2):
        if _may_be_one(one, other):
            yield Doubt("companions", f"{place}与{earlier}可能是同一个人。请核对是否重复填写。")
            return


def _may_be_one(one: Petitioner, other: Petitioner) -> bool:
    """Recognise one paper, or one name unless two papers tell the two apart."""
    if one.id_number and other.id_number:
        return bool(one.id_number == other.id_number)
    return bool(typed.key(one.name)) and typed.key(one.name) == typed.key(other.name)
