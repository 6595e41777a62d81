"""The form that each step of a 督办件 asks."""

from collections.abc import Mapping

from django import forms

from binzhou_xinfang.process.steps import Step
from supervision.models import Family, SupervisionCase
from supervision.web.causes.forms import (
    AdoptionForm,
    AnswerForm,
    DropForm,
    JudgeForm,
    ListForm,
    ReceiptForm,
    ReceiveAdoptionForm,
    ReceiveForm,
    RecheckForm,
    RecordForm,
    ReturnAnswerForm,
    SignAnswerForm,
)

FORMS: Mapping[str, type[forms.Form]] = {
    "drop": DropForm,
    "record": RecordForm,
    "list": ListForm,
    "receipt": ReceiptForm,
    "answer": AnswerForm,
    "sign-answer": SignAnswerForm,
    "return-answer": ReturnAnswerForm,
    "receive": ReceiveForm,
    "judge": JudgeForm,
    "recheck": RecheckForm,
}
# A proposal is adopted, partly, or not.
OF_PROPOSALS: Mapping[str, type[forms.Form]] = {"answer": AdoptionForm, "receive": ReceiveAdoptionForm}


def form_of(row: Step[SupervisionCase], cause: SupervisionCase) -> type[forms.Form]:
    """Choose the form of the act; drafting a letter asks the facts of its kind instead."""
    own = OF_PROPOSALS if cause.family is Family.PROPOSAL else {}
    return own.get(row.key.value, FORMS[row.key.value])
