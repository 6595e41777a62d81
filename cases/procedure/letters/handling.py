"""告知、延期、意见书、送达、办结: letters of the unit that handles the matter."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.kinds.handing_over import ASSIGNMENT
from binzhou_xinfang.letters.kinds.handling import OPINION, OWN_WAY_REPLY
from binzhou_xinfang.letters.kinds.notices import DECLINE, NO_FURTHER_ACCEPTANCE, STATUTORY_ROUTE
from binzhou_xinfang.letters.kinds.review import RECHECK_OPINION, REVIEW_OPINION
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.overlay import SHANDONG, Norm
from binzhou_xinfang.statute.wording import say_date
from cases.facts.laws import way_law
from cases.facts.matter import (
    Facts,
    accepted_on,
    earlier_letter,
    first_petition,
    signed_opinion,
    unit_received_on,
    via,
)
from cases.models import PetitionCase
from cases.procedure.opinion import Answers, Wording, answers_of
from cases.states import State
from cases.vocabulary import Answer, LegalWay

ANSWERS = (OPINION, REVIEW_OPINION, RECHECK_OPINION)


def notice(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather the way and the day by which the matter came to who gives the notice."""
    return {"received_on": unit_received_on(case), "via": via(case, on)}


def acceptance(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather the facts of the notice with which the period of the unit begins."""
    return notice(case, on, by) | {
        "query_code": first_petition(case).query_code,
        "basis": way_law(case.legal_way) if case.legal_way else "《信访工作条例》",
        "accepted_on": on,
    }


def own_way(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather the facts of the notice that tells by which way of its own the matter is handled."""
    words = _WAY_WORDS.get(LegalWay(case.legal_way)) if case.legal_way else None
    return notice(case, on, by) | {"query_code": first_petition(case).query_code, "way_words": words}


_WAY_WORDS: Mapping[LegalWay, str] = {
    LegalWay.ADVICE: (
        "该事项属于建议意见，由我单位依照《信访工作条例》第二十九条第一款的规定研究论证；"
        "科学合理、具有现实可行性的，予以采纳或者部分采纳，并予以回复"
    ),
    LegalWay.DISCIPLINE: (
        "该事项属于检举控告，由我单位依照《信访工作条例》第三十条第一款的规定，依规依纪依法受理、办理和反馈；"
        "对你的检举、揭发材料和有关情况，依照规定保密"
    ),
    LegalWay.STATUTORY_DUTY: (
        "该事项属于申请查处违法行为、履行保护人身权或者财产权等合法权益职责，"
        "由我单位依照《信访工作条例》第三十一条第五项的规定，按照有关法律、法规、规章规定的程序依法履行职责或者答复"
    ),
}
# 第三十一条第五项: what is done by law has the remedies of that law, and not those of the petition.
_OWN_REMEDY = "该事项依照有关法律、法规、规章办理；对办理结果不服的，按照其规定的途径提出"


def own_way_reply(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather the way by which the matter was handled, and where it may be taken further."""
    way = LegalWay(case.legal_way)
    remedy = _OWN_REMEDY if way is LegalWay.STATUTORY_DUTY else ""
    return notice(case, on, by) | {"basis": way_law(way), "remedy": remedy}


def extension(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather the facts of the period that is prolonged, and its beginning."""
    return {"accepted_on": accepted_on(case)}


def opinion(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather all that 第三十二条 wants in the opinion, and the remedy."""
    signed = signed_opinion(case)
    wording = Wording(signed.facts, signed.basis, answers_of(signed), signed.review_body)
    return notice(case, on, by) | worded(case, wording, on=on)


def worded(case: PetitionCase, wording: Wording, *, on: date) -> Facts:
    """Tell the words of an opinion, finished or in the making, as its letter prints them."""
    body = wording.review_body
    return {
        "accepted_on": accepted_on(case),
        "findings": wording.facts,
        "bases": [line for line in wording.basis.splitlines() if line.strip()],
        "answers": _answers(case, wording.answers),
        "review_unit": body.name if body else "",
        "review_address": body.address if body else "",
        "lapse_basis": lapse_basis(on),
    }


def lapse_basis(on: date) -> str:
    """Name the law by which a right that nobody used in time, without a good reason, is gone; "" where none binds."""
    is_in_force = current_rulebook().on(on).is_in_force(Norm.NO_REVIEW_IN_TIME)
    return SHANDONG[Norm.NO_REVIEW_IN_TIME] if is_in_force else ""


def proof(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather the facts of the answer that was delivered."""
    answer = earlier_letter(case, *ANSWERS)
    kind = LetterKind(answer.kind) if answer else OPINION
    return {"recipient": case.lead.name, "document": kind.label, "document_number": answer.number if answer else ""}


def report(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather the course and the end for the assigner (第二十二条第三项)."""
    assigned, ended = earlier_letter(case, ASSIGNMENT), _ENDED_BY.get(State(case.state))
    return {
        "addressee": (case.assigner or case.registered_unit).name,
        "assignment_number": assigned.number if assigned else "",
        "assigned_on": assigned.issued_on if assigned else None,
        "process": [f"{say_date(day, on)}，{note}" for day, note in _noted(case)],
        **(_of_end(case, ended, on) if ended else _of_answer(case)),
    }


# The notices by which an assigned matter ends without an answer; what was found says the act itself.
_ENDED_BY = {State.DECLINED: DECLINE, State.NOT_AGAIN: NO_FURTHER_ACCEPTANCE, State.ROUTED: STATUTORY_ROUTE}


def _of_end(case: PetitionCase, kind: LetterKind, on: date) -> Facts:
    notice = earlier_letter(case, kind)
    nobody = "信访人的姓名（名称）、住址不清，无法告知"
    noted = [] if _noted(case) else [f"{say_date(unit_received_on(case), on)}，收到该信访事项并进行审查"]
    return {
        **({"process": noted} if noted else {}),
        "attitude": "已书面告知信访人" if notice else nobody,
        "answer_kind": kind.label if notice else "",
        "opinion_number": notice.number if notice else nobody,
    }


def _of_answer(case: PetitionCase) -> Facts:
    letter, signed = earlier_letter(case, OPINION, OWN_WAY_REPLY), case.opinions.exclude(signed_on=None).first()
    return {
        "findings": signed.facts if signed else "",
        "answers": _answers(case, answers_of(signed)) if signed else [],
        "answer_kind": LetterKind(letter.kind).label if letter else "",
        "opinion_number": letter.number if letter else "已直接答复信访人",
    }


def _noted(case: PetitionCase) -> list[tuple[date, str]]:
    """List what was done on the way to the answer, each with its day."""
    noted = case.events.filter(kind__in=("investigate", "study")).order_by("seq")
    return [
        (date.fromisoformat(day) if (day := detail.get("happened_on")) else timezone.localdate(happened_at), str(note))
        for happened_at, detail in noted.values_list("happened_at", "detail")
        if (note := detail.get("note"))
    ]


def _answers(case: PetitionCase, answers: Answers) -> list[dict[str, str]]:
    """List what the opinion says to each request."""
    labels = dict(Answer.choices)
    told = [(request, *answers[request.pk]) for request in case.requests.all() if request.pk in answers]
    return [
        {"request": one.text, "outcome": str(labels.get(result, "")), "opinion": said} for one, result, said in told
    ]
