"""Made-up matters played again by the real moves: the same file, field by field."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import count
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.db.models import Model

from binzhou_xinfang.accounts.models import Post, Unit
from cases.made_up.synthetic import Load, words
from cases.made_up.synthetic.acts import ACTS
from cases.models import Alert, CaseEvent, Companion, Petition, PetitionCase, Petitioner, Topic
from cases.procedure import perform
from cases.procedure.delivery_entry import DeliveryEntry
from cases.states import TRANSITIONS, Move, Transition
from cases.vocabulary import Channel, DeliveryWay, PartyRole
from cases.watch.sweep import sweep
from cases.window.registration import Arrival, Party, register, register_repeat
from tests.office import TZ, make_office

NOW = datetime(2025, 9, 17, 15, tzinfo=TZ)
RIGHT_ENDED = "right-ended"
# What belongs to one row alone: keys, numbers, codes, seals, and the moment of writing.
OWN = frozenset({"id", "case_id", "number", "query_code", "query_digest", "recorded_at", "sealed_at"})


@pytest.fixture(scope="module")
def made_up(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[PetitionCase]]:
    """As few made-up matters as make every step that a made-up matter ever makes."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_office()
        Load(cases=500, seed=11, now=NOW, processes=1).run([].append)
        yield chosen()
        transaction.set_rollback(True)


def chosen() -> list[PetitionCase]:
    cases = list(PetitionCase.objects.prefetch_related("events", "deadlines").order_by("pk"))
    left = set().union(*map(steps_of, cases))
    found = []
    while left:
        best = max(cases, key=lambda case: (len(steps_of(case) & left), -len(case.events.all())))
        found.append(best)
        left -= steps_of(best)
    return found


def steps_of(case: PetitionCase) -> set[tuple[str, ...]]:
    """From where to where by what; the clocks that it had, and how they stopped; what kind of matter it is."""
    steps = {(event.kind, event.detail.get("from", ""), event.detail.get("to", "")) for event in case.events.all()}
    clocks = {
        (clock.rule, str(clock.met_on is None), str(clock.cancelled_on is None), str(clock.lapsed_at is None))
        for clock in case.deadlines.all()
        if not clock.subject
    }
    return steps | clocks | {("kind", str(case.is_sealed), str(case.is_group), str(case.is_assigned))}


@pytest.fixture
def played(made_up: list[PetitionCase], db: None) -> Iterator[list[tuple[PetitionCase, PetitionCase]]]:
    """Each with its double, which real moves have made."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield [(case, Replay(case, clock).run()) for case in made_up]


class Replay:
    """The course of a made-up matter, step by step through the verbs of the office."""

    def __init__(self, case: PetitionCase, clock: Any) -> None:
        self.case, self.clock = case, clock
        self.double = PetitionCase()
        self.petitions = iter(case.petitions.order_by("registered_at", "pk"))

    def run(self) -> PetitionCase:
        events = list(self.case.events.order_by("seq"))
        alerts = Alert.objects.filter(deadline__case=self.case)
        rounds = [(alert.recorded_at.replace(microsecond=0), 0, None) for alert in alerts]
        acts = [(event.happened_at, 1, event) for event in events if event.kind != RIGHT_ENDED and event.actor_id]
        rounds += [(event.happened_at, 0, None) for event in events if not event.actor_id]
        for at, _, event in sorted({*rounds, *acts, (NOW, 2, None)}, key=lambda one: one[:2]):
            self.clock.move_to(at)
            if event is None:
                sweep(at=at)
            else:
                self._act(event)
        return PetitionCase.objects.get(pk=self.double.pk)

    def _act(self, event: CaseEvent) -> None:
        by = Post.objects.get(user=event.actor, unit=event.unit)
        if event.kind == Move.REGISTER:
            self.double = register(self._arrival(), self._matter(), by=by, at=event.happened_at).case
        elif event.kind == Move.REPEAT:
            register_repeat(self._arrival(), self._fresh(), by=by, at=event.happened_at)
        else:
            data = INPUTS[Move(event.kind)](Told(event.detail, self.case, self.double))
            if TRANSITIONS[Move(event.kind)].asks_lateness:
                data.setdefault("late_reason", event.detail.get("late_reason", ""))
            perform(Move(event.kind), self._fresh(), by=by, at=event.happened_at, **data)

    def _fresh(self) -> PetitionCase:
        return PetitionCase.objects.get(pk=self.double.pk)

    def _matter(self) -> PetitionCase:
        told = ("title", "summary", "purpose", "reason", "topic_id", "region_id", "is_urgent", "is_skip_level",
                "is_livelihood", "is_cross_border", "threat", "threat_detail")  # fmt: skip
        return PetitionCase(**{name: getattr(self.case, name) for name in told})

    def _arrival(self) -> Arrival:
        petition: Petition = next(self.petitions)
        companions = Companion.objects.filter(petition=petition).select_related("petitioner").order_by("pk")
        columns = {name: getattr(petition, name) for name in ("people", "window", "source")}
        if petition.external_id:
            columns["external_id"] = f"{petition.external_id}0"
        return Arrival(
            Channel(petition.channel), petition.arrived_on, petition.content, again(petition.lead),
            [] if petition.is_repeat else [request.text for request in self.case.requests.order_by("order")],
            [Party(again(one.petitioner), PartyRole(one.role), one.relation) for one in companions], columns,
        )  # fmt: skip


def again(person: Petitioner) -> Petitioner:
    person.pk, person._state.adding = None, True
    return person


@dataclass(frozen=True)
class Told:
    """Detail of the act's event, in the made-up matter and its double."""

    detail: Mapping[str, Any]
    case: PetitionCase
    double: PetitionCase

    def named(self, *names: str) -> dict[str, Any]:
        return {name: self.detail[name] for name in names}

    @property
    def unit(self) -> Unit:
        return Unit.objects.get(code=self.detail["to_unit"])


