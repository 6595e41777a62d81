"""化解、撤回、终结、重新启动、归档 (条例第二十七条、第三十六条第三款，山东省信访条例第四十六条)."""

from binzhou_xinfang.letters.kinds.ending import COMMITMENT, FILE_CATALOGUE, RESOLUTION_REPORT
from binzhou_xinfang.statute.periods import Rule
from cases.states.transition import DUTIES, EVERY_CLOCK, EVERY_CLOCK_BUT_EVALUATION, OPEN, Guard, Transition
from cases.states.vocabulary import CLOSED_STATES, Move, State

ENDING = {
    Move.RESOLVE: Transition(
        frozenset({State.DELIVERED, State.EXECUTING, State.REVIEW_DELIVERED, State.CLOSED, State.ENDED}),
        State.RESOLVED,
        "第二十七条、第三十七条第三款",
        meets=(Rule.ASSIGNMENT, Rule.EXECUTION),
        cancels=DUTIES,
        letters=(RESOLUTION_REPORT, COMMITMENT),
    ),
    # 条例 does not speak of a withdrawal (reference §1.6): practice takes it when it is signed and free.
    Move.WITHDRAW: Transition(OPEN, State.WITHDRAWN, "第十七条（信访人自愿）", cancels=EVERY_CLOCK),
    Move.SUCCEED: Transition(OPEN, None, "山东省信访条例第四十六条第四项"),
    # The parties may still bring their agreement before the court: that right is not the office's to end.
    Move.END: Transition(
        OPEN | {State.CLOSED},
        State.ENDED,
        "第三十六条第三款、山东省信访条例第四十六条",
        cancels=tuple(rule for rule in EVERY_CLOCK_BUT_EVALUATION if rule is not Rule.JUDICIAL_CONFIRMATION),
    ),
    Move.CONFIRM_END: Transition(
        frozenset({State.ENDED}), State.END_CONFIRMED, "第三十六条第三款", guards=(Guard.EXECUTED,)
    ),
    # A file in the archive can prove wrong too.
    Move.REOPEN: Transition(
        CLOSED_STATES - {State.MERGED}, State.REGISTERED, "第二十七条", starts=(Rule.TRIAGE,), cancels=EVERY_CLOCK
    ),
    # From the archive nothing can be asked for: the petitioner's right to a review ends first.
    Move.ARCHIVE: Transition(
        CLOSED_STATES - {State.MERGED, State.ARCHIVED},
        State.ARCHIVED,
        "第二十一条",
        cancels=DUTIES,
        letters=(FILE_CATALOGUE,),
        guards=(Guard.NOTHING_RUNS, Guard.EXECUTED),
    ),
}
