"""Tokens of programs."""

from django.db import models
from django.db.models import F, Q

from binzhou_xinfang.accounts.models.house import Grant
from binzhou_xinfang.accounts.models.user import Post, User


class ApiToken(models.Model):
    """A program's way in for a user; of the token itself only the SHA-256 is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens", verbose_name="用户")
    post = models.ForeignKey(
        Post, models.CASCADE, null=True, blank=True, related_name="tokens", verbose_name="限定岗位"
    )
    # The power by which it was collected, once; none for what the server's command made.
    grant = models.OneToOneField(
        Grant, models.PROTECT, null=True, blank=True, related_name="token", verbose_name="授权申请"
    )
    name = models.CharField("用途", max_length=60)
    digest = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("签发时间")
    expires_at = models.DateTimeField("失效时间")
    last_used_at = models.DateTimeField("最近使用", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "接口令牌"
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="token_expires_after_it_was_made"),
        ]

    def __str__(self) -> str:
        return self.name
