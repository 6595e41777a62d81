"""Requests of a matter that are compared with those of another, one by one."""

from typing import Any

from django import forms

from cases.web.procedure.forms.base import MoveForm


def same_requests() -> forms.TypedMultipleChoiceField:
    """Make the field in which each request is ticked that was found to be the same."""
    return forms.TypedMultipleChoiceField(
        label="核对为同一诉求的各项", coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="文字完全一致的不用勾选；只是表述不同的，逐项核对以后勾选；有新的诉求的，不能这样办理",
    )  # fmt: skip


class SameRequests(MoveForm):
    """A form that compares the requests of its matter; where they stand in it, a subclass says (`same_requests`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["same_requests"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101  declared by the subclass
        field.choices = [(one.order, one.text) for one in self.case.requests.order_by("order")]
