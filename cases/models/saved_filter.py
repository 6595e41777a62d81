"""Filters of a list that somebody keeps as a tab."""

from django.db import models

from binzhou_xinfang.records.words import MaskedField


class SavedFilter(models.Model):
    """One person's own view of a list, under a name: `path` is the address of the list, `query` what narrows it."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="saved_filters", verbose_name="用户")
    path = models.CharField("清单", max_length=100)
    name = MaskedField("名称", max_length=20)
    query = models.CharField("条件", max_length=500)

    class Meta:
        verbose_name = verbose_name_plural = "保存的筛选"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "path", "name"], name="saved_filter_named_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """The address of the list as it was kept."""
        return f"{self.path}?{self.query}"
