"""The forms that lead a matter to another procedure: an entry of the table of legal ways fills what is left empty."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms

from binzhou_xinfang.web.fields import line, text
from cases.legal_routes import entry_facts, routes_for
from cases.models import LegalRoute
from cases.states import Move
from cases.vocabulary import ROUTED_WAYS, WAYS_OF_KIND, Kind, LegalWay
from cases.web.procedure.forms.base import MoveForm, unit
from cases.web.procedure.forms.table import form_of

_FILLED = ("procedure", "organ", "time_limit", "materials")


@form_of(Move.ROUTE)
class RouteForm(MoveForm):
    field_order = ["listed", *_FILLED, "answer_limit", "reason"]
    proposes = {"listed": "按内容分类查到的法定途径"}
    looks_at = ("listed", *_FILLED, "answer_limit")
    listed = forms.ModelChoiceField(
        LegalRoute.objects.filter(is_current=True), label="法定途径清单", required=False,
        empty_label="清单中没有，逐项填写", help_text="选择后，下面没有填写的各项按清单填写",
    )  # fmt: skip
    procedure = line("法定途径", required=False, help_text="例如：行政复议、劳动人事争议仲裁、向人民法院申请再审")
    organ = line("向哪个机关提出", required=False, max_length=100)
    time_limit = line(
        "应当在什么期限内提出", required=False, max_length=100, help_text="例如：自知道该行政行为之日起60日内"
    )
    materials = text("应当提交的材料", required=False, rows=3)
    answer_limit = line(
        "该机关的办理期限", required=False, max_length=100, help_text="不清楚的写“按有关规定”，或者不填"
    )
    reason = text("理由", required=False, rows=2, help_text="清单中没有该内容的这一途径的，必须写明")

    def proposed(self) -> dict[str, Any]:
        """Propose the entry of the content, when the table has one by name. Its words are not typed in beforehand:
        another entry that is chosen would keep them."""
        named = [route for route in routes_for(self.case.topic, self._way()) if route.beginnings]
        return super().proposed() | ({"listed": named[0].pk} if named else {})

    def _way(self) -> LegalWay | None:
        return LegalWay(self.case.legal_way) if self.case.legal_way in ROUTED_WAYS else None

    def counted(self, typed: Callable[[str], Any]) -> tuple[date, list[str]]:
        """Say what the entry that is chosen tells the petitioner where nothing else is typed."""
        on, said = super().counted(typed)
        listed = typed("listed")
        known = entry_facts(listed) if listed is not None else {}
        told = {name: typed(name) or known.get(name, "") for name in (*_FILLED, "answer_limit")}
        if not all(told[name] for name in _FILLED):
            return on, said
        limit = f"；该机关的办理期限：{told['answer_limit']}" if told["answer_limit"] else ""
        return on, [
            *said,
            f"告知信访人通过{told['procedure']}解决，向{told['organ']}提出；提出的期限：{told['time_limit']}{limit}；"
            f"材料：{told['materials']}",
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        listed = data.get("listed")
        known = entry_facts(listed) if listed is not None else {}
        for name in (*_FILLED, "answer_limit"):
            data[name] = data.get(name) or known.get(name, "")
        for name in _FILLED:
            if not data[name] and name not in self.errors:
                self.add_error(name, "请填写此项，或者从法定途径清单中选择。")
        return data


@form_of(Move.LEAD_OUT)
class LeadOutForm(RouteForm):
    legal_way = forms.ChoiceField(
        label="应当适用的途径", choices=[(way.value, way.label) for way in LegalWay if way in ROUTED_WAYS]
    )
    reason = text("怎样发现的", rows=3, help_text="例如：信访人已就同一事项向法院起诉；经查应当由行政裁决解决")
    field_order = ["legal_way", "reason", "listed", *_FILLED, "answer_limit"]


@form_of(Move.TO_DISCIPLINE)
class ToDisciplineForm(MoveForm):
    to_unit = unit("接收的纪检监察机关")
    reason = text(
        "怎样发现的",
        rows=3,
        help_text="移送后转为检举控告保密件，本单位任何人都不能再查阅，文书由登记机构的指定人员送交（第三十条第三款）",
    )


@form_of(Move.CHANGE_WAY)
class ChangeWayForm(MoveForm):
    legal_way = forms.ChoiceField(label="办理途径", choices=LegalWay.choices)
    reason = text("变更理由", rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["legal_way"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared above
        ways = WAYS_OF_KIND[Kind(self.case.kind)] if self.case.kind else frozenset(LegalWay)
        field.choices = [(way.value, way.label) for way in LegalWay if way in ways and way != self.case.legal_way]
