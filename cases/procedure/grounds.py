"""Table of grounds: for each move that ends a duty or a right by a choice, the cases in which the law lets it.

A ground that is not here is not offered and not taken; what older events say by it is still told in its words.
"""

from datetime import date

from django.db.models import F, TextChoices

from binzhou_xinfang.accounts.models import UnitKind
from binzhou_xinfang.letters.kinds.mediation import MEDIATION_AGREEMENT, SETTLEMENT_AGREEMENT
from binzhou_xinfang.statute.periods import Rule
from cases.facts import earlier_letter
from cases.models import Deadline, PetitionCase, Review
from cases.states import Ground, Grounds, Move, PaperKind, State
from cases.states.ground_lists import AskedEnd, DirectAnswer, OtherWay, Succession, VoidReason
from cases.vocabulary import (
    CLAIMING,
    Channel,
    DeclineReason,
    EndGround,
    FileReason,
    Kind,
    LastAnswer,
    NoHearing,
    Purpose,
    ReopenReason,
    ReviewKind,
    ReviewRefusal,
    ReviewResult,
)


def offered(choices: type[TextChoices], grounds: Grounds) -> list[tuple[str, str]]:
    """List what a form offers of the choices: those that are grounds."""
    return [(value, str(label)) for value, label in choices.choices if value in grounds]


# By the values of the moves that call a hearing.
CALLS = (Move.CALL_HEARING.value, Move.CALL_RECHECK_HEARING.value)
RIGHTS = (Rule.REVIEW_REQUEST, Rule.RECHECK_REQUEST)
# What each right is used by.
KIND_OF = {Rule.REVIEW_REQUEST: ReviewKind.REVIEW, Rule.RECHECK_REQUEST: ReviewKind.RECHECK}


def _owes_nothing(case: PetitionCase) -> bool:
    return not case.owes_execution


def is_agreed(case: PetitionCase, on: date) -> bool:
    return earlier_letter(case, MEDIATION_AGREEMENT, SETTLEMENT_AGREEMENT) is not None


def right_has_ended(case: PetitionCase) -> bool:
    """Check that the last right to a review or recheck ran out unused."""
    right = case.deadlines.filter(rule__in=RIGHTS).order_by("-pk").first()
    return right is not None and right.met_on is None and right.lapsed_at is not None and not was_used(right)


def was_used(right: Deadline) -> bool:
    """Check that a right that went on after a request had come to nothing had been used in time by that request.

    Who asked in time is not somebody who did not ask, though the request was declined or withdrawn, and though its day
    was put right only afterwards (山东省信访条例第四十六条).
    """
    before = Deadline.objects.filter(case=right.case_id, rule=right.rule, pk__lt=right.pk)
    # What goes on began before the request; the right of a new answer begins after it.
    if before.filter(met_on__gte=right.started_on, met_on__lte=F("legal_on")).exists():
        return True
    requests = Review.objects.filter(case=right.case_id, kind=KIND_OF[Rule(right.rule)], is_late=False)
    return requests.filter(requested_on__gte=right.started_on).exists()


def _nobody_asked(case: PetitionCase, on: date) -> bool:
    # On a day that nobody has proven no right has ended for good.
    return _owes_nothing(case) and not (case.is_delivery_unproven or case.unserved) and right_has_ended(case)


def _is_rechecked(case: PetitionCase, on: date) -> bool:
    return _owes_nothing(case) and case.last_answer == LastAnswer.RECHECK


# 山东省信访条例第四十六条. 第五项「其他应当终结的情形」 names nothing, and so ends nothing by itself.
ENDING: Grounds = {
    EndGround.MEDIATED: Ground(
        "《山东省信访条例》第四十六条第一项、《信访工作条例》第三十三条",
        "该事项没有调解、和解协议书，不能以此终结。",
        is_agreed,
        papers=(PaperKind.AGREEMENT,),
    ),
    EndGround.NO_REQUEST: Ground(
        "《山东省信访条例》第四十六条第二项",
        "申请复查、复核的期限尚未届满，送达没有凭证，有信访人尚未送达，或者予以支持的诉求尚未执行完毕，不能以此终结。",
        _nobody_asked,
        frozenset({State.DELIVERED, State.REVIEW_DELIVERED, State.CLOSED}),
    ),
    EndGround.RECHECKED: Ground(
        "《信访工作条例》第三十六条第三款、《山东省信访条例》第四十六条第三项",
        "复核意见尚未送达，或者予以支持的诉求尚未执行完毕，不能以此终结。",
        _is_rechecked,
    ),
    EndGround.NO_SUCCESSOR: Ground(
        "《山东省信访条例》第四十六条第四项", papers=(PaperKind.DEATH_PROOF,), is_told=False
    ),
}


