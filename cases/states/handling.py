"""From the notice to the closed file: 告知、调查、调解、听证、延期、意见书、执行、办结 (条例第二十七条至第三十四条)."""

from binzhou_xinfang.letters.kinds.handling import COMPLETION_REPORT, DELIVERY_PROOF, OPINION
from binzhou_xinfang.letters.kinds.hearing import HEARING_NOTICE, HEARING_RECORD, HEARING_REPORT
from binzhou_xinfang.letters.kinds.mediation import MEDIATION_AGREEMENT, SETTLEMENT_AGREEMENT
from binzhou_xinfang.letters.kinds.notices import ACCEPTANCE, EXTENSION
from binzhou_xinfang.statute.periods import Rule
from cases.states.transition import DUTIES, Guard, Transition
from cases.states.vocabulary import Move, State

_SIGNED = frozenset({State.SIGNED_FOR})
_AT_WORK = frozenset({State.ACCEPTED, State.HANDLING})
_EXTENDING = frozenset({State.EXTENSION_ASKED})
_ASSIGNER = frozenset({State.EXTENSION_REFERRED})
# While the unit works on it, in whatever way.
WORKING = frozenset(
    {
        State.SIGNED_FOR, State.ACCEPTED, State.UNDERTAKEN, State.SIMPLE, State.HANDLING, State.MEDIATING,
        State.HEARING, State.CONFERRING, State.EXTENSION_ASKED, State.EXTENSION_REFERRED, State.DRAFTED, State.CHECKED,
    }
)  # fmt: skip
# Whoever is to give an opinion, below or above, may have an interest of his own in it.
_BEFORE_ITS_OPINION = WORKING | {
    State.REVIEW_ASKED, State.REVIEWING, State.REVIEW_DRAFTED, State.RECHECK_ASKED, State.RECHECKING,
    State.RECHECK_HEARING, State.RECHECK_DRAFTED,
}  # fmt: skip

