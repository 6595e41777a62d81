"""Forms of the acts that keep the house; pages and API ask the same."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone

from binzhou_xinfang.accounts.models import Unit, UnitKind
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.undecided import EVERY
from binzhou_xinfang.web.fields import PickField, day, line, text
from cases.models import LegalRoute, Topic

_MARK_HELP = "公文文号的开头，例如：滨建"
_ALIASES_HELP = "查找时也能用的叫法，用顿号分开，例如：住建局、房管局"


def _reason() -> forms.CharField:
    return line("理由")


def _basis(help_text: str = "机构改革方案、编办文件等") -> forms.CharField:
    return line("依据", help_text=help_text)


def _unit(label: str, *, required: bool = True, help_text: str = "") -> PickField:
    return PickField(Unit.objects.all(), source="cases:units", label=label, required=required, help_text=help_text)


def _from_today(form: forms.Form, *names: str) -> None:
    """Begin these days with today."""
    for name in names:
        form.fields[name].initial = timezone.localdate


class NewUnitForm(OfficeForm):
    """新设机构。"""

    name = line("名称", max_length=100, help_text="全称，文书署名用")
    short_name = line("简称", max_length=40)
    aliases = line("俗称", required=False, help_text=_ALIASES_HELP)
    code = forms.CharField(
        label="代码", max_length=32, validators=[RegexValidator(r"^[0-9A-Za-z-]+$", "代码只能用字母、数字和连字符")],
        help_text="以后不能改动，例如：371602-zj",
    )  # fmt: skip
    kind = forms.ChoiceField(label="类别", choices=UnitKind.choices)
    parent = _unit("上级", help_text="所在地区，或者所属的机构")
    guided_by = _unit("上级主管机关", required=False, help_text="例如县级部门填写市级主管部门")
    letter_mark = line("发文代字", required=False, max_length=20, help_text=_MARK_HELP)
    phone = line("电话", required=False, max_length=40)
    address = line("地址", required=False)
    valid_from = day("设立日期")
    basis = _basis()


class RenameForm(OfficeForm):
    """机构更名。"""

    name = line("新名称", max_length=100)
    short_name = line("新简称", max_length=40)
    effective_on = day("生效日期", help_text="自这一天起用新名称；晚于今天的，到日自动更名")
    basis = _basis()


class MoveForm(OfficeForm):
    """调整隶属。"""

    parent = _unit("新的上级")
    effective_on = day("生效日期", help_text="同意以后自这一天起调整；晚于这一天同意的，自同意之日起")
    basis = _basis()


class AmendUnitForm(OfficeForm):
    """更正机构资料。"""

    proposes = {EVERY: "现在登记的内容"}

    aliases = line("俗称", required=False, help_text=_ALIASES_HELP)
    kind = forms.ChoiceField(label="类别", choices=UnitKind.choices)
    guided_by = _unit("上级主管机关", required=False)
    letter_mark = line("发文代字", required=False, max_length=20, help_text="改动后文号按新代字接着编")
    region_code = line("行政区划代码", required=False, max_length=12)
    phone = line("电话", required=False, max_length=40)
    address = line("地址", required=False)
    valid_from = day("设立日期", required=False)
    reason = _reason()


class EndUnitForm(OfficeForm):
    """撤销没有在办事项的机构。"""

    valid_to = day("最后一日")
    moved_to = _unit("职能并入", required=False)
    basis = _basis()


class NewUserForm(OfficeForm):
    """新建账号。"""

    username = forms.CharField(
        label="用户名",
        max_length=150,
        validators=[RegexValidator(r"^[\w.@+-]+$", "用户名只能用字母、数字和 . @ + - _")],
    )
    name = line("姓名", max_length=50)
    phone = line("联系电话", required=False, max_length=40)
    reason = line("理由", help_text="例如：新调入窗口工作人员")


class AmendUserForm(OfficeForm):
    """更正姓名、电话。"""

    name = line("姓名", max_length=50)
    phone = line("联系电话", required=False, max_length=40)
    reason = _reason()


class ReasonForm(OfficeForm):
    """只问理由。"""

    reason = _reason()


class AskPostForm(OfficeForm):
    """申请授予岗位。"""

    unit = _unit("机构")
    role = forms.ChoiceField(label="角色", choices=Role.choices)
    from_on = day("任职之日")
    to_on = day("任职最后一日", required=False, help_text="没有期限的不填")
    reads_sealed = forms.BooleanField(
        label="指定阅办检举控告", required=False, help_text="《信访工作条例》第三十条：只指定给必需的人员"
    )
    is_deputy = forms.BooleanField(
        label="分管负责人", required=False, help_text="单位负责人中的分管领导：一般意见由其签发"
    )
    reason = _reason()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("from_on") and said.get("to_on") and said["to_on"] < said["from_on"]:
            self.add_error("to_on", "任职最后一日不能早于任职之日。")
        return said


class EndPostForm(OfficeForm):
    """结束岗位。"""

    to_on = day("任职最后一日", help_text="当日仍可办理，次日起不再担任")
    reason = _reason()


class AskTokenForm(OfficeForm):
    """申请接口令牌。"""

    purpose = line("用途", max_length=60)
    days = forms.IntegerField(label="有效天数", min_value=1, max_value=366)
    reason = _reason()


class DecideForm(OfficeForm):
    """审批意见。"""

    decided_why = line("审批意见", required=False)


class RefuseForm(OfficeForm):
    """不同意的理由。"""

    decided_why = line("理由")


class WordsForm(OfficeForm):
    """内容分类的俗称。"""

    aliases = line("俗称", required=False, help_text="群众常用的叫法，用顿号分开，例如：欠薪、拖欠工资")
    reason = _reason()


class AmendRouteForm(OfficeForm):
    """更正法定途径。"""

    proposes = {EVERY: "现在登记的内容"}
    way = forms.ChoiceField(label="途径", choices=LegalRoute._meta.get_field("way").choices or [])
    name = line("程序", max_length=100, help_text="例如：行政复议")
    organ = line("受理机关", max_length=100)
    topics = line("适用内容分类", required=False, help_text="分类代码或者其前几位，用空格分开；不填的适用于各类")
    papers = text("提交材料", rows=3, max_length=1000, help_text="一行一种，或者用分号分开")
    time_limit = line("提出期限", max_length=100, help_text="没有查明的写“按有关规定”")
    answer_limit = line("办理期限", required=False, max_length=100)
    source = line("依据", help_text="法律、法规、规章的名称和条款")
    reason = _reason()

    def clean_topics(self) -> str:
        """Refuse a beginning that no topic in use has: nothing would ever be found by it."""
        beginnings = dict.fromkeys(self.cleaned_data["topics"].split())
        for beginning in beginnings:
            if not Topic.objects.filter(is_current=True, code__startswith=beginning).exists():
                raise forms.ValidationError(f"没有以“{beginning}”开头的内容分类，请核对代码。")
        return " ".join(beginnings)


class NewRouteForm(AmendRouteForm):
    """新增法定途径。"""

    proposes = {}
    code = forms.SlugField(
        label="代码", max_length=40, help_text="以后不能改动，用字母、数字和连字符，例如：labour-arbitration",
        error_messages={"invalid": "代码只能用字母、数字和连字符。"},
    )  # fmt: skip
    field_order = ("code",)
