"""Lists from which a form chooses the ground of a move that ends a duty or a right."""

from django.db.models import TextChoices


class AskedEnd(TextChoices):
    """Endings, and the going on of an heir, that a unit or a window asks for and the office decides on."""

    WITHDRAWN = "withdrawn", "信访人书面申请撤回"
    MEDIATED = "mediated", "已达成调解、和解协议"
    NO_SUCCESSOR = "no-successor", "信访人死亡或者终止且无承继人"
    SUCCESSOR = "successor", "信访人死亡或者终止，由承继人继续，申请变更信访人"
    # Of a sealed report alone, which no named person ends or opens by himself.
    UNSEALED = "unsealed", "不属于检举控告，申请解除保密"
    VOIDED = "voided", "检举控告重复登记或者登记有误，申请作废"


class DirectAnswer(TextChoices):
    """直接答复的情形 (信访事项简易办理办法第四条第二项)."""

    ADVICE = "advice", "建议意见，可以即时反馈"
    INQUIRY = "inquiry", "咨询政策、程序或者办理进展"


class OtherWay(TextChoices):
    """Cases in which a unit that has taken a claim up owes no opinion, but an answer of another kind."""

    DUTY = "duty", "属于申请查处违法行为、履行法定职责，应当依法履行或者答复（第三十一条第五项）"
    ADVICE = "advice", "信访人书面说明所提系建议意见（第二十九条）"


class Succession(TextChoices):
    """变更信访人的情形."""

    DIED = "died", "信访人死亡，由其承继人继续"
    DISSOLVED = "dissolved", "法人、其他组织终止，由承接其权利义务的主体继续"


class VoidReason(TextChoices):
    """登记作废的理由."""

    DOUBLE = "double", "同一来件重复登记"
    MISTAKE = "mistake", "误登记，没有收到该来件"
