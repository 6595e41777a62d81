"""The file of a matter besides its papers, as data; `chapters` says the same to a reader."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from cases.casefile.dossier import opinion_for
from cases.casefile.event_text import tell, told_detail, unseen
from cases.casefile.urgent import urgencies
from cases.casefile.whole_file.answers import AnswerTeller, Content
from cases.entries.declaration import units_in
from cases.entries.words import Line, data_of, lines_of, ticks_of
from cases.logbook.telling import told_entries
from cases.merged import arrivals_of, requests_of
from cases.models import (
    CaseEvent,
    Companion,
    Deadline,
    Opinion,
    Petition,
    Petitioner,
)
from cases.states import State
from cases.vocabulary import Outcome, PartyRole

# What the table of arrivals has a column for.
_IN_TABLE = ("channel", "arrived_on", "content", "name", "phone", "address")
_ON_COVER = ("kind", "legal_way")
_OF_PERSON = units_in(Petitioner)
_UNITS = (*units_in(Petition), *(f"lead__{unit}" for unit in _OF_PERSON))
_COMPANIONS = Prefetch(
    "companions", Companion.objects.select_related("petitioner", *(f"petitioner__{unit}" for unit in _OF_PERSON))
)


def say_moment(value: Any) -> str:
    """Write a moment as 2026-03-02 10:15, in the office's time."""
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"


