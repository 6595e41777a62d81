"""Preview of a move, before the click: read from the table of moves and computed by the statute."""

from collections.abc import Collection, Mapping
from copy import copy
from datetime import date

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.process.owed import Mark, Owed, wanted
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.periods import PERIODS, Rule
from binzhou_xinfang.statute.rulebook import Rulebook
from binzhou_xinfang.statute.wording import say_day
from cases.clocks.beginning import start_day
from cases.clocks.making import new_clock, own_days
from cases.clocks.moving import along, reckoning_of
from cases.clocks.owing import owed_clock
from cases.clocks.turning import restarting, starting
from cases.facts import due_letters
from cases.models import Deadline, PetitionCase
from cases.states import MARKS, MAY, OWED, OWN_CLOCKS, PARTINGS, SETTLED_BY, TRANSITIONS, Move, State, target_of

_APPROVALS = (Move.APPROVE_EXTENSION, Move.AGREE_EXTENSION, Move.CONFIRM_EXTENSION)


def consequences(case: PetitionCase, move: Move, *, by: Post, on: date, days: int | None = None) -> list[str]:
    """Word the effects of a move made on day `on`, one sentence each. `days`: a period still to be typed in, if known.

    Raises ReckoningError for days that the rule does not allow.
    """
    row = TRANSITIONS[move]
    before = State(case.previous_state) if case.previous_state else None
    running = {clock.rule: clock for clock in case.deadlines.running()}
    book, target = current_rulebook(), target_of(move, State(case.state), before, owes=case.owes_execution)
    owed = wanted(OWED, MARKS, target, case, [*row.starts, *running])
    said = _ends(case, move, running, owed)
    anew = [Rule(clock.rule) for clock in restarting(row, running.values(), on, book)]
    said += [f"{running[rule].get_rule_display()}改自签收之日起算" for rule in anew]
    started = [*starting(case, row, on, book), *anew]
    said += [_start(case, move, rule, on=on, days=days, book=book) for rule in started]
    said += [_owed(case, debt, list(running.values()), on=on, book=book) for debt in owed if debt.own not in running]
    said += [
        f"{running[rule].get_rule_display()}中止，听证所需时间不计算在内" for rule in (row.suspends,) if rule in running
    ]
    said += [f"{running[rule].get_rule_display()}恢复计算" for rule in (row.resumes,) if rule in running]
    if Rule.HANDLING in running:
        said += _extension(case, move, running[Rule.HANDLING], running.values(), on=on, days=days)
    said += [f"生成《{kind.label}》" for kind in due_letters(row, case, by)]
    said += _BY_ITS_WORD.get(move, ())
    if move in PARTINGS and case.petition_count > 1 and not case.last_answer:
        said += [PARTINGS[move].value]
    if target != case.state:
        said.append(f"事项状态变为“{target.label}”")
    return [words for words in said if words]


def receiving(unit: Unit, *, on: date) -> list[str]:
    """Say to whom the matter would go, and that nobody is there to sign for it; its days would run all the same."""
    said = [f"送{unit.name}办理"]
    there = Post.objects.held(on).filter(unit=unit, role__in=MAY[Move.SIGN_FOR].roles)
    if not there.exists():
        said.append(
            f"注意：{unit.name}现在没有可以签收、办理的人员，转出后期限照样计算；请先由系统管理员配置岗位，或者另行送交书面材料"
        )
    return said


# What the verb does to clocks by what it is told, and the table cannot say.
_BY_ITS_WORD: Mapping[Move, tuple[str, ...]] = {
    Move.CONFIRM_DELIVERY: (
        "认可的，办理期限按发出之日计算，信访人尚未届满的申请期限改自送达之日起算；不予认可的，期限不变",
        "送达没有凭证的，认可后不再补交凭证，信访人的申请期限不变",
    ),
    Move.CORRECT_DELIVERY: ("更正为更晚日期的，信访人的申请期限改自该日起算；更正为更早日期的，期限不变",),
    Move.CORRECT_REQUEST: (
        "是否逾期按更正后的日期重新认定；更正为更早日期的，受理、办理期限改自该日起算",
        "更正为更晚日期的，必须附上载明该日期的凭证，受理、办理期限不变",
    ),
    Move.PROVE_DELIVERY: ("凭证所载日期晚于登录之日的，信访人的申请期限改自该日起算；早于登录之日的，期限不变",),
}


