"""Rules that stand in Shandong's own law and not in the national regulation (reference §3.1): one switch for all."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db import models

from binzhou_xinfang.statute.rules import Rule


class Overlay(models.TextChoices):
    """Origins of a rule: national, or Shandong's own."""

    NATIONAL = "national", "全国"
    SHANDONG = "shandong", "山东"


class Norm(models.TextChoices):
    """Shandong's rules that are no clocks. Who acts by one asks `Regime.is_in_force(norm)` first."""

    ASSIGNED_EXTENSION = "assigned-extension", "交办件延长办理期限，须经交办机关批准"
    NO_REVIEW_IN_TIME = "no-review-in-time", "无正当理由逾期未申请复查、复核的，不再受理"
    REDO_DIFFERS = "redo-differs", "责令重新处理的，不得作出与原意见相同或者基本相同的意见"


# Each row of the overlay with its article; whatever is not here is national and always in force.
SHANDONG: Mapping[Rule | Norm, str] = MappingProxyType(
    {
        Rule.REVIEW_ACCEPTANCE: "《山东省信访条例》第四十三条",
        Rule.RECHECK_ACCEPTANCE: "《山东省信访条例》第四十四条",
        Rule.PROPOSAL_FEEDBACK: "《山东省信访条例》第五十九条",
        Rule.HEARING_NOTICE: "《山东省信访事项听证办法（试行）》（鲁政办发〔2006〕31号）",
        Norm.ASSIGNED_EXTENSION: "《山东省信访条例》第四十二条",
        Norm.NO_REVIEW_IN_TIME: "《山东省信访条例》第三十三条、第四十六条",
        Norm.REDO_DIFFERS: "《山东省信访条例》第四十五条",
    }
)


def overlay_of(what: Rule | Norm) -> Overlay:
    """Tell the origin of a rule: national, or one of Shandong's rows."""
    return Overlay.SHANDONG if what in SHANDONG else Overlay.NATIONAL
