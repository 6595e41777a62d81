"""Table of the forms: one a move, written by hand where one registers itself, else derived from the declared fields."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from inspect import Parameter, signature
from typing import Any, TypeVar

from django import forms

from binzhou_xinfang.records import event_fields
from binzhou_xinfang.records.event_fields import TODAY, Ask, Chosen, EventField, Say
from binzhou_xinfang.web.fields import LinesField, day, days, line
from cases.lateness import LATE, REASON
from cases.states import ACTIONS, FIELDS, PLACES, TRANSITIONS, Move, Paper
from cases.web.procedure.forms.base import MoveForm, ToldField
from cases.web.procedure.forms.papers import PaperField

Form = TypeVar("Form", bound=type[MoveForm])
_by_hand: dict[Move, type[MoveForm]] = {}


def form_of(*moves: Move) -> Callable[[Form], Form]:
    """Register a form for its moves. Raises ValueError for a move that has one."""

    def register(form: Form) -> Form:
        for move in moves:
            if move in _by_hand:
                raise ValueError(f"the move {move.value} has two forms")
            _by_hand[move] = form
        form.moves = moves
        return form

    return register


class MoveForms(Mapping[Move, type[MoveForm]]):
    """The form of every move that has a verb, in the order of the table.

    Raises LookupError for a move whose verb wants what neither a form of its own nor a declared field asks for.
    """

    def __getitem__(self, move: Move) -> type[MoveForm]:
        form = _explained(move) if move in _by_hand else derived(move)
        return with_papers(form, TRANSITIONS[move].papers)

    def __iter__(self) -> Iterator[Move]:
        return iter(ACTIONS)

    def __len__(self) -> int:
        return len(ACTIONS)

    @property
    def by_hand(self) -> frozenset[Move]:
        """The moves with a form of their own."""
        return frozenset(_by_hand)


MOVE_FORMS = MoveForms()


@cache
def with_papers(form: type[MoveForm], asked: tuple[Paper, ...]) -> type[MoveForm]:
    """Add to the form the papers of the move, which stand last."""
    if not asked:
        return form
    body: dict[str, Any] = {paper.field: PaperField(paper) for paper in asked}
    return type(form.__name__, (form,), body | {"asked": asked, "__module__": form.__module__, "__doc__": form.__doc__})


@cache
def _explained(move: Move) -> type[MoveForm]:
    """Add to a form by hand the reason of lateness, where the row of the move asks for it."""
    form = _by_hand[move]
    if not TRANSITIONS[move].asks_lateness:
        return form
    body = {REASON: field_for(LATE[REASON])}
    order = [*form.field_order, *body] if form.field_order else None
    return type(form.__name__, (form,), body | {"field_order": order, "__module__": form.__module__})


@cache
def derived(move: Move) -> type[MoveForm]:
    """Build the form of a move whose inputs are all declared. Raises LookupError when the verb wants something else."""
    asked = {name: field for name, field in FIELDS[move].items() if field.ask}
    wanted, taken = inputs_of(move)
    if unasked := sorted(wanted - set(asked)):
        raise LookupError(f"the verb of {move.value} wants {', '.join(unasked)}, and no form asks for it")
    if unused := sorted(set(asked) - taken):
        raise LookupError(f"the verb of {move.value} does not take {', '.join(unused)}")
    shown = dict.fromkeys(PLACES[move].asks or asked) | dict.fromkeys(
        (REASON,) if TRANSITIONS[move].asks_lateness else ()
    )
    body: dict[str, Any] = {name: field_for(asked[name]) for name in shown}
    body["moves"] = (move,)
    if grounds := TRANSITIONS[move].grounds:
        body["ground"].choices = [choice for choice in body["ground"].choices if choice[0] in grounds]
    body["today"] = tuple(name for name, field in asked.items() if field.ask and field.ask.begins == TODAY)
    return type(f"{move.name.title().replace('_', '')}Form", (MoveForm,), body | {"__module__": __name__})


def inputs_of(move: Move) -> tuple[set[str], set[str]]:
    """List what the verb of the move must be given, and all that it takes."""
    given = {
        name: parameter
        for name, parameter in signature(ACTIONS[move]).parameters.items()
        if parameter.kind is Parameter.KEYWORD_ONLY and name not in ("by", "at", "papers")
    }
    return {name for name, parameter in given.items() if parameter.default is Parameter.empty}, set(given)


def field_for(field: EventField) -> forms.Field:
    """Make the form field of a declared field that asks. Raises LookupError for one that no form can ask for."""
    ask, say = field.ask, field.say
    assert ask is not None  # noqa: S101  only what asks comes here
    common: dict[str, Any] = {"label": ask.label, "required": ask.required, "help_text": ask.help_text}
    if isinstance(say, Chosen):
        return _choice(ask, say, common)
    if say in _FIELDS:
        return _FIELDS[say](ask, common)
    raise LookupError(f"no form asks for what is told by {say}")


def _choice(ask: Ask, say: Chosen, common: dict[str, Any]) -> forms.Field:
    if ask.tells:
        return ToldField(**common)
    if ask.many:
        return forms.MultipleChoiceField(choices=say.choices, widget=forms.CheckboxSelectMultiple, **common)
    return forms.ChoiceField(choices=say.choices if ask.required else [("", "—"), *say.choices], **common)


def _text(ask: Ask, common: dict[str, Any]) -> forms.Field:
    if ask.rows == 1:
        return line(max_length=ask.longest or 200, **common)
    area = forms.Textarea(attrs={"rows": ask.rows})
    return forms.CharField(min_length=ask.least, max_length=ask.longest or 4000, widget=area, **common)


def _lines(ask: Ask, common: dict[str, Any]) -> forms.Field:
    return LinesField(max_lines=ask.most or 20, max_length=ask.longest or 100, **common)


def _day(ask: Ask, common: dict[str, Any]) -> forms.Field:
    return day(**common)


def _days(ask: Ask, common: dict[str, Any]) -> forms.Field:
    return days(ask.label, most=ask.most or 365, initial=ask.begins, help_text=ask.help_text)


def _mark(ask: Ask, common: dict[str, Any]) -> forms.Field:
    return forms.BooleanField(**common | {"required": False})


_FIELDS: Mapping[Say | None, Callable[[Ask, dict[str, Any]], forms.Field]] = {
    event_fields.plain: _text,
    event_fields.lines: _lines,
    event_fields.day: _day,
    event_fields.days: _days,
    event_fields.by_label: _mark,
}