def _ends(
    case: PetitionCase, move: Move, running: Mapping[str, Deadline], owed: Collection[Owed[PetitionCase]]
) -> list[str]:
    """Word the end of each clock that ends, once, for however many reasons it ends."""
    row, kept = TRANSITIONS[move], {debt.own for debt in owed}
    left = [rule for rule in running if rule in OWN_CLOCKS and rule not in (*kept, *row.cancels)]
    met = dict.fromkeys(rule for rule in (*row.meets, *left, *_settled(case, move)) if rule in running)
    cancelled = [rule for rule in row.cancels if rule in running and rule not in met]
    return [
        *(f"{running[rule].get_rule_display()}停止计算（已完成）" for rule in met),
        *(f"{running[rule].get_rule_display()}取消" for rule in cancelled),
    ]


def _settled(case: PetitionCase, move: Move) -> list[Rule]:
    """List the clocks of marks that the move takes away."""
    marks = (MARKS[name] for name, moves in SETTLED_BY.items() if move in moves and getattr(case, name))
    return [mark.debt.own for mark in marks if isinstance(mark, Mark) and mark.debt.own]


def _owed(case: PetitionCase, debt: Owed[PetitionCase], running: list[Deadline], *, on: date, book: Rulebook) -> str:
    clock = owed_clock(case, debt, running, on=on, book=book)
    if clock is None:
        return ""
    until = f"自{debt.since}起计算" if debt.since else f"至{say_day(clock.legal_on, on)}"
    return f"{clock.get_rule_display()}开始，{until}（{clock.article}）"


def _start(case: PetitionCase, move: Move, rule: Rule, *, on: date, days: int | None, book: Rulebook) -> str:
    label, article, typed = rule.label, PERIODS[rule].article, own_days(rule, days)
    if PERIODS[rule].length is None and typed is None:
        return f"{label}开始，自本日起按所填天数计算（{article}）"
    start = start_day(case, move, rule, on=on, book=book)
    clock = new_clock(case, rule, on=start, unit=None, days=typed, book=book)
    return f"{label}开始，至{say_day(clock.legal_on, on)}（{article}）"


def _extension(
    case: PetitionCase, move: Move, clock: Deadline, running: Collection[Deadline], *, on: date, days: int | None
) -> list[str]:
    """Word the effect on the 60 days of an extension that is asked for, or about to be approved."""
    if move in _APPROVALS:
        asked = case.events.filter(kind=Move.ASK_EXTENSION.value).order_by("-seq").first()
        days = int(asked.detail["days"]) if asked else None
    if days is None or move not in {Move.ASK_EXTENSION, *_APPROVALS}:
        return []
    longer = _longer(clock, days)
    when = "批准后，" if move in (Move.ASK_EXTENSION, Move.AGREE_EXTENSION) else ""
    said = [f"{when}{clock.get_rule_display()}延长{days}日，至{say_day(longer.legal_on, on)}（第三十四条）"]
    if move in (Move.APPROVE_EXTENSION, Move.CONFIRM_EXTENSION):
        same = [one for one in running if move is Move.CONFIRM_EXTENSION or one.rule != Rule.ASSIGNMENT]
        others = [_longer(other, more) for other, more in along(same, longer, days=days)]
        said += [f"{other.get_rule_display()}随之延长，至{say_day(other.legal_on, on)}" for other in others]
    return said


def _longer(clock: Deadline, days: int) -> Deadline:
    """Copy the clock as it would be with so many more days."""
    longer = copy(clock)
    longer.extended_by += days
    due = reckoning_of(longer)
    longer.strict_on, longer.legal_on = due.strict, due.legal
    return longer
