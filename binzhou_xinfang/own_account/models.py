"""Second factors of people, and their recovery codes."""

from django.conf import settings
from django.db import models

from binzhou_xinfang.records.crypto import EncryptedTextField


class Factor(models.Model):
    """The second factor of one person: asked for since `asked_on`, in use since `confirmed_at`.

    `key`: base32, as a phone takes it; there from the moment that it is shown. `last_step`: the 30 seconds whose code
    was taken last; no code of them or of before is taken again.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="factor", verbose_name="用户")
    key = EncryptedTextField("密钥", blank=True, max_length=64)
    asked_on = models.DateField("首次要求之日", null=True)
    confirmed_at = models.DateTimeField("启用时间", null=True)
    last_step = models.BigIntegerField("最近使用的时段", default=-1)

    class Meta:
        verbose_name = verbose_name_plural = "动态口令"

    def __str__(self) -> str:
        return f"{self.user} 动态口令"


class RecoveryCode(models.Model):
    """A code for the day when the phone is lost; each is taken once."""

    factor = models.ForeignKey(Factor, models.CASCADE, related_name="codes", verbose_name="动态口令")
    digest = models.CharField("摘要", max_length=64)
    used_at = models.DateTimeField("使用时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "恢复码"
        constraints = [models.UniqueConstraint(fields=["factor", "digest"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"{self.factor} 恢复码"
