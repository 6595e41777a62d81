"""Demands on an opinion before it leaves the house (条例第三十二条, reference §10.2)."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from binzhou_xinfang.accounts.hierarchy import refuse_not_above
from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.personal_numbers import tells_an_id
from cases.models import Opinion, PetitionCase, RequestAnswer
from cases.states import Move
from cases.vocabulary import Answer, Channel
from cases.window.earlier_matters import overlap

Answers = Mapping[int, tuple[str, str]]

# 最高人民法院行政诉讼法解释第一条第二款第九项: acts of petition work are outside administrative litigation. That a
# quarrel with a third party may be brought before a court can well be said.
_LAWSUIT = re.compile(r"行政诉讼|不服[^。；]{0,30}(诉讼|起诉)")
# Whoever writes over the net is answered there.
_ONLINE = frozenset({Channel.WEB, Channel.MESSAGE_BOARD, Channel.LEADER_MAILBOX, Channel.HOTLINE})
# Two answers that share so much of their text are basically the same (山东省信访条例第四十五条).
SAME = 0.8


def refuse_unanswered(case: PetitionCase, answers: Answers) -> None:
    """Raise Refusal when a request has no result or no text (第三十二条)."""
    for request in case.requests.all():
        result, text = answers.get(request.pk, ("", ""))
        if result not in Answer.values or not text.strip():
            raise Refusal(f"第{request.order}项诉求还没有答复，每项诉求都应当有处理意见。", field="answers")


def answers_of(opinion: Opinion) -> dict[int, tuple[str, str]]:
    """Read the answers of an opinion by the id of the request."""
    return {answer.request_id: (answer.result, answer.text) for answer in opinion.answers.all()}


def keep_answers(opinion: Opinion, answers: Answers) -> None:
    """Store one answer for each request of the matter."""
    opinion.answers.all().delete()
    RequestAnswer.objects.bulk_create(
        RequestAnswer(opinion=opinion, request=request, result=answers[request.pk][0], text=answers[request.pk][1])
        for request in opinion.case.requests.all()
    )


@dataclass(frozen=True)
class Wording:
    """The words of an opinion, finished or in the making."""

    facts: str
    basis: str
    answers: Answers
    review_body: Unit | None


def refuse_unfit_opinion(case: PetitionCase, opinion: Opinion, *, on: date, is_published: bool = False) -> None:
    """Raise Refusal naming the first thing for which the opinion may not be signed.

    `is_published`: the petitioner has long had the text from elsewhere; it is recorded as it was worded.
    """
    wording = Wording(opinion.facts, opinion.basis, answers_of(opinion), opinion.review_body)
    for fault in faults_of(case, wording, on=on, is_published=is_published):
        raise fault


def faults_of(case: PetitionCase, wording: Wording, *, on: date, is_published: bool = False) -> list[Refusal]:
    """List everything for which an opinion of these words may not be signed (第三十二条, reference §10.2): one rule for
    the signature and for the page on which it is written."""
    texts = (wording.facts, wording.basis, *(text for _, text in wording.answers.values()))
    checks: list[Callable[[], None]] = [
        partial(refuse_unanswered, case, wording.answers),
        partial(_refuse_without_basis, wording.basis),
        *([] if is_published else [partial(refuse_unfit_wording, texts)]),
        partial(_refuse_without_review, case, wording.review_body, on=on),
        partial(_refuse_undeliverable, case),
        *([] if is_published or case.is_simple else [partial(_refuse_unheard, case)]),
    ]
    return [fault for check in checks if (fault := _fault(check)) is not None]


def _fault(check: Callable[[], None]) -> Refusal | None:
    try:
        check()
    except Refusal as fault:
        return fault
    return None


def _refuse_without_basis(basis: str) -> None:
    if not basis.strip():
        raise Refusal("意见书没有写明法律法规政策依据（第三十二条），写明后才能签发。", field="basis")


def _refuse_without_review(case: PetitionCase, body: Unit | None, *, on: date) -> None:
    if body is None:
        raise Refusal("意见书没有写明复查机关（第三十五条）。", field="review_body")
    refuse_review_body(case, body, on=on)


def refuse_unfit_wording(texts: Iterable[str]) -> None:
    """Raise Refusal when an opinion offers a lawsuit against itself, or tells somebody's ID number."""
    if any(_LAWSUIT.search(text) for text in texts):
        raise Refusal(
            "信访事项意见的救济途径是复查、复核，不能写提起诉讼；依法应当作出行政决定的，请另行作出。", field="facts"
        )
    if any(tells_an_id(text) for text in texts):
        raise Refusal("意见书正文中有身份证件号码，请删去后再签发。", field="facts")


def refuse_review_body(case: PetitionCase, body: Unit, *, on: date) -> None:
    """Raise Refusal when the body is not next above the responsible unit (第三十五条：上一级机关、单位)."""
    unit = case.responsible or case.holder
    refuse_not_above(body, unit, on=on, role="复查机关", article="第三十五条", field="review_body")


def _refuse_undeliverable(case: PetitionCase) -> None:
    lead = case.lead
    reachable = lead.address or lead.phone or lead.landline or lead.email or lead.is_anonymous
    if not reachable and case.channel not in _ONLINE:
        raise Refusal("信访人没有住址和联系电话，意见书无法送达，请先补充信访人的联系方式。")


def _refuse_unheard(case: PetitionCase) -> None:
    """Raise Refusal where it is written nowhere that the petitioner was heard, or why not (第三十一条第六项)."""
    if case.lead.is_anonymous:
        return
    told = case.events.filter(kind__in=(Move.INVESTIGATE, Move.CONCLUDE_HEARING)).values_list("kind", "detail")
    if not any(
        kind == Move.CONCLUDE_HEARING or detail.get("heard_petitioner") is True or "unheard" in detail
        for kind, detail in told
    ):
        raise Refusal(
            "没有听取信访人陈述事实和理由的记录（第三十一条第六项），请在“记录调查”中补记；未能听取的，写明原因。"
        )


def refuse_same_again(case: PetitionCase, answers: Answers) -> None:
    """Raise Refusal when a redo answers every request as the revoked opinion did (山东省信访条例第四十五条)."""
    revoked = case.opinions.exclude(signed_on=None).first()
    if revoked is None:
        return
    before = {answer.request_id: answer for answer in revoked.answers.all()}
    if before and all(
        pk in before and result == before[pk].result and overlap(text, before[pk].text) >= SAME
        for pk, (result, text) in answers.items()
    ):
        raise Refusal(
            "重新处理的意见与被撤销的意见相同或者基本相同，不得作出（山东省信访条例第四十五条）。", field="answers"
        )
