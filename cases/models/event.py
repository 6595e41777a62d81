"""流转记录: the append-only course of a matter, and the letters it produced."""

from django.db import models

from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.records.events import ChainedEvent, one_event_per_place
from cases.states import Move


def event_kinds() -> list[tuple[str, str]]:
    """List moves, and what the sweep notes by itself. A callable: a new word needs no migration."""
    return [
        *Move.choices,
        ("right-ended", "权利期限届满"),
        ("recalculated", "期限重算"),
        ("attached", "上传附件"),
        ("taken-over", "接手办理"),
        ("evaluated", "满意度评价"),
        ("merged-in", "他件并入"),
        ("split-off", "并件拆出"),
        ("letter-drafted", "拟制文书"),
        ("letter-revised", "修改文书稿"),
        ("letter-checked", "审核文书稿"),
        ("letter-returned", "退回文书稿"),
        ("letter-signed", "签发文书"),
        ("letter-discarded", "作废文书稿"),
        ("paper-printed", "出具文书"),
        ("supervision-opened", "提出督办"),
        ("inspected", "一案双督三查"),
        ("supervision-dropped", "不予督办"),
        ("supervision-recorded", "督查"),
        ("supervision-listed", "列入挂牌督办"),
        ("supervision-received", "签收督办"),
        ("supervision-answered", "反馈督办"),
        ("supervision-accepted", "督办反馈审核通过"),
        ("supervision-returned", "督办反馈退回补充"),
    ]


class CaseEvent(ChainedEvent):
    """An event of a matter, with its post; hash-chained within the matter."""

    chain_field = "case"
    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="events")
    kind = models.CharField("事件", max_length=30, choices=event_kinds)

    class Meta(ChainedEvent.Meta):
        verbose_name = verbose_name_plural = "流转记录"
        constraints = [one_event_per_place("case")]


# `CaseLetter.move` of a letter that no move left behind.
NO_MOVE = ""


class CaseLetter(models.Model):
    """A numbered letter of this matter; `move`: which move left it behind."""

    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="letters")
    letter = models.OneToOneField("records.Letter", models.PROTECT, related_name="+")
    move = models.CharField("来自", max_length=30)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "事项文书"

    @property
    def label(self) -> str:
        """The kind of the letter in words. (`get_kind_display` would build the whole list of kinds each time.)"""
        return str(LetterKind(self.letter.kind).label)