class Teller(AnswerTeller):
    """The matter as `post` may read it on a day; `in_full`: persons are named, with their numbers and addresses."""

    def person(self, person: Petitioner) -> Content:
        """Tell a person as registered at one arrival."""
        return data_of(person, masked=not self.in_full)

    def head(self) -> Content:
        """Tell the cover."""
        case = self.case
        return data_of(case, masked=not self.in_full) | {
            "number": case.number,
            "received_on": case.received_on,
            "registered_unit": case.registered_unit.name,
            "responsible_unit": case.responsible.name if case.responsible else "",
            "state": str(State(case.state).label),
            "closed_on": case.closed_on,
            "outcomes": [str(Outcome(outcome).label) for outcome in case.outcomes],
            "flags": case.flags,
        }

    @cached_property
    def petitions(self) -> list[Petition]:
        """Every arrival, the first first, with who came."""
        of_all = arrivals_of(self.case, reader=self.post)
        petitions = of_all.select_related("lead", "unit", *_UNITS).order_by("pk")
        return list(petitions.prefetch_related(_COMPANIONS))

    def arrivals(self) -> list[Content]:
        """Tell every arrival with its people."""
        return [self._arrival(petition) for petition in self.petitions]

    def _arrival(self, petition: Petition) -> Content:
        return data_of(petition, masked=not self.in_full) | {
            "number": petition.number,
            "registered_at": petition.registered_at,
            "unit": petition.unit_name,
            "is_repeat": petition.is_repeat,
            "lead": self.person(petition.lead),
            "companions": [self._companion(companion) for companion in petition.companions.all()],
        }

    def _companion(self, companion: Companion) -> Content:
        return self.person(companion.petitioner) | {
            "role": str(PartyRole(companion.role).label),
            "said": companion.said,
        }

    def registered(self) -> list[str]:
        """Tell in words what the table of arrivals has no column for: an arrival a text."""
        return ["；".join(self._registered(petition)) for petition in self.petitions]

    def _registered(self, petition: Petition) -> list[str]:
        companions = [
            f"{one.get_role_display()}：{'，'.join(filter(None, [*self._words(one.petitioner), one.said]))}"
            for one in petition.companions.all()
        ]
        return [*self._words(petition, but=_IN_TABLE), *self._words(petition.lead, but=_IN_TABLE), *companions]

    def _words(self, row: Petition | Petitioner, *, but: Sequence[str] = ()) -> list[str]:
        lines = lines_of(row, masked=not self.in_full, with_apart=True)
        words = [f"{line.label}：{line.text}" for line in lines if line.name not in but]
        return [*words, *(entry.words for entry in ticks_of(row) if entry.row is not None)]

    def matter(self) -> list[Line]:
        """Tell what was registered of the matter, and the cover has no place for."""
        return [line for line in lines_of(self.case, masked=not self.in_full) if line.name not in _ON_COVER]

    def requests(self) -> list[Content]:
        """Tell each request with its answer, if this post may read the opinion; and what was asked for in a matter
        that was merged into this one."""
        opinion = opinion_for(self.case, self.post)
        answers = {answer.request_id: answer for answer in opinion.answers.all()} if opinion else {}
        return [
            {
                "order": request.order,
                "text": self.text(request.text),
                "result": answers[request.pk].get_result_display() if request.pk in answers else "",
                "answer": self.text(answers[request.pk].text) if request.pk in answers else "",
                "merged_from": "" if request.case_id == self.case.pk else request.case.number,
            }
            for request in requests_of(self.case, reader=self.post)
        ]

    def opinion(self) -> Content | None:
        """Tell the opinion, if there is one that this post may read."""
        opinion: Opinion | None = opinion_for(self.case, self.post)
        if opinion is None:
            return None
        return {
            "facts": self.text(opinion.facts),
            "basis": self.text(opinion.basis),
            "review_body": opinion.review_body.name,
            "signed_on": opinion.signed_on,
            "delivered_on": opinion.delivered_on,
        }

    def log(self) -> list[Content]:
        """Tell every entry of the books, what was put right too."""
        return [
            {
                "id": one.entry.pk, "book": one.entry.get_book_display(), "unit": one.entry.unit.name,
                "by": one.entry.by_user.name, "at": one.entry.at, "lines": [self.text(line) for line in one.lines],
                "corrects": one.entry.corrects_id, "corrected": one.corrected,
            }
            for one in told_entries(self.case, on=self.on)
        ]  # fmt: skip

    def urgent_reports(self) -> list[Content]:
        """Tell every 重大紧急 report, with who was told and who has read."""
        return [
            {
                "unit": one.report.unit.name,
                "content": self.text(one.report.content),
                "measures": self.text(one.report.measures),
                "made_at": one.report.made_at,
                "taken_back_at": one.report.taken_back_at,
                "taken_back_reason": one.report.taken_back_reason,
                "told": [
                    {
                        "receiver": row.get_receiver_display(),
                        "due_at": row.due_at,
                        "told_at": row.told_at,
                        "means": row.get_means_display(),
                        "told_by": row.told_by,
                    }
                    for row in one.told
                ],
                "calls": [
                    {
                        "name": call.user.name,
                        "post": call.post_label,
                        "called_at": call.called_at,
                        "read_at": call.read_at,
                        "climbed_at": call.climbed_at,
                    }
                    for call in one.calls
                ],
            }
            for one in urgencies(self.case)
        ]

    def clocks(self) -> list[Content]:
        """Tell every clock, with its outcome."""
        clocks: QuerySet[Deadline] = self.case.deadlines.select_related("unit")
        return [
            {
                "rule": clock.rule,
                "label": clock.get_rule_display(),
                "unit": clock.unit.name if clock.unit else "",
                "started_on": clock.started_on,
                "strict_on": clock.strict_on,
                "legal_on": clock.legal_on,
                "met_on": clock.met_on,
                "cancelled_on": clock.cancelled_on,
            }
            for clock in clocks
        ]

    def events(self) -> list[Content]:
        """Tell the course of events with the chain of hashes; the detail of an event is whole only in full."""
        events: QuerySet[CaseEvent] = self.case.events.select_related("unit").order_by("seq")
        hidden = unseen(self.post, self.case.events.order_by("seq"))
        return [self._event(event, hidden) for event in events.iterator(chunk_size=200)]

    def _event(self, event: CaseEvent, hidden: frozenset[str]) -> Content:
        text = tell(event, on=self.on, hidden=hidden)
        return {
            "seq": event.seq,
            "kind": event.kind,
            "title": text.title,
            "who": text.who,
            "happened_at": event.happened_at,
            "recorded_at": event.recorded_at,
            "lines": text.lines,
            "letters": text.letters,
            "previous_hash": bytes(event.previous_hash).hex(),
            "hash": bytes(event.hash).hex(),
        } | ({"detail": told_detail(event, hidden)} if self.in_full else {})
