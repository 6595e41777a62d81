"""Guards: the facts of a matter that a row of the table may ask for, each with its test."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from binzhou_xinfang.accounts.models import UnitKind
from cases.states.vocabulary import IN_HANDLING, State
from cases.vocabulary import ROUTED_WAYS, EndGround, Kind, LastAnswer, LegalWay, ReviewResult


class Guard(Enum):
    """A fact that the matter must have for a move; the value is what the clerk is told when it has not."""

    WAY_PETITION = "该事项的办理途径不是信访程序（第三十一条第六项），不适用60日办理程序，请按甄别确定的途径办理。"
    WAY_ROUTED = "只有应当通过诉讼、仲裁、党员申诉或者行政程序解决的事项，才导入法定途径（第三十一条第一项至第四项）。"
    WAY_OWN = (
        "只有建议意见、检举控告和申请履行职责的事项，由本单位依职责办理答复（第二十九条、第三十条、第三十一条第五项）。"
    )
    SIMPLE = "该事项没有适用简易办理程序。"
    NOT_SIMPLE = "该事项适用简易办理程序，上级交办的不适用；请重新甄别为普通程序后再交办。"
    OWN_ORGAN = "信访部门不直接办理，请转送或者交办有权处理的机关、单位（第二十二条）。"
    HANDED_OVER = "该事项由本单位直接收到，不是转送、交办的，不提出异议；不属于本单位职权的，请重新甄别或者转送。"
    SORTED_HERE = "该事项由本单位转下级办理，同意异议的，收回由本单位办理，请选择“同意异议并收回”。"
    PASSED_DOWN = "该事项不是转下级办理的，同意异议的，退回重新甄别，请选择“同意异议”。"
    NEEDS_ASSIGNER = "该事项不是交办件，由本单位负责人批准即可。"
    NEEDS_NO_ASSIGNER = "交办件延期还须经交办机关批准（山东省信访条例第四十二条），请先报交办机关。"
    RECUSAL_PENDING = "没有待决定的回避申请。"
    RECUSAL_DECIDED = "有回避申请尚未决定，请先由负责人决定（第二十八条第三款）。"
    HEARING_PENDING = "没有待决定的听证申请。"
    HEARING_DECIDED = "有听证申请尚未答复，请先决定是否举行听证（山东省信访条例第三十九条）。"
    CO_HANDLED = "没有尚未反馈的协办单位。"
    SUPPORTED = "处理意见中没有予以支持、尚未执行的诉求。"
    OPINION_STANDS = "复查只针对已送达的信访处理意见（第三十五条）；已经复查的，请登记复核申请。"
    REVIEW_STANDS = "复核只针对已送达的复查意见（第三十六条）；没有经过复查的，请登记复查申请。"
    ENDED_FOR_GOOD = "该事项已终结，不是因逾期未申请复核而终结的，不能再申请复核（第三十六条第三款）。"
    UPHELD = "意见为撤销的，请责令重新处理。"
    REVOKED = "只有撤销的意见才责令重新处理。"
    EXECUTED = "予以支持的诉求尚未执行完毕，请先督促执行并记录结果（第三十二条第二款）。"
    CLAIM = "只有申诉求决类事项才有几种办理途径（第三十一条），其他事项的途径随事项性质确定。"
    ONCE_CLAIM = "该事项不是申诉求决类，也不是由申诉求决类变更而来的，事项性质由登记机构确定，不能转信访程序办理。"
    NOT_REDONE = "复查、复核机关责令重新处理的事项，应当重新作出处理意见，不改按其他途径办理。"
    LEADABLE = "建议意见类、检举控告类事项不导入其他法定途径（第二十九条、第三十条）。"
    URGENT = "该事项没有重大紧急报告。"
    NOTHING_RUNS = "信访人申请复查、复核等权利尚未届满，或者有关单位的反馈尚未完成，届满或者完成后再归档。"
    END_ASKED = "没有待决定的提请事项。"
    END_NOT_ASKED = "已有一项提请的事项待决定。"
    CAME_AGAIN = "该事项没有后来并入的信访件；首次登记的内容请办理更正登记。"
    UNSEALED = "该事项已经是检举控告保密件，请按照管理权限转送纪检监察机关。"
    OWN_REPORT = "检举控告类事项由纪检监察机关按照管理权限处理，请转送（第二十二条第二款、第三十条）。"
    SEALED = "该事项不是检举控告保密件，不需要解除保密。"
    FROM_TRIAGE = "该事项不是由本单位甄别后转送、交办的，不能收回。"
    LAST_PASSED_DOWN = "该事项不是转下级办理的，不能这样收回。"
    DELIVERY_DOUBTED = "没有待核实的送达日期。"
    ALL_SERVED = "还有信访人没有收到答复，请先“送达其他信访人”。"
    DELIVERY_SHOWN = "送达没有凭证，请先“补交送达凭证”；凭证灭失的，由登记机构“核实送达日期”。"
    DELIVERED_SETTLED = "没有可以更正的送达：尚未送达，或者凭证待补交。"
    OTHERS_UNSERVED = "没有尚未送达的其他信访人。"
    DELIVERY_UNPROVEN = "没有待补交凭证的送达。"
    HEARD = "只有经过听证的复核意见才可以公示（第三十六条第二款）。"


# The states from which alone a matter that was accepted as a claim comes to be answered by another way.
ACCEPTED = IN_HANDLING - {State.UNDERTAKEN}
OWN_WAYS = frozenset({LegalWay.ADVICE, LegalWay.DISCIPLINE, LegalWay.STATUTORY_DUTY})

FITS: Mapping[Guard, Callable[[Any], bool]] = {
    Guard.WAY_PETITION: lambda case: case.legal_way == LegalWay.PETITION,
    Guard.WAY_ROUTED: lambda case: case.legal_way in ROUTED_WAYS,
    Guard.WAY_OWN: lambda case: case.legal_way in OWN_WAYS,
    Guard.SIMPLE: lambda case: case.is_simple,
    Guard.NOT_SIMPLE: lambda case: not case.is_simple,
    Guard.OWN_ORGAN: lambda case: case.holder.kind != UnitKind.PETITION_OFFICE,
    Guard.HANDED_OVER: lambda case: case.sender_id is not None,
    Guard.SORTED_HERE: lambda case: not case.passers,
    Guard.PASSED_DOWN: lambda case: bool(case.passers),
    Guard.NEEDS_ASSIGNER: lambda case: case.needs_assigner,
    Guard.NEEDS_NO_ASSIGNER: lambda case: not case.needs_assigner,
    Guard.RECUSAL_PENDING: lambda case: case.is_recusal_asked,
    Guard.RECUSAL_DECIDED: lambda case: not case.is_recusal_asked,
    Guard.HEARING_PENDING: lambda case: case.is_hearing_asked,
    Guard.HEARING_DECIDED: lambda case: not case.is_hearing_asked,
    Guard.CO_HANDLED: lambda case: bool(case.co_handlers),
    Guard.SUPPORTED: lambda case: case.owes_execution,
    Guard.OPINION_STANDS: lambda case: case.last_answer == LastAnswer.OPINION,
    Guard.REVIEW_STANDS: lambda case: case.last_answer == LastAnswer.REVIEW,
    Guard.ENDED_FOR_GOOD: lambda case: case.end_ground in ("", EndGround.NO_REQUEST),
    Guard.UPHELD: lambda case: case.review_result != ReviewResult.REVOKE,
    Guard.REVOKED: lambda case: case.review_result == ReviewResult.REVOKE,
    Guard.DELIVERY_DOUBTED: lambda case: case.is_delivery_doubted or case.is_delivery_unproven,
    Guard.DELIVERED_SETTLED: lambda case: bool(case.last_answer) and not case.is_delivery_unproven,
    Guard.DELIVERY_UNPROVEN: lambda case: case.is_delivery_unproven,
    Guard.OTHERS_UNSERVED: lambda case: bool(case.unserved),
    Guard.ALL_SERVED: lambda case: not case.unserved,
    Guard.DELIVERY_SHOWN: lambda case: not case.is_delivery_unproven,
    Guard.HEARD: lambda case: case.was_heard,
    Guard.END_ASKED: lambda case: bool(case.end_asked),
    Guard.END_NOT_ASKED: lambda case: not case.end_asked,
    Guard.SEALED: lambda case: case.is_sealed,
    Guard.CAME_AGAIN: lambda case: case.petition_count > 1,
    Guard.UNSEALED: lambda case: not case.is_sealed,
    Guard.OWN_REPORT: lambda case: not case.is_sealed or case.holder.kind == UnitKind.DISCIPLINE,
    Guard.FROM_TRIAGE: lambda case: case.previous_state == State.TRIAGED,
    Guard.LAST_PASSED_DOWN: lambda case: bool(case.passers) and case.sender_id == case.passers[-1],
    Guard.EXECUTED: lambda case: not case.owes_execution,
    Guard.CLAIM: lambda case: case.kind == Kind.CLAIM,
    Guard.ONCE_CLAIM: lambda case: case.kind == Kind.CLAIM or case.previous_state in ACCEPTED,
    Guard.NOT_REDONE: lambda case: case.review_result != ReviewResult.REVOKE,
    Guard.LEADABLE: lambda case: case.kind in (Kind.CLAIM, Kind.LITIGATION),
    Guard.URGENT: lambda case: case.is_urgent,
    Guard.NOTHING_RUNS: lambda case: not case.due_rule,
}
