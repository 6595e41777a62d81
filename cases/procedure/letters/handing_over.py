"""转送、交办、异议、管辖: letters between the office and the units."""

from datetime import date

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.statute.periods import Rule
from cases.facts.laws import SECRECY, own_rules, passing_law
from cases.facts.matter import Facts, arrival_at, contact, first_petition, handing_letter
from cases.models import PetitionCase


def referral(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather the facts for the unit to which the matter is referred; reports of wrongdoing are told to be kept
    secret."""
    law = passing_law(by.unit, case.holder, is_assigned=False)
    secrecy = SECRECY if case.is_sealed else ""
    return _hand_over(case, by, on) | {"basis": law, "own_rules": own_rules(case.holder), "secrecy": secrecy}


def assignment(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather the facts for the unit to which the matter is assigned."""
    return _hand_over(case, by, on) | {"basis": passing_law(by.unit, case.holder, is_assigned=True)}


def _hand_over(case: PetitionCase, by: Post, on: date) -> Facts:
    requests = [request.text for request in case.requests.all()]
    return {
        "addressee": case.holder.name,
        "nameless": _nameless(case),
        "requests": requests or [case.summary],
        "jurisdiction_reason": case.legal_basis,
        **contact(by),
        **arrival_at(case, by.unit, on),
    }


def taking_back(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather the facts for the unit from which the matter is taken back; which letter, says the act."""
    return contact(by)


def procedural(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather the facts for the petitioner: where the matter went."""
    return {
        "basis": passing_law(by.unit, case.holder, is_assigned=case.is_assigned),
        "own_rules": own_rules(case.holder),
        "way": "交办" if case.is_assigned else "转送",
        "to_unit": case.holder.name,
        "sent_on": on,
        "query_code": first_petition(case).query_code,
        **arrival_at(case, by.unit, on),
    }


def objection(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather the facts for the office: which letter the unit objects to."""
    handed = handing_letter(case)
    clock = case.deadlines.filter(rule=Rule.OBJECTION).order_by("-pk").first()
    if handed is None:
        raise Refusal("没有找到转送、交办记录，不能制作异议申请。")
    days = {"received_on": clock.started_on, "due_on": clock.legal_on} if clock else {"received_on": handed.issued_on}
    return days | {
        "addressee": case.holder.name,
        "referral_number": handed.number,
        "referred_on": handed.issued_on,
        "basis": "《信访工作条例》第二十三条第三款",
    }


def jurisdiction(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather the facts for the bodies that did not agree; who had the matter keeps the day of its notice."""
    clock = case.deadlines.running().filter(rule=Rule.NOTICE).order_by("-pk").first()
    last = clock.legal_on if clock else None
    is_over = last is not None and last < on
    days = {"notice_due_on": None if is_over else last, "notice_over_on": last if is_over else None}
    return days | {"addressee": case.holder.name, "nameless": _nameless(case)}


def _nameless(case: PetitionCase) -> str:
    """Say that nobody can be told in writing, where the petitioner gave no name; "" for all others."""
    if not case.lead.is_anonymous:
        return ""
    return "信访人的姓名（名称）、住址不清，不需要书面告知（《信访工作条例》第二十三条第二款）"
