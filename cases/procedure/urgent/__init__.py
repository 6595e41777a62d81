"""重大紧急 (条例第二十五条): reported at once, to each body by name, and read by those inside who must act.

`verbs` are its moves; `report` keeps the report with what is owed; `roster` knows who is on duty; `calls` calls people
at any hour, and those above them when nobody reads; `rounds` is what the watch does; `notices` words it.
"""

from cases.procedure.urgent import verbs
from cases.procedure.urgent.calls import read_calls, unread_calls
from cases.procedure.urgent.rounds import watch

__all__ = ["read_calls", "unread_calls", "verbs", "watch"]
