"""检举控告 against the office that has them, or against its named people: handed at once to the organ of discipline, by
the very act of registering, sorting or correcting that makes them so (第三十条第三款). So is an ordinary matter that a
body which handles claims has sealed itself: it may be of itself, and nobody above would know of it."""

from datetime import datetime

from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Length
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind
from binzhou_xinfang.errors import Refusal
from cases.deciding import TAKES_REPORTS
from cases.engine import Effect, settle
from cases.models import PetitionCase
from cases.permissions import is_accused
from cases.states import UNTOUCHED, Move, State
from cases.vocabulary import Kind, LegalWay, Purpose

_AT_THE_OFFICE = UNTOUCHED | {State.AWAITING_DATA}
BASIS = "被反映的是登记机构或者其保密件办理人员，按照干部管理权限由纪检监察机关直接接收"
_SEALED_HERE = "登记机构办理中认为属于检举控告，按照干部管理权限由纪检监察机关直接接收"


def must_leave(matter: PetitionCase, by: Post) -> bool:
    """Check that the report may not stay where it is taken in: it is of this office, of one above it, or of all those
    here who are named for reports; by the unit that is chosen, or by what is written."""
    if not (matter.is_sealed or matter.purpose == Purpose.EXPOSE):
        return False
    if matter.accused_unit_id is not None and matter.accused_unit_id in by.unit.lineage:
        return True
    if not matter.accused:
        return False
    if matter.accused_unit_id is None and _written(by, matter.accused) is not None:
        return True
    named = Post.objects.held(timezone.localdate()).filter(unit=by.unit, reads_sealed=True)
    readers = list(named.select_related("user", "unit"))
    return bool(readers) and all(is_accused(post, matter) for post in readers)


def _written(by: Post, accused: str) -> Unit | None:
    """Find the post's unit, or the one above it, that the words name; None where they name another, whose longer name
    may hold the same words: 邹平市信访局 is not 市信访局. A place is the beginning of many names, and says nothing."""
    bodies = Unit.objects.exclude(kind=UnitKind.AREA).filter(valid_to=None).annotate(said=Value(accused, TextField()))
    named = bodies.filter(Q(said__contains=F("name")) | Q(said__contains=F("short_name")))
    found = {one: max(len(word) for word in (one.name, one.short_name) if word in accused) for one in named}
    longest = max(found.values(), default=0)
    own = (one for one, length in found.items() if length == longest > 0 and one.pk in by.unit.lineage)
    return next(own, None)


def organ_for(matter: PetitionCase, by: Post) -> Unit:
    """Find the nearest organ of discipline, of the office's area or of one above, that is no part of the accused unit.

    Raises Refusal where there is none in the system.
    """
    above = by.unit.path.strip("/").split("/")
    organs = Unit.objects.current(timezone.localdate()).filter(kind=UnitKind.DISCIPLINE, parent__code__in=above)
    if matter.accused_unit is not None:
        organs = organs.exclude(path__startswith=matter.accused_unit.path)
    organ = organs.order_by(Length("path").desc(), "pk").first()
    if organ is None:
        raise Refusal(
            "反映的是本单位，本单位不得接收（第三十条第三款）；系统内没有可以直接接收的上一级纪检监察机关，"
            "请告知信访人直接向有管理权限的纪检监察机关提出。",
            field="accused_unit",
        )
    return organ


def say_leaving(organ: Unit) -> str:
    """Word what registering does, before it is done."""
    return (
        f"反映的是本单位或者本单位的保密件办理人员：登记后直接移送{organ.name}，本单位任何人（包括您）都不能再查阅"
        "（第三十条第三款）。请向信访人说明，并勾选“已知悉”后再保存。"
    )


NOT_LEAVING = (
    "按现在填写的内容，登记后不会移送：反映本单位的，信访目的应当是“揭发控告”，并选择被反映单位；不是反映本单位的，"
    "请取消勾选“已知悉”。"
)


def leave_office(case: PetitionCase, move: Move, by: Post | None, at: datetime) -> None:
    """Take the next step of a report that nobody here may read any longer, whatever has made it one; hangs on
    `AFTER_MOVE`, and so follows its own steps until the organ has it. Raises Refusal where there is no organ.

    A new matter is left to `register`, which has its arrival to write.
    """
    is_here = by is not None and case.holder_id == by.unit_id == case.registered_unit_id
    if by is None or not is_here or move is Move.REGISTER or State(case.state) not in _AT_THE_OFFICE:
        return
    if case.is_sealed and (must_leave(case, by) or _was_ordinary_here(case, by)):
        go_on_leaving(organ_for(case, by), case, by=by, at=at)


def _was_ordinary_here(case: PetitionCase, by: Post) -> bool:
    """Check that the act has sealed what was an ordinary matter of a body that handles claims: nobody above would know
    of it, and that body alone would have the report that may be of itself."""
    return case.is_newly_sealed and by.unit.kind not in TAKES_REPORTS


def go_on_leaving(organ: Unit, case: PetitionCase, *, by: Post, at: datetime) -> None:
    """Settle nature and way, or pass the matter on when they are settled, in the transaction of what made it leave.

    The unit that the words name is the accused one from now on: nobody there finds the matter any more.
    """
    if case.accused_unit is None and case.accused:
        case.accused_unit = _written(by, case.accused)
    basis = BASIS if must_leave(case, by) else _SEALED_HERE
    if case.state == State.AWAITING_DATA:
        settle(case, Move.GO_ON, Effect({"note": basis}), by=by, at=at)
    elif case.state == State.REGISTERED or case.kind != Kind.REPORT:
        case.kind, case.legal_way, case.legal_basis = Kind.REPORT, LegalWay.DISCIPLINE, basis
        said = {"kind": Kind.REPORT.value, "way": LegalWay.DISCIPLINE.value, "basis": basis, "topic": case.topic_id}
        settle(case, Move.TRIAGE, Effect(said), by=by, at=at)
    else:
        case.sender, case.holder, case.responsible = by.unit, organ, organ
        settle(case, Move.REFER, Effect({"to_unit": organ.code, "to_name": organ.name, "note": ""}), by=by, at=at)
