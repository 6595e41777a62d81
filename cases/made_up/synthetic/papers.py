"""Facts of a made-up matter's letters: the same that `cases.facts` gathers from rows."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.kinds.handing_over import ASSIGNMENT, OBJECTION, PROCEDURAL_ACCEPTANCE, REFERRAL
from binzhou_xinfang.letters.kinds.handling import COMPLETION_REPORT, DELIVERY_PROOF, OPINION
from binzhou_xinfang.letters.kinds.notices import ACCEPTANCE, EXTENSION
from binzhou_xinfang.statute.models import settled
from binzhou_xinfang.statute.overlay import SHANDONG, Norm
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.wording import say_date
from cases.facts import DUE_FACT, Facts, contact, petitioner_of, query_way
from cases.facts.laws import SECRECY, own_rules, passing_law, way_law
from cases.made_up.synthetic.course import Course
from cases.models import Deadline
from cases.vocabulary import Channel


def facts_of(
    kind: LetterKind, course: Course, *, on: date, by: Post, clocks: Sequence[Deadline], own: Mapping[str, Any]
) -> Facts:
    """Gather all that the letter can say, of the matter, the clocks just started and the act (`own`)."""
    dues = {DUE_FACT[clock.rule]: clock.legal_on for clock in clocks if clock.rule in DUE_FACT}
    gather = _GATHER.get(kind)
    return _arrival(course) | dues | (gather(course, on, by) if gather else {}) | dict(own)


def _arrival(course: Course) -> Facts:
    case, office = course.case, course.office.unit
    return {
        "addressee": course.lead.name,
        "petitioner": petitioner_of(course.lead, course.case.people),
        "case_number": case.number,
        "received_on": case.received_on,
        "channel": Channel(case.channel).label,
        "matter": case.title,
        "query_way": query_way(office),
    }


def _hand_over(course: Course, on: date, by: Post) -> Facts:
    return {
        "addressee": course.desk.unit.name,
        "requests": [request.text for request in course.requests],
        "jurisdiction_reason": course.case.legal_basis,
        "basis": _law(course, by),
        "own_rules": own_rules(course.desk.unit),
        "secrecy": SECRECY if course.case.is_sealed else "",
        **contact(by),
    }


def _procedural(course: Course, on: date, by: Post) -> Facts:
    way = "交办" if course.letter(ASSIGNMENT) else "转送"
    unit, code = course.desk.unit.name, course.petitions[0].query_code
    law = {"basis": _law(course, by), "own_rules": own_rules(course.desk.unit)}
    return law | {"way": way, "to_unit": unit, "sent_on": on, "query_code": code}


def _law(course: Course, by: Post) -> str:
    return passing_law(by.unit, course.desk.unit, is_assigned=course.case.is_assigned)


def _handed(course: Course) -> Facts:
    """Tell the day and the letter by which the matter reached the unit."""
    handed = course.letter(ASSIGNMENT) or course.letter(REFERRAL)
    assert handed is not None  # noqa: S101  the road passes the matter on first
    word, day = ("交办" if handed.kind == ASSIGNMENT else "转送"), handed.issued_on
    return {
        "received_on": course.clock(Rule.NOTICE).started_on,
        "via": f"由{handed.issuer}{day.year}年{day.month}月{day.day}日{word}",
    }


def _acceptance(course: Course, on: date, by: Post) -> Facts:
    own = {
        "query_code": course.petitions[0].query_code,
        "basis": way_law(course.case.legal_way),
        "accepted_on": on,
    }
    return own | _handed(course)


def _objection(course: Course, on: date, by: Post) -> Facts:
    handed = course.letter(ASSIGNMENT) or course.letter(REFERRAL)
    assert handed is not None  # noqa: S101  as above
    clock = course.clock(Rule.OBJECTION)
    return {
        "addressee": course.office.unit.name,
        "referral_number": handed.number,
        "referred_on": handed.issued_on,
        "received_on": clock.started_on,
        "due_on": clock.legal_on,
        "basis": "《信访工作条例》第二十三条第三款",
    }


def _extension(course: Course, on: date, by: Post) -> Facts:
    return {"accepted_on": course.clock(Rule.HANDLING).started_on}


def _opinion(course: Course, on: date, by: Post) -> Facts:
    opinion, body = course.opinion, course.desk.review_body
    assert opinion is not None  # noqa: S101  the road drafts first
    own = {
        "accepted_on": course.clock(Rule.HANDLING).started_on,
        "findings": opinion.facts,
        "bases": opinion.basis.splitlines(),
        "answers": _answers(course),
        "review_unit": body.name,
        "review_address": body.address,
        "lapse_basis": SHANDONG[Norm.NO_REVIEW_IN_TIME] if settled(on).is_in_force(Norm.NO_REVIEW_IN_TIME) else "",
    }
    return own | _handed(course)


def _answers(course: Course) -> list[dict[str, str]]:
    texts = {request.pk: request.text for request in course.requests}
    return [
        {"request": texts[answer.request_id], "outcome": answer.get_result_display(), "opinion": answer.text}
        for answer in course.answers
    ]


def _number(course: Course, kind: LetterKind) -> str:
    letter = course.letter(kind)
    return letter.number if letter else ""


def _proof(course: Course, on: date, by: Post) -> Facts:
    number = _number(course, OPINION)
    return {"recipient": course.lead.name, "document": OPINION.label, "document_number": number}


def _report(course: Course, on: date, by: Post) -> Facts:
    assigned, opinion = course.letter(ASSIGNMENT), course.opinion
    return {
        "addressee": course.office.unit.name,
        "assignment_number": _number(course, ASSIGNMENT),
        "assigned_on": assigned.issued_on if assigned else None,
        "process": [f"{say_date(day, on)}，{note}" for day, note in course.investigated],
        "findings": opinion.facts if opinion else "",
        "answers": _answers(course),
        "answer_kind": OPINION.label,
        "opinion_number": _number(course, OPINION),
    }


_GATHER: Mapping[LetterKind, Callable[[Course, date, Post], Facts]] = {
    REFERRAL: _hand_over,
    ASSIGNMENT: _hand_over,
    PROCEDURAL_ACCEPTANCE: _procedural,
    ACCEPTANCE: _acceptance,
    OBJECTION: _objection,
    EXTENSION: _extension,
    OPINION: _opinion,
    DELIVERY_PROOF: _proof,
    COMPLETION_REPORT: _report,
}
