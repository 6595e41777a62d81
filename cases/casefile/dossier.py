"""The file of one matter, all that its page shows, read in a number of queries that does not grow with the matter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from django.db import models
from django.db.models import QuerySet

from binzhou_xinfang.accounts.models import Post, Unit, User
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.reading import Prepared
from binzhou_xinfang.web.paging import Page, page_of
from cases.casefile.annexes import Annexes, read_annexes
from cases.casefile.event_text import EventText, tell, unseen
from cases.casefile.stations import Station, stations
from cases.casefile.take_over import TAKEN_OVER, may_take_over
from cases.clocks.standing import Clock, clock_now, clocks_of
from cases.drafts.kinds import kinds_for
from cases.drafts.steps import READERS
from cases.engine import offers
from cases.entries.declaration import units_in
from cases.entries.words import Line, lines_of
from cases.evaluation.window import is_open
from cases.merged import merged_into
from cases.models import (
    CaseAttachment,
    CaseEvent,
    CaseLetter,
    CaseRequest,
    Companion,
    Deadline,
    LetterDraft,
    Opinion,
    Petition,
    PetitionCase,
    Petitioner,
    RequestAnswer,
)
from cases.papers.kinds import prints_any
from cases.permissions import may_attach, may_evaluate
from cases.states import Move, MoveMenu, State, answers, likely_move, menu_of
from cases.states.drafts import OPEN_DRAFTS
from cases.vocabulary import Outcome

# Units and people are looked up once for the whole file: planning a join of ten tables takes longer than running it.
# Beside `select_related` and `prefetch_related` that saves 31 % of 事项页 (`python -m tests.bench.plain`).
RELATED = ("lead", "topic")
_UNITS = ("holder", "sender", "assigner", "responsible", "registered_unit", *units_in(PetitionCase))
_PERSON_UNITS = units_in(Petitioner)
_ARRIVAL_UNITS = ("unit", *units_in(Petition))
_USERS = ("assignee", "registrar")
_OPINION_USERS = ("drafted_by", "checked_by", "signed_by")
EVENTS, ARRIVALS = 50, 20

# The rows of a matter, read by its key.
_deadlines = Prepared(lambda case: Deadline.objects.filter(case=case))
_requests = Prepared(lambda case: CaseRequest.objects.filter(case=case))
_ARRIVED = Petition.objects.order_by("-id")
_ADDED = CaseAttachment.objects.select_related("file")
_petitions = Prepared(lambda case: _ARRIVED.filter(case=case)[:ARRIVALS])
_companions = Prepared(lambda case: Companion.objects.filter(petition__case=case))
_attachments = Prepared(lambda case: _ADDED.filter(case=case))
_opinions = Prepared(lambda case: Opinion.objects.filter(case=case))
_answers = Prepared(lambda opinion: RequestAnswer.objects.filter(opinion=opinion).order_by())
_drafts_of = Prepared(
    lambda case, unit: LetterDraft.objects.filter(case=case, unit=unit).select_related("drafted_by").defer("facts")
)
_LETTER = tuple(f"letter__{column}" for column in ("kind", "number", "issuer", "issued_on", "sha256"))
_letters = Prepared(
    lambda case: CaseLetter.objects.filter(case=case).select_related("letter").only("case_id", "move", *_LETTER)
)


@dataclass(frozen=True)
class Dossier:
    """The file as one post sees it on one day. `person`, `matter` and `arrivals`, the newest first, with the entries of
    their registration; `course` with the letters of each event. `arrivals` and `attachments` are those of what was
    merged into it, too; `merged`: its requests, which the opinion answers with the matter's own.

    `gaps`: why a move that the post could make is not offered; `drafts`: letters that its unit is making by hand.
    `taken_over`: the latest take-over by another handler, as far as it stands on this page of the course.
    """

    moves: list[Move]
    gaps: list[str]
    annexes: Annexes
    case: PetitionCase
    clocks: list[Clock]
    now: Clock | None
    stations: list[Station]
    requests: list[tuple[CaseRequest, RequestAnswer | None]]
    merged: list[tuple[PetitionCase, list[CaseRequest]]]
    opinion: Opinion | None
    arrivals: list[Petition]
    events: Page[CaseEvent]
    course: list[tuple[EventText, list[CaseLetter]]]
    letters: list[CaseLetter]
    attachments: list[CaseAttachment]
    outcomes: list[str]
    may_attach: bool
    may_see_identity: bool
    may_draft: bool
    may_print: bool
    drafts: list[LetterDraft]
    may_take_over: bool
    may_evaluate: bool
    taken_over: EventText | None
    may_export: bool

    @cached_property
    def menu(self) -> MoveMenu:
        return menu_of(self.moves, likely_move(self.moves), answers(self.case.end_asked))

    @property
    def is_archived(self) -> bool:
        return self.case.state == State.ARCHIVED

    @property
    def person(self) -> list[Line]:
        return lines_of(self.case.lead)

    @property
    def matter(self) -> list[Line]:
        return lines_of(self.case)

    @property
    def arrival_lines(self) -> list[tuple[Petition, list[Line]]]:
        return [(arrival, lines_of(arrival)) for arrival in self.arrivals]


def read_dossier(case: PetitionCase, post: Post, *, on: date, query: Mapping[str, str]) -> Dossier:
    """Read the whole file; `case` was read with `RELATED`, `query` may hold the cursor of an older page of events."""
    joined = merged_into(case, reader=post)
    deadlines, arrivals = _of(case, _deadlines), _arrivals(case, joined)
    events = page_of(_events(case), by=("-seq",), query=query, size=EVENTS)
    attachments, opinion = _added(case, joined), opinion_for(case, post)
    _name_units([
        ([case], _UNITS), ([case.lead], _PERSON_UNITS), ([opinion] if opinion else [], ("review_body",)),
        (arrivals, _ARRIVAL_UNITS), *((rows, ("unit",)) for rows in (deadlines, events.rows, attachments)),
    ])  # fmt: skip
    _name_users([([case], _USERS), (attachments, ("uploaded_by",)), ([opinion] if opinion else [], _OPINION_USERS)])
    letters, annexes = _of(case, _letters), read_annexes(case, post, deadlines)
    clocks, offered = clocks_of(deadlines, on=on), offers(post, case, on=on)
    return Dossier(
        moves=offered.moves,
        gaps=offered.gaps,
        annexes=annexes,
        case=case,
        clocks=clocks,
        now=clock_now(case, clocks),
        stations=stations(case, deadlines, annexes.reviews),
        requests=_answered(case, opinion),
        merged=_asked(joined),
        opinion=opinion,
        arrivals=arrivals,
        events=events,
        course=_course(events.rows, letters, post, on=on),
        letters=letters,
        attachments=attachments,
        outcomes=[str(Outcome(outcome).label) for outcome in case.outcomes],
        may_attach=may_attach(post, case),
        may_see_identity=has_right(post, Right.SEE_IDENTITY),
        may_draft=bool(kinds_for(post, case)),
        may_print=prints_any(post, case, [arrival for arrival in arrivals if arrival.case_id == case.pk]),
        drafts=_drafts(case, post),
        may_take_over=may_take_over(post, case),
        may_evaluate=is_open(annexes.window, on=on) and may_evaluate(post, case),
        taken_over=next((tell(event, on=on) for event in events.rows if event.kind == TAKEN_OVER), None),
        may_export=has_right(post, Right.EXPORT),
    )


def _answered(case: PetitionCase, opinion: Opinion | None) -> list[tuple[CaseRequest, RequestAnswer | None]]:
    answers = {answer.request_id: answer for answer in _answers(opinion.pk)} if opinion else {}
    return [(request, answers.get(request.pk)) for request in _requests(case.pk)]


def _asked(joined: Sequence[PetitionCase]) -> list[tuple[PetitionCase, list[CaseRequest]]]:
    """List what was asked for in each matter that was merged in; what asks for nothing of its own is left out."""
    asked = list(CaseRequest.objects.filter(case__in=joined)) if joined else []
    told = [(one, [request for request in asked if request.case_id == one.pk]) for one in joined]
    return [(one, requests) for one, requests in told if requests]


Row = TypeVar("Row", bound=models.Model)
Named = Sequence[tuple[Sequence[models.Model], tuple[str, ...]]]


def _keys(named: Named) -> set[int]:
    keys = {getattr(row, f"{name}_id") for rows, names in named for row in rows for name in names}
    return keys - {None}


def _put(named: Named, by_key: Mapping[int, models.Model]) -> None:
    for rows, names in named:
        for row in rows:
            for name in names:
                setattr(row, name, by_key.get(getattr(row, f"{name}_id")))


def _of(case: PetitionCase, read: Prepared[Row]) -> list[Row]:
    """Give each row of the matter the matter itself."""
    rows = read(case.pk)
    _put([(rows, ("case",))], {case.pk: case})
    return rows


def _name_units(named: Named) -> None:
    """Give every row its units, all in one query."""
    _put(named, Unit.objects.in_bulk(_keys(named)))


def _name_users(named: Named) -> None:
    _put(named, User.objects.only("name", "username").in_bulk(_keys(named)))


def _course(
    events: Sequence[CaseEvent], letters: Sequence[CaseLetter], post: Post, *, on: date
) -> list[tuple[EventText, list[CaseLetter]]]:
    """Tell the events as the post may read them, each with its letters."""
    by_name, hidden = {link.letter.reference: link for link in letters}, unseen(post, events)
    texts = [tell(event, on=on, hidden=hidden) for event in events]
    return [(text, [by_name[name] for name in text.letters if name in by_name]) for text in texts]


def opinion_for(case: PetitionCase, post: Post) -> Opinion | None:
    """Find the latest opinion. A draft is the business of the unit that writes it."""
    drafts_too = post.unit_id == case.holder_id
    return next((opinion for opinion in _opinions(case.pk) if drafts_too or opinion.signed_on), None)


def last_event(case: PetitionCase) -> CaseEvent | None:
    """Find the latest event of the matter, with its unit."""
    return case.events.select_related("unit").order_by("-seq").first()


def _events(case: PetitionCase) -> QuerySet[CaseEvent]:
    return case.events.defer("previous_hash", "hash")


def _drafts(case: PetitionCase, post: Post) -> list[LetterDraft]:
    if post.role not in READERS:
        return []
    return [draft for draft in _drafts_of(case.pk, post.unit_id) if draft.state in OPEN_DRAFTS]


def _added(case: PetitionCase, joined: Sequence[PetitionCase]) -> list[CaseAttachment]:
    rows = list(_ADDED.filter(case__in=[case, *joined])) if joined else _attachments(case.pk)
    _put([(rows, ("case",))], {one.pk: one for one in (case, *joined)})
    return rows


def _arrivals(case: PetitionCase, joined: Sequence[PetitionCase]) -> list[Petition]:
    if joined:
        arrivals = list(_ARRIVED.filter(case__in=[case, *joined])[:ARRIVALS])
        companions = list(Companion.objects.filter(petition__in=arrivals))
    else:
        arrivals, companions = _petitions(case.pk), _companions(case.pk)
    _put([(arrivals, ("case",))], {one.pk: one for one in (case, *joined)})
    people: Named = [(arrivals, ("lead",)), (companions, ("petitioner",))]
    # Who came first is known already; most matters know nobody else.
    known = {case.lead_id: case.lead}
    _put(people, known | Petitioner.objects.in_bulk(_keys(people) - set(known)))
    for arrival in arrivals:
        beside = [companion for companion in companions if companion.petition_id == arrival.pk]
        vars(arrival)["_prefetched_objects_cache"] = {"companions": beside}
    return arrivals
