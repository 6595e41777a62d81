"""Tables of the notices: subjects to be told (`Outbox`), and each telling to one person by one channel (`Message`).

Both are written in the transaction of what they tell of: what is rolled back is not told, what is committed is.
"""

from datetime import datetime
from typing import cast

from django.db import models
from django.db.models import Q

from binzhou_xinfang.records.crypto import EncryptedTextField


class Outbox(models.Model):
    """One thing to tell; whom and in what words is asked of the writer of its topic when its time has come."""

    topic = models.CharField("事由", max_length=40)
    subject = models.BigIntegerField("对象")
    send_after = models.DateTimeField("最早发送时间")
    created_at = models.DateTimeField("写入时间")
    written_at = models.DateTimeField("成文时间", null=True)
    error = models.CharField("失败原因", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "待发事由"
        constraints = [models.UniqueConstraint(fields=["topic", "subject"], name="one_outbox_row_per_subject")]
        indexes = [models.Index(fields=["send_after"], condition=Q(written_at=None), name="outbox_waiting")]

    def __str__(self) -> str:
        return f"{self.topic} {self.subject}"


class Channel(models.TextChoices):
    BELL = "bell", "站内通知"
    SMS = "sms", "短信"
    EMAIL = "email", "电子邮件"


# Before every text that leaves the house.
SIGNATURE = "【滨州信访】"


class Message(models.Model):
    """One notice to one person by one channel.

    `next_try_at`: when it is to be sent, or sent again; None once it was sent (`sent_at`) or given up (`dead_at`).
    """

    outbox = models.ForeignKey(Outbox, models.PROTECT, related_name="messages")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="messages", verbose_name="收件人")
    channel = models.CharField("渠道", max_length=10, choices=Channel)
    # Written masked, but of a report even that it is there is nobody else's business.
    title = EncryptedTextField("标题", max_length=200)
    text = EncryptedTextField("内容", max_length=500)
    url = models.CharField("地址", max_length=200, blank=True)
    # The key of the matter that it tells of: who no longer may know of the matter no longer has the notice.
    matter = models.BigIntegerField("事项", null=True)
    at_any_hour = models.BooleanField("不分时段发送", default=False)
    created_at = models.DateTimeField("生成时间")
    next_try_at = models.DateTimeField("下次发送", null=True)
    attempts = models.PositiveSmallIntegerField("已试次数", default=0)
    sent_at = models.DateTimeField("发出时间", null=True)
    dead_at = models.DateTimeField("放弃时间", null=True)
    error = models.CharField("失败原因", max_length=500, blank=True)
    read_at = models.DateTimeField("阅读时间", null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "通知"
        constraints = [
            models.UniqueConstraint(fields=["outbox", "user", "channel"], name="told_once_by_each_channel"),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(next_try_at__isnull=False), name="message_to_send"),
            models.Index(fields=["user", "-id"], condition=Q(channel="bell"), name="message_of_user"),
            models.Index(fields=["user"], condition=Q(channel="bell", read_at=None), name="message_unread"),
            models.Index(fields=["matter"], condition=Q(matter__isnull=False), name="message_of_matter"),
            models.Index(fields=["-dead_at"], condition=Q(dead_at__isnull=False), name="message_dead"),
        ]

    def __str__(self) -> str:
        return cast("str", self.title)

    @property
    def sentence(self) -> str:
        """The one sentence that a page of the house says, without the signature that goes out with it. The title is the
        same in short, for a subject line."""
        return cast("str", self.text.removeprefix(SIGNATURE) or self.title)

    @property
    def key(self) -> str:
        """The gateway's key for the message: the same at every try, so that it can tell a repetition."""
        return f"xinfang-{self.pk}"

    def was_sent(self, at: datetime) -> None:
        self.sent_at, self.next_try_at, self.error = at, None, ""
