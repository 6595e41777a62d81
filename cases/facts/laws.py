"""Articles that letters name, with paragraph and item (《信访工作条例》)."""

from datetime import date

from binzhou_xinfang.accounts.models import Unit, UnitKind
from binzhou_xinfang.statute.models import is_in_force
from binzhou_xinfang.statute.overlay import SHANDONG
from binzhou_xinfang.statute.rules import Rule
from cases.models import Review
from cases.vocabulary import LegalWay, ReviewKind, ReviewRefusal

SECRECY = (
    "不得将信访人的检举、揭发材料以及有关情况透露或者转给被检举、揭发的人员或者单位（《信访工作条例》第三十条第三款）"
)


def own_rules(receiver: Unit) -> str:
    """Name the law by which 政法 and 纪检监察 tell the petitioner; "" for others."""
    return "《信访工作条例》第二十三条第四款" if receiver.has_own_rules else ""


def passing_law(sender: Unit, receiver: Unit, *, is_assigned: bool) -> str:
    """Name the paragraph and the item by which the sender passes the matter on to the receiver."""
    if sender.kind != UnitKind.PETITION_OFFICE and receiver.has_own_rules:
        # 检举控告 to who has the power · 诉访分离
        item = "第三十条第一款" if receiver.kind == UnitKind.DISCIPLINE else "第二十八条第二款"
        return f"《信访工作条例》{item}"
    if sender.kind != UnitKind.PETITION_OFFICE:
        return "《信访工作条例》第二十三条第一款"
    if receiver.has_own_rules:
        return "《信访工作条例》第二十二条第二款"
    if is_assigned:
        return "《信访工作条例》第二十二条第一款第三项"
    if not receiver.path.startswith(sender.area.path):
        # To the petition office above, what no body of the own place has the power over.
        return "《信访工作条例》第五条第三项"
    # 本级机关、单位或者其工作部门 · 下级机关、单位
    item = "第一项" if receiver.area.pk == sender.area.pk else "第二项"
    return f"《信访工作条例》第二十二条第一款{item}"


def way_law(way: str) -> str:
    """Name the article of a legal way, with its paragraph or item: 《信访工作条例》第三十一条第六项."""
    article = str(LegalWay(way).label).rpartition("（")[2].removesuffix("）")
    return f"《信访工作条例》{article}{_PARAGRAPHS.get(LegalWay(way), '')}"


# 第二十九条、第三十条 have several paragraphs, of which the first says how such a matter is handled.
_PARAGRAPHS = {LegalWay.ADVICE: "第一款", LegalWay.DISCIPLINE: "第一款"}


def review_law(review: Review, *, on: date) -> str:
    """Name the law by which a request for a review or a recheck is taken up or not, Shandong's where it binds.

    What has a legal way of its own is not reviewed (第三十一条).
    """
    if review.refusal == ReviewRefusal.OTHER_WAY:
        return "《信访工作条例》第三十一条第一项至第四项"
    is_review = review.kind == ReviewKind.REVIEW
    rule = Rule.REVIEW_ACCEPTANCE if is_review else Rule.RECHECK_ACCEPTANCE
    law = f"《信访工作条例》{'第三十五条' if is_review else '第三十六条第一款'}"
    return f"{law}、{SHANDONG[rule]}" if is_in_force(rule, on=on) else law
