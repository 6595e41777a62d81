"""Core of the procedure (reference §8): its words, the table of moves and the registry into which rooms put them.

Pages, API, timers, letters and charts are read from TRANSITIONS and the other views of the table.
"""

from binzhou_xinfang.accounts.roles import CLERKS, HANDLERS, HEADS, OFFICE_HEADS, REVIEWERS, TRIAGERS
from cases.states.duty import JUDGING, NOT_ALONE, OWN, POWER, Desk, Duty, Hand
from cases.states.event_kinds import EVENTS, OF_A_CLOCK, OfMatter, clock_words
from cases.states.grounds import Ground, Grounds, refuse_ground
from cases.states.groups import STATE_GROUPS, Group, Place
from cases.states.guards import ACCEPTED, FITS, OWN_WAYS, Guard
from cases.states.keepers import ABOVE, KEEPERS, STAFF, Keeper, may_keep
from cases.states.marks import MARKS, SETTLED_BY
from cases.states.menu import MoveMenu, answers, likely_move, menu_of, road
from cases.states.owed import OWED, OWN_CLOCKS, WAIT_ELSEWHERE
from cases.states.own_word import WILL, unsigned
from cases.states.papers import Paper, PaperKind
from cases.states.partings import PARTINGS, Parting, unparted
from cases.states.running import urged_in_vain
from cases.states.seconded import SECONDED, alone_with_a_report
from cases.states.table import (
    ACTIONS,
    FIELDS,
    MAY,
    PLACES,
    STEPS,
    TRANSITIONS,
    enter,
    enter_verb,
    remembered,
    target_of,
)
from cases.states.transition import (
    AT_WORK,
    DUTIES,
    EVERY_CLOCK,
    EVERY_CLOCK_BUT_EVALUATION,
    HANDLED,
    IN_REVIEW,
    OPEN,
    UNTOUCHED,
    WITH_UNIT,
    WORKING,
    Transition,
)
from cases.states.vocabulary import ASIDE, CLOSED_STATES, IN_HANDLING, NOT_COUNTED, OPEN_STATES, Move, State
from cases.states.ways_out import dead_ends, half_open, ways_out

__all__ = [
    "ABOVE",
    "ACCEPTED",
    "ACTIONS",
    "ASIDE",
    "AT_WORK",
    "CLERKS",
    "CLOSED_STATES",
    "DUTIES",
    "EVENTS",
    "EVERY_CLOCK",
    "EVERY_CLOCK_BUT_EVALUATION",
    "FIELDS",
    "FITS",
    "HANDLED",
    "HANDLERS",
    "HEADS",
    "IN_HANDLING",
    "IN_REVIEW",
    "JUDGING",
    "KEEPERS",
    "MARKS",
    "MAY",
    "NOT_ALONE",
    "NOT_COUNTED",
    "OFFICE_HEADS",
    "OF_A_CLOCK",
    "OPEN",
    "OPEN_STATES",
    "OWED",
    "OWN",
    "OWN_CLOCKS",
    "OWN_WAYS",
    "PARTINGS",
    "PLACES",
    "POWER",
    "REVIEWERS",
    "SECONDED",
    "SETTLED_BY",
    "STAFF",
    "STATE_GROUPS",
    "STEPS",
    "TRANSITIONS",
    "TRIAGERS",
    "UNTOUCHED",
    "WAIT_ELSEWHERE",
    "WILL",
    "WITH_UNIT",
    "WORKING",
    "Desk",
    "Duty",
    "Ground",
    "Grounds",
    "Group",
    "Guard",
    "Hand",
    "Keeper",
    "Move",
    "MoveMenu",
    "OfMatter",
    "Paper",
    "PaperKind",
    "Parting",
    "Place",
    "State",
    "Transition",
    "alone_with_a_report",
    "answers",
    "clock_words",
    "dead_ends",
    "enter",
    "enter_verb",
    "half_open",
    "likely_move",
    "may_keep",
    "menu_of",
    "refuse_ground",
    "remembered",
    "road",
    "target_of",
    "unparted",
    "unsigned",
    "urged_in_vain",
    "ways_out",
]
