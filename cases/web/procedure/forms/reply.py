"""The forms of an opinion: one answer for each request."""

from typing import Any

from binzhou_xinfang.web.fields import text
from cases.models import PetitionCase
from cases.states import Move
from cases.web.procedure.forms.answers import AnswersField
from cases.web.procedure.forms.base import MoveForm, body_above
from cases.web.procedure.forms.table import form_of


class AnsweringForm(MoveForm):
    """A form with the fields `answers` and `review_body`."""

    proposes = {"review_body": "上一级机关、单位由组织关系决定（第三十五条）"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answers"].widget.requests = tuple(self.case.requests.all())
        self.offer_above("review_body", self.case.responsible or self.case.holder)

    def clean_answers(self) -> dict[int, tuple[str, str]]:
        """Gather the answers by the id of the request, as the verb takes them."""
        answers: dict[int, tuple[str, str]] = self.cleaned_data["answers"]
        ids = {request.order: request.pk for request in self.case.requests.all()}
        return {ids[order]: answer for order, answer in answers.items() if order in ids}


@form_of(Move.DRAFT)
class DraftForm(AnsweringForm):
    facts = text("事实认定情况", rows=6, help_text="时间、地点、主要事实和证据")
    basis = text("依据", help_text="法律、法规、规章或者政策的名称和条款")
    answers = AnswersField(label="对各项诉求的处理意见")
    review_body = body_above("复查机关", help_text="原办理机关的上一级机关、单位")
    field_order = ["facts", "answers", "basis", "review_body"]

    def proposed(self) -> dict[str, Any]:
        # A draft is the unit's own until it is signed: no other desk reads it, not even on a page that has gone stale.
        return _earlier_draft(self.case) if self.case.holder_id == self.post.unit_id else {}


def _earlier_draft(case: PetitionCase) -> dict[str, Any]:
    opinion = case.opinions.filter(signed_on=None).first()
    if opinion is None:
        return {}
    answers = [
        {"order": answer.request.order, "result": answer.result, "text": answer.text}
        for answer in opinion.answers.select_related("request")
    ]
    return {
        "facts": opinion.facts,
        "basis": opinion.basis,
        "review_body": opinion.review_body.code,
        "answers": answers,
    }
