"""Papers that come with a move, as its row names them."""

from dataclasses import dataclass

from django.db.models import TextChoices


class PaperKind(TextChoices):
    """Papers that come with an act: what proves it, or the petitioner's own writing."""

    DELIVERY_RECEIPT = "delivery-receipt", "签收后的送达回证"
    POST_RECORD = "post-record", "邮寄凭证"
    ELECTRONIC_RECORD = "electronic-record", "电子送达凭证"
    NOTICE_RECORD = "notice-record", "公告凭证"
    REQUEST = "request", "申请书和收件凭证"
    WITHDRAWAL = "withdrawal", "撤回申请书"
    DEATH_PROOF = "death-proof", "死亡、终止证明"
    KINSHIP_PROOF = "kinship-proof", "承继关系证明"
    AGREEMENT = "agreement", "签字的协议书"
    AUTHORIZATION = "authorization", "授权委托书"
    ORGAN_LETTER = "organ-letter", "有关机关的公文"
    OTHER_PROOF = "other-proof", "其他证明材料"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that comes with a move; `is_needed`: the move is refused without it, else its verb decides."""

    kind: PaperKind
    is_needed: bool = True
    help_text: str = ""

    @property
    def field(self) -> str:
        """The name of its field in the form of the move and in the API: paper_withdrawal."""
        return f"paper_{self.kind.value.replace('-', '_')}"
