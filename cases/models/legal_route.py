"""法定途径 (条例第三十一条第一项至第四项): which procedure, before which organ, with what papers, within what time."""

from django.db import models

from cases.vocabulary import ROUTED_WAYS, LegalWay

_WAYS = [(way.value, way.label) for way in LegalWay if way in ROUTED_WAYS]


class LegalRoute(models.Model):
    """One entry of the office's table. `topics`: beginnings of codes of contents for which it is proposed, by spaces;
    empty for any content. What is not known says 按有关规定.
    """

    code = models.SlugField("代码", max_length=40, primary_key=True)
    way = models.CharField("途径", max_length=10, choices=_WAYS)
    name = models.CharField("程序", max_length=100)
    topics = models.CharField("适用内容分类", max_length=200, blank=True, help_text="分类代码或者其前几位，用空格分开")
    organ = models.CharField("受理机关", max_length=100)
    papers = models.TextField("提交材料")
    time_limit = models.CharField("提出期限", max_length=100)
    answer_limit = models.CharField("办理期限", max_length=100, blank=True)
    source = models.CharField("依据", max_length=200)
    is_current = models.BooleanField("在用", default=True)

    class Meta:
        ordering = ["way", "code"]
        verbose_name = verbose_name_plural = "法定途径"

    def __str__(self) -> str:
        return f"{self.name}（{self.organ}）"

    @property
    def beginnings(self) -> list[str]:
        return self.topics.split()

    @property
    def paper_lines(self) -> list[str]:
        """The papers, one by one."""
        return [line.strip() for line in self.papers.replace("；", "\n").splitlines() if line.strip()]

    def fits(self, topic_code: str) -> bool:
        """Check that the entry is meant for this content by name."""
        return any(topic_code.startswith(beginning) for beginning in self.beginnings)
