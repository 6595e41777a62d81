"""复查、复核、责令重新处理 (条例第三十五条、第三十六条)."""

from binzhou_xinfang.letters.kinds.handling import DELIVERY_PROOF
from binzhou_xinfang.letters.kinds.hearing import HEARING_NOTICE, HEARING_RECORD, HEARING_REPORT
from binzhou_xinfang.letters.kinds.notices import DECLINE
from binzhou_xinfang.letters.kinds.review import RECHECK_OPINION, RECHECK_REQUEST, REVIEW_OPINION, REVIEW_REQUEST
from binzhou_xinfang.statute.periods import Rule
from cases.states.transition import EVERY_CLOCK_BUT_EVALUATION, Guard, Transition
from cases.states.vocabulary import Move, State

REVIEW = {
    # The request may come after the file was closed: the right outlives it.
    Move.ASK_REVIEW: Transition(
        frozenset({State.DELIVERED, State.EXECUTING, State.CLOSED, State.RESOLVED}),
        State.REVIEW_ASKED,
        "第三十五条",
        starts=(Rule.REVIEW, Rule.REVIEW_ACCEPTANCE),
        meets=(Rule.REVIEW_REQUEST,),
        letters=(REVIEW_REQUEST,),
        guards=(Guard.OPINION_STANDS,),
    ),
    Move.ACCEPT_REVIEW: Transition(
        frozenset({State.REVIEW_ASKED}),
        State.REVIEWING,
        "第三十五条、山东省信访条例第四十三条",
        meets=(Rule.REVIEW_ACCEPTANCE,),
    ),
    Move.DECLINE_REVIEW: Transition(
        frozenset({State.REVIEW_ASKED}),
        None,
        "第三十五条、山东省信访条例第四十三条",
        meets=(Rule.REVIEW_ACCEPTANCE,),
        cancels=(Rule.REVIEW,),
        letters=(DECLINE,),
        returns=True,
        guards=(Guard.RECUSAL_DECIDED,),
    ),
    Move.DRAFT_REVIEW: Transition(frozenset({State.REVIEWING}), State.REVIEW_DRAFTED, "第三十五条"),
    Move.RETURN_REVIEW: Transition(frozenset({State.REVIEW_DRAFTED}), State.REVIEWING, "第三十五条"),
    Move.SIGN_REVIEW: Transition(
        frozenset({State.REVIEW_DRAFTED}),
        State.REVIEW_ISSUED,
        "第三十五条、山东省信访条例第四十五条",
        meets=(Rule.REVIEW,),
        letters=(REVIEW_OPINION,),
        guards=(Guard.RECUSAL_DECIDED,),
    ),
    Move.DELIVER_REVIEW: Transition(
        frozenset({State.REVIEW_ISSUED}),
        State.REVIEW_DELIVERED,
        "第三十六条第一款",
        starts=(Rule.RECHECK_REQUEST,),
        letters=(DELIVERY_PROOF,),
        guards=(Guard.UPHELD,),
    ),
    Move.ASK_RECHECK: Transition(
        # Ended because nobody asked in time: who had a good reason may still be heard (山东省信访条例第四十六条).
        frozenset({State.REVIEW_DELIVERED, State.EXECUTING, State.CLOSED, State.RESOLVED, State.ENDED}),
        State.RECHECK_ASKED,
        "第三十六条第一款",
        starts=(Rule.RECHECK, Rule.RECHECK_ACCEPTANCE),
        meets=(Rule.RECHECK_REQUEST,),
        letters=(RECHECK_REQUEST,),
        guards=(Guard.ENDED_FOR_GOOD, Guard.REVIEW_STANDS),
    ),
    Move.ACCEPT_RECHECK: Transition(
        frozenset({State.RECHECK_ASKED}),
        State.RECHECKING,
        "第三十六条第一款、山东省信访条例第四十四条",
        meets=(Rule.RECHECK_ACCEPTANCE,),
    ),
    Move.DECLINE_RECHECK: Transition(
        frozenset({State.RECHECK_ASKED}),
        None,
        "第三十六条第一款、山东省信访条例第四十四条",
        meets=(Rule.RECHECK_ACCEPTANCE,),
        cancels=(Rule.RECHECK,),
        letters=(DECLINE,),
        returns=True,
        guards=(Guard.RECUSAL_DECIDED,),
    ),
    # 第三十六条第二款：听证所需时间不计算在前款规定的期限内
    Move.CALL_RECHECK_HEARING: Transition(
        frozenset({State.RECHECKING}),
        State.RECHECK_HEARING,
        "第三十六条第二款",
        letters=(HEARING_NOTICE,),
        suspends=Rule.RECHECK,
    ),
    Move.CONCLUDE_RECHECK_HEARING: Transition(
        frozenset({State.RECHECK_HEARING}),
        State.RECHECKING,
        "第三十六条第二款",
        letters=(HEARING_RECORD, HEARING_REPORT),
        resumes=Rule.RECHECK,
    ),
    Move.CANCEL_RECHECK_HEARING: Transition(
        frozenset({State.RECHECK_HEARING}), State.RECHECKING, "第三十六条第二款", resumes=Rule.RECHECK
    ),
    Move.DRAFT_RECHECK: Transition(frozenset({State.RECHECKING}), State.RECHECK_DRAFTED, "第三十六条第一款"),
    Move.RETURN_RECHECK: Transition(frozenset({State.RECHECK_DRAFTED}), State.RECHECKING, "第三十六条第一款"),
    Move.SIGN_RECHECK: Transition(
        frozenset({State.RECHECK_DRAFTED}),
        State.RECHECK_ISSUED,
        "第三十六条第一款",
        meets=(Rule.RECHECK,),
        letters=(RECHECK_OPINION,),
        guards=(Guard.RECUSAL_DECIDED,),
    ),
    Move.DELIVER_RECHECK: Transition(
        frozenset({State.RECHECK_ISSUED}),
        State.ENDED,
        "第三十六条第三款",
        cancels=tuple(rule for rule in EVERY_CLOCK_BUT_EVALUATION if rule is not Rule.EXECUTION),
        letters=(DELIVERY_PROOF,),
        guards=(Guard.UPHELD,),
        # The end of the road for the petitioner; for the unit, when it has done what was supported (第三十二条第二款).
        owing=State.EXECUTING,
    ),
    Move.ORDER_REDO: Transition(
        frozenset({State.REVIEW_ISSUED, State.RECHECK_ISSUED}),
        State.REDO_ORDERED,
        "山东省信访条例第四十五条",
        starts=(Rule.REDO,),
        cancels=(Rule.EXECUTION,),
        letters=(DELIVERY_PROOF,),
        guards=(Guard.REVOKED,),
    ),
    Move.RESTART: Transition(frozenset({State.REDO_ORDERED}), State.HANDLING, "山东省信访条例第四十五条"),
    Move.PUBLISH: Transition(
        frozenset({State.ENDED, State.END_CONFIRMED}), None, "第三十六条第二款", guards=(Guard.HEARD,)
    ),
}
