"""Activation of an account: a code in two halves, one in the hands of who asked, one of who approved."""

from django.db import models

from binzhou_xinfang.accounts.models.house import Grant
from binzhou_xinfang.accounts.models.user import User


class Activation(models.Model):
    """Leave to set one's own password, with the hashes of both halves: neither hand alone can take the account."""

    # None: opened by a command of the server.
    grant = models.OneToOneField(Grant, models.CASCADE, null=True, related_name="activation", verbose_name="授权申请")
    user = models.ForeignKey(User, models.CASCADE, related_name="activations", verbose_name="用户")
    first = models.CharField("前半段散列", max_length=128)
    second = models.CharField("后半段散列", max_length=128, blank=True)
    valid_until = models.DateTimeField("有效至", null=True)
    used_at = models.DateTimeField("使用时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "账号启用"

    def __str__(self) -> str:
        return f"{self.user} 账号启用"
