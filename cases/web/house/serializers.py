"""Serializers of 维护: units, people, powers and changes as a program reads them, and what an act answers."""

from typing import Any

from rest_framework import serializers

from binzhou_xinfang.accounts.models import Grant, Post, Unit, UnitChange, User


class HouseUnitSerializer(serializers.ModelSerializer[Unit]):
    """机构，含曾用名和日期。"""

    above = serializers.CharField(source="parent.code", default=None, allow_null=True, label="上级的代码")
    moved_to = serializers.CharField(source="moved_to.code", default=None, allow_null=True, label="职能并入的机构代码")
    former_names = serializers.JSONField(label="曾用名：名称、简称、最后一日")
    manned = serializers.IntegerField(label="现任岗位数")

    class Meta:
        model = Unit
        fields = (
            "id", "code", "name", "short_name", "aliases", "kind", "above", "letter_mark", "phone", "address",
            "valid_from", "valid_to", "moved_to", "former_names", "manned",
        )  # fmt: skip


class HousePostSerializer(serializers.ModelSerializer[Post]):
    """岗位。"""

    unit = serializers.CharField(source="unit.code", label="机构代码")

    class Meta:
        model = Post
        fields = ("id", "unit", "role", "from_on", "to_on", "reads_sealed", "is_deputy")


class HousePersonSerializer(serializers.ModelSerializer[User]):
    """用户和现任岗位。"""

    posts = HousePostSerializer(source="held", many=True, label="现任岗位")

    class Meta:
        model = User
        fields = ("id", "username", "name", "phone", "is_active", "posts")


class HouseGrantSerializer(serializers.ModelSerializer[Grant]):
    """授权申请。"""

    user = serializers.CharField(source="user.username", label="用户名")
    what = serializers.CharField(label="内容")
    asked_by = serializers.CharField(source="asked_by.username", label="申请人")
    decided_by = serializers.CharField(source="decided_by.username", default=None, allow_null=True, label="审批人")

    class Meta:
        model = Grant
        fields = (
            "id", "kind", "user", "what", "reason", "asked_by", "asked_at", "decided_by", "decided_at", "is_given",
            "decided_why",
        )  # fmt: skip


class HouseChangeSerializer(serializers.ModelSerializer[UnitChange]):
    """机构变更：等待审批的、待生效的和办结的。"""

    unit = serializers.CharField(source="unit.code", label="机构代码")
    what = serializers.CharField(label="内容")
    ordered_by = serializers.CharField(source="ordered_by.username", label="经办人")
    decided_by = serializers.CharField(source="decided_by.username", default=None, allow_null=True, label="审批人")

    class Meta:
        model = UnitChange
        fields = (
            "id", "kind", "unit", "what", "basis", "effective_on", "ordered_by", "ordered_at", "by_one_hand",
            "decided_by", "decided_at", "is_given", "decided_why", "done_at", "cancelled_at", "failed_why",
        )  # fmt: skip


class DoneSerializer(serializers.Serializer[Any]):
    """已经办理的维护。"""

    id = serializers.CharField(label="编号或者代码")
    name = serializers.CharField(label="对象")
    told = serializers.CharField(label="说明")
    secret = serializers.CharField(label="启用码中属于经办人的半段，只此一次；没有的为空")


class ThingSerializer(serializers.Serializer[Any]):
    """一个对象，及本岗位现在可以办理的维护。"""

    id = serializers.CharField(label="编号或者代码")
    name = serializers.CharField(label="对象")
    version = serializers.IntegerField(label="版本：办理时原样送回")
    acts = serializers.ListField(child=serializers.CharField(), label="本岗位现在可以办理的维护")
