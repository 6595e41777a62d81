"""诉求: the requests of a matter, one by one."""

from typing import cast

from django.db import models

from binzhou_xinfang.records.words import KeptField


class CaseRequest(models.Model):
    """One 诉求; each is answered by itself in the opinion."""

    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="requests")
    order = models.PositiveSmallIntegerField("序号")
    text = KeptField("诉求", max_length=500)

    class Meta:
        ordering = ["order"]
        verbose_name = verbose_name_plural = "诉求"
        constraints = [models.UniqueConstraint(fields=["case", "order"], name="request_order_once_per_case")]

    def __str__(self) -> str:
        return cast("str", self.text)
