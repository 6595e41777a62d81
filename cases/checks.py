"""System checks: the tables fit one another."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django import forms
from django.core import checks

from binzhou_xinfang.accounts.roles import REVIEWERS, Role
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.process.life import LIVES
from binzhou_xinfang.process.owed import debts_in
from binzhou_xinfang.statute.periods import PERIODS, Rule
from cases.procedure.delivery_entry import PROOF
from cases.queries import SCOPES
from cases.states import (
    ABOVE,
    ACTIONS,
    CLOSED_STATES,
    FIELDS,
    FITS,
    HEADS,
    JUDGING,
    KEEPERS,
    MARKS,
    MAY,
    NOT_ALONE,
    OFFICE_HEADS,
    OWED,
    OWN_CLOCKS,
    PLACES,
    POWER,
    STAFF,
    STATE_GROUPS,
    STEPS,
    TRANSITIONS,
    UNTOUCHED,
    WILL,
    Desk,
    Duty,
    Group,
    Guard,
    Hand,
    Move,
    State,
    Transition,
    alone_with_a_report,
    dead_ends,
    half_open,
    unparted,
    unsigned,
    urged_in_vain,
)
from cases.web.procedure.forms import MOVE_FORMS

# What brings an arrival in is no verb of a matter that is there: registration has a form of its own.
ENTRY = frozenset({Move.REGISTER, Move.REPEAT})


# The periods within which the petitioner is owed an answer.
_ANSWERED_WITHIN = frozenset({Rule.HANDLING, Rule.SIMPLE_HANDLING, Rule.OWN_WAY})


def check_tables(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Check that every move has its row, duty, place in the menu, verb and form; every guard its test; every role its
    scope; that every state stands in one group, and a row names only what there is; that no keeper of a matter, of
    whatever kind, stands in a dead end; that nobody ends alone what is claimed of himself, nor at a second post; that
    every clock is started and every duty can be fulfilled, where it runs, or says that it waits; that no end of one
    matter is the end of another's claim.
    """
    return [checks.Error(fault, id=name) for name, look in _LOOKS for fault in look()]


def _misfits() -> Iterator[str]:
    wanted: list[tuple[str, set[Any], set[Any]]] = [
        ("states.TRANSITIONS", set(Move), set(TRANSITIONS)),
        ("states.MAY", set(Move), set(MAY)),
        ("states.PLACES", set(Move), set(PLACES)),
        ("states.ACTIONS", set(Move) - ENTRY, set(ACTIONS)),
        ("states.FITS", set(Guard), set(FITS)),
        ("queries.SCOPES", set(Role), set(SCOPES)),
    ]
    for table, should, has in wanted:
        if should != has:
            yield f"{table}: 缺少或多出 {sorted(map(str, should ^ has))}"


def _twice_or_never() -> Iterator[str]:
    grouped = Counter(state for _, states in STATE_GROUPS for state in states)
    if faults := sorted(str(state) for state in State if grouped[state] != 1):
        yield f"states.STATE_GROUPS: 应当出现一次而没有，或者出现多次 {faults}"
    ranks = Counter(place.road for place in PLACES.values() if place.road is not None)
    if faults := sorted(str(rank) for rank, times in ranks.items() if times > 1):
        yield f"states.PLACES: 多个办理动作在路上的位置相同 {faults}"


def _unknown() -> Iterator[str]:
    for move, row in TRANSITIONS.items():
        if move not in MAY or move not in PLACES:
            continue  # told by `_misfits`
        unknown = [
            *_others(row.sources | _there(row.target, row.owing), State),
            *_others(_clocks(row), Rule),
            *_others(row.letters, LetterKind),
            *_others(row.guards, Guard),
            *_others(MAY[move].roles, Role),
            *_others(MAY[move].desks, Desk),
            *_others([PLACES[move].group], Group),
            *(name for name in PLACES[move].asks if name not in FIELDS[move] or not FIELDS[move][name].ask),
        ]
        if unknown:
            yield f"{move.value}: 办理动作引用了不存在的内容 {sorted(map(str, unknown))}"
        if not MAY[move].roles or not MAY[move].desks:
            yield f"{move.value}: 没有人可以办理"


def _others(named: Iterable[Any], kind: type) -> Iterator[Any]:
    return (thing for thing in named if not isinstance(thing, kind))


def _there(*states: State | None) -> frozenset[State]:
    return frozenset(state for state in states if state is not None)


def _clocks(row: Transition) -> list[Rule]:
    paused = [rule for rule in (row.suspends, row.resumes) if rule is not None]
    return [*row.starts, *row.meets, *row.cancels, *row.simple, *row.restarts, *row.moves, *paused]


