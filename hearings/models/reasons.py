"""Reasons for which an expert is not drawn."""

from django.db import models


class Reason(models.TextChoices):
    """Reasons in the order in which they are looked for: what was asked for first, then conflicts of interest."""

    TERM = "term", "听证日不在任期内"
    REGION = "region", "不在所选地区"
    SPECIALITY = "speciality", "专业领域不符"
    CERTIFICATE = "certificate", "听证日没有有效证书"
    SAME_UNIT = "same-unit", "在当事单位任职"
    FORMER_UNIT = "former-unit", "离开当事单位不满规定年数"
    INTEREST = "interest", "申报与当事单位有利害关系"
    NAMESAKE = "namesake", "与当事人同名"
    RELATIVE = "relative", "申报的亲属或利害关系人是当事人"
