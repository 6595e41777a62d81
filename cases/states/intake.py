"""From the arrival to the unit's desk: 登记、甄别、转送交办、异议、管辖 (条例第十九条至第二十五条)."""

from binzhou_xinfang.letters.kinds.handing_over import (
    ASSIGNMENT,
    JURISDICTION,
    OBJECTION,
    PROCEDURAL_ACCEPTANCE,
    REFERRAL,
)
from binzhou_xinfang.letters.kinds.notices import DECLINE, NO_FURTHER_ACCEPTANCE, STATUTORY_ROUTE
from binzhou_xinfang.statute.periods import Rule
from cases.states.transition import DUTIES, EVERY_CLOCK, OPEN, Guard, Transition
from cases.states.vocabulary import Move, State

_UNTOUCHED = frozenset({State.REGISTERED, State.TRIAGED})
_WITH_UNIT = frozenset({State.REFERRED, State.ASSIGNED, State.SIGNED_FOR})
# The office sorts out what is not to be handled; a unit that finds so only after signing may too.
_SORTED = frozenset({State.TRIAGED, State.SIGNED_FOR})

INTAKE = {
    Move.REGISTER: Transition(frozenset(), State.REGISTERED, "第二十二条", starts=(Rule.TRIAGE,)),
    Move.REPEAT: Transition(OPEN, None, "第十九条"),
    Move.ASK_DATA: Transition(_UNTOUCHED, State.AWAITING_DATA, "第十九条第一款"),
    Move.GO_ON: Transition(frozenset({State.AWAITING_DATA}), State.REGISTERED, "第十九条第一款"),
    Move.REPORT_URGENT: Transition(OPEN, None, "第二十五条"),
    Move.TRIAGE: Transition(
        _UNTOUCHED, State.TRIAGED, "第二十二条", cancels=(Rule.SIMPLE_RELAY,), simple=(Rule.SIMPLE_RELAY,)
    ),
    Move.REFER: Transition(
        frozenset({State.TRIAGED}),
        State.REFERRED,
        "第二十二条第一项、第二项",
        starts=(Rule.NOTICE, Rule.OBJECTION),
        simple=(Rule.SIMPLE_ACCEPTANCE,),
        meets=(Rule.TRIAGE, Rule.SIMPLE_RELAY),
        letters=(REFERRAL, PROCEDURAL_ACCEPTANCE),
    ),
    Move.ASSIGN: Transition(
        frozenset({State.TRIAGED}),
        State.ASSIGNED,
        "第二十二条第三项",
        starts=(Rule.NOTICE, Rule.OBJECTION, Rule.ASSIGNMENT),
        meets=(Rule.TRIAGE,),
        letters=(ASSIGNMENT, PROCEDURAL_ACCEPTANCE),
        guards=(Guard.NOT_SIMPLE,),
    ),
    # A body that is no petition office handles what was brought to it directly, if it has the power.
    Move.TAKE_UP: Transition(
        frozenset({State.TRIAGED}),
        State.SIGNED_FOR,
        "第二十三条第一款、第二款",
        starts=(Rule.NOTICE,),
        meets=(Rule.TRIAGE, Rule.SIMPLE_RELAY),
        guards=(Guard.OWN_ORGAN,),
    ),
    Move.ANSWER_DIRECTLY: Transition(
        frozenset({State.TRIAGED}),
        State.ANSWERED,
        "第二十二条、第二十三条第二款",
        starts=(Rule.EVALUATION,),
        meets=(Rule.TRIAGE,),
        cancels=DUTIES,
    ),
    Move.FILE: Transition(_UNTOUCHED, State.FILED, "第二十二条", meets=(Rule.TRIAGE,), cancels=DUTIES),
    Move.DECLINE: Transition(
        _SORTED,
        State.DECLINED,
        "第十九条第三款、第二十条",
        meets=(Rule.TRIAGE, Rule.NOTICE),
        cancels=EVERY_CLOCK,
        letters=(DECLINE,),
    ),
    Move.REFUSE_AGAIN: Transition(
        _SORTED,
        State.NOT_AGAIN,
        "第三十六条第三款",
        meets=(Rule.TRIAGE, Rule.NOTICE),
        cancels=EVERY_CLOCK,
        letters=(NO_FURTHER_ACCEPTANCE,),
    ),
    Move.ROUTE: Transition(
        _SORTED,
        State.ROUTED,
        "第二十二条第二款、第二十八条第二款、第三十一条第一项至第四项",
        meets=(Rule.TRIAGE, Rule.NOTICE),
        cancels=EVERY_CLOCK,
        letters=(STATUTORY_ROUTE,),
        guards=(Guard.WAY_ROUTED,),
    ),
    Move.MERGE: Transition(_UNTOUCHED, State.MERGED, "第十九条第三款", cancels=EVERY_CLOCK),
    # The clock of the office is set up again from the first receipt: a wrong merge is nobody's gain of time.
    Move.SPLIT: Transition(frozenset({State.MERGED}), None, "第十九条第三款", starts=(Rule.TRIAGE,), returns=True),
    Move.SIGN_FOR: Transition(
        frozenset({State.REFERRED, State.ASSIGNED}),
        State.SIGNED_FOR,
        "第二十三条第三款",
        restarts=(Rule.NOTICE, Rule.OBJECTION),
    ),
    Move.PASS_DOWN: Transition(
        _WITH_UNIT,
        State.REFERRED,
        "第二十二条第二项、第二十三条第一款",
        starts=(Rule.NOTICE, Rule.OBJECTION),
        simple=(Rule.SIMPLE_ACCEPTANCE,),
        meets=(Rule.NOTICE,),
        cancels=(Rule.OBJECTION, Rule.SIMPLE_ACCEPTANCE),
        letters=(REFERRAL, PROCEDURAL_ACCEPTANCE),
    ),
    Move.OBJECT: Transition(
        _WITH_UNIT,
        State.OBJECTED,
        "第二十三条第三款",
        meets=(Rule.OBJECTION,),
        letters=(OBJECTION,),
        guards=(Guard.HANDED_OVER,),
    ),
    # The first due day of the office is kept: 条例 knows no pause for an objection.
    Move.AGREE_OBJECTION: Transition(
        frozenset({State.OBJECTED}),
        State.REGISTERED,
        "第二十三条第三款",
        starts=(Rule.TRIAGE,),
        cancels=(Rule.NOTICE, Rule.ASSIGNMENT, Rule.SIMPLE_ACCEPTANCE),
    ),
    Move.REFUSE_OBJECTION: Transition(frozenset({State.OBJECTED}), None, "第二十三条第三款", returns=True),
    Move.DISPUTE: Transition(_WITH_UNIT | {State.OBJECTED}, State.DISPUTED, "第二十四条第一款"),
    Move.DECIDE_JURISDICTION: Transition(
        frozenset({State.DISPUTED}),
        State.REFERRED,
        "第二十四条",
        starts=(Rule.NOTICE,),
        cancels=(Rule.NOTICE, Rule.OBJECTION, Rule.SIMPLE_ACCEPTANCE),
        letters=(JURISDICTION,),
    ),
}
