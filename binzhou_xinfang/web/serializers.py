"""Parts that several answers of the API share: masked texts, units, pages of a list.

The docstring of a serializer is its description in the schema, hence Chinese.
"""

from collections.abc import Callable
from typing import Any

from rest_framework import serializers

from binzhou_xinfang.records.masking import mask_numbers


class Masked(serializers.CharField):
    """A text that leaves the house masked."""

    def __init__(self, mask: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)
        self.mask = mask

    def to_representation(self, value: Any) -> str:
        return self.mask(str(value))


class FreeText(Masked):
    """Field of free text, with ID and mobile numbers in it masked."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(mask_numbers, **kwargs)


class UnitSerializer(serializers.Serializer[Any]):
    """机关、单位、地区。"""

    code = serializers.CharField(label="代码")
    name = serializers.CharField(label="名称")


class CountSerializer(serializers.Serializer[Any]):
    """总数；capped 为真时，实际数量更多。"""

    value = serializers.IntegerField(label="数量")
    capped = serializers.BooleanField(label="是否只数到上限")


class ListPageSerializer(serializers.Serializer[Any]):
    """一页清单。游标原样送回即得相邻页，空表示没有。"""

    count = CountSerializer(label="总数")
    after = serializers.CharField(label="下一页游标")
    before = serializers.CharField(label="上一页游标")
