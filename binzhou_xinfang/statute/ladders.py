"""Ladders of the clocks: who is told how many days before and after the last one, and what follows."""

from binzhou_xinfang.statute.rules import Audience, Consequence, Rung

HANDLER, HEAD, OFFICE, LEADER = Audience
# The day after the last one: every duty has this rung, on which it is marked as lapsed.
LAPSE = 1
# When another working week and a half have passed without an answer, the leader is told (a proposal: reference §6.1).
RISEN = 11


def watched(*before: int, letter: Consequence = Consequence.SUPERVISION) -> tuple[Rung, ...]:
    """Build the ladder of a duty: the handler hears `before` days ahead, head and office at the end, all when it
    lapses."""
    early = tuple(Rung(-days, (HANDLER,)) for days in before if days > 1)
    last = Rung(-1, (HANDLER, HEAD, OFFICE) if 1 in before else (HEAD, OFFICE))
    late = Rung(LAPSE, (HANDLER, HEAD, OFFICE), letter)
    return (*early, last, late, Rung(RISEN, (HEAD, OFFICE, LEADER), Consequence.TALK))


# Who takes a matter in owes the petitioner 15 days, be it an office or another body (第二十二条、第二十三条第二款). The
# office over it urges (第四十三条：由其上级机关责令改正); where none is registered over it, nobody writes himself a
# letter.
OF_THE_OFFICE = (
    Rung(-3, (HANDLER,)),
    Rung(-1, (HANDLER, HEAD)),
    Rung(LAPSE, (HANDLER, HEAD, OFFICE), Consequence.SUPERVISION),
    Rung(RISEN, (HEAD, OFFICE, LEADER), Consequence.TALK),
)
# A decision that others wait for: a reminder, and no letter; the clock of the law beside it has its own.
OF_WHO_DECIDES = (
    Rung(-1, (HANDLER, HEAD)),
    Rung(LAPSE, (HANDLER, HEAD, OFFICE)),
    Rung(RISEN, (HEAD, OFFICE, LEADER)),
)
# The joint superior may be a leader, who has neither handler nor head.
OF_THE_SUPERIOR = (
    Rung(-1, (HEAD, LEADER)),
    Rung(LAPSE, (HEAD, OFFICE, LEADER)),
)