def _is_open_or_in_time(case: PetitionCase, on: date) -> bool:
    return case.is_open or case.due_rule in RIGHTS


_TOO_LATE = "该事项已经办结，申请复查、复核的期限也已届满，没有可以承继的权利。"
_SIGNED = (PaperKind.WITHDRAWAL,)
WITHDRAWING: Grounds = {AskedEnd.WITHDRAWN: Ground("《信访工作条例》第十七条第一款", papers=_SIGNED)}
# What a unit or a window asks for is what the head decides on.
ASKING: Grounds = {
    AskedEnd.WITHDRAWN: WITHDRAWING[AskedEnd.WITHDRAWN],
    AskedEnd.MEDIATED: ENDING[EndGround.MEDIATED],
    AskedEnd.NO_SUCCESSOR: ENDING[EndGround.NO_SUCCESSOR],
    AskedEnd.SUCCESSOR: Ground(
        "《山东省信访条例》第四十六条第四项",
        _TOO_LATE,
        _is_open_or_in_time,
        papers=(PaperKind.DEATH_PROOF, PaperKind.KINSHIP_PROOF),
    ),
}


def _is_report(case: PetitionCase, on: date) -> bool:
    return bool(case.is_sealed)


_AT_THE_OFFICE = frozenset({State.REGISTERED, State.TRIAGED, State.AWAITING_DATA})
ASKING_OF_REPORTS: Grounds = {
    AskedEnd.UNSEALED: Ground(
        "《信访工作条例》第三十条第三款",
        "该事项不是尚未转送的检举控告保密件。",
        _is_report,
        _AT_THE_OFFICE,
    ),
    AskedEnd.VOIDED: Ground(
        "《信访工作条例》第二十一条第二款、第三十条第三款",
        "该事项不是尚未转送的检举控告保密件，登记有误的，由负责人直接办理作废。",
        _is_report,
        _AT_THE_OFFICE,
    ),
}
SUCCEEDING: Grounds = {
    Succession.DIED: Ground(
        "《山东省信访条例》第四十六条第四项",
        f"原信访人不是自然人；{_TOO_LATE}",
        lambda case, on: not case.lead.is_organisation and _is_open_or_in_time(case, on),
    ),
    Succession.DISSOLVED: Ground(
        "《山东省信访条例》第四十六条第四项",
        f"原信访人不是法人或者其他组织；{_TOO_LATE}",
        lambda case, on: case.lead.is_organisation and _is_open_or_in_time(case, on),
    ),
}


def _is_no_claim(case: PetitionCase, on: date) -> bool:
    return not case.is_sealed and case.purpose not in CLAIMING | {Purpose.EXPOSE}


_HAS_A_UNIT = (
    "申诉求决、检举控告应当由有权处理的机关、单位办理（第三十条、第三十一条），"
    "不能直接答复，请转送、交办或者导入法定途径。"
)
ANSWERING: Grounds = {
    DirectAnswer.ADVICE: Ground(
        "《信访工作条例》第二十九条第一款、《信访事项简易办理办法》第四条第二项",
        "只有建议意见类事项才可以按建议意见即时反馈。",
        lambda case, on: case.kind == Kind.ADVICE and _is_no_claim(case, on),
    ),
    DirectAnswer.INQUIRY: Ground(
        "《信访工作条例》第二十三条第二款、《信访事项简易办理办法》第四条第二项", _HAS_A_UNIT, _is_no_claim
    ),
}
_ASKS_FOR_SOMETHING = "申诉求决、检举控告有要求答复的内容，不能存件；信访目的登记有误的，请先更正登记。"
FILING: Grounds = {
    FileReason.ANONYMOUS: Ground(
        "《信访工作条例》第二十三条第二款",
        "该信访件有姓名（名称），不能按匿名存件。",
        lambda case, _: case.lead.is_anonymous,
    ),
    FileReason.THANKS: Ground("《信访工作条例》第二十二条第一款", _ASKS_FOR_SOMETHING, _is_no_claim),
    FileReason.EMPTY: Ground("《信访工作条例》第二十二条第一款", _ASKS_FOR_SOMETHING, _is_no_claim),
}


def _came_here_in_person(case: PetitionCase, on: date) -> bool:
    return case.channel == Channel.VISIT and case.registered_unit_id == case.holder_id


