"""复核的听证: the clock of the recheck stands still while it is prepared and held (第三十六条第二款)."""

from datetime import datetime

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.letters.kinds.hearing import HEARING_NOTICE, HEARING_RECORD, HEARING_REPORT
from binzhou_xinfang.records.event_fields import EventField, chosen
from binzhou_xinfang.statute.periods import Rule
from cases.attaching import Papers
from cases.engine import Effect, action, running_clock
from cases.models import PetitionCase
from cases.procedure.grounds import NOT_HEARING
from cases.procedure.review.requests import current_review
from cases.procedure.settling import WAIVER, Minutes, Summons, conclude, summon
from cases.procedure.shared_fields import HEARD, SUMMONED, TOLD_NOTE
from cases.states import REVIEWERS, Duty, Group, Move, Place, State, Transition
from cases.vocabulary import NoHearing


@action(
    Move.CALL_RECHECK_HEARING,
    # 第三十六条第二款：听证所需时间不计算在前款规定的期限内
    Transition(
        frozenset({State.RECHECKING}),
        State.RECHECK_HEARING,
        "第三十六条第二款",
        letters=(HEARING_NOTICE,),
        suspends=Rule.RECHECK,
    ),
    Duty(REVIEWERS),
    Place(Group.REVIEW),
    {**SUMMONED},
)
def call_recheck_hearing(case: PetitionCase, *, summons: Summons, by: Post, at: datetime) -> Effect:
    """决定复核听证: the clock of the recheck stands still from the notice to the conclusion (第三十六条第二款)."""
    effect = summon(case, summons, at=at)
    # What is owed is owed from the day for which it was called.
    effect.since = summons.hearing_on
    return effect


@action(
    Move.CONCLUDE_RECHECK_HEARING,
    Transition(
        frozenset({State.RECHECK_HEARING}),
        State.RECHECKING,
        "第三十六条第二款",
        letters=(HEARING_RECORD, HEARING_REPORT),
        resumes=Rule.RECHECK,
    ),
    Duty(REVIEWERS),
    Place(Group.REVIEW, road=90),
    {**HEARD},
)
def conclude_recheck_hearing(case: PetitionCase, *, minutes: Minutes, by: Post, at: datetime) -> Effect:
    """复核听证结束: the clock goes on from the day of the conclusion."""
    review = current_review(case)
    review.was_heard, review.hearing = True, minutes.conclusion
    case.was_heard = True
    review.save(update_fields=["was_heard", "hearing"])
    return conclude(case, minutes, at=at)


@action(
    Move.CANCEL_RECHECK_HEARING,
    Transition(
        frozenset({State.RECHECK_HEARING}),
        State.RECHECKING,
        "第三十六条第二款",
        resumes=Rule.RECHECK,
        papers=(WAIVER,),
        grounds=NOT_HEARING,
    ),
    Duty(REVIEWERS),
    Place(Group.REVIEW),
    {"ground": EventField("理由：", chosen(NoHearing)), "note": TOLD_NOTE},
)
def cancel_recheck_hearing(
    case: PetitionCase, *, ground: str, reason: str, papers: Papers, by: Post, at: datetime
) -> Effect:
    """取消复核听证: the clock goes on. A hearing that the petitioner gave up took its time all the same; one that the
    body itself dropped took none (第三十六条第二款：听证所需时间).
    """
    why, clock = NoHearing(ground), running_clock(case, Rule.RECHECK)
    stopped_on = clock.suspended_on if clock else None
    return Effect({"ground": why.value, "note": reason}, day=stopped_on if why is NoHearing.DROPPED else None)
