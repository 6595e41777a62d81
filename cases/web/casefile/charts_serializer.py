"""Answers of the API about the three charts of a matter (F1): the facts that the pictures are drawn from."""

from typing import Any

from rest_framework import serializers

from binzhou_xinfang.web.lights import COLOURS
from cases.casefile.charts.duties import Duty, Stand
from cases.states import Move, State


class StepSerializer(serializers.Serializer[Any]):
    """已经走过的一步。"""

    move = serializers.ChoiceField(choices=Move.choices, label="办理动作")
    name = serializers.CharField(source="label", label="名称")
    state = serializers.ChoiceField(choices=State.choices, allow_null=True, label="到达的状态")
    on = serializers.DateField(label="日期")
    unit = serializers.CharField(label="单位")
    person = serializers.CharField(label="经办人；系统自动办理时为空")


class WaySerializer(serializers.Serializer[Any]):
    """还可以走的一步，不论由谁办理。"""

    move = serializers.ChoiceField(choices=Move.choices, label="办理动作")
    name = serializers.CharField(source="label", label="名称")
    start = serializers.ChoiceField(choices=State.choices, source="source", label="从该状态")
    target = serializers.ChoiceField(choices=State.choices, label="到该状态")
    article = serializers.CharField(label="依据")
    who = serializers.CharField(label="可以办理的单位和岗位")
    clocks = serializers.CharField(label="起算、完成、中止、恢复的期限")
    letters = serializers.ListField(child=serializers.CharField(), label="生成的文书")
    is_likely = serializers.BooleanField(label="通常的下一步")


class FlowSerializer(serializers.Serializer[Any]):
    """流程图：已经办理的、现在的状态、以后可以办理的、一般办理顺序。"""

    state = serializers.ChoiceField(choices=State.choices, label="现在的状态")
    steps = StepSerializer(many=True, label="办理过程")
    ways = WaySerializer(many=True, label="以后可以办理")
    ahead = WaySerializer(many=True, label="一般办理顺序")


class HolderSerializer(serializers.Serializer[Any]):
    """责任人。"""

    name = serializers.CharField(label="姓名")
    role = serializers.CharField(label="身份")
    phone = serializers.CharField(label="电话")


class DutySerializer(serializers.Serializer[Any]):
    """责任图中的一项责任。"""

    name = serializers.CharField(source="label", label="责任")
    unit = serializers.CharField(label="单位")
    phone = serializers.CharField(label="单位电话")
    people = HolderSerializer(many=True, label="责任人")
    basis = serializers.CharField(label="依据")
    standing = serializers.CharField(source="light.words", label="履行情况")
    stand = serializers.SerializerMethodField(label="履行状态：done 已履行，running 履行中，late 超期，waiting 未开始")

    def get_stand(self, duty: Duty) -> str:
        return Stand(duty.stand).name.lower()


class ClockRowSerializer(serializers.Serializer[Any]):
    """时限图中的一个期限。"""

    id = serializers.IntegerField(source="pk", label="编号")
    name = serializers.CharField(source="label", label="期限")
    article = serializers.CharField(label="依据")
    unit = serializers.CharField(label="义务单位")
    started_on = serializers.DateField(label="起算事件日（当日不计入）")
    strict = serializers.DateField(source="strict_on", label="届满日（不顺延，考核用）")
    legal = serializers.DateField(source="legal_on", label="届满日（遇休息日顺延，法定）")
    extended_from = serializers.DateField(allow_null=True, label="延长从该日起")
    pauses = serializers.ListField(
        child=serializers.ListField(child=serializers.DateField()), label="不计入的时间：首日和末日"
    )
    met_on = serializers.DateField(allow_null=True, label="完成日")
    cancelled_on = serializers.DateField(allow_null=True, label="取消日")
    late_until = serializers.DateField(allow_null=True, label="超期到该日")
    provisional = serializers.BooleanField(source="is_provisional", label="暂算")
    light = serializers.ChoiceField(choices=[(colour, colour) for colour in COLOURS], source="light.colour", label="灯")
    standing = serializers.CharField(source="light.words", label="状况")


class ChartsSerializer(serializers.Serializer[Any]):
    """信访事项的流程图、责任图、时限图。"""

    flow = FlowSerializer(label="流程图")
    duties = DutySerializer(many=True, label="责任图")
    clocks = ClockRowSerializer(many=True, label="时限图")