def _formless() -> Iterator[str]:
    for move in ACTIONS:
        try:
            MOVE_FORMS[move]
        except LookupError as fault:
            yield f"{move.value}: 没有可以填写的表单（{fault}）"
    if stray := MOVE_FORMS.by_hand - set(ACTIONS):
        yield f"forms: 表单对应的办理动作不存在 {sorted(stray)}"


def _groundless() -> Iterator[str]:
    for move, row in TRANSITIONS.items():
        if (row.cancels or row.target in CLOSED_STATES) and not (row.grounds or row.no_ground):
            yield f"{move.value}: 取消期限或者结束事项，应当有法定情形（grounds），或者写明不需要的理由（no_ground）"
        if row.grounds and "ground" not in FIELDS.get(move, {}):
            yield f"{move.value}: 有法定情形的办理动作，办理经过应当记录理由（ground）"
        for name, ground in row.grounds.items():
            if ground.is_shown == bool(ground.untested):
                yield f"{move.value}: 情形{name}应当有判断（holds）或者材料（papers），或者写明没有的理由（untested）"


def _judges_in_own_cause() -> Iterator[str]:
    """Find rows by which a body that took a matter in would end by itself what is claimed of it, without a law that
    says so, or move the days of a duty or a right. What a row ends is read from what it does; a sentence without its
    article excuses nobody."""
    for move in TRANSITIONS.keys() & MAY.keys():
        row = TRANSITIONS[move]
        if _touches_claim(row) and _is_elsewhere(MAY[move]) == bool(row.alone):
            yield f"{move.value}: 结束诉求、权利或者改变期限，应当由本单位以外的决定，或者写明自行决定的依据（alone）"
        if row.alone and "条" not in row.alone:
            yield f"{move.value}: 自行决定的依据（alone）没有写明条款"


def _is_elsewhere(duty: Duty) -> bool:
    """Check that somebody else decides; the body above does on what another one did."""
    return duty.desks in (NOT_ALONE, POWER) or duty.roles <= REVIEWERS


def _touches_claim(row: Transition) -> bool:
    return bool(row.grounds or row.moves) or row.target in CLOSED_STATES or _leaves_unanswered(row)


def _leaves_unanswered(row: Transition) -> bool:
    """Check that the row voids every period within which an answer is owed, and neither answers nor starts another."""
    goes_on = _ANSWERED_WITHIN & {*row.meets, *row.starts, *row.simple, *row.restarts}
    return set(row.cancels) >= _ANSWERED_WITHIN and not goes_on


def _two_hands_in_one() -> Iterator[str]:
    """Find rows by which one person could decide above on what he did below, at a second post."""
    for move in STEPS.keys() & MAY.keys() & TRANSITIONS.keys():
        row, duty, others = TRANSITIONS[move], MAY[move], STEPS[move].others_than
        ends_elsewhere = (bool(row.grounds) or row.target in CLOSED_STATES) and not row.alone and bool(row.sources)
        reviews = duty.roles <= REVIEWERS
        if (ends_elsewhere or reviews or JUDGING.issuperset(duty.desks)) and Hand.HANDLED not in others:
            yield f"{move.value}: 由本单位以外的决定，承办过该事项、在责任单位任职的人员应当不能办理（HANDLED）"
        if reviews and Hand.REVIEWED not in others:
            yield f"{move.value}: 复查过该事项的人员应当不能复核（REVIEWED）"
        leaves_above = duty.desks == (Desk.HOLDER,) and move in PLACES and PLACES[move].road is not None
        if leaves_above and row.sources & ABOVE.keys() and Hand.HANDLED not in others:
            yield f"{move.value}: 由上级决定的事项，承办过该事项的人员应当不能继续办理（HANDLED）"


def _duties_of_others() -> Iterator[str]:
    """Find rows by which a later holder would say that another body has done what it owes, or need not."""
    owner: dict[str, set[str]] = {}
    for debt in debts_in(OWED, MARKS):
        for rule in debt.watched_by:
            owner.setdefault(rule, set()).add(debt.by)
    for move, row in TRANSITIONS.items():
        desks = set(MAY[move].desks) if move in MAY else set()
        if Guard.URGENT in row.guards and desks - {Desk.REPORTER, Desk.RETRACTER}:
            yield f"{move.value}: 重大紧急报告由报告单位、其上级信访部门完成、更正和撤回（REPORTER）"
        for rule in row.meets:
            if not PERIODS[rule].gives_right and not desks <= {*owner.get(rule, desks), *JUDGING, Desk.RESPONSIBLE}:
                yield f"{move.value}: {rule.label}由其他单位承担，应当由承担的单位或者其上级完成"