HANDLING = {
    Move.ACCEPT: Transition(
        _SIGNED,
        State.ACCEPTED,
        "第二十三条第三款、第三十四条",
        starts=(Rule.HANDLING,),
        meets=(Rule.NOTICE,),
        cancels=(Rule.OBJECTION, Rule.SIMPLE_ACCEPTANCE),
        letters=(ACCEPTANCE,),
        guards=(Guard.WAY_PETITION,),
    ),
    # 第三十四条 gives the 60 days to 第三十一条第六项 alone: these follow the period of their own way.
    Move.UNDERTAKE: Transition(
        _SIGNED,
        State.UNDERTAKEN,
        "第二十九条、第三十条、第三十一条第五项",
        starts=(Rule.OWN_WAY,),
        meets=(Rule.NOTICE,),
        cancels=(Rule.OBJECTION, Rule.SIMPLE_ACCEPTANCE),
        letters=(ACCEPTANCE,),
        guards=(Guard.WAY_OWN,),
    ),
    Move.ACCEPT_SIMPLE: Transition(
        _SIGNED,
        State.SIMPLE,
        "第三十一条第六项、《信访事项简易办理办法》",
        starts=(Rule.SIMPLE_HANDLING,),
        meets=(Rule.NOTICE, Rule.SIMPLE_ACCEPTANCE),
        cancels=(Rule.OBJECTION,),
        guards=(Guard.SIMPLE, Guard.WAY_PETITION),
    ),
    # The ordinary clock counts from the day of the simple acceptance: nobody gains time by the detour.
    Move.FALL_BACK: Transition(
        frozenset({State.SIMPLE}),
        State.ACCEPTED,
        "第三十四条、《信访事项简易办理办法》",
        starts=(Rule.HANDLING,),
        cancels=(Rule.SIMPLE_HANDLING,),
        letters=(ACCEPTANCE,),
    ),
    Move.ANSWER_SIMPLE: Transition(
        frozenset({State.SIMPLE}),
        State.DELIVERED,
        "第三十二条、《信访事项简易办理办法》",
        starts=(Rule.REVIEW_REQUEST, Rule.EVALUATION),
        meets=(Rule.SIMPLE_HANDLING,),
        letters=(OPINION,),
        guards=(Guard.RECUSAL_DECIDED,),
    ),
    Move.STUDY: Transition(frozenset({State.UNDERTAKEN}), None, "第二十九条、第三十条、第三十一条第五项"),
    Move.REPLY: Transition(
        frozenset({State.UNDERTAKEN}),
        State.CLOSED,
        "第二十九条第一款、第三十条、第三十一条第五项",
        starts=(Rule.EVALUATION,),
        meets=(Rule.OWN_WAY, Rule.ASSIGNMENT),
        cancels=DUTIES,
        letters=(COMPLETION_REPORT,),
        guards=(Guard.RECUSAL_DECIDED,),
    ),
    Move.INVESTIGATE: Transition(_AT_WORK, State.HANDLING, "第三十一条第六项"),
    Move.CALL_IN: Transition(WORKING, None, "第二十四条第一款", starts=(Rule.CO_HANDLING,)),
    Move.FEED_BACK: Transition(
        WORKING, None, "第二十四条第一款", meets=(Rule.CO_HANDLING,), guards=(Guard.CO_HANDLED,)
    ),
    Move.RELEASE: Transition(
        WORKING, None, "第二十四条第一款", cancels=(Rule.CO_HANDLING,), guards=(Guard.CO_HANDLED,)
    ),
    Move.ASK_RECUSAL: Transition(_BEFORE_ITS_OPINION, None, "第二十八条第三款、山东省信访条例第十七条"),
    Move.GRANT_RECUSAL: Transition(
        _BEFORE_ITS_OPINION, None, "第二十八条第三款、山东省信访条例第十七条", guards=(Guard.RECUSAL_PENDING,)
    ),
    Move.REFUSE_RECUSAL: Transition(
        _BEFORE_ITS_OPINION, None, "第二十八条第三款、山东省信访条例第十七条", guards=(Guard.RECUSAL_PENDING,)
    ),
    # 条例 knows no pause of the 60 days for mediation, hearing or conference.
    Move.MEDIATE: Transition(_AT_WORK, State.MEDIATING, "第三十三条"),
    Move.REACH_AGREEMENT: Transition(
        frozenset({State.MEDIATING}),
        State.HANDLING,
        "第三十三条、人民调解法第三十三条",
        starts=(Rule.JUDICIAL_CONFIRMATION,),
        letters=(MEDIATION_AGREEMENT,),
    ),
    Move.REACH_SETTLEMENT: Transition(
        frozenset({State.MEDIATING}), State.HANDLING, "第三十三条", letters=(SETTLEMENT_AGREEMENT,)
    ),
    Move.FAIL_MEDIATION: Transition(frozenset({State.MEDIATING}), State.HANDLING, "第三十三条"),
    Move.CALL_HEARING: Transition(_AT_WORK, State.HEARING, "第三十一条第六项", letters=(HEARING_NOTICE,)),
    Move.CONCLUDE_HEARING: Transition(
        frozenset({State.HEARING}),
        State.HANDLING,
        "第三十一条第六项",
        letters=(HEARING_RECORD, HEARING_REPORT),
    ),
    Move.CANCEL_HEARING: Transition(frozenset({State.HEARING}), State.HANDLING, "第三十一条第六项"),
    Move.CONFER: Transition(_AT_WORK, State.CONFERRING, "第十三条、第二十四条"),
    Move.CONCLUDE_CONFERENCE: Transition(frozenset({State.CONFERRING}), State.HANDLING, "第十三条、第二十四条"),
    Move.ASK_EXTENSION: Transition(_AT_WORK, State.EXTENSION_ASKED, "第三十四条"),
    Move.APPROVE_EXTENSION: Transition(
        _EXTENDING,
        None,
        "第三十四条",
        letters=(EXTENSION,),
        returns=True,
        guards=(Guard.NEEDS_NO_ASSIGNER,),
    ),
    Move.AGREE_EXTENSION: Transition(
        _EXTENDING,
        State.EXTENSION_REFERRED,
        "第三十四条、山东省信访条例第四十二条",
        guards=(Guard.NEEDS_ASSIGNER,),
    ),
    Move.CONFIRM_EXTENSION: Transition(
        _ASSIGNER, None, "第三十四条、山东省信访条例第四十二条", letters=(EXTENSION,), returns=True
    ),
    Move.DENY_EXTENSION: Transition(_ASSIGNER, None, "第三十四条、山东省信访条例第四十二条", returns=True),
    Move.REFUSE_EXTENSION: Transition(_EXTENDING, None, "第三十四条", returns=True),
    Move.DRAFT: Transition(frozenset({State.HANDLING}), State.DRAFTED, "第三十二条"),
    Move.CHECK: Transition(frozenset({State.DRAFTED}), State.CHECKED, "第三十二条"),
    Move.RETURN_DRAFT: Transition(frozenset({State.DRAFTED, State.CHECKED}), State.HANDLING, "第三十二条"),
    Move.SIGN: Transition(
        frozenset({State.CHECKED}),
        State.ISSUED,
        "第三十二条、第三十四条",
        meets=(Rule.HANDLING, Rule.REDO),
        letters=(OPINION,),
        guards=(Guard.RECUSAL_DECIDED,),
    ),
    Move.DELIVER: Transition(
        frozenset({State.ISSUED}),
        State.DELIVERED,
        "第三十五条",
        starts=(Rule.REVIEW_REQUEST, Rule.EVALUATION),
        letters=(DELIVERY_PROOF,),
    ),
    # What was supported is owed whatever the body above is asked in the meantime. It can be urged again; the period
    # that runs is kept.
    Move.ORDER_EXECUTION: Transition(
        frozenset({State.DELIVERED, State.REVIEW_DELIVERED, State.EXECUTING}),
        State.EXECUTING,
        "第三十二条第二款",
        starts=(Rule.EXECUTION,),
        guards=(Guard.SUPPORTED,),
    ),
    Move.FINISH_EXECUTION: Transition(
        frozenset({State.EXECUTING}), None, "第三十二条第二款", meets=(Rule.EXECUTION,), returns=True
    ),
    # The petitioner's 30 days for a review go on after the unit has closed its file.
    Move.CLOSE: Transition(
        frozenset({State.DELIVERED, State.REVIEW_DELIVERED}),
        State.CLOSED,
        "第二十七条、第二十二条第三项",
        meets=(Rule.ASSIGNMENT,),
        cancels=DUTIES,
        letters=(COMPLETION_REPORT,),
    ),
}
