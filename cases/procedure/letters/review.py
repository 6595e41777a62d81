"""听证、调解、复查复核、化解: letters that tell of a course outside the straight road."""

from datetime import date

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters import wording
from binzhou_xinfang.letters.kinds.handling import OPINION
from binzhou_xinfang.letters.kinds.review import REVIEW_OPINION
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.overlay import SHANDONG, Norm
from cases.facts.laws import review_law
from cases.facts.matter import Facts, contact, earlier_letter
from cases.models import PetitionCase, Review
from cases.procedure.letters.handling import lapse_basis
from cases.vocabulary import ReviewKind, ReviewResult


def hearing(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather the facts of a hearing, with whom the petitioner may ask."""
    return contact(by)


def request(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather the petitioner's request as it was written down for the body above."""
    review = _latest(case)
    return _against(case, review) | {
        "addressee": review.body.name,
        "requests": [review.claim],
        "reasons": review.grounds,
        "applicant_phone": (review.applicant or case.lead).phone,
        "applicant_address": (review.applicant or case.lead).address,
    }


def refusal(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather which opinion the request was against, and the law by which the body may not take it up."""
    review = _latest(case)
    against, name = _against(case, review), review.get_kind_display()
    is_review = review.kind == ReviewKind.REVIEW
    number, day = ("opinion_number", "opinion_on") if is_review else ("review_number", "review_on")
    of_day = f"{wording.day(against[day])}作出的" if against[day] else "作出的"
    return {
        "against": f"{against['respondent']}{of_day}{against[number]}{'处理意见' if is_review else '复查意见'}",
        "basis": review_law(review, on=on),
        "request_name": name,
        "received_on": review.requested_on,
    }


def opinion(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather the opinion of the body above, with the way onward of a review; a recheck is the last word."""
    review = _latest(case)
    body = review.above if review.result != ReviewResult.REVOKE else None
    above = {"recheck_unit": body.name, "recheck_address": body.address} if body else {}
    return _against(case, review) | {
        "requested_on": review.requested_on,
        "accepted_on": review.accepted_on,
        "requests": [review.claim],
        "claims": review.grounds,
        "findings": review.facts,
        "bases": [line for line in review.basis.splitlines() if line.strip()],
        "decision": review.get_result_display(),
        "decision_reasons": review.decision,
        "changed_to": review.changed_to,
        **_redo(case, review, on),
        "lapse_basis": lapse_basis(on),
        "hearing": review.hearing,
        **above,
    }


def _redo(case: PetitionCase, review: Review, on: date) -> Facts:
    """Gather who does it again in how many days, and that it must not end in the same; empty where nothing was
    revoked."""
    if not review.redo_days:
        return {}
    must_differ = current_rulebook().on(on).is_in_force(Norm.REDO_DIFFERS)
    return {
        "redo_unit": (case.responsible or case.registered_unit).name,
        "redo_days": review.redo_days,
        "redo_basis": SHANDONG[Norm.REDO_DIFFERS] if must_differ else "",
    }


def _latest(case: PetitionCase) -> Review:
    review = case.reviews.select_related("body", "above").first()
    if review is None:
        raise Refusal("该事项没有复查、复核申请。")
    return review


def _against(case: PetitionCase, review: Review) -> Facts:
    """Gather who asks against whom, and the opinions with their days."""
    original = earlier_letter(case, OPINION)
    signed = case.opinions.exclude(signed_on=None).first()
    answers_for_it = (case.responsible or case.registered_unit).name
    unit = _named(original.issuer, answers_for_it) if original else answers_for_it
    facts: Facts = {
        "applicant": (review.applicant or case.lead).name,
        "respondent": unit,
        # A simple answer by telephone has no number.
        "opinion_number": original.number if original else "简易答复",
        "opinion_on": signed.signed_on if signed else None,
        "opinion_received_on": signed.delivered_on if signed else None,
    }
    if review.kind == ReviewKind.RECHECK:
        facts |= _reviewed(case)
    return facts


def _named(maker: str, now: str) -> str:
    """Name who made the opinion, and who goes on with its powers: nobody is accused of what another one has decided
    (第二十四条第二款)."""
    return maker if maker == now else f"原{maker}（职权由{now}继续行使）"


def _reviewed(case: PetitionCase) -> Facts:
    review = case.reviews.filter(kind=ReviewKind.REVIEW).exclude(signed_on=None).select_related("body").first()
    letter = earlier_letter(case, REVIEW_OPINION)
    if review is None or letter is None:
        raise Refusal("没有找到复查意见书。")
    return {
        "respondent": review.body.name,
        "review_number": letter.number,
        "review_on": letter.issued_on,
        "review_received_on": review.delivered_on,
    }


def resolution(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather how the matter was settled for good."""
    signed = case.opinions.exclude(signed_on=None).first()
    answer = earlier_letter(case, OPINION)
    return {
        "addressee": case.registered_unit.name,
        "requests": [request.text for request in case.requests.all()] or [case.summary],
        "findings": signed.facts if signed else case.summary,
        "document_number": answer.number if answer else "",
    }
