"""Which form each act of 督办 asks, and which verb does it."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from supervision.causes import verbs
from supervision.causes.permissions import Act
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
)

VERBS: Mapping[str, Callable[..., Any]] = {
    "drop": verbs.drop,
    "record": verbs.record,
    "list": verbs.list_on_board,
    "receipt": verbs.sign_for,
    "answer": verbs.answer,
    "receive": verbs.receive,
    "judge": verbs.judge,
    "recheck": verbs.recheck,
}
FORMS: Mapping[str, type[forms.Form]] = {
    "drop": DropForm,
    "record": RecordForm,
    "list": ListForm,
    "receipt": ReceiptForm,
    "answer": AnswerForm,
    "receive": ReceiveForm,
    "judge": JudgeForm,
    "recheck": RecheckForm,
}
# A proposal is adopted, partly, or not.
OF_PROPOSALS: Mapping[str, type[forms.Form]] = {"answer": AdoptionForm, "receive": ReceiveAdoptionForm}


def form_of(act: Act, found: SupervisionCase) -> type[forms.Form]:
    """What the act asks; drafting a letter asks the facts of its kind instead."""
    own = OF_PROPOSALS if found.family is Family.PROPOSAL else {}
    return own.get(act.slug, FORMS[act.slug])
