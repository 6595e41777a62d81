"""Articles that letters name, with paragraph and item (《信访工作条例》)."""

from binzhou_xinfang.accounts.models import Unit, UnitKind
from cases.models import PetitionCase
from cases.vocabulary import LegalWay

SECRECY = (
    "不得将信访人的检举、揭发材料以及有关情况透露或者转给被检举、揭发的人员或者单位（《信访工作条例》第三十条第三款）"
)


def passing_law(case: PetitionCase, sender: Unit, receiver: Unit, *, is_assigned: bool) -> str:
    """Name the paragraph and the item by which the sender passes the matter on to the receiver."""
    if sender.kind != UnitKind.PETITION_OFFICE:
        return "《信访工作条例》第二十三条第一款"
    if receiver.kind == UnitKind.DISCIPLINE or (
        receiver.kind == UnitKind.JUDICIAL and case.legal_way == LegalWay.JUSTICE
    ):
        return "《信访工作条例》第二十二条第二款"
    if is_assigned:
        return "《信访工作条例》第二十二条第一款第三项"
    # 本级机关、单位或者其工作部门 · 下级机关、单位
    item = "第一项" if receiver.area.pk == sender.area.pk else "第二项"
    return f"《信访工作条例》第二十二条第一款{item}"


def way_law(way: str) -> str:
    """Name the article of a legal way: 《信访工作条例》第三十一条第六项."""
    return f"《信访工作条例》{str(LegalWay(way).label).rpartition('（')[2].removesuffix('）')}"
