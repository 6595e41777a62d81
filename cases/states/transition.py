"""Rows of the table of moves, and the sets of states and clocks that they share."""

from dataclasses import dataclass, field

from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.statute.periods import PERIODS, Rule
from cases.states.grounds import Grounds
from cases.states.guards import Guard
from cases.states.papers import Paper
from cases.states.vocabulary import IN_HANDLING, OPEN_STATES, State


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table of moves.

    `target` None: the matter goes back to the state before (`returns`, but from those of `stays`) or stays where it is.
    `meets`: clocks whose duty this move fulfils; `cancels`: clocks that no longer bind anybody; `simple`: clocks that
    it starts besides for a matter under the simple procedure; `restarts`: clocks that count anew from it where the
    office has set so (Key.NOTICE_START); `suspends` and `resumes`: the clock that stands still
    (第三十六条第二款). `guards`: what the matter must be for it. `owing`: where the move leads first while a supported
    request is not executed; the way back from there is `target`. `papers`: what is attached with it; its verb takes
    them as `papers`. `late`: clocks that it answers or puts off without ending them (`explains`). `unexplained`: why
    who makes it is not asked for the lateness of own duties that it cancels; without it always (`ends`). `moves`:
    clocks that its verb itself puts on other days, ends or begins, as the facts are (a day put right, an extension).
    `grounds`: the cases in which it may end a duty or a right, by the value of the event's field `ground`;
    `no_ground`: why a row that ends one needs none. `alone`: why by law the body that is complained of may itself end
    one by it; without it somebody else decides (`Desk.DECIDER`).
    """

    sources: frozenset[State]
    target: State | None
    article: str
    starts: tuple[Rule, ...] = ()
    meets: tuple[Rule, ...] = ()
    cancels: tuple[Rule, ...] = ()
    letters: tuple[LetterKind, ...] = ()
    returns: bool = False
    stays: frozenset[State] = frozenset()
    simple: tuple[Rule, ...] = ()
    restarts: tuple[Rule, ...] = ()
    suspends: Rule | None = None
    resumes: Rule | None = None
    guards: tuple[Guard, ...] = ()
    owing: State | None = None
    papers: tuple[Paper, ...] = ()
    late: tuple[Rule, ...] = ()
    unexplained: str = ""
    moves: tuple[Rule, ...] = ()
    grounds: Grounds = field(default_factory=dict, compare=False)
    no_ground: str = ""
    alone: str = ""

    @property
    def explains(self) -> tuple[Rule, ...]:
        """Duties after whose last day the move says why it comes only now, whoever owes them: what it meets, always."""
        duties = (rule for rule in (*self.late, *self.meets) if not PERIODS[rule].gives_right)
        return tuple(dict.fromkeys(rule for rule in duties if rule not in _OF_EACH))

    @property
    def ends(self) -> tuple[Rule, ...]:
        """Duties that the move explains where the actor's own unit owes them: what it cancels is no longer fulfilled
        by anything else."""
        cancelled = () if self.unexplained else self.cancels
        own = (*cancelled, *(rule for rule in self.meets if rule in _OF_EACH))
        return tuple(rule for rule in own if not PERIODS[rule].gives_right and rule not in self.explains)

    @property
    def asks_lateness(self) -> bool:
        return bool(self.explains or self.ends)


# Several units owe it at once; each answers for its own.
_OF_EACH = frozenset({Rule.CO_HANDLING})
OPEN = frozenset(OPEN_STATES)
# Before it is passed on.
UNTOUCHED = frozenset({State.REGISTERED, State.TRIAGED})
WITH_UNIT = frozenset({State.REFERRED, State.ASSIGNED, State.SIGNED_FOR})
AT_WORK = frozenset({State.ACCEPTED, State.HANDLING})
# The 60 days run, and no opinion is signed.
HANDLED = AT_WORK | {State.MEDIATING, State.HEARING, State.CONFERRING, State.DRAFTED, State.CHECKED}
# A body above looks at what the unit decided.
IN_REVIEW = frozenset(
    {
        State.REVIEW_ASKED, State.REVIEWING, State.REVIEW_DRAFTED, State.REVIEW_ISSUED, State.RECHECK_ASKED,
        State.RECHECKING, State.RECHECK_HEARING, State.RECHECK_DRAFTED, State.RECHECK_ISSUED,
    }
)  # fmt: skip
# While the unit works on it, in whatever way.
WORKING = IN_HANDLING | {State.SIGNED_FOR}
# All but the parties' own: that they bring their agreement before the court is not ours to end (人民调解法第三十三条).
EVERY_CLOCK = tuple(rule for rule in Rule if rule is not Rule.JUDICIAL_CONFIRMATION)
# Whatever becomes of the matter above, its answer can be evaluated up to the last day.
EVERY_CLOCK_BUT_EVALUATION = tuple(rule for rule in EVERY_CLOCK if rule is not Rule.EVALUATION)
# When a file is closed nobody owes anything any longer; the petitioner's rights go on.
DUTIES = tuple(rule for rule in Rule if not PERIODS[rule].gives_right)
