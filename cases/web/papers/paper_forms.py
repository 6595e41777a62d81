"""Forms of the papers: what the petitioner says in a request for a hearing; an arrival says nothing more."""

from collections.abc import Mapping

from django import forms

from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.kinds.hearing import HEARING_REQUEST
from binzhou_xinfang.letters.kinds.registration import RECEIPT, REGISTRATION_FORM
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.fields import LinesField


class ArrivalPaperForm(OfficeForm):
    """All that the paper says is registered."""


class HearingRequestForm(OfficeForm):
    reasons = LinesField(
        label="申请听证的事实和理由",
        max_lines=20,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="每行一项，按信访人的原意填写，打印后由信访人签名。",
        error_messages={"required": "请填写申请听证的事实和理由。"},
    )
    representatives = LinesField(
        label="代表",
        required=False,
        max_lines=5,
        max_length=100,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="每行一人；多人申请的推选代表，不超过5人。",
    )
    agents = forms.CharField(label="代理人", required=False, max_length=200)
    enclosures = LinesField(
        label="附件",
        required=False,
        max_lines=20,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="每行一项，例如身份证明、处理意见书复印件。",
    )


PAPER_FORMS: Mapping[LetterKind, type[forms.Form]] = {
    REGISTRATION_FORM: ArrivalPaperForm,
    RECEIPT: ArrivalPaperForm,
    HEARING_REQUEST: HearingRequestForm,
}
