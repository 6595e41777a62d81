"""The forms of 重大紧急: every body that must be told is asked for by name."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.web.fields import line, moment, text
from cases.procedure.urgent.calls import to_be_called
from cases.procedure.urgent.report import Told, owed, owed_by, told_of
from cases.states import Move
from cases.vocabulary_beside import Informed, Means
from cases.web.procedure.forms.base import MoveForm
from cases.web.procedure.forms.table import form_of


class ToldForm(MoveForm):
    """The base: of each body when it was told, how, and by whom; what is left empty is still owed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = self.bodies()
        for body in Informed:
            if body not in wanted:
                for part in _PARTS:
                    del self.fields[f"{body.value}_{part}"]

    def bodies(self) -> list[Informed]:
        """List the bodies that are asked for."""
        return owed_by(self.post.unit)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        told = [one for body in Informed if (one := self._told(data, body)) is not None]
        return data if self.errors else {**data, "told": told}

    def _told(self, data: dict[str, Any], body: Informed) -> Told | None:
        at, means, by = (data.pop(f"{body.value}_{part}", None) for part in _PARTS)
        if at is None:
            if means or by:
                self.add_error(f"{body.value}_at", f"请填写告知{body.label}的时间；尚未告知的，三项都不填。")
            return None
        if not means or not by:
            self.add_error(f"{body.value}_{'by' if means else 'means'}", f"请写明告知{body.label}的方式和由谁告知。")
            return None
        return Told(body, at, Means(means), by)


_PARTS = ("at", "means", "by")


def _asked(body: Informed) -> dict[str, forms.Field]:
    return {
        f"{body.value}_at": moment(f"{body.label}：何时告知", required=False),
        f"{body.value}_means": forms.ChoiceField(
            label=f"{body.label}：方式", choices=[("", "尚未告知"), *Means.choices], required=False
        ),
        f"{body.value}_by": line(f"{body.label}：由谁告知", required=False, max_length=100),
    }


def _with_bodies(form: type[ToldForm]) -> type[ToldForm]:
    """Give the form the three questions of every body."""
    fields = {**form.base_fields, **{name: field for body in Informed for name, field in _asked(body).items()}}
    form.declared_fields = form.base_fields = fields
    return form


@form_of(Move.REPORT_URGENT)
@_with_bodies
class ReportUrgentForm(ToldForm):
    content = text("报告内容", rows=5)
    measures = text("已采取的措施", rows=3)

    def proposed(self) -> dict[str, Any]:
        return {"content": self.case.summary}

    def counted(self, typed: Callable[[str], Any]) -> tuple[date, list[str]]:
        on, said = super().counted(typed)
        called = "、".join(to_be_called(self.case, timezone.now()))
        hours = current_rulebook().on(on).number(Key.URGENT_TOLD_HOURS)
        calls = f"不分时段立即通知{called}" if called else "本系统内没有可以通知的人，请立即电话报告"
        return on, [*said, calls, f"上列尚未告知的机关，应当在{hours}小时内报告、通报并登记"]


@form_of(Move.TELL_URGENT)
@_with_bodies
class TellUrgentForm(ToldForm):
    def bodies(self) -> list[Informed]:
        return owed(self.case, self.post)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not data["told"]:
            self.add_error(None, "请至少登记一个已报告、通报的机关。")
        return data

    def proposed(self) -> dict[str, Any]:
        waiting = self.bodies()
        return {f"{waiting[0].value}_at": timezone.localtime()} if waiting else {}


@form_of(Move.UNTELL_URGENT)
class UntellUrgentForm(MoveForm):
    receivers = forms.MultipleChoiceField(
        label="登记有误的机关", choices=Informed.choices, widget=forms.CheckboxSelectMultiple,
        help_text="改为尚待报告；确已报告的，再按实际情况登记",
    )  # fmt: skip
    reason = text("更正的理由", rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = told_of(self.case, self.post)
        choice = self.fields["receivers"]
        assert isinstance(choice, forms.MultipleChoiceField)  # noqa: S101  declared above
        choice.choices = [(one.value, one.label) for one in known]
