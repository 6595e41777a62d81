"""Matters of a hand-over: what is in hand of each goes to its successor, with one event, and the petitioner is told."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q

from binzhou_xinfang.accounts.models import Post, Unit, User
from binzhou_xinfang.accounts.roles import HANDLERS, TRIAGERS
from binzhou_xinfang.letters.kinds.moving import CHANGE_OF_UNIT
from binzhou_xinfang.records.event_fields import KEPT, EventField, chosen, lines
from cases.casefile.take_over import TAKEN_OVER
from cases.clocks.turning import refresh_due
from cases.engine import issue_letter, note
from cases.facts.matter import arrival
from cases.handover.belongings import BELONGINGS, Column, column_of, columns_of
from cases.handover.declared import release
from cases.handover.reviews import LIFTED, lift_reviews
from cases.models import ENDING_KINDS, CoHandling, HandOver, HandOverItem, HandOverKind, PetitionCase, Review
from cases.procedure.destinations import is_within
from cases.states import EVENTS

HANDED_OVER = EVENTS.declare(
    "handed-over",
    "承接移交",
    {
        "kind": EventField("情形：", chosen(HandOverKind)),
        "from_name": EventField("由："),
        "to_name": EventField("承接："),
        "what": EventField("移交：", lines),
        "reviewer": EventField("复查复核改由其上一级："),
        "basis": EventField("依据："),
        "letters": KEPT,
        "act": KEPT,
    },
)
# Rows that went over, by the key of their column, for one matter.
Moved = dict[str, list[int]]
_CO_HANDLERS, _PASSERS = "cases.PetitionCase.co_handlers", "cases.PetitionCase.passers"
_LISTS = {_CO_HANDLERS: "协办单位", _PASSERS: "逐级转办的单位"}


def hand_matters(act: HandOver, items: Sequence[HandOverItem], *, on: date, at: datetime) -> None:
    """Hand over these matters in the caller's transaction. Their rows are locked in the order of their keys."""
    keys = sorted(item.case_id for item in items)
    cases = PetitionCase.objects.select_for_update(no_key=True).in_bulk(keys)
    for theirs in _by_successor(items).values():
        kept = {item.pk: why for item in theirs if (why := _stays_why(cases[item.case_id], item))}
        going = [item for item in theirs if item.pk not in kept]
        moved = _move(act, going, on=on, at=at)
        for item in theirs:
            item.moved = moved.get(item.case_id, {})
            item.done_at = at
            if not item.moved:
                item.left_why = kept.get(item.pk, "该事项已不在移交单位、人员手中")
            item.save(update_fields=["moved", "done_at", "left_why"])
            if item.moved:
                _tell(act, item, on=on, at=at)


def _by_successor(items: Sequence[HandOverItem]) -> Mapping[tuple[int, int | None], list[HandOverItem]]:
    found: dict[tuple[int, int | None], list[HandOverItem]] = defaultdict(list)
    for item in items:
        found[item.to_unit_id, item.to_person_id].append(item)
    return found


def _stays_why(case: PetitionCase, item: HandOverItem) -> str:
    """Word why a matter may not go to who follows; "" when it may.

    检举控告 does not come to whom it is about, and stays for the named persons to lead; who has withdrawn from a matter
    does not get it back.
    """
    to_unit_accused = case.accused_unit is not None and is_within(item.to_unit, case.accused_unit)
    name = item.to_person.name if item.to_person else ""
    to_person_accused = bool(name) and name in case.accused
    if case.is_sealed and (to_unit_accused or to_person_accused):
        return "依照第三十条第三款不移交"
    if item.to_person_id is not None and item.to_person_id in case.recused:
        return "接办人已经回避该事项，请由其他人员接手办理（第二十八条第三款）"
    return ""


