"""Parts that several answers of the API share: topics, masked persons, clocks, letters, attachments.

The docstring of a serializer is its description in the schema, hence Chinese. Clocks want `today` in the context.
"""

from datetime import date
from typing import Any

from django.urls import reverse
from rest_framework import serializers

from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.records.masking import mask_address, mask_id_number, mask_name, mask_phone
from binzhou_xinfang.statute.periods import PERIODS, Rule
from binzhou_xinfang.statute.reckoning import Reckoning
from binzhou_xinfang.web.serializers import Masked, UnitSerializer
from cases.models import CaseAttachment, CaseLetter, Deadline
from cases.states import Move
from cases.vocabulary import IdKind, Occupation, Sex


class TopicSerializer(serializers.Serializer[Any]):
    """信访事项内容分类。"""

    code = serializers.CharField(label="代码")
    name = serializers.CharField(source="__str__", label="三级分类名称")


class PersonSerializer(serializers.Serializer[Any]):
    """信访人，身份信息已脱敏；完整信息须在页面上说明事由后查看，并留有日志。"""

    name = Masked(mask_name, label="姓名（名称）")
    is_organisation = serializers.BooleanField(label="法人或其他组织")
    is_anonymous = serializers.BooleanField(label="匿名")
    id_kind = serializers.ChoiceField(choices=IdKind.choices, allow_blank=True, label="证件类型")
    id_number = Masked(mask_id_number, label="证件号码")
    is_id_verified = serializers.BooleanField(label="证件已核验")
    phone = Masked(mask_phone, label="手机号码")
    landline = Masked(mask_phone, label="固定电话")
    address = Masked(mask_address, label="住址")
    address_region = UnitSerializer(allow_null=True, label="住址所在地")
    sex = serializers.ChoiceField(choices=Sex.choices, allow_blank=True, label="性别")
    occupation = serializers.ChoiceField(choices=Occupation.choices, allow_blank=True, label="职业")
    wants_secrecy = serializers.BooleanField(label="要求保密")
    consents_to_publication = serializers.BooleanField(label="同意公开")


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
    size = serializers.IntegerField(source="file.size", label="字节数")
    unit = serializers.CharField(source="unit.name", label="上传单位")
    uploaded_by = serializers.CharField(source="uploaded_by.name", label="上传人")
    uploaded_at = serializers.DateTimeField(label="上传时间")
    url = serializers.SerializerMethodField(label="下载地址")

    def get_url(self, attachment: CaseAttachment) -> str:
        return reverse("api:attachment", args=[attachment.case.number, attachment.pk])
