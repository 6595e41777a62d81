"""Templates of the bureau's own: checked before they are taken, in force until they are withdrawn."""

from binzhou_xinfang.letters.own_templates.checking import Findings, check
from binzhou_xinfang.letters.own_templates.keeping import all_in_force, history, in_force, put, thing_of, withdraw
from binzhou_xinfang.letters.own_templates.pouring import explain, fields_of, pour_own, text_of, trial

__all__ = [
    "Findings",
    "all_in_force",
    "check",
    "explain",
    "fields_of",
    "history",
    "in_force",
    "pour_own",
    "put",
    "text_of",
    "thing_of",
    "trial",
    "withdraw",
]
