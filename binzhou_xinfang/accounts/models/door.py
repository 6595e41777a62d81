"""Doors that close for a while after too many tries."""

from django.db import models


class Purpose(models.TextChoices):
    """Tries that are counted."""

    SIGN_IN = "sign-in", "登录"
    LOOK_UP = "look-up", "查找信访人"


class Door(models.Model):
    """Count of the tries of one name, from one address, or of the pair; `closed_until`: nobody is let in before."""

    purpose = models.CharField("事项", max_length=10, choices=Purpose)
    name = models.CharField("用户名", max_length=150, blank=True)
    address = models.CharField("地址", max_length=45, blank=True)
    tries = models.PositiveIntegerField("次数", default=0)
    since = models.DateTimeField("开始时间")
    closed_until = models.DateTimeField("关闭至", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "登录限制"
        constraints = [models.UniqueConstraint(fields=["purpose", "name", "address"], name="one_door_for_each")]

    def __str__(self) -> str:
        return f"{self.name} {self.address}".strip()
