"""Steps and desks of a mediation."""

from django.db.models import TextChoices


class MediationStep(TextChoices):
    """Steps of a mediation: the buttons in their order, and what follows the matter by itself."""

    REFER = "refer", "委派"
    ACCEPT = "accept", "接收"
    DECLINE = "decline", "不予接收"
    HOLD = "hold", "登记调解情况"
    PLAN = "plan", "约定调解"
    CALL_OFF = "call-off", "取消约定"
    TELL_AGREEMENT = "tell-agreement", "报送调解协议"
    TELL_FAILURE = "tell-failure", "报送调解不成"
    RETURN = "return", "退回报送"
    AMEND = "amend", "更正调解记录"
    CHANGE_MEDIATOR = "change-mediator", "变更调解员"
    RECALL = "recall", "撤回委派"
    APPLY = "apply", "登记申请司法确认"
    DECIDE = "decide", "登记法院决定"
    TAKE_BACK = "take-back", "撤销登记"
    CONCLUDE = "conclude", "事项登记调解结果"
    END = "end", "调解终止"


class Desk(TextChoices):
    """Desks: who referred, and the point; a point without people of its own is spoken for by who referred."""

    UNIT = "unit", "委派单位"
    POINT = "point", "调解点"
