"""Form of registration for the window, the letter desk and the API (reference §5.1)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.masking import mask_numbers
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.typed import shortened, spelled
from binzhou_xinfang.web.fields import LinesField
from binzhou_xinfang.web.file_fields import FilesField
from cases.models import Petition, PetitionCase
from cases.vocabulary import Channel
from cases.web.window.entry_fields import asks, taken
from cases.web.window.people_forms import PersonForm
from cases.window.doubts import doubts_about
from cases.window.earlier_matters import case_to_follow
from cases.window.own_office import NOT_LEAVING, must_leave, organ_for, say_leaving
from cases.window.registration import Arrival


@asks(Petition)
class ArrivalForm(PersonForm):
    """An arrival: who came, how, when, with how many, what was said, and what was brought along."""

    attachments = FilesField(label="附件")
    # Whether the page has written down itself whose numbers stand in it (`web.showing`).
    is_logged = False

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post = post

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        is_visit_of_many = data.get("people", 1) > 1 and data.get("channel") == Channel.VISIT
        if is_visit_of_many and not data.get("companions") and "companions" not in self.errors:
            self._want_representatives(data["people"])
        return data

    def full_clean(self) -> None:
        """Ask back last, when there is nothing else to mend."""
        super().full_clean()
        if not self.is_bound or self.errors:
            return
        for doubt in doubts_about(self.arrival(), on=timezone.localdate()):
            self.ask_back(doubt.field, doubt.question)

    def _want_representatives(self, people: int) -> None:
        regime = current_rulebook().on(timezone.localdate())
        size, most = regime.number(Key.GROUP_SIZE), regime.number(Key.REPRESENTATIVES)
        if people >= size:
            self.add_error("companions", f"{size}人以上集体走访，请登记推选的代表（第二十条，不超过{most}人）。")

    def arrival(self, requests: list[str] | None = None) -> Arrival:
        """Build the arrival for the verb from the cleaned data."""
        columns = taken(Petition, self.cleaned_data)
        return Arrival(
            channel=Channel(columns.pop("channel")),
            arrived_on=columns.pop("arrived_on"),
            content=columns.pop("content"),
            lead=self.person(),
            requests=requests or [],
            companions=self.cleaned_data["companions"],
            petition=columns,
            confirmed=tuple(self.asked_and_confirmed),
            files=self.cleaned_data["attachments"],
        )


@asks(PetitionCase)
class RegistrationForm(ArrivalForm):
    """An arrival that opens a matter."""

    knows_of_leaving = forms.BooleanField(
        label="已知悉：反映本单位的检举控告，登记后直接移送纪检监察机关", required=False
    )
    requests = LinesField(label="主要诉求", max_lines=20, max_length=500, help_text="一行一项，答复时逐项处理")

    def clean_follows(self) -> PetitionCase | None:
        number = spelled(self.cleaned_data["follows"])
        try:
            return case_to_follow(self.post, number) if number else None
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("threat") and not data.get("threat_detail"):
            self.add_error("threat_detail", "有扬言的，请如实记录扬言内容。")
        self._say_leaving(data)
        return data

    def _say_leaving(self, data: dict[str, Any]) -> None:
        """Say before anything is kept that a report against the own office leaves it at once, and to who has ticked
        that he knows so that this one would not."""
        accused = {name: data.get(name) for name in ("purpose", "accused", "accused_unit")}
        matter = PetitionCase(**{name: value for name, value in accused.items() if value})
        knows, leaves = data.get("knows_of_leaving"), must_leave(matter, self.post)
        if knows and not leaves:
            self.add_error("knows_of_leaving", NOT_LEAVING)
        if leaves and not knows:
            try:
                self.add_error("knows_of_leaving", say_leaving(organ_for(matter, self.post)))
            except Refusal as refusal:
                self.add_error(refusal.field, str(refusal))

    def matter(self) -> PetitionCase:
        """Build the matter as an unsaved row."""
        columns = taken(PetitionCase, self.cleaned_data)
        summary = columns["summary"] or shortened(self.cleaned_data["content"], 2000)
        return PetitionCase(
            **columns | {"title": columns["title"] or _first_sentence(mask_numbers(summary)), "summary": summary}
        )


def _first_sentence(text: str) -> str:
    """Cut the beginning of a text as a title of at most 40 characters."""
    head = text.strip().splitlines()[0].split("。")[0]
    head = head or text.strip()
    return shortened(head, 40)


class RepeatForm(ArrivalForm):
    """An arrival that joins an open matter, named by its number."""

    case = forms.CharField(label="并入的事项编号", max_length=40)

    def clean_case(self) -> str:
        number = spelled(str(self.cleaned_data["case"]))
        if not number:
            raise ValidationError("请填写要并入的事项编号。")
        return number
