"""Input and answers of the API about letters in the making. Docstrings go into the schema."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from binzhou_xinfang.letters import issuing
from binzhou_xinfang.letters.kinds import FACTS, LetterKind
from binzhou_xinfang.process.ahead import Ahead, Offer
from binzhou_xinfang.records.masking import masked_deeply
from binzhou_xinfang.web.input_serializers import InputSerializer
from binzhou_xinfang.web.serializers import UnitSerializer
from cases.drafts.life import offers_of
from cases.drafts.steps import DraftStep
from cases.models import LetterDraft
from cases.states.drafts import DraftState

_TAKEN = [(step.value, step.label) for step in DraftStep if step is not DraftStep.DRAFT]


def _is_open(name: str) -> bool:
    """Tell whether a fact is a telephone of the office, for all to read."""
    return name in FACTS and FACTS[name].is_of_office


class LetterDraftSerializer(serializers.Serializer[Any]):
    """文书稿；只有拟制单位可以看到。"""

    id = serializers.IntegerField(label="编号")
    case = serializers.CharField(source="case.number", label="事项编号")
    kind = serializers.ChoiceField(choices=LetterKind.choices, label="文种")
    name = serializers.CharField(source="get_kind_display", label="文种名称")
    unit = UnitSerializer(label="拟制单位")
    state = serializers.ChoiceField(choices=DraftState.choices, label="状态")
    version = serializers.IntegerField(label="版本：办理时原样送回")
    drafted_by = serializers.CharField(source="drafted_by.name", label="拟稿人")
    checked_by = serializers.CharField(source="checked_by.name", default=None, allow_null=True, label="审核人")
    note = serializers.CharField(label="退回、作废理由")
    facts = serializers.SerializerMethodField(label="要素")
    missing = serializers.SerializerMethodField(label="签发前还须填写的要素")
    unread = serializers.SerializerMethodField(label="主送对象在系统中没有人接收的提示；有人接收的为空")
    number = serializers.CharField(source="letter.number", default=None, allow_null=True, label="文号")
    steps = serializers.SerializerMethodField(label="本岗位现在可以办理的步骤")
    gaps = serializers.SerializerMethodField(label="因没有后续办理人员而不能办理的步骤，及原因")
    url = serializers.SerializerMethodField(label="地址")

    def get_facts(self, draft: LetterDraft) -> dict[str, Any]:
        return {name: value if _is_open(name) else masked_deeply(value) for name, value in draft.facts.items()}

    def get_missing(self, draft: LetterDraft) -> dict[str, str]:
        names = issuing.missing_facts(LetterKind(draft.kind), draft.letter_facts)
        return {name: FACTS[name].label for name in names}

    def get_unread(self, draft: LetterDraft) -> str:
        return "" if draft.letter_id else self.context["readers"].unread(LetterKind(draft.kind), draft.facts)

    def get_steps(self, draft: LetterDraft) -> list[str]:
        return [offer.row.key.value for offer in self._offers(draft) if not offer.gap]

    def get_gaps(self, draft: LetterDraft) -> dict[str, str]:
        return {offer.row.key.value: offer.gap for offer in self._offers(draft) if offer.gap}

    def _offers(self, draft: LetterDraft) -> list[Offer[LetterDraft]]:
        ahead: Ahead[LetterDraft] = self.context["ahead"]
        return offers_of(draft, self.context["post"], ahead, self.context["readers"])

    def get_url(self, draft: LetterDraft) -> str:
        return reverse("api:draft", args=[draft.case.number, draft.pk])


class StepInputSerializer(InputSerializer):
    """办理文书稿的一步：退回、作废须写理由；修改须送全部要素。"""

    step = serializers.ChoiceField(choices=_TAKEN, label="步骤")
    version = serializers.IntegerField(min_value=1, label="读取时的版本")
    note = serializers.CharField(required=False, allow_blank=True, max_length=1000, label="理由")
    facts = serializers.DictField(required=False, label="要素")


class NewDraftSerializer(InputSerializer):
    """新拟制的文书；要素的名称依文种而定，可以暂缺。"""

    kind = serializers.ChoiceField(choices=LetterKind.choices, label="文种")
    facts = serializers.DictField(label="要素")
