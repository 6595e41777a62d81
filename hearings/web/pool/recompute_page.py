"""复核抽取结果: the page on which anybody, signed in or not, reckons a published draw again. Nothing is kept."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.typed import cleaned_deeply
from binzhou_xinfang.web.fields import text
from binzhou_xinfang.web.rates import slowed
from hearings.pool import drawing

_TEXTS = ("rule", "pool_sha256", "seed_sha256", "seed", "word")
_MOST = 2000


class RecomputeForm(OfficeForm):
    """The text that was made known of a draw."""

    told = text("公布的内容", rows=10, max_length=200_000, help_text="把公布的抽取内容整段粘贴在这里")

    def clean_told(self) -> Mapping[str, Any]:
        try:
            # What JSON writes as \\u.... comes in only here, after the form was cleaned.
            told = cleaned_deeply(json.loads(self.cleaned_data["told"]))
        except (ValueError, RecursionError) as fault:
            raise forms.ValidationError("粘贴的内容不完整，请从第一个花括号到最后一个花括号整段复制。") from fault
        if not isinstance(told, dict) or (missing := [part for part in drawing.PARTS if part not in told]):
            names = "、".join(missing) if isinstance(told, dict) else ""
            raise forms.ValidationError(f"粘贴的内容不是抽取以后公布的内容{f'，缺少：{names}' if names else ''}。")
        if not _is_whole(told):
            raise forms.ValidationError("粘贴的内容有改动，名单、校验值或者人数的写法不对。")
        return told


def _is_whole(told: Mapping[str, Any]) -> bool:
    lists = [told["pool"], told["ranking"]]
    if not all(isinstance(codes, list) and len(codes) <= _MOST for codes in lists):
        return False
    number = told["number"]
    are_texts = all(isinstance(one, str) for one in (*told["pool"], *told["ranking"], *(told[name] for name in _TEXTS)))
    return are_texts and isinstance(number, int) and 0 < number <= len(told["pool"])


@require_http_methods(["GET", "HEAD", "POST"])
@slowed
def recompute(request: HttpRequest) -> HttpResponse:
    """Ask for the text; POST reckons it and shows each lot."""
    form = RecomputeForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "rule": drawing.RULE}
    if form.is_valid():
        told = form.cleaned_data["told"]
        lots = drawing.ranked(told["pool"], seed=told["seed"], word=told["word"])
        context |= {"faults": list(drawing.faults(told)), "lots": lots, "number": told["number"], "is_done": True}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "hearings/pool/recompute.html", context, status=status)
