"""Figures of volume: arrivals, visits by 批次 and 人次, 集体访, new matters (reference §4, 条例第四十一条第一项)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.db.models import Q

from cases.models import CaseEvent
from cases.queries import REPEATS
from cases.states import Move
from cases.vocabulary import Channel
from supervision.figures.figure import Figure, Item, Period, Reach, Rows
from supervision.figures.rates import REPEAT_WORDS, arrivals

_REGISTERED = "登记日期"
_REPORT = "《信访工作条例》第四十一条第一项"
_VISITS, _GROUPS = Q(channel=Channel.VISIT), Q(channel=Channel.VISIT, is_group=True)


def _arrived(where: Q, unit: str) -> Callable[[Reach, Period], tuple[Rows, ...]]:
    def rows(reach: Reach, period: Period) -> tuple[Rows, ...]:
        return (Rows(arrivals(reach, period).filter(where), unit, day="registered_at"),)

    return rows


def _opened(reach: Reach, period: Period) -> tuple[Rows, ...]:
    since, until = period.moments
    matters = reach.cases.filter(registered_at__gte=since, registered_at__lt=until)
    return (Rows(matters, "registered_unit", day="registered_at"),)


def _closed(reach: Reach, period: Period) -> tuple[Rows, ...]:
    return (Rows(reach.cases.filter(closed_on__range=period.days), "responsible", day="closed_on"),)


def _moved(move: Move) -> Callable[[Reach, Period], tuple[Rows, ...]]:
    def rows(reach: Reach, period: Period) -> tuple[Rows, ...]:
        since, until = period.moments
        moved = CaseEvent.objects.filter(kind=move, happened_at__gte=since, happened_at__lt=until)
        return (Rows(moved.filter(case__in=reach.cases.values("pk")), "unit", "case", "happened_at"),)

    return rows


def _complained(reach: Reach, period: Period) -> tuple[Rows, ...]:
    (opened,) = _opened(reach, period)
    return (Rows(opened.rows.filter(accused_unit__isnull=False), "accused_unit", day="registered_at"),)


def _complained_by_name(reach: Reach, period: Period) -> tuple[Rows, ...]:
    (opened,) = _opened(reach, period)
    named = opened.rows.filter(accused_unit=None, accused__written=True)
    return (Rows(named, "registered_unit", day="registered_at"),)


def _figure(
    slug: str, label: str, unit: str, counts: str, where: Q, *, sums: str = "", told_of: str = "unit"
) -> Figure:
    return Figure(
        slug=slug, label=label, item=Item.ARRIVAL, unit=unit, counts=counts, month=_REGISTERED, source=_REPORT,
        rows=_arrived(where, told_of), sums=sums,
    )  # fmt: skip


_ALL = (
    _figure("arrivals", "登记信访件", "件次", "登记的信访件，重复来件各计一件次，登记有误作废的不计", Q()),
    _figure("people", "登记信访人次", "人次", "登记的信访件的信访人数之和", Q(), sums="people"),
    Figure(
        slug="matters", label="新登记信访事项", item=Item.MATTER, unit="件",
        counts="登记的信访事项，重复来件不另计，登记有误作废的不计", month=_REGISTERED, source=_REPORT, rows=_opened,
    ),
    Figure(
        slug="closed", label="办结信访事项", item=Item.MATTER, unit="件",
        counts="办结的信访事项", month="办结日期", source=_REPORT, rows=_closed,
    ),
    Figure(
        slug="referred", label="转送信访事项", item=Item.MATTER, unit="件",
        counts="转送的信访事项，同一事项转送几次的计一件", month="转送日期",
        source="《信访工作条例》第二十二条、第四十一条第二项", rows=_moved(Move.REFER),
    ),
    Figure(
        slug="assigned", label="交办信访事项", item=Item.MATTER, unit="件",
        counts="交办的信访事项，同一事项交办几次的计一件", month="交办日期",
        source="《信访工作条例》第二十二条、第四十一条第二项", rows=_moved(Move.ASSIGN),
    ),
    Figure(
        slug="complained", label="有被反映单位的信访事项", item=Item.MATTER, unit="件",
        counts="登记的信访事项中登记了被反映单位的，按被反映单位归集，不按承办单位",
        month=_REGISTERED, source=_REPORT, rows=_complained,
    ),
    Figure(
        slug="complained-named", label="只有被反映者名称的信访事项", item=Item.MATTER, unit="件",
        counts="登记的信访事项中只写了被反映的人员、单位名称，没有归到本系统机关、单位的",
        month=_REGISTERED, source=_REPORT, rows=_complained_by_name,
    ),
    _figure("visits", "来访批次", "批次", "登记的来访，一次来访计一批次", _VISITS),
    _figure("visitors", "来访人次", "人次", "登记的来访的信访人数之和", _VISITS, sums="people"),
    _figure("group-visits", "集体访批次", "批次", "登记的来访中达到集体访人数的", _GROUPS),
    _figure("group-visitors", "集体访人次", "人次", "集体访的信访人数之和", _GROUPS, sums="people"),
    # Told of the unit that has the matter, not of the window.
    _figure("repeats", "重复信访", "件次", f"登记的信访件中的{REPEAT_WORDS}", REPEATS, told_of="case__responsible"),
)  # fmt: skip
VOLUME: Mapping[str, Figure] = MappingProxyType({figure.slug: figure for figure in _ALL})
