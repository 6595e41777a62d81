"""The file of a matter besides its papers: for a program as JSON, for a reader as a document."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.letters.blocks import row_of
from binzhou_xinfang.records.masking import mask_address, mask_id_number, mask_name, mask_numbers, mask_phone
from cases.casefile.dossier import opinion_for
from cases.casefile.event_text import tell
from cases.models import CaseEvent, Companion, Deadline, Opinion, Petition, PetitionCase, Petitioner
from cases.states import State
from cases.vocabulary import Kind, LegalWay, Outcome, PartyRole

Told = dict[str, Any]
_PERSON: dict[str, Callable[[str], str]] = {
    "name": mask_name,
    "id_number": mask_id_number,
    "phone": mask_phone,
    "landline": mask_phone,
    "email": lambda text: "*" * len(text),
    "address": mask_address,
}


def say_moment(value: Any) -> str:
    """Write a moment as 2026-03-02 10:15, in the office's time."""
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"


class Teller:
    """The matter as `post` may read it; `in_full`: persons are named, with their numbers and addresses."""

    def __init__(self, case: PetitionCase, post: Post, *, in_full: bool) -> None:
        self.case, self.post, self.in_full = case, post, in_full

    def text(self, value: str) -> str:
        """Mask the numbers of persons in free text unless they are told in full."""
        return value if self.in_full else mask_numbers(value)

    def person(self, person: Petitioner) -> Told:
        """Tell a person as registered at one arrival."""
        record: Told = {name: getattr(person, name) for name in _PERSON}
        if not self.in_full:
            record = {name: mask(record[name]) for name, mask in _PERSON.items()}
        return record | {"id_kind": person.get_id_kind_display(), "sex": person.get_sex_display()}

    def head(self) -> Told:
        """Tell the cover."""
        case = self.case
        return {
            "number": case.number,
            "title": self.text(case.title),
            "summary": self.text(case.summary),
            "kind": Kind(case.kind).label if case.kind else "",
            "legal_way": LegalWay(case.legal_way).label if case.legal_way else "",
            "legal_basis": self.text(case.legal_basis),
            "topic": str(case.topic or ""),
            "region": case.region.name,
            "channel": case.get_channel_display(),
            "received_on": case.received_on,
            "registered_unit": case.registered_unit.name,
            "responsible_unit": case.responsible.name if case.responsible else "",
            "state": str(State(case.state).label),
            "closed_on": case.closed_on,
            "outcomes": [str(Outcome(outcome).label) for outcome in case.outcomes],
            "flags": case.flags,
        }

    def arrivals(self) -> list[Told]:
        """Tell every arrival, the first first, with who came."""
        petitions = Petition.objects.filter(case=self.case).select_related("lead", "unit").order_by("pk")
        return [self._arrival(petition) for petition in petitions.prefetch_related("companions__petitioner")]

    def _arrival(self, petition: Petition) -> Told:
        return {
            "number": petition.number,
            "channel": petition.get_channel_display(),
            "arrived_on": petition.arrived_on,
            "registered_at": petition.registered_at,
            "unit": petition.unit.name,
            "people": petition.people,
            "is_repeat": petition.is_repeat,
            "content": self.text(petition.content),
            "lead": self.person(petition.lead),
            "companions": [self._companion(companion) for companion in petition.companions.all()],
        }

    def _companion(self, companion: Companion) -> Told:
        return self.person(companion.petitioner) | {"role": str(PartyRole(companion.role).label)}

    def requests(self) -> list[Told]:
        """Tell each request with its answer, if this post may read the opinion."""
        opinion = opinion_for(self.case, self.post)
        answers = {answer.request_id: answer for answer in opinion.answers.all()} if opinion else {}
        return [
            {
                "order": request.order,
                "text": self.text(request.text),
                "result": answers[request.pk].get_result_display() if request.pk in answers else "",
                "answer": self.text(answers[request.pk].text) if request.pk in answers else "",
            }
            for request in self.case.requests.all()
        ]

    def opinion(self) -> Told | None:
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

    def clocks(self) -> list[Told]:
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

    def events(self, on: date) -> Iterator[Told]:
        """Tell the course of events with the chain of hashes; the detail of an event is whole only in full."""
        events: QuerySet[CaseEvent] = self.case.events.select_related("unit").order_by("seq")
        for event in events.iterator(chunk_size=200):
            text = tell(event, on=on)
            yield {
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
            } | ({"detail": event.detail} if self.in_full else {})


def course_paragraphs(
    head: Told, arrivals: Sequence[Told], requests: Sequence[Told], events: Sequence[Told]
) -> list[str]:
    """Tell the same to a reader: parts with tables, in the words of the pages."""
    return [
        "一、基本情况",
        row_of(["信访事项编号", head["number"], "状态", head["state"]]),
        row_of(["标题", head["title"]]),
        row_of(["事项性质", head["kind"], "办理途径", head["legal_way"]]),
        row_of(["登记机构", head["registered_unit"], "责任单位", head["responsible_unit"]]),
        row_of(["办理结果", "；".join(head["outcomes"])]),
        row_of(["概况信息", _on_one_line(head["summary"])]),
        "二、信访人和来访情况",
        row_of(["信访件编号", "形式", "日期", "信访人", "住址", "联系电话"]),
        *(_arrival_row(arrival) for arrival in arrivals),
        "三、诉求和答复",
        row_of(["序号", "诉求", "处理意见", "答复"]),
        *(
            row_of([f"{one['order']}", _on_one_line(one["text"]), one["result"], _on_one_line(one["answer"])])
            for one in requests
        ),
        "四、办理经过",
        row_of(["序号", "时间", "事项", "经办", "内容"]),
        *(
            row_of([f"{one['seq']}", say_moment(one["happened_at"]), one["title"], one["who"], "；".join(one["lines"])])
            for one in events
        ),
    ]


def _arrival_row(arrival: Told) -> str:
    lead = arrival["lead"]
    day = f"{arrival['arrived_on']:%Y-%m-%d}"
    return row_of([arrival["number"], arrival["channel"], day, lead["name"], lead["address"], lead["phone"]])


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