def _triage(told: Told) -> dict[str, Any]:
    detail = told.detail
    topic = Topic.objects.get(pk=detail["topic"])
    return {"kind": detail["kind"], "legal_way": detail["way"], "legal_basis": detail["basis"], "topic": topic}


def _investigate(told: Told) -> dict[str, Any]:
    day = date.fromisoformat(told.detail["happened_on"])
    return told.named("note", "heard_petitioner") | {"happened_on": day}


def _acceptance(told: Told) -> dict[str, Any]:
    letters = told.case.letters.filter(move=Move.ACCEPT)
    phones = [link.letter.facts["handler_phone"] for link in letters]
    return {"contact_phone": phones[0] if phones else words.OFFICE_PHONE}


def _draft(told: Told) -> dict[str, Any]:
    opinion = told.case.opinions.get()
    texts = [answer.text for answer in opinion.answers.order_by("request__order")]
    requests = told.double.requests.order_by("order")
    # A draft that was returned is told by its event alone.
    answers = zip(requests, told.detail["results"], texts, strict=True)
    return {
        "facts": opinion.facts, "basis": opinion.basis, "review_body": opinion.review_body,
        "answers": {request.pk: (result, text) for request, result, text in answers},
    }  # fmt: skip


def _deliver(told: Told) -> dict[str, Any]:
    detail = told.detail
    day, way = date.fromisoformat(detail["delivered_on"]), DeliveryWay(detail["way"])
    posted = detail.get("posted_on")
    # Where it was stands in the delivery alone, as the petitioner's own affair.
    where = {
        DeliveryWay.DIRECT: {"place": "窗口"},
        DeliveryWay.POST: {"address": "登记的住址"},
        DeliveryWay.ELECTRONIC: {"e_address": "手机", "confirmed_by": "回复收到", "is_agreed": True},
    }[way]
    entry = DeliveryEntry(
        way=way, delivered_on=day, recipient=detail["recipient"], relation="self" if detail["recipient"] else "",
        posted_on=posted and date.fromisoformat(posted), item_number=detail.get("item_number", ""),
        no_proof=detail["no_proof"], note=detail["note"], **where,
    )  # fmt: skip
    return {"delivery": entry, "late_reason": detail.get("late_reason", "")}


def _close(told: Told) -> dict[str, Any]:
    outcomes = dict(zip(told.detail["outcomes"], told.detail["evidence"], strict=True))
    return told.named("heart", "note") | {"outcomes": outcomes}


def nothing(told: Told) -> dict[str, Any]:
    return {}


def note(told: Told) -> dict[str, Any]:
    return told.named("note")


INPUTS: dict[Move, Callable[[Told], dict[str, Any]]] = {
    Move.TRIAGE: _triage,
    Move.REFER: lambda told: {"to_unit": told.unit} | told.named("note"),
    Move.ASSIGN: lambda told: {"to_unit": told.unit} | told.named("note", "days"),
    Move.SIGN_FOR: nothing,
    Move.OBJECT: lambda told: told.named("reason", "proper_unit"),
    Move.AGREE_OBJECTION: note,
    Move.REFUSE_OBJECTION: note,
    Move.ACCEPT: _acceptance,
    Move.INVESTIGATE: _investigate,
    Move.ASK_EXTENSION: lambda told: told.named("days", "reason"),
    Move.APPROVE_EXTENSION: nothing,
    Move.AGREE_EXTENSION: note,
    Move.CONFIRM_EXTENSION: nothing,
    Move.REFUSE_EXTENSION: note,
    Move.DRAFT: _draft,
    Move.CHECK: note,
    Move.RETURN_DRAFT: note,
    Move.SIGN: lambda told: {"late_reason": told.detail.get("late_reason", "")},
    Move.DELIVER: _deliver,
    Move.CLOSE: _close,
}


