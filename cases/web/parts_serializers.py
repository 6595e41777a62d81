"""Parts that several answers of the API share: masked persons, clocks, letters, attachments.

The docstring of a serializer is its description in the schema, hence Chinese. Clocks want `today` in the context.
"""

from datetime import date
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.statute.periods import PERIODS, Rule
from binzhou_xinfang.statute.reckoning import Reckoning
from binzhou_xinfang.web.serializers import UnitSerializer
from cases.models import CaseAttachment, CaseLetter, Deadline, Petitioner
from cases.states import Move, PaperKind
from cases.web.entry_serializers import EntriesSerializer


class PersonSerializer(EntriesSerializer):
    """信访人，身份信息已脱敏；完整信息须在页面上说明事由后查看，并留有日志。"""

    entries_model = Petitioner


class ClockSerializer(serializers.Serializer[Any]):
    """事项的一个期限。"""

    id = serializers.IntegerField(label="编号")
    rule = serializers.ChoiceField(choices=Rule.choices, label="期限")
    name = serializers.CharField(source="get_rule_display", label="期限名称")
    article = serializers.CharField(label="依据")
    unit = UnitSerializer(allow_null=True, label="义务单位")
    started_on = serializers.DateField(label="起算事件日（当日不计入）")
    days = serializers.IntegerField(allow_null=True, label="指定天数")
    extended_by = serializers.IntegerField(label="延长天数")
    strict = serializers.DateField(source="strict_on", label="届满日（不顺延，考核用）")
    legal = serializers.DateField(source="legal_on", label="届满日（遇休息日顺延，法定）")
    provisional = serializers.BooleanField(source="is_provisional", label="暂算")
    met_on = serializers.DateField(allow_null=True, label="完成日")
    cancelled_on = serializers.DateField(allow_null=True, label="取消日")
    is_running = serializers.BooleanField(label="正在计算")
    was_in_time = serializers.BooleanField(allow_null=True, label="按期完成")
    days_left = serializers.SerializerMethodField(label="剩余天数")
    steps_url = serializers.SerializerMethodField(label="计算过程的地址")

    def get_days_left(self, clock: Deadline) -> int | None:
        today: date = self.context["today"]
        return clock.days_left(today)

    def get_steps_url(self, clock: Deadline) -> str:
        return reverse("api:deadline", args=[clock.case.number, clock.pk])


class ReckoningSerializer(serializers.Serializer[Any]):
    """期限的届满日和计算过程。"""

    rule = serializers.ChoiceField(choices=Rule.choices, label="期限")
    article = serializers.SerializerMethodField(label="依据")
    start = serializers.DateField(label="起算日（当日不计入）")
    strict = serializers.DateField(label="届满日（不顺延）")
    legal = serializers.DateField(label="届满日（遇休息日顺延）")
    provisional = serializers.BooleanField(label="暂算：该年度工作日历尚未公布")
    steps = serializers.SerializerMethodField(label="计算过程")

    def get_article(self, reckoning: Reckoning) -> str:
        return PERIODS[reckoning.rule].article

    def get_steps(self, reckoning: Reckoning) -> list[str]:
        return [step.text for step in reckoning.steps]


class CaseLetterSerializer(serializers.Serializer[Any]):
    """事项的一件文书；正文见下载地址。"""

    id = serializers.IntegerField(label="编号")
    kind = serializers.ChoiceField(choices=LetterKind.choices, source="letter.kind", label="文种")
    name = serializers.CharField(source="letter.get_kind_display", label="文种名称")
    number = serializers.CharField(source="letter.number", label="文号")
    issuer = serializers.CharField(source="letter.issuer", label="制发机关")
    issued_on = serializers.DateField(source="letter.issued_on", label="成文日期")
    sha256 = serializers.CharField(source="letter.sha256", label="签发文本的 SHA-256，签发后不再改变")
    move = serializers.ChoiceField(choices=Move.choices, allow_blank=True, label="来自的办理动作；另行拟制的为空")
    url = serializers.SerializerMethodField(label="下载地址（docx）")

    def get_url(self, link: CaseLetter) -> str:
        return reverse("api:letter", args=[link.case.number, link.pk])


class AttachmentSerializer(serializers.Serializer[Any]):
    """附件。"""

    id = serializers.IntegerField(label="编号")
    name = serializers.CharField(label="文件名")
    kind = serializers.ChoiceField(choices=PaperKind.choices, allow_blank=True, label="材料种类，随办理动作提交的才有")
    size = serializers.IntegerField(source="file.size", label="字节数")
    unit = serializers.CharField(source="unit.name", label="上传单位")
    uploaded_by = serializers.CharField(source="uploaded_by.name", label="上传人")
    uploaded_at = serializers.DateTimeField(label="上传时间")
    url = serializers.SerializerMethodField(label="下载地址")

    def get_url(self, attachment: CaseAttachment) -> str:
        # Read as a part of the file, it has the address of the file, whatever matter it came with.
        number = self.context.get("number") or attachment.case.number
        return reverse("api:attachment", args=[number, attachment.pk])