# Who asks once more for what nobody had reviewed in time is answered by 不再受理, which names the earlier matter.
_BY_REASONS = "由有权处理的机关、单位逐件认定，理由写入告知书，信访人可以向上一级反映"
DECLINING: Grounds = {
    DeclineReason.PENDING: Ground(
        "《信访工作条例》第十九条第三款", untested="在办事项由办理动作核对：同一信访人、同一诉求、其他单位正在办理"
    ),
    DeclineReason.SKIPPED: Ground(
        "《信访工作条例》第二十条第一款", "只有到本机关走访才有越级的问题，请选择其他理由。", _came_here_in_person
    ),
    DeclineReason.LITIGATION: Ground(
        "《信访工作条例》第二十条第二款",
        "只有到本机关走访的才引导其向政法部门提出；来信等应当转送同级政法部门（第二十二条第二款）。",
        _came_here_in_person,
    ),
    DeclineReason.NOT_OURS: Ground(
        "《信访工作条例》第二十三条第一款",
        "信访部门收到的应当转送有权处理的机关、单位；转送、交办来的，请提出异议。",
        lambda case, _: case.holder.kind != UnitKind.PETITION_OFFICE and case.sender_id is None,
    ),
    DeclineReason.NOT_PETITION: Ground("《信访工作条例》第十七条第一款", untested=_BY_REASONS),
}


def _is_late(case: PetitionCase, on: date) -> bool:
    review = case.reviews.order_by("-pk").first()
    return review is not None and review.is_proven_late


DECLINING_REVIEW: Grounds = {
    ReviewRefusal.LATE: Ground(
        "《信访工作条例》第三十五条、第三十六条第一款",
        "该申请在规定期限内提出，或者收到申请之日没有凭证，不能以逾期为由不予受理。",
        _is_late,
    ),
    ReviewRefusal.SKIPPED: Ground("《信访工作条例》第三十五条、第三十六条第一款", untested=_BY_REASONS),
    ReviewRefusal.NEW_MATTER: Ground("《信访工作条例》第三十五条、第三十六条第一款", untested=_BY_REASONS),
    ReviewRefusal.OTHER_WAY: Ground("《信访工作条例》第三十一条第一项至第五项", untested=_BY_REASONS),
}


def _hearing_day_has_come(case: PetitionCase, on: date) -> bool:
    called = case.events.filter(kind__in=CALLS).order_by("-seq").first()
    return called is None or called.detail.get("hearing_on", "") <= on.isoformat()


# 《山东省信访事项听证办法（试行）》：无正当理由不出席的，视为放弃听证
NOT_HEARING: Grounds = {
    NoHearing.ABSENT: Ground(
        "《信访工作条例》第三十一条第六项、第三十六条第二款",
        "听证日期还没有到，不能认定信访人不出席。",
        _hearing_day_has_come,
    ),
    NoHearing.WAIVED: Ground("《信访工作条例》第三十一条第六项、第三十六条第二款", papers=(PaperKind.OTHER_PROOF,)),
    NoHearing.DROPPED: Ground(
        "《信访工作条例》第三十一条第六项、第三十六条第二款", untested="听证由举行的机关、单位自行决定"
    ),
}
# Who made the claim may say that it is none; that a law obliges the unit, the unit answers for by its reason.
TURNING: Grounds = {
    OtherWay.DUTY: Ground(
        "《信访工作条例》第三十一条第五项",
        "只有申诉求决类事项才有几种办理途径（第三十一条）。",
        lambda case, _: case.kind == Kind.CLAIM,
    ),
    OtherWay.ADVICE: Ground("《信访工作条例》第二十九条第一款", papers=(PaperKind.OTHER_PROOF,)),
}
VOIDING: Grounds = {
    VoidReason.DOUBLE: Ground("《信访工作条例》第二十一条第二款", untested="保留的一件由办理动作核对"),
    VoidReason.MISTAKE: Ground(
        "《信访工作条例》第二十一条第二款",
        "该事项附有信访人的材料，不是没有来件，不能作废；登记的内容有误的，请更正登记。",
        lambda case, _: not case.attachments.exists(),
    ),
}
_GIVES_BACK = "重新启动恢复办理，不减少信访人的权利"
REOPENING: Grounds = {
    ReopenReason.NEW_FACTS: Ground("《信访工作条例》第三十六条第三款", untested=_GIVES_BACK),
    ReopenReason.WRONGLY_CLOSED: Ground("《信访工作条例》第二十八条第一款", untested=_GIVES_BACK),
    ReopenReason.SPOT_CHECK: Ground("《信访工作条例》第三十八条第二款", untested=_GIVES_BACK),
    ReopenReason.REVOKED: Ground(
        "《信访工作条例》第三十五条、第三十六条第一款",
        "没有撤销原意见的复查、复核意见，不能以此重新启动。",
        lambda case, _: case.review_result == ReviewResult.REVOKE,
    ),
    # 第三十一条第六项：不属于以上情形的. The organ to which the petitioner was led says that it is not its own.
    ReopenReason.WAY_REFUSED: Ground(
        "《信访工作条例》第三十一条第六项",
        "只有导入法定途径的事项，有关机关不予受理的，才能以此重新启动。",
        sources=frozenset({State.ROUTED}),
        papers=(PaperKind.ORGAN_LETTER,),
    ),
}
