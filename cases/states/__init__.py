"""The table of the process (reference §8): which move leads from which state to which, and what it sets going.

Pages, API, timers, letters and charts are read from TRANSITIONS.
"""

from cases.states.groups import MOVE_GROUPS, STATE_GROUPS, MoveMenu, menu_of
from cases.states.handling import WORKING
from cases.states.table import TRANSITIONS, remembered, target_of
from cases.states.transition import Guard, Transition
from cases.states.vocabulary import ASIDE, CLOSED_STATES, OPEN_STATES, Move, State

__all__ = [
    "ASIDE",
    "CLOSED_STATES",
    "MOVE_GROUPS",
    "OPEN_STATES",
    "STATE_GROUPS",
    "TRANSITIONS",
    "WORKING",
    "Guard",
    "Move",
    "MoveMenu",
    "State",
    "Transition",
    "menu_of",
    "remembered",
    "target_of",
]