def _move(act: HandOver, items: Sequence[HandOverItem], *, on: date, at: datetime) -> dict[int, Moved]:
    """Lead the rows of these matters to their one successor; by matter and column, which went."""
    if not items:
        return {}
    first, keys = items[0], [item.case_id for item in items]
    moved: dict[int, Moved] = defaultdict(dict)
    if act.person is not None:
        for column in columns_of(User, of_matters=True):
            _lead(act, column, keys, act.person.pk, first.to_person_id, moved, on=on, at=at)
    else:
        for column in columns_of(Unit, of_matters=True):
            _lead(act, column, keys, first.from_unit_id, first.to_unit_id, moved, on=on, at=at)
        _release_helpers(list(moved), first.to_unit_id, on)
        _lead_lists(act, keys, first.from_unit_id, first.to_unit_id, moved)
        _leave_handlers(list(moved), first.to_unit_id, on)
        for case, lifted in lift_reviews(list(moved), first.from_unit_id, first.to_unit_id, on=on).items():
            moved[case][LIFTED] = lifted
    PetitionCase.objects.filter(pk__in=list(moved)).update(version=F("version") + 1)
    return moved


def _lead(
    act: HandOver, column: Column, keys: Sequence[int], old: int, new: int | None, moved: dict[int, Moved], *,
    on: date, at: datetime,
) -> None:  # fmt: skip
    assert new is not None  # noqa: S101  every item of a person's act has its person
    rule = column.rule
    rows = column.rows(old, at_unit=act.unit_id if act.person_id else None).filter(**{f"{rule.case}__in": keys})
    rows = rows.filter(_of_earlier(act, column.key, keys))
    if rule.clash is not None and rule.give_up is not None:
        for row in rows.filter(rule.clash(new)).select_for_update(of=("self",)):
            rule.give_up(row, on, at)
            moved[row.case_id].setdefault(column.key, [])
    found = list(rows.values_list(rule.case, "pk"))
    column.model._default_manager.filter(pk__in=[pk for _, pk in found]).update(**{column.name: new})
    for case, pk in found:
        moved[case].setdefault(column.key, []).append(pk)


def _of_earlier(act: HandOver, key: str, keys: Sequence[int]) -> Q:
    """Of a correction: only what the corrected act had led to the wrong successor, and nothing of its own."""
    if act.corrects_id is None:
        return Q()
    earlier = HandOverItem.objects.filter(act=act.corrects_id, case__in=keys).values_list("moved", flat=True)
    return Q(pk__in=[pk for moved in earlier for pk in moved.get(key, [])])


def _lead_lists(act: HandOver, keys: Sequence[int], old: int, new: int, moved: dict[int, Moved]) -> None:
    """Put the successor in the body's place in the lists of units that a matter keeps."""
    named = Q(co_handlers__contains=[old]) | Q(passers__contains=[old])
    for case in PetitionCase.objects.filter(named, pk__in=keys):
        for key, units in ((_CO_HANDLERS, case.co_handlers), (_PASSERS, case.passers)):
            if old not in units or not _went_before(act, case.pk, key):
                continue
            leads = key == _CO_HANDLERS and new == case.responsible_id
            replaced = [new if unit == old else unit for unit in units if not (leads and unit == old)]
            setattr(case, column_name(key), list(dict.fromkeys(replaced)))
            moved[case.pk].setdefault(key, [])
        case.save(update_fields=["co_handlers", "passers"])
    for case in PetitionCase.objects.filter(pk__in=[pk for pk in moved if _CO_HANDLERS in moved[pk]], closed_on=None):
        refresh_due(case, case.deadlines.running(), on=case.due_on)
        case.save(update_fields=["due_on", "due_rule"])


def _release_helpers(keys: Sequence[int], unit: int, on: date) -> None:
    """Release a helper that has become who handles the matter."""
    own = CoHandling.objects.filter(
        case__in=keys, case__responsible=unit, unit=unit, fed_back_on=None, released_on=None
    )
    for task in own.select_related("case"):
        release(task, on)
        case = task.case
        case.co_handlers = [one for one in case.co_handlers if one != unit]
        refresh_due(case, case.deadlines.running(), on=case.due_on)
        case.save(update_fields=["co_handlers", "due_on", "due_rule"])


def _went_before(act: HandOver, case: int, key: str) -> bool:
    earlier = HandOverItem.objects.filter(act=act.corrects_id, case=case, moved__has_key=key)
    return act.corrects_id is None or earlier.exists()


