"""Preview of a move, before the click: read from the table of moves and computed by the statute."""

from copy import copy
from datetime import date

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.periods import PERIODS, Rule
from binzhou_xinfang.statute.rulebook import Rulebook
from binzhou_xinfang.statute.wording import say_day
from cases.clocks.turning import new_clock, own_days, reckoning_of, restarting, start_day, starting
from cases.facts import due_letters
from cases.models import Deadline, PetitionCase
from cases.states import TRANSITIONS, Move, State, target_of

_APPROVALS = (Move.APPROVE_EXTENSION, Move.AGREE_EXTENSION, Move.CONFIRM_EXTENSION)


def consequences(case: PetitionCase, move: Move, *, by: Post, on: date, days: int | None = None) -> list[str]:
    """Word the effects of a move made on day `on`, one sentence each. `days`: a period still to be typed in, if known.

    Raises ReckoningError for days that the rule does not allow.
    """
    row = TRANSITIONS[move]
    before = State(case.previous_state) if case.previous_state else None
    running = {clock.rule: clock for clock in case.deadlines.running()}
    said = [f"{running[rule].get_rule_display()}停止计算（已完成）" for rule in row.meets if rule in running]
    book = current_rulebook()
    said += [
        f"{running[rule].get_rule_display()}取消" for rule in row.cancels if rule in running and rule not in row.meets
    ]
    anew = [Rule(clock.rule) for clock in restarting(row, running.values(), on, book)]
    said += [f"{running[rule].get_rule_display()}改自签收之日起算" for rule in anew]
    started = [*starting(case, row, on, book), *anew]
    said += [_start(case, move, rule, on=on, days=days, book=book) for rule in started]
    said += [
        f"{running[rule].get_rule_display()}中止，听证所需时间不计算在内" for rule in (row.suspends,) if rule in running
    ]
    said += [f"{running[rule].get_rule_display()}恢复计算" for rule in (row.resumes,) if rule in running]
    if Rule.HANDLING in running:
        said += _extension(case, move, running[Rule.HANDLING], on=on, days=days)
    said += [f"生成《{kind.label}》" for kind in due_letters(row, case, by)]
    target = target_of(move, State(case.state), before, owes=case.owes_execution)
    if target != case.state:
        said.append(f"事项状态变为“{target.label}”")
    return said


def _start(case: PetitionCase, move: Move, rule: Rule, *, on: date, days: int | None, book: Rulebook) -> str:
    label, article, typed = rule.label, PERIODS[rule].article, own_days(rule, days)
    if PERIODS[rule].length is None and typed is None:
        return f"{label}开始，自本日起按所填天数计算（{article}）"
    start = start_day(case, move, rule, on=on, book=book)
    clock = new_clock(case, rule, on=start, unit=None, days=typed, book=book)
    return f"{label}开始，至{say_day(clock.legal_on, on)}（{article}）"


def _extension(case: PetitionCase, move: Move, clock: Deadline, *, on: date, days: int | None) -> list[str]:
    """Word the effect on the 60 days of an extension that is asked for, or about to be approved."""
    if move in _APPROVALS:
        asked = case.events.filter(kind=Move.ASK_EXTENSION.value).order_by("-seq").first()
        days = int(asked.detail["days"]) if asked else None
    if days is None or move not in {Move.ASK_EXTENSION, *_APPROVALS}:
        return []
    longer = copy(clock)
    longer.extended_by += days
    when = "批准后，" if move in (Move.ASK_EXTENSION, Move.AGREE_EXTENSION) else ""
    return [f"{when}{clock.get_rule_display()}延长{days}日，至{say_day(reckoning_of(longer).legal, on)}（第三十四条）"]
