"""听证员抽取: forms, list and page of a draw."""

import json
from collections import Counter
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from binzhou_xinfang import typed
from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.process.pages import Door, Finder
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.web.days import year_day
from binzhou_xinfang.web.fields import LinesField, PickField, day, line
from hearings.models import Draw, DrawState, Reason
from hearings.pool import drawing
from hearings.pool.checking import findings, published
from hearings.pool.draws import by_code, draws
from hearings.web.pool.expert_door import PLACES, reason, specialities


def _names(label: str, help_text: str) -> LinesField:
    return LinesField(
        label=label, required=False, max_lines=30, max_length=100, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class CommitForm(OfficeForm):
    """封存候选名单。"""

    case = line("信访事项编号", max_length=40)
    hearing_on = day("拟定听证日期", help_text="专家的聘期、证书按这一天判断；通知应在10个工作日以前送达")
    number = forms.IntegerField(label="听证员人数", min_value=1, max_value=21, help_text="单数")
    specialities = specialities(required=False, help_text="有其中一项即可；都不选的不限")
    region = PickField(PLACES, source="cases:places", label="专家所在地区", required=False)
    needs_certificate = forms.BooleanField(label="须持有效证书", required=False)
    parties = _names("其他当事人", "每行一个姓名或者名称；已登记的信访人、代表、代理人自动计入")
    party_units = _names("其他当事单位", "每行一个；承办、协办单位和涉及企业自动计入")


class DrawForm(OfficeForm):
    """公开抽取。"""

    word = line(
        "现场数字", required=False, max_length=40,
        help_text="由信访人或者在场的人当场报出，计入抽取；没有人报出的不填",
    )  # fmt: skip


class ReplaceForm(OfficeForm):
    """递补。"""

    member = line("退出的听证员", max_length=20)
    reason = reason()


class DiscardForm(OfficeForm):
    """作废。"""

    reason = reason()


class DrawFilter(OfficeForm):
    """Filter of the list."""

    q = line("事项编号", required=False, max_length=40)
    unit = PickField(Unit.objects.all(), source="cases:units", label="组织单位", required=False, takes_ended=True)
    standing = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *DrawState.choices])


def select(rows: "QuerySet[Draw]", said: dict[str, Any]) -> "QuerySet[Draw]":
    """Select the draws that a filter asks for."""
    if said["q"]:
        rows = rows.filter(case__number__contains=typed.spelled(said["q"]))
    if said["unit"]:
        rows = rows.filter(unit=said["unit"])
    return rows.filter(state=said["standing"]) if said["standing"] else rows


def facts(draw: Draw) -> dict[str, str]:
    """Tell of a draw what is made known of it at its stage."""
    wanted = "、".join(filter(None, (draw.region.name if draw.region else "", "须持有效证书" * draw.needs_certificate)))
    return {
        "信访事项": draw.case.number, "组织单位": draw.unit.name, "拟定听证日期": year_day(draw.hearing_on),
        "听证员人数": f"{draw.number}人", "候选人数": f"{len(draw.pool)}人", "其他条件": wanted or "没有",
        "候选名单校验值": draw.pool_sha256, "种子校验值": draw.seed_sha256,
        "种子": draw.seed if draw.ranking else "抽取以后公布", "现场数字": draw.word or "没有",
    }  # fmt: skip


def columns(draw: Draw) -> dict[str, str]:
    """Tell of a draw what the list shows."""
    return {
        "组织单位": draw.unit.short_name, "拟定听证日期": year_day(draw.hearing_on), "人数": f"{draw.number}人",
        "候选": f"{len(draw.pool)}人",
    }  # fmt: skip


def beside(draw: Draw, post: Post) -> dict[str, Any]:
    """Gather the members, the lots, whom the rule left out, and the text that is made known."""
    people = by_code([*draw.pool, *(code for code, _ in draw.left_out)])
    lots = drawing.ranked(draw.pool, seed=draw.seed, word=draw.word) if draw.ranking else []
    counted = Counter(reason for _, reasons in draw.left_out for reason in reasons)
    return {
        "members": draw.members.select_related("expert", "replaces__expert").all(),
        "lots": [(place, code, people[code].name, lot) for place, (lot, code) in enumerate(lots, start=1)],
        "pool": [people[code] for code in draw.pool],
        "left_out": [(reason.label, counted[reason]) for reason in Reason if counted[reason]],
        "published": json.dumps(published(draw), ensure_ascii=False, indent=1),
        "altered": list(findings(draw)),
    }


def prepare(form: forms.Form, draw: Draw | None, post: Post) -> None:
    """Offer the members who stand, and the least number of a new draw."""
    if "number" in form.fields and draw is None:
        least = current_rulebook().on(timezone.localdate()).number(Key.HEARING_MEMBERS)
        form.initial.setdefault("number", least)
    if "member" in form.fields and draw is not None:
        standing = [one.expert for one in draw.members.select_related("expert") if one.withdrawn_at is None]
        choices = [("", "请选择"), *((one.code, f"{one.name}（{one.organisation}）") for one in standing)]
        form.fields["member"].widget = forms.Select(choices=choices)


DRAWS = Door(
    draws, "draws", facts=facts, begins="commit", beginning="抽取听证员",
    icon="arrows-shuffle", group="听证", columns=columns,
    finder=Finder(DrawFilter, select), prepare=prepare, part="hearings/pool/_draw.html", beside=beside,
    forms={"commit": CommitForm, "draw": DrawForm, "replace": ReplaceForm, "discard": DiscardForm},
)  # fmt: skip