def column_name(key: str) -> str:
    return key.rpartition(".")[2]


def _leave_handlers(keys: Sequence[int], unit: int, on: date) -> None:
    """Leave as 承办人 who works at the successor too; somebody there takes over the others."""
    there = Post.objects.held(on).filter(unit=unit, role__in=HANDLERS | TRIAGERS).order_by().values("user")
    mine = PetitionCase.objects.filter(pk__in=keys, closed_on=None, responsible=unit).exclude(assignee__in=there)
    mine.update(assignee=None)


def _tell(act: HandOver, item: HandOverItem, *, on: date, at: datetime) -> None:
    """Write the event of the matter, and the letter to the petitioner where one is due."""
    case = PetitionCase.objects.select_related("lead", "registered_unit", "holder").get(pk=item.case_id)
    by = Post.objects.select_related("user", "unit").get(pk=act.ordered_post_id)
    if act.person is not None:
        _tell_of_person(act, item, case, by=by, at=at)
        return
    letters = [_write(act, item, case, by=by, on=on)] if _is_told(act, item, case) else []
    detail: dict[str, Any] = {
        "kind": act.kind, "from_name": item.from_unit.name, "to_name": item.to_unit.name, "what": what_went(item.moved),
        "basis": act.basis, "act": act.pk, "letters": letters, "reviewer": _reviewer(item),
    }  # fmt: skip
    note(case, HANDED_OVER, by=by, at=at, detail=detail)


def _tell_of_person(act: HandOver, item: HandOverItem, case: PetitionCase, *, by: Post, at: datetime) -> None:
    assert act.person is not None  # noqa: S101  asked by `_tell`
    assert item.to_person is not None  # noqa: S101  by the plan
    if "cases.PetitionCase.assignee" in item.moved:
        said = {"assignee": item.to_person.name, "taken_from": act.person.name, "reason": act.basis}
        note(case, TAKEN_OVER, by=by, at=at, detail=said)
    else:
        said = {"kind": act.kind, "from_name": act.person.name, "to_name": item.to_person.name, "basis": act.basis}
        note(case, HANDED_OVER, by=by, at=at, detail={**said, "what": what_went(item.moved), "act": act.pk})


def what_went(moved: Moved) -> list[str]:
    """Name what went along, a phrase a column; several rows with their number."""
    order = [*BELONGINGS, *_LISTS]
    return [_phrase(key, moved[key]) for key in order if key in moved]


def _phrase(key: str, rows: Sequence[int]) -> str:
    if key in _LISTS:
        return _LISTS[key]
    label = column_of(key).rule.label
    return f"{label}（{len(rows)}）" if len(rows) > 1 else label if rows else f"{label}（承接单位已有，原有的终止）"


def _is_told(act: HandOver, item: HandOverItem, case: PetitionCase) -> bool:
    """Check that the petitioner is told: of an open matter whose desk has changed, and who gave a name."""
    desks = {"cases.PetitionCase.holder", "cases.PetitionCase.responsible"} & set(item.moved)
    return act.tells_petitioners and case.is_open and bool(desks) and not case.lead.is_anonymous


def _reviewer(item: HandOverItem) -> str:
    """Name the body above to which a request went on, as who made the opinion would have reviewed it; "" for none."""
    review = Review.objects.filter(pk__in=item.moved.get(LIFTED, [])).select_related("body").first()
    return review.body.name if review else ""


def _write(act: HandOver, item: HandOverItem, case: PetitionCase, *, by: Post, on: date) -> str:
    """Issue 承办单位变更告知书 in the name of the successor."""
    name = item.from_unit.name
    facts = arrival(case) | {
        "former_unit": f"原{name}" if act.kind in ENDING_KINDS else item.from_unit.name_on(on),
        "change_kind": HandOverKind(act.kind).label,
        "change_basis": act.basis,
        "changed_on": on,
        "reviewer": _reviewer(item),
    }
    return issue_letter(case, None, CHANGE_OF_UNIT, facts, unit=item.to_unit, by=by, on=on)