def _ways_by_the_way() -> Iterator[str]:
    """Find rows by which a handler alone would lead a claim out of 第三十一条第六项, or a head without a word above."""
    for move in TRANSITIONS.keys() & MAY.keys():
        row = TRANSITIONS[move]
        gives_back = row.target is State.ACCEPTED or not row.sources or row.sources <= UNTOUCHED
        if "way_before" not in FIELDS.get(move, {}) or gives_back:
            continue
        if not MAY[move].roles <= HEADS | OFFICE_HEADS:
            yield f"{move.value}: 改变办理途径使信访人不再得到处理意见，应当由负责人决定"
        if "units" not in FIELDS[move]:
            yield f"{move.value}: 改变办理途径，应当告知登记机构、交办机关（units）"


def _unexplained() -> Iterator[str]:
    """Find rows that name what they explain by themselves, and exemptions where there is nothing to be exempt from."""
    for move, row in TRANSITIONS.items():
        if twice := sorted(rule.label for rule in {*row.late} & {*row.meets, *row.cancels}):
            yield f"{move.value}: 完成、取消的期限逾期时本来就要写明原因，不再另列（late） {twice}"
        if row.unexplained and all(PERIODS[rule].gives_right for rule in row.cancels):
            yield f"{move.value}: 没有取消任何义务的期限，不需要说明不写逾期原因的理由（unexplained）"


def _idle_clocks() -> Iterator[str]:
    """Find clocks that nothing starts, and duties that nothing fulfils: they would accuse for ever."""
    rows = TRANSITIONS.values()
    started = {rule for row in rows for rule in (*row.starts, *row.simple, *row.restarts)}
    met = {rule for row in rows for rule in row.meets} | OWN_CLOCKS
    owed = {rule for life in LIVES.values() for debt in debts_in(life.owed, life.marks) for rule in debt.watched_by}
    for rule in Rule:
        # What counts back says how early to act, and is no clock of a row.
        if rule not in started | owed and not PERIODS[rule].counts_back:
            yield f"{rule.value}: {rule.label}没有任何办理动作、状态启动"
        # A right that nobody uses runs out by itself.
        if rule in started - met and not PERIODS[rule].gives_right:
            yield f"{rule.value}: {rule.label}启动以后，没有任何办理动作使其完成（meets）"


def _undecided_recusals() -> Iterator[str]:
    """Find keepers at which nobody could decide on a recusal, and the lack of a desk beyond for an only head."""
    for state in TRANSITIONS[Move.GRANT_RECUSAL].sources & set(KEEPERS):
        for kind, staff in STAFF[KEEPERS[state]].items():
            if not staff & MAY[Move.GRANT_RECUSAL].roles:
                yield f"{state.value}: {KEEPERS[state].label}为{kind.label}的，没有人可以决定回避"
    if not {Desk.REGISTERED, Desk.OVERSEER} <= set(MAY[Move.GRANT_RECUSAL].desks):
        yield "单位只有一名负责人的，没有本单位以外的人可以决定其回避"


def _unsigned() -> Iterator[str]:
    """Find moves by which somebody else's tick would stand for the petitioner's word; of a delivery the paper that
    proves it says it."""
    ticks = {
        move: any(
            isinstance(field, forms.BooleanField) and any(word in str(field.label) for word in WILL)
            for field in getattr(MOVE_FORMS[move], "base_fields", {}).values()
        )
        for move in ACTIONS.keys() & TRANSITIONS.keys()
        if not {paper.kind for paper in TRANSITIONS[move].papers} & set(PROOF.values())
    }
    return unsigned(ticks)


_LOOKS: tuple[tuple[str, Callable[[], Iterator[str]]], ...] = (
    ("cases.E001", _misfits),
    ("cases.E002", _twice_or_never),
    ("cases.E003", _unknown),
    ("cases.E004", _formless),
    ("cases.E005", _groundless),
    ("cases.E006", dead_ends),
    ("cases.E007", _idle_clocks),
    ("cases.E008", _undecided_recusals),
    ("cases.E009", _judges_in_own_cause),
    ("cases.E010", _unexplained),
    ("cases.E011", _two_hands_in_one),
    ("cases.E012", _duties_of_others),
    ("cases.E013", _ways_by_the_way),
    ("cases.E014", urged_in_vain),
    ("cases.E016", unparted),
    ("cases.E030", half_open),
    ("cases.E017", _unsigned),
    ("cases.E018", alone_with_a_report),
)
