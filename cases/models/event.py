"""流转记录: the append-only course of a matter, and the letters it produced."""

from django.db import models

from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.records.events import ChainedEvent, one_event_per_place
from cases.states import EVENTS


def event_kinds() -> list[tuple[str, str]]:
    """List every kind that a verb declares. A callable: a new word needs no migration."""
    return [(kind.name, kind.label) for kind in EVENTS]


class CaseEvent(ChainedEvent):
    """An event of a matter, with its post; hash-chained within the matter."""

    chain_field = "case"
    kinds = EVENTS
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
