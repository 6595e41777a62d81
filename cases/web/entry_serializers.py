"""Entries of registration as fields of the API's answers, masked as on the pages."""

from typing import Any, ClassVar

from django.db import models
from rest_framework import serializers

from binzhou_xinfang.web.serializers import Masked, UnitSerializer
from cases.entries.declaration import Entry, Nature, Pick, entries_of
from cases.entries.words import words_of

AnyField = serializers.Field[Any, Any, Any, Any]


class TopicSerializer(serializers.Serializer[Any]):
    """信访事项内容分类。"""

    code = serializers.CharField(label="代码")
    name = serializers.CharField(source="__str__", label="三级分类名称")


class EntriesSerializer(serializers.Serializer[Any]):
    """The base of answers that tell a row with entries: all of them, beside the fields that the class declares."""

    entries_model: ClassVar[type[models.Model]]

    def get_fields(self) -> dict[str, AnyField]:
        fields = super().get_fields()
        entries = [entry for entry in entries_of(self.entries_model) if not entry.told_by and entry.name not in fields]
        return fields | {entry.name: _field_of(entry) for entry in entries}


class MaskedEntry(serializers.CharField):
    """An entry in words, masked; the day of birth is told as its year."""

    def __init__(self, entry: Entry, **kwargs: Any) -> None:
        super().__init__(read_only=True, source="*", **kwargs)
        self.entry = entry

    def to_representation(self, value: Any) -> str:
        return words_of(self.entry, value)


def _field_of(entry: Entry) -> AnyField:
    """Make the field that tells an entry."""
    column, label = entry.column, str(entry.column.verbose_name)
    if entry.pick is not None:
        kind = TopicSerializer if entry.pick is Pick.TOPIC else UnitSerializer
        return kind(allow_null=column.null, label=label)
    if entry.choices:
        return serializers.ChoiceField(choices=list(entry.choices.items()), allow_blank=column.blank, label=label)
    if entry.nature is Nature.BIRTHDAY:
        return MaskedEntry(entry, label=label)
    for column_type, field_type in _PLAIN:
        if isinstance(column, column_type):
            return field_type(allow_null=column.null, label=label)
    return Masked(entry.nature.mask, label=label)


_PLAIN: tuple[tuple[type[models.Field[Any, Any]], type[AnyField]], ...] = (
    (models.BooleanField, serializers.BooleanField),
    (models.DateField, serializers.DateField),
    (models.IntegerField, serializers.IntegerField),
)
