"""Steps and desks of a 督办件; its stages stand beside the model."""

from django.db.models import TextChoices


class CauseStep(TextChoices):
    """Steps of a 督办件: the buttons in their order, and what the system does for the letter."""

    OPEN = "open", "提出督办"
    DRAFT = "draft", "拟函"
    RECORD = "record", "登记督查"
    LIST = "list", "列入挂牌督办"
    DROP = "drop", "不予督办"
    ISSUE = "issue", "函件签发"
    WITHDRAW = "withdraw", "函稿作废"
    RECEIPT = "receipt", "签收"
    ANSWER = "answer", "书面反馈"
    SIGN_ANSWER = "sign-answer", "签发反馈"
    RETURN_ANSWER = "return-answer", "退回修改"
    RECEIVE = "receive", "登记书面反馈"
    JUDGE = "judge", "审核反馈"
    RECHECK = "recheck", "复核整改"


class Desk(TextChoices):
    """Desks at which a 督办件 is worked on; the body is the unit where it need not know the matter."""

    OFFICE = "office", "督办单位"
    UNIT = "unit", "被督办单位"
    BODY = "body", "建议送达单位"
