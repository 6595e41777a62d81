"""One matter on a long road, with numbers of people in every text that somebody types on the way, and all its seats."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.handling import INVESTIGATION_REPORT
from binzhou_xinfang.letters.kinds.registration import RECEIPT, REGISTRATION_FORM
from binzhou_xinfang.notices.writing import write_due
from cases.attaching import attach
from cases.drafts.verbs import draft_letter
from cases.entries.declaration import Nature, asked_of
from cases.evaluation.verbs import Said, evaluate
from cases.logbook.verbs import write_entry
from cases.models import Petition, PetitionCase, Petitioner
from cases.models.evaluation import AnswerChannel, EvaluationObject, Verdict
from cases.papers.printing import print_paper
from cases.procedure import perform
from cases.states import Move
from cases.vocabulary_beside import Book
from cases.web.logbook.log_forms import ENTRY_FORMS
from cases.web.procedure.forms import MOVE_FORMS
from cases.window.registration import register as register_arrival
from cases.window.registration import register_repeat
from supervision.causes.opening import open_cause
from supervision.models import Measure, Trigger
from tests.factories import PostFactory
from tests.moves import sent
from tests.office import Office, arrival, make_office, maker, matter
from tests.secrets.poison import Poison

# The telephone of the office itself, and names: for all to read, or hidden by a rule of their own.
NOT_POISONED = frozenset({"contact_phone", "name", "recipient", "phone", "address", "hour", "email"})
# An opinion is not signed with an ID in it.
IDS, NONE = frozenset({"id", "old id"}), frozenset[str]()
# As long a life as one matter can have; what it may not make at its place is left out.
ROAD: tuple[Move, ...] = (
    Move.CORRECT, Move.AMEND, Move.REPORT_URGENT, Move.TELL_URGENT, Move.ASK_DATA, Move.GO_ON,
    Move.TRIAGE, Move.REFER, Move.OBJECT, Move.REFUSE_OBJECTION, Move.SIGN_FOR, Move.ACCEPT, Move.CALL_IN,
    Move.FEED_BACK, Move.ASK_RECUSAL, Move.REFUSE_RECUSAL, Move.INVESTIGATE, Move.MEDIATE, Move.FAIL_MEDIATION,
    Move.ASK_HEARING, Move.CALL_HEARING, Move.CONCLUDE_HEARING, Move.CONFER, Move.CONCLUDE_CONFERENCE,
    Move.ASK_EXTENSION, Move.APPROVE_EXTENSION, Move.DRAFT, Move.RETURN_DRAFT, Move.DRAFT, Move.CHECK, Move.SIGN,
    Move.DELIVER, Move.CORRECT_DELIVERY, Move.ASK_REVIEW, Move.ACCEPT_REVIEW, Move.DRAFT_REVIEW, Move.RETURN_REVIEW,
    Move.DRAFT_REVIEW, Move.SIGN_REVIEW, Move.DELIVER_REVIEW, Move.ASK_RECHECK, Move.ACCEPT_RECHECK,
    Move.CALL_RECHECK_HEARING, Move.CONCLUDE_RECHECK_HEARING, Move.DRAFT_RECHECK, Move.RETURN_RECHECK,
    Move.DRAFT_RECHECK, Move.SIGN_RECHECK, Move.DELIVER_RECHECK, Move.PUBLISH,
)  # fmt: skip


class Poisoned:
    """The matter, the small city around it, and what was written into it."""

    def __init__(self, at: datetime) -> None:
        self.at, self.poison, self.office = at, Poison(), make_office()
        posts = [*self.office.every_post(), *_others(self.office)]
        # One of each role, and the handler's own head: others of the role read the same pages.
        self.seats = list({(post.role, post.unit_id == self.office.housing.pk): post for post in posts}.values())
        self.made: list[Move] = []
        self.refused: dict[Move, str] = {}
        self.case = self._register()
        for move in ROAD:
            self._step(move)
            self._beside(move)
        write_due(at=at)

    def _register(self) -> PetitionCase:
        lead = Petitioner(
            name="刘某", id_number="371602198001011235", phone="13976540001", landline="0543-7654321",
            email="liu.xiaofang@example.cn", address="滨州市滨城区彭李街道和平小区9号楼",
        )  # fmt: skip
        came = arrival(self.at.date(), lead=lead, content=self._text("小区地下车库漏水", None, "content"),
                       requests=[self._text("修好车库", 500, "requests"), self._text("公开账目", 500, "requests")],
                       petition=self._entries(Petition))  # fmt: skip
        case = register_arrival(
            came, matter(self.office, **self._entries(PetitionCase)), by=self.office.clerk, at=self.at
        )
        again = arrival(self.at.date(), content=self._text("又来反映", None, "content again"))
        register_repeat(again, case.case, by=self.office.clerk, at=self.at)
        return PetitionCase.objects.get(pk=case.case.pk)

    def _text(self, base: str, longest: int | None, where: str, without: frozenset[str] = frozenset()) -> str:
        return self.poison.text(base, longest=longest, where=where, without=without)

    def _entries(self, model: Any) -> dict[str, str]:
        texts = [entry for entry in asked_of(model) if entry.nature is Nature.TEXT and entry.name != "content"]
        return {
            entry.name: self._text("", entry.longest or entry.column.max_length, f"{model.__name__}.{entry.name}")
            for entry in texts
        }

    def _step(self, move: Move) -> None:
        by = maker(self.office, move)
        try:
            form_class = MOVE_FORMS[move]
            given = self._poisoned(move, form_class(case=self.case, post=by).fields)
            form = form_class(given, given, case=self.case, post=by)
            if not form.is_valid():
                raise Refusal(form.errors.as_text())
            self.case = perform(move, self.case, by=by, at=self.at, **form.cleaned_data)
            self.made.append(move)
        except Refusal as refusal:
            self.refused[move] = str(refusal)
            self.case = PetitionCase.objects.get(pk=self.case.pk)

    def _poisoned(self, move: Move, fields: dict[str, forms.Field]) -> dict[str, Any]:
        given = sent(move, self.at.date())
        for name, value in given.items():
            field, where = fields.get(name), f"{move.value}.{name}"
            if name == "answers":
                given[name] = [one | {"text": self._text(one["text"], 2000, where, IDS)} for one in value]
            elif (
                not value
                or name in NOT_POISONED
                or isinstance(value, UploadedFile)
                or not isinstance(field, forms.CharField)
            ):
                continue
            elif isinstance(value, list):
                given[name] = [self._text(line, min(60, getattr(field, "longest", 60)), where, IDS) for line in value]
            elif isinstance(value, str):
                given[name] = self._text(
                    value, getattr(field, "longest", field.max_length), where, IDS if "draft" in move else NONE
                )
        return given

    def _beside(self, move: Move) -> None:
        """Write beside the road, once it has come so far."""
        if self.made[-1:] == [Move.INVESTIGATE] == [move]:
            self._attach_and_draft()
            self._supervise()
            for book in Book:
                self._log(book)
        if self.made[-1:] == [Move.DELIVER] == [move]:
            said = {each: Said(Verdict.UNSATISFIED, self._text("", 200, "remark")) for each in EvaluationObject}
            by, on = self.office.clerk, self.at.date()
            evaluate(self.case, said=said, channel=AnswerChannel.CALLED_BACK, given_on=on, by=by, at=self.at)
            self.case = PetitionCase.objects.get(pk=self.case.pk)

    def print_papers(self) -> None:
        """Print what the petitioner takes home, and what the office keeps, of the first arrival."""
        petition = self.case.petitions.earliest("pk")
        for kind in (REGISTRATION_FORM, RECEIPT):
            print_paper(petition, kind=kind, by=self.office.clerk, at=self.at)

    def _attach_and_draft(self) -> None:
        upload = SimpleUploadedFile(f"{self._text('证明', 150, 'file')}.txt", "证明材料".encode())
        attach(self.case, upload=upload, by=self.office.handler, at=self.at)
        facts = {name: self._text("经查", 300, f"draft.{name}") for name in INVESTIGATION_REPORT.facts
                 if name not in NOT_POISONED and not name.endswith("_on")}  # fmt: skip
        draft_letter(self.case, kind=INVESTIGATION_REPORT, facts=facts, by=self.office.handler, at=self.at)

    def _supervise(self) -> None:
        open_cause(
            self.case, office=self.office.bureau, unit=self.office.housing,
            measure=Measure.ONLINE, trigger=Trigger.HAND,
            key=f"poison:{self.case.pk}", problem=self._text("没有按期办理", 200, "supervision"), article="第三十八条",
            at=self.at, facts={"reasons": [self._text("经查", 300, "supervision.facts")]},
        )  # fmt: skip

    def _log(self, book: Book) -> None:
        for by in (self.office.handler, self.office.clerk, self.office.head):
            form = ENTRY_FORMS[book]()
            data = dict(form.initial) | {
                name: self._text("记录", getattr(field, "max_length", None) or 200, f"{book.value}.{name}")
                for name, field in form.fields.items()
                if type(field) is forms.CharField
            }
            with suppress(Refusal):
                write_entry(self.case, book=book, data=data, by=by, at=self.at)
                return


def _others(office: Office) -> list[Post]:
    """A seat of every role that the small city has not."""
    taken = {post.role for post in office.every_post()}
    return [PostFactory(unit=office.bureau, role=role) for role in Role if role not in taken]
