"""Moves by which a right of the petitioner is used or given up: made on his own word, which he has signed.

A tick by who handles the matter is nobody's word but his own (条例第十七条、第三十三条、第三十五条、第三十六条).
"""

from collections.abc import Iterator, Mapping

from binzhou_xinfang.statute.periods import PERIODS
from cases.states.papers import PaperKind
from cases.states.table import TRANSITIONS
from cases.states.vocabulary import Move

# The paper that he has signed, be it the record of what he said; or why none is asked for.
_NOTHING_ENDS = "没有申请书的，写明原因，不能认定逾期；登记的申请不结束信访人的任何权利"
OWN_WORD: Mapping[Move, PaperKind | str] = {
    Move.ASK_REVIEW: _NOTHING_ENDS,
    Move.ASK_RECHECK: _NOTHING_ENDS,
    Move.OBJECT: "提出异议是责任单位的权利，不是信访人的权利",
    Move.WITHDRAW: PaperKind.WITHDRAWAL,
    Move.WITHDRAW_REVIEW: PaperKind.WITHDRAWAL,
    Move.WITHDRAW_RECHECK: PaperKind.WITHDRAWAL,
    Move.SUCCEED: PaperKind.REQUEST,
    Move.ASK_HEARING: PaperKind.OTHER_PROOF,
    Move.MEDIATE: PaperKind.OTHER_PROOF,
}
# Words of a tick by which somebody would say what the petitioner wants.
WILL = ("均同意", "本人同意", "信访人同意", "自愿")


def unsigned(ticks: Mapping[Move, bool]) -> Iterator[str]:
    """Find moves that use or give up a right, or tick what the petitioner wants (`ticks`), without his own writing."""
    for move, row in TRANSITIONS.items():
        uses = any(PERIODS[rule].gives_right for rule in row.meets)
        word = OWN_WORD.get(move)
        if word is None and (uses or ticks.get(move)):
            yield f"{move.value}: 使用、放弃信访人权利的，应当有其本人签名的材料（OWN_WORD）"
        if isinstance(word, PaperKind) and not any(paper.kind == word and paper.is_needed for paper in row.papers):
            yield f"{move.value}: 信访人本人签名的{word.label}应当必须附上（papers）"