def columns_of(row: Model | None, *, but: frozenset[str] = frozenset()) -> dict[str, Any]:
    if row is None:
        return {}
    names = [field.attname for field in row._meta.concrete_fields]
    return {name: getattr(row, name) for name in names if name not in OWN | but}


def file_of(case: PetitionCase) -> dict[str, Any]:
    """All that the moves have left of a matter, its own numbers and keys replaced by their places."""
    letters = [link.letter for link in case.letters.select_related("letter").order_by("pk")]
    petitions = list(case.petitions.order_by("registered_at", "pk"))
    opinion = case.opinions.first()
    places = {
        **dict(zip((letter.number for letter in letters), (f"letter {place}" for place in count()), strict=False)),
        **{petition.number: f"petition {place}" for place, petition in enumerate(petitions)},
        **{petition.query_code: f"code {place}" for place, petition in enumerate(petitions)},
    }
    if opinion:
        places[opinion.pk] = "opinion"
    # What stands beside the road is 督办's.
    clocks = list(case.deadlines.filter(subject="").order_by("pk"))
    return {
        "case": columns_of(case, but=frozenset({"lead_id"})),
        "clocks": [columns_of(clock) for clock in clocks],
        "alerts": [columns_of(alert, but=frozenset({"deadline_id"})) for clock in clocks
                   for alert in clock.alerts.order_by("reached_at")],
        "events": [(event.kind, event.actor_id, event.actor_name, event.unit_id, event.happened_at,
                    placed(event.detail, places)) for event in case.events.order_by("seq")],
        "letters": [(letter.kind, link.move, letter.unit_id, letter.issued_on, letter.is_sealed,
                     placed(letter.facts, places))
                    for link in case.letters.order_by("pk") for letter in [link.letter]],
        "opinion": columns_of(opinion),
        "answers": [(one.request.order, one.result, one.text)
                    for one in (opinion.answers.order_by("request__order") if opinion else ())],
        "petitions": [columns_of(petition, but=frozenset({"lead_id", "external_id"})) for petition in petitions],
    }  # fmt: skip


def placed(value: Any, places: Mapping[Any, str]) -> Any:
    if isinstance(value, Mapping):
        return {name: "opinion" if name == "opinion" and isinstance(one, int) else placed(one, places)
                for name, one in value.items()}  # fmt: skip
    if isinstance(value, list):
        return [placed(one, places) for one in value]
    return places.get(value, value) if isinstance(value, str) else value


def test_the_matters_chosen_make_every_move_that_is_ever_made_up(made_up: list[PetitionCase]) -> None:
    kinds = {event.kind for case in made_up for event in case.events.all()}
    assert kinds == {*map(str, ACTS), Move.REGISTER.value, Move.REPEAT.value, RIGHT_ENDED}


def flat(value: Any, path: str = "") -> dict[str, Any]:
    """Lay out a file as its leaves, by their paths."""
    if isinstance(value, dict):
        return {key: leaf for name, one in value.items() for key, leaf in flat(one, f"{path}.{name}").items()}
    if isinstance(value, list | tuple):
        return {key: leaf for place, one in enumerate(value) for key, leaf in flat(one, f"{path}[{place}]").items()}
    return {path: value}


def test_real_moves_leave_the_same_file(played: list[tuple[PetitionCase, PetitionCase]]) -> None:
    files = [(case.number, flat(file_of(case)), flat(file_of(double))) for case, double in played]
    differences = [
        f"{number}{path}: {made_up.get(path)!r}, by real moves {real.get(path)!r}"
        for number, made_up, real in files
        for path in sorted(made_up.keys() | real.keys())
        if made_up.get(path) != real.get(path)
    ]
    assert not differences, "\n".join(differences)


def test_every_move_that_is_made_up_has_its_input_here() -> None:
    assert set(INPUTS) == set(ACTS)


# What a row of the table may say, and made-up volume does not play: it makes no matter to which it would apply.
UNPLAYED = {
    "simple": "no made-up matter goes by the simple procedure",
    "restarts": "made-up clocks count from the arrival, as the office has it unless Shandong's law is set",
    "suspends": "no hearing at the recheck is made up",
    "stays": "no execution is reported while a review is going on",
    "resumes": "no hearing at the recheck is made up",
}
PLAYED = {
    "sources", "target", "article", "starts", "meets", "cancels", "letters", "returns", "guards", "owing", "papers",
    "late", "unexplained", "moves", "grounds", "no_ground", "alone",
}  # fmt: skip


def test_all_that_a_row_of_the_table_may_say_is_played_or_never_made_up() -> None:
    """A new column of the table is decided on here; made-up volume cannot make any other move than those of ACTS."""
    assert {column.name for column in fields(Transition)} == PLAYED | set(UNPLAYED)
    said = {(move, name) for move in ACTS for name in ("suspends", "resumes") if getattr(TRANSITIONS[move], name)}
    assert said == set()
    assert not any(TRANSITIONS[move].grounds for move in ACTS)
