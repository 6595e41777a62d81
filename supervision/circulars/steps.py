"""Steps, desk and hands of a 通报; its stages stand beside the model."""

from django.db.models import TextChoices


class CircularStep(TextChoices):
    """Steps of a circular, in the order of the buttons."""

    DRAFT = "draft", "拟制"
    SIGN = "sign", "签发"
    REVISE = "revise", "修改"
    RECOMPUTE = "recompute", "重新汇总"
    DISCARD = "discard", "作废"


class Desk(TextChoices):
    OFFICE = "office", "印发单位"


class Hand(TextChoices):
    WRITER = "hands", "拟稿人"
