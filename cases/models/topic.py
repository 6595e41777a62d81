"""信访事项内容分类: the three-level code list of contents."""

from django.db import models

from binzhou_xinfang.offers import WordsField


class Topic(models.Model):
    """One entry of the list; two digits a level, so that a branch is a prefix of the code."""

    code = models.CharField("代码", max_length=6, primary_key=True)
    level_1 = models.CharField("一级分类", max_length=40)
    level_2 = models.CharField("二级分类", max_length=40)
    level_3 = models.CharField("三级分类", max_length=40)
    aliases = models.CharField(
        "群众的叫法", max_length=200, blank=True, help_text="查找时也能用的叫法，用顿号分开，例如：欠薪、讨薪"
    )
    words = WordsField(of=("level_3", "aliases", "level_2", "level_1"))
    is_current = models.BooleanField("在用", default=True)

    class Meta:
        ordering = ["code"]
        verbose_name = verbose_name_plural = "内容分类"

    def __str__(self) -> str:
        return " / ".join((self.level_1, self.level_2, self.level_3))
