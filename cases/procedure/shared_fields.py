"""Fields that the events of several moves declare alike, and what several moves refuse alike."""

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.event_fields import KEPT, Ask, EventField, chosen, day, days, lines, person
from cases.models import PetitionCase, Petitioner, Standing
from cases.states import OfMatter
from cases.vocabulary import Answer, DeliveryWay, Heart, Outcome, ReviewResult, ToldBy

NOTE = EventField("说明：", ask=Ask("说明"))
OPTIONAL_NOTE = EventField("说明：", ask=Ask("说明", required=False))
# Where the form asks for it by another name, or in words of its own.
TOLD_NOTE = EventField("说明：")
REASON = EventField("理由：", ask=Ask("理由"))
TOLD_BY = EventField("告知方式：", chosen(ToldBy), ask=Ask("告知方式"))
HAPPENED_ON = EventField("日期：", day)
DAYS = EventField("天数：", days)
# The rule that sets the period of an own way: of those that the 条例 names (第二十九条至第三十一条) it sets none.
PERIOD_BASIS = EventField("期限依据：")
MATTER = OfMatter("事项：")
# The number of an arrival is that of a matter once it stands by itself.
ARRIVAL = OfMatter("信访件：")
EVIDENCE = EventField("依据：", lines)

TO_NAME = EventField("责任单位：")
CO_NAME = EventField("协办单位：")
TASK = EventField("协办、执行内容：")
ASSIGNEE = EventField("承办人：")
PERSON = EventField("回避人员：")
OTHER_PARTY = EventField("对方当事人：", person)

RESULTS = EventField("处理意见：", chosen(Answer))
RESULT = EventField("结论：", chosen(ReviewResult))

DELIVERED = {
    "delivered_on": EventField("送达日期：", day),
    "way": EventField("方式：", chosen(DeliveryWay)),
    "posted_on": EventField("交邮日期：", day),
    "item_number": EventField("邮件号："),
    "notice_on": EventField("公告日期：", day),
    "recipient": EventField("签收人：", person),
    "standing": EventField("凭证：", chosen(Standing)),
    "no_proof": EventField("没有凭证的原因："),
    "counts_from": EventField("期限自该日起算：", day),
    "note": TOLD_NOTE,
}
SETTLED = {
    "outcomes": EventField("办理结果：", chosen(Outcome)),
    "evidence": EVIDENCE,
    "heart": EventField("情绪：", chosen(Heart)),
    "note": TOLD_NOTE,
}
SUMMONED = {
    "hearing_at": EventField("听证时间："),
    "hearing_place": EventField("地点："),
    "host": EventField("主持人："),
    "recorder": EventField("记录员："),
    "members": EventField("听证员：", lines),
    "hearing_on": KEPT,
}
HEARD = {"happened_on": HAPPENED_ON, "conclusion": EventField("结论："), "vote": EventField("评议：")}


def can_be_reached(lead: Petitioner) -> bool:
    """Check that the petitioner left a name, and an address or a number."""
    return not lead.is_anonymous and any((lead.phone, lead.landline, lead.email, lead.address))


def refuse_untold(case: PetitionCase, told_by: str, *, act: str) -> None:
    """Raise Refusal when a petitioner who can be reached was not told."""
    if not told_by and can_be_reached(case.lead):
        raise Refusal(f"{act}应当告知信访人，请选择告知方式。", field="told_by")


CONSENTED = {
    "other_party": OTHER_PARTY, "mediator": EventField("调解员："), "happened_on": HAPPENED_ON,
    "no_proof": EventField("没有书面材料的原因："),
}  # fmt: skip
