"""The forms that put a registration right, complete it, take it back; their fields follow the entries."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.db.models import Model

from binzhou_xinfang.records.masking import NAMELESS
from binzhou_xinfang.statute.wording import say_day
from binzhou_xinfang.undecided import EVERY
from binzhou_xinfang.web.fields import LinesField, line, text
from cases.entries.declaration import Entry, asked_of
from cases.entries.words import words_of
from cases.models import Petition, PetitionCase, Petitioner
from cases.states import Move
from cases.states.ground_lists import VoidReason
from cases.vocabulary import Purpose
from cases.web.procedure.forms.base import MoveForm, Section, ToldField
from cases.web.procedure.forms.same_requests import SameRequests, same_requests
from cases.web.procedure.forms.table import form_of
from cases.web.window.entry_fields import field_of, taken
from cases.web.window.registration_form import ArrivalForm, RegistrationForm, RepeatForm
from cases.window.correcting import MODELS, contact_entries, later_arrivals, registration_of, typed_as

Form = TypeVar("Form", bound=type[forms.Form])
# Typed over a personal entry, which the form does not show in full, to take it away.
NOTHING = "-"
# Read off a resident ID, whatever was typed beside it.
_OF_THE_ID = ("id_kind", "sex", "born_on", "household_region")


def _entries() -> list[Entry]:
    return [entry for model in MODELS for entry in asked_of(model)]


def _personal() -> list[Entry]:
    return [entry for entry in _entries() if entry.nature.is_personal]


def _corrects(form_class: Form) -> Form:
    """Give the form a field for every entry of registration; none is wanted: what is not sent stays as it is."""
    return _with_entries(form_class, _entries())


def _with_entries(form_class: Form, entries: Sequence[Entry]) -> Form:
    """Add the entries to the form. Raises ValueError for one whose name the form has for something else."""
    derived = {entry.name: _correctable(entry) for entry in entries}
    if taken_twice := sorted(derived.keys() & form_class.base_fields.keys()):
        raise ValueError(f"{form_class.__name__}: a field and an entry are both called {taken_twice}")
    form_class.declared_fields = form_class.base_fields = {**form_class.base_fields, **derived}
    return form_class


def _correctable(entry: Entry) -> forms.Field:
    field: forms.Field = forms.NullBooleanField(label=entry.words) if entry.is_tick else field_of(entry)
    field.required, field.initial = False, None
    if _has_no_empty(entry):
        field.choices = [("", "（不改动）"), *entry.choices.items()]  # type: ignore[attr-defined]
    return field


def _has_no_empty(entry: Entry) -> bool:
    """Check for a list without a choice of nothing: choosing nothing there leaves the entry as it is."""
    return bool(entry.choices) and "" not in entry.choices and (entry.is_required or entry.column.has_default())


@form_of(Move.CORRECT, Move.AMEND)
@_corrects
class CorrectForm(MoveForm):
    """An entry that is not sent stays as it is, and so does a personal one that is left empty."""

    proposes = {EVERY: "已经登记的内容，不改动的照此保留"}
    looks_at = ("arrived_on",)
    correction_reason = line("更正的理由", help_text="记入办理经过，原登记内容保留")
    requests = LinesField(label="主要诉求", required=False, max_lines=20, max_length=500, help_text="一行一项")
    knows_of_leaving = forms.BooleanField(
        label="已知悉：反映本单位的检举控告，更正后直接移送纪检监察机关", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for entry in _personal():
            self.fields[entry.name].help_text = f"不改动的留空；删除的填“{NOTHING}”"

    def counted(self, typed: Callable[[str], Any]) -> tuple[date, list[str]]:
        on, said = super().counted(typed)
        arrived_on = typed("arrived_on")
        if arrived_on is not None and arrived_on != self.case.received_on:
            said = [*said, f"从收到信访事项起算的期限，改自{say_day(arrived_on, on)}起重新计算"]
        return on, said

    def proposed(self) -> dict[str, Any]:
        """Propose what is registered, but for what is shown in full only for a reason."""
        hidden = {entry.name for entry in _personal()}
        known = {name: value for name, value in self.registered().items() if name not in hidden}
        return known | {"requests": "\n".join(known["requests"])}

    @property
    def sections(self) -> list[Section]:
        """The reason first, then what is registered, by its table."""
        parts = {"信访人": Petitioner, "来件": Petition, "事项": PetitionCase}
        folded = [Section(title, [self[entry.name] for entry in asked_of(model)]) for title, model in parts.items()]
        tick = self["knows_of_leaving"]
        first = [self["correction_reason"], self["requests"], *([tick] if tick.errors or tick.value() else [])]
        return [Section("", [*first, *(self[paper.field] for paper in self.asked)]), *folded]

    def registered(self) -> dict[str, Any]:
        """Write the registration as its own form would be sent it."""
        registration = registration_of(self.case)
        typed = {entry.name: typed_as(entry, row) for row in registration.rows for entry in asked_of(type(row))}
        return typed | {"requests": [request.text for request in registration.requests]}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        now, given = self.registered(), self._given()
        after = RegistrationForm(now | given, post=self.post)
        _tell_faults(self, RegistrationForm(now, post=self.post), after)
        if self.errors:
            return data
        wanted = {*given, *(_OF_THE_ID if "id_number" in given else ())}
        cleaned = {name: value for name, value in after.cleaned_data.items() if name in wanted}
        columns = {model.__name__: taken(model, cleaned) for model in MODELS}
        requests = after.cleaned_data.get("requests") if "requests" in given else None
        return {"reason": data["correction_reason"], "columns": _completed(columns, after), "requests": requests}

    def _given(self) -> dict[str, Any]:
        """Take what is sent: a tick by its value, a personal entry unless it is empty."""
        names = [*(entry.name for entry in _entries()), "requests"]
        given: dict[str, Any] = {name: self.data[name] for name in names if name in self.data}
        ticks = [entry.name for entry in _entries() if entry.is_tick]
        given |= {name: self.cleaned_data[name] for name in ticks if name in given}
        given = {name: value for name, value in given.items() if value is not None}
        kept = {entry.name for entry in _entries() if entry.nature.is_personal or _has_no_empty(entry)}
        given = {name: value for name, value in given.items() if name not in kept or str(value).strip()}
        emptied = {entry.name for entry in _personal() if str(given.get(entry.name, "")).strip() in (NOTHING, "－")}
        return given | dict.fromkeys(emptied, "") | {"knows_of_leaving": self.cleaned_data["knows_of_leaving"]}


def _tell_faults(form: MoveForm, before: ArrivalForm, after: ArrivalForm) -> None:
    """Tell what is wrong since the correction; what an older registration lacks is no hindrance to others."""
    known = {(name, str(error)) for name, errors in before.errors.items() for error in errors}
    for name, errors in after.errors.items():
        for error in errors:
            if (name, str(error)) not in known:
                form.add_error(name if name in form.fields else None, str(error))


_LATER: tuple[type[Model], ...] = (Petitioner, Petition)


def _later_entries() -> list[Entry]:
    return [entry for model in _LATER for entry in asked_of(model)]


def _corrects_later(form_class: Form) -> Form:
    """Give the form a field for every entry of an arrival; one that is left empty stays as it is."""
    derived = _with_entries(form_class, _later_entries())
    for entry in _later_entries():
        field = derived.base_fields[entry.name]
        if entry.choices and not entry.is_tick:
            kept = [choice for choice in entry.choices.items() if choice[0]]
            field.choices = [("", "（不改动）"), *kept]  # type: ignore[attr-defined]  # a list of choices
    return derived


class ArrivalField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """One arrival, told by its number, its day and its way."""

    def label_from_instance(self, obj: Petition) -> str:
        return f"{obj.number}（{obj.arrived_on:%Y年%m月%d日} {obj.get_channel_display()}）"


@form_of(Move.CORRECT_ARRIVAL)
@_corrects_later
class CorrectArrivalForm(MoveForm):
    """An entry that is left empty stays as it is."""

    correction_reason = line("更正的理由", help_text="记入办理经过，原登记内容保留")
    arrival = ArrivalField(
        Petition.objects.none(), label="更正的信访件", to_field_name="number", empty_label=None,
        help_text=f"下面不改动的留空；删除的填“{NOTHING}”",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["arrival"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101  declared above
        choice.queryset = later_arrivals(self.case)
        known = list(choice.queryset[:2])
        if len(known) == 1:
            self._say_what_stands(known[0])

    def _say_what_stands(self, arrival: Petition) -> None:
        for row in (arrival.lead, arrival):
            for entry in asked_of(type(row)):
                if words := words_of(entry, row):
                    self.fields[entry.name].help_text = f"现为：{words[:60]}"

    @property
    def sections(self) -> list[Section]:
        """The arrival and the reason first, then what may be put right of it, by its table."""
        parts = {"信访人": Petitioner, "来件": Petition}
        folded = [Section(title, [self[entry.name] for entry in asked_of(model)]) for title, model in parts.items()]
        return [Section("", [self["arrival"], self["correction_reason"]]), *folded]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        arrival, given = data["arrival"], self._given()
        rows = (arrival.lead, arrival)
        now = {entry.name: typed_as(entry, row) for row in rows for entry in asked_of(type(row))}
        now["case"] = self.case.number
        after = RepeatForm(now | given, post=self.post)
        _tell_faults(self, RepeatForm(now, post=self.post), after)
        if self.errors:
            return data
        wanted = {*given, *(_OF_THE_ID if "id_number" in given else ())}
        cleaned = {name: value for name, value in after.cleaned_data.items() if name in wanted}
        columns = {model.__name__: taken(model, cleaned) for model in _LATER}
        return {"reason": data["correction_reason"], "arrival": arrival, "columns": _filled(columns, after)}

    def _given(self) -> dict[str, Any]:
        ticks = {entry.name for entry in _later_entries() if entry.is_tick}
        given: dict[str, Any] = {name: self.cleaned_data[name] for name in ticks if name in self.data}
        given |= {
            entry.name: self.data[entry.name]
            for entry in _later_entries()
            if entry.name not in ticks and str(self.data.get(entry.name, "")).strip()
        }
        emptied = {name for name, value in given.items() if str(value).strip() in (NOTHING, "－")}
        return {name: "" if name in emptied else value for name, value in given.items() if value is not None}


def _filled(columns: dict[str, dict[str, Any]], form: ArrivalForm) -> Mapping[str, Mapping[str, Any]]:
    """Fill in of the person what the window fills in: a name that was not told, an ID that was checked."""
    person = columns[Petitioner.__name__]
    if "name" in person:
        person["name"] = person["name"] or NAMELESS
    if "id_number" in person:
        person["is_id_verified"] = form.identity is not None
    return columns


def _completed(columns: dict[str, dict[str, Any]], form: RegistrationForm) -> Mapping[str, Mapping[str, Any]]:
    """Fill in what the window fills in: a title that was emptied, a name that was not told, an ID that was checked."""
    case = columns[PetitionCase.__name__]
    for name in ("title", "summary"):
        if not case.get(name, "…"):
            del case[name]
    return _filled(columns, form)


def _supplements(form_class: Form) -> Form:
    """Give the form a field for every entry by which the petitioner is reached."""
    return _with_entries(form_class, contact_entries())


@form_of(Move.SUPPLEMENT)
@_supplements
class SupplementForm(MoveForm):
    note = text("补充的情况", rows=3, help_text="补充人、补充时间和内容；材料可以同时上传为附件")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        contact = {entry.name: data.pop(entry.name, "") for entry in contact_entries()}
        return data | {"contact": contact}


@form_of(Move.VOID)
class VoidForm(SameRequests):
    shows_by = "ground"
    shows: Mapping[str, tuple[str, ...]] = {VoidReason.DOUBLE.value: ("same_as", "same_requests")}

    ground = forms.ChoiceField(label="作废的理由", choices=VoidReason.choices)
    same_as = line("保留的事项编号", required=False, max_length=40, help_text="同一来件重复登记的，填写保留的那一件")
    same_requests = same_requests()
    note = text("说明", rows=3)
    told_by = ToldField(label="告知信访人的方式", help_text="已经发出回执的，告知信访人以保留的编号为准")

    def clean_same_as(self) -> PetitionCase | None:
        return self.matter("same_as") if self.cleaned_data["same_as"].strip() else None


@form_of(Move.UNSEAL)
class UnsealForm(MoveForm):
    purpose = forms.ChoiceField(
        label="改为", choices=[choice for choice in Purpose.choices if choice[0] != Purpose.EXPOSE]
    )
    reason = text("理由", rows=3, help_text="写明不属于揭发控告的理由；记入办理经过。解除后，该事项恢复为普通事项")
