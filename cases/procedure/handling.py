"""告知受理、调查: acts of the unit until it can answer (条例第二十三条、第三十一条)."""

from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.letters.kinds.notices import ACCEPTANCE
from binzhou_xinfang.records.event_fields import Ask, EventField, by_label, day
from binzhou_xinfang.statute.periods import Rule
from cases.engine import Effect, action, refuse_impossible
from cases.models import PetitionCase
from cases.procedure.shared_fields import ASSIGNEE
from cases.states import AT_WORK, HANDLERS, Duty, Group, Guard, Move, Place, State, Transition


@action(
    Move.ACCEPT,
    Transition(
        frozenset({State.SIGNED_FOR}),
        State.ACCEPTED,
        "第二十三条第三款、第三十四条",
        starts=(Rule.HANDLING,),
        meets=(Rule.NOTICE,),
        cancels=(Rule.OBJECTION, Rule.SIMPLE_ACCEPTANCE),
        letters=(ACCEPTANCE,),
        guards=(Guard.WAY_PETITION,),
        no_ground="受理之后不再异议，也不再简易受理",
    ),
    Duty(HANDLERS),
    Place(Group.HANDLING, road=210, together=True),
    {"assignee": ASSIGNEE},
)
def accept(case: PetitionCase, *, contact_phone: str, assignee: User | None = None, by: Post, at: datetime) -> Effect:
    """告知受理: the written notice to the petitioner; the 60 days run from this day (第三十四条)."""
    case.assignee, case.is_simple = assignee or by.user, False
    return Effect(
        {"assignee": case.assignee.name},
        facts={"handler": case.assignee.name, "handler_phone": contact_phone},
    )


@action(
    Move.INVESTIGATE,
    Transition(AT_WORK, State.HANDLING, "第三十一条第六项"),
    Duty(HANDLERS),
    Place(Group.HANDLING, road=260, asks=("note", "heard_petitioner", "unheard", "happened_on")),
    {
        "heard_petitioner": EventField(
            "已听取信访人陈述事实和理由", by_label, ask=Ask("已听取信访人陈述事实和理由", required=False)
        ),
        "unheard": EventField(
            "未能听取信访人陈述的原因：",
            ask=Ask("未能听取信访人陈述的原因", "已经听取的不填", required=False, rows=1, longest=200),
        ),
        "happened_on": EventField("日期：", day, ask=Ask("日期", required=False)),
        "note": EventField("说明：", ask=Ask("调查核实情况", rows=6)),
    },
)
def investigate(
    case: PetitionCase,
    *,
    note: str,
    heard_petitioner: bool = False,
    unheard: str = "",
    happened_on: date | None = None,
    by: Post,
    at: datetime,
) -> Effect:
    """Record what was asked, heard and found (第三十一条第六项：听取信访人陈述，调查核实)."""
    day = happened_on or timezone.localdate(at)
    refuse_impossible(case, day, at=at, field="happened_on")
    told = {"note": note, "heard_petitioner": heard_petitioner, "happened_on": day.isoformat()}
    return Effect(told | ({"unheard": unheard} if unheard and not heard_petitioner else {}))
