"""期限与参数 in the API."""

from typing import Any

from rest_framework import serializers

from binzhou_xinfang.web.input_serializers import InputSerializer
from cases.keeping.in_force import Line


class PendingSerializer(serializers.Serializer[Any]):
    """已经设定、尚未生效的值。"""

    value = serializers.JSONField(label="设定值")
    effective_from = serializers.DateField(label="生效日期")


class SettingSerializer(serializers.Serializer[Any]):
    """一项期限或者参数。"""

    key = serializers.CharField(source="parameter.key", label="名称")
    name = serializers.CharField(source="parameter.label", label="中文名称")
    basis = serializers.CharField(source="parameter.source", label="依据")
    default = serializers.JSONField(source="parameter.default", label="规定的值")
    value = serializers.JSONField(label="执行的值")
    said = serializers.CharField(label="执行的值（文字）")
    effective_from = serializers.SerializerMethodField(label="自何日起；没有另行设定的为空")
    to_come = PendingSerializer(many=True, label="待生效")
    version = serializers.SerializerMethodField(label="版本：设定时原样送回")

    def get_version(self, line: Line) -> int:
        return int(self.context["versions"].get(f"setting:{line.parameter.key}", 0))

    def get_effective_from(self, line: Line) -> str | None:
        return line.entry.effective_from.isoformat() if line.entry else None


class SettingsQuerySerializer(InputSerializer):
    """哪一天执行的。"""

    on = serializers.DateField(required=False, label="日期，不填为今天")


class SettingInputSerializer(InputSerializer):
    """设定一项期限或者参数。"""

    key = serializers.CharField(max_length=60, label="名称")
    value = serializers.JSONField(
        label="设定值：整数、true或false、选项的值、编号格式；"
        "提醒阶梯为字符串列表，例如 -3:handler、1:head+office:supervision"
    )
    effective_from = serializers.DateField(label="生效日期；影响届满日、编号和遮盖的最早为次日")
    reason = serializers.CharField(max_length=200, label="理由")
    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1, label="读取时得到的version")
