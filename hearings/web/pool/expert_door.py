"""听证专家: forms, list and page of a person of the pool."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.accounts.models.unit import PLACES as PLACE_KINDS
from binzhou_xinfang.process.pages import Door, Finder
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.days import year_day
from binzhou_xinfang.web.fields import LinesField, PickField, day, line, text
from hearings.models import Expert, ExpertKind, ExpertState, Speciality
from hearings.permissions import POOL_READERS
from hearings.pool.experts import experts

PLACES = Unit.objects.filter(kind__in=PLACE_KINDS)


def reason() -> forms.CharField:
    """Make the field of a reason."""
    return text("理由", rows=2, max_length=200)


def specialities(*, required: bool = True, help_text: str = "") -> forms.MultipleChoiceField:
    """Make the field of the fields of an expert."""
    return forms.MultipleChoiceField(
        label="专业领域", choices=Speciality.choices, widget=forms.CheckboxSelectMultiple, required=required,
        help_text=help_text,
    )  # fmt: skip


def _names(label: str, help_text: str) -> LinesField:
    return LinesField(
        label=label, required=False, max_lines=30, max_length=100, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class FormerForm(OfficeForm):
    """The common part: who it is, where from, what he has to keep out of."""

    name = line("姓名", max_length=40)
    kind = forms.ChoiceField(label="身份", choices=ExpertKind.choices)
    specialities = specialities()
    region = PickField(PLACES, source="cases:places", label="所在地区")
    organisation = line("工作单位", max_length=100, help_text="写全称，抽取时据此判断是否与当事单位同单位")
    title = line("职务、职称", required=False, max_length=60)
    former = _names("曾任职单位", "每行一个：单位全称，空格，离任日期，例如：滨州市住房和城乡建设局 2024-06-30")
    interests = _names("有利害关系的单位", "每行一个：兼职、持股、法律顾问等")
    relatives = _names("亲属和利害关系人", "每行一个姓名，由本人申报；加密保存，只用于抽取时判断回避，页面不显示")
    phone = line("联系电话", required=False, max_length=30)

    def clean_former(self) -> list[list[str]]:
        return [_former(given) for given in self.cleaned_data["former"]]


def _former(given: str) -> list[str]:
    body, _, last = given.rpartition(" ")
    try:
        return [body.strip() or _refuse(given), date.fromisoformat(last).isoformat()]
    except ValueError as fault:
        raise forms.ValidationError(
            f"“{given}”应写明单位和离任日期，中间空一格，例如：滨州市住房和城乡建设局 2024-06-30。"
        ) from fault


def _refuse(given: str) -> str:
    raise ValueError(given)


class ListForm(FormerForm):
    """入库。"""

    term_from = day("聘期起")
    term_to = day("聘期止")


class CorrectForm(FormerForm):
    """更正。"""

    reason = reason()


class CertifyForm(OfficeForm):
    """登记证书。"""

    certificate = line("证书名称", max_length=60, help_text="例如：法律职业资格证书、心理咨询师证书")
    number = line("证书编号", max_length=60)
    valid_to = day("有效期至", required=False, help_text="长期有效的不填")


class DecertifyForm(OfficeForm):
    """注销证书。"""

    number = line("证书编号", max_length=60)
    reason = reason()


class TermForm(OfficeForm):
    """聘期。"""

    term_from = day("聘期起")
    term_to = day("聘期止")
    reason = reason()


class EndForm(OfficeForm):
    """出库。"""

    reason = reason()


class ExpertFilter(OfficeForm):
    """Filter of the list."""

    q = line("姓名、工作单位", required=False, max_length=40)
    field = forms.ChoiceField(label="专业领域", required=False, choices=[("", "全部"), *Speciality.choices])
    standing = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), *ExpertState.choices, ("lapsed", "聘期已满")]
    )


def select(rows: "QuerySet[Expert]", said: dict[str, Any]) -> "QuerySet[Expert]":
    """Select the experts that a filter asks for."""
    if said["q"]:
        rows = rows.filter(name__contains=said["q"]) | rows.filter(organisation__contains=said["q"])
    if said["field"]:
        rows = rows.filter(specialities__contains=[said["field"]])
    if said["standing"] == "lapsed":
        return rows.filter(state=ExpertState.LISTED, term_to__lt=timezone.localdate())
    return rows.filter(state=said["standing"]) if said["standing"] else rows


def facts(expert: Expert) -> dict[str, str]:
    """Tell of an expert what the page of one shows; of relatives only how many are declared."""
    papers = [str(paper) for paper in expert.certificates.all() if paper.withdrawn_on is None]
    return {
        "编号": expert.code, "身份": expert.get_kind_display(), "专业领域": expert.fields_said,
        "所在地区": expert.region.name, "工作单位": " ".join(filter(None, (expert.organisation, expert.title))),
        "聘期": f"{year_day(expert.term_from)}至{year_day(expert.term_to)}", "证书": "；".join(papers) or "没有登记",
        "曾任职单位": "；".join(f"{body}（至{_said(until)}）" for body, until in expert.former) or "没有",
        "有利害关系的单位": "；".join(expert.interests) or "没有申报",
        "亲属和利害关系人": f"已申报{len(expert.relatives)}人" if expert.relatives else "没有申报",
        "联系电话": expert.masked_phone or "没有登记", "管理单位": expert.office.name,
        "被抽中": f"{getattr(expert, 'load', 0)}次",
    }  # fmt: skip


def columns(expert: Expert) -> dict[str, str]:
    """Tell of an expert what the list shows."""
    return {
        "工作单位": expert.organisation, "身份": expert.get_kind_display(), "专业领域": expert.fields_said,
        "地区": expert.region.short_name, "聘期": _term(expert), "被抽中": f"{getattr(expert, 'load', 0)}次",
    }  # fmt: skip


def _said(until: str) -> str:
    return year_day(date.fromisoformat(until))


def _term(expert: Expert) -> str:
    """Tell the last day of the term, and that it is over."""
    over = expert.state == ExpertState.LISTED and expert.term_to < timezone.localdate()
    return f"至{year_day(expert.term_to)}{'，已满' if over else ''}"


def prepare(form: forms.Form, expert: Expert | None, post: Post) -> None:
    """Let what is known stand in a form; what was declared of relatives too, for who may correct it."""
    if expert is None:
        return
    there = {name: getattr(expert, name) for name in form.fields if hasattr(expert, name)}
    for name in ("interests", "relatives"):
        if name in there:
            there[name] = "\n".join(there[name] or [])
    if "former" in there:
        there["former"] = "\n".join(f"{body} {until}" for body, until in expert.former)
    if "region" in there:
        there["region"] = expert.region.code
    form.initial.update(there)


EXPERTS = Door(
    experts, "experts", facts=facts, begins="list", beginning="专家入库",
    icon="school", group="听证", readers=POOL_READERS,
    columns=columns, finder=Finder(ExpertFilter, select), prepare=prepare,
    forms={
        "list": ListForm, "correct": CorrectForm, "certify": CertifyForm, "decertify": DecertifyForm,
        "renew": TermForm, "end": EndForm, "restore": TermForm,
    },
)  # fmt: skip
