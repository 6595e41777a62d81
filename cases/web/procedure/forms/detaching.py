"""The form that takes an arrival out of the wrong matter."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms

from binzhou_xinfang.web.fields import LinesField, PickField, text
from cases.models import Petition
from cases.states import Move
from cases.web.procedure.forms.base import MoveForm
from cases.web.procedure.forms.correcting import ArrivalField
from cases.web.procedure.forms.table import form_of
from cases.web.window.entry_fields import PLACES
from cases.window.correcting import later_arrivals


@form_of(Move.DETACH)
class DetachForm(MoveForm):
    arrival = ArrivalField(
        Petition.objects.none(), label="另立的来件", to_field_name="number", empty_label=None,
        help_text="按自己的编号另立为事项，从来件之日起计算期限，在登记机构重新甄别",
    )  # fmt: skip
    region = PickField(PLACES, source="cases:places", label="问题属地")
    requests = LinesField(
        label="主要诉求", max_lines=20, max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="一行一项，答复时逐项处理",
    )  # fmt: skip
    reason = text("不属于同一事项的理由", rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["arrival"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101  declared above
        choice.queryset = later_arrivals(self.case)

    def proposed(self) -> dict[str, Any]:
        return {"region": self.case.region.code}

    def counted(self, typed: Callable[[str], Any]) -> tuple[date, list[str]]:
        on, said = super().counted(typed)
        return on, [*said, "来件按自己的编号另立为新的事项，由其登记机构重新甄别；本事项的期限和状态不变"]
