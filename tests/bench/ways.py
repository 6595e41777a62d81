"""The ways around plain Django, each beside its plain variant and the row of `make bench` that it serves."""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from unittest import mock

from django.db import transaction
from django.db.models import F, Model, Q, QuerySet
from django.template import Context, engines
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.reading import Prepared
from binzhou_xinfang.records import counters
from binzhou_xinfang.records.models import Counter
from binzhou_xinfang.statute import models as statute
from binzhou_xinfang.web.paging import COUNT_CAP, capped_count
from cases.casefile import dossier
from cases.made_up.synthetic.copying import Sheet, copy_in
from cases.models import Alert, CaseAttachment, Deadline, Opinion, Petition, PetitionCase
from cases.queries import Queue
from cases.states import Move
from cases.watch.sweep import claiming
from cases.web import menu
from cases.web.casefile import case_page
from cases.web.worklists import rows
from cases.worklists import counting, filters
from supervision import queries
from tests.bench import plain_sweep, sweeping
from tests.bench.drive import REGISTER, SUPERVISION
from tests.bench.scene import Scene

Swap = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True)
class Way:
    """One way around Django. `act` runs it as the row does; while `plain()` lasts, plain Django does the same."""

    name: str
    row: str
    act: Callable[[], object]
    plain: Swap


def ways(scene: Scene) -> list[Way]:
    """All of them."""
    desk, area = page(scene.handler, scene.worklist), page(scene.head, scene.area)
    every, matter = page(scene.head, scene.every_case), page(scene.head, scene.long_case)
    visit = form(scene.clerk, REGISTER, scene.visit)
    overdue, home = page(scene.head, f"{SUPERVISION}overdue/"), page(scene.head, SUPERVISION)
    letters = page(scene.head, f"{SUPERVISION}letters/")
    return [
        Way("reading.Prepared", "本单位待办", desk, prepared),
        Way("reading.Prepared", "事项页", matter, prepared),
        Way("reading.Prepared", "登记来访", visit, prepared),
        Way("reading.quick", "本地区在办", area, instead(rows, "quick", same)),
        Way("reading.among", "逾期期限", overdue, instead(queries, "among", among_plain)),
        Way("reading.among", "督办首页（负责人）", home, instead(queries, "among", among_plain)),
        Way("reading.each_in", "督办件", letters, instead(queries, "each_in", each_in_plain)),
        Way("dossier (names)", "事项页", matter, joined),
        Way("counting.count_queues", "本单位待办", desk, instead(menu, "count_queues", count_plain)),
        Way("counting.count_queues", "本地区在办", area, instead(menu, "count_queues", count_plain)),
        Way("counting (what is many)", "全部事项", every, instead(counting, "_known_as_many", nothing_known)),
        Way("row_markup", "本地区在办", area, instead(rows, "row_markup", RowTemplate())),
        Way("rows: one look-up of urls", "本地区在办", area, instead(rows, "_line", line_plain)),
        Way("filters: no widgets", "本地区在办", area, instead(filters.CaseFilters, "selects", SELECTS)),
        Way("menu: addresses", "本单位待办", desk, uncached(menu, "_address")),
        Way("statute.settled", "本地区在办", area, instead(statute, "Kept", Forgetful())),
        Way("counters.take", "登记来访", visit, instead(counters, "take", take_plain)),
        Way("sweep: set-based SQL", "期限巡查（2000个）", swept(), SWEEP),
        Way("synthetic.copying", "装入（2000行）", Copying().copy, instead(Copying, "write", Copying.create)),
    ]  # fmt: skip


def page(post: Post, path: str) -> Callable[[], object]:
    """A page, read by a browser that has signed in."""
    client = _signed_in(post)

    def read() -> str:
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")
        return answer.content.decode()

    return read


def form(post: Post, path: str, typed: Callable[[], Mapping[str, str]]) -> Callable[[], object]:
    """A form, sent by a browser that has signed in."""
    client = _signed_in(post)

    def send() -> None:
        if (status := client.post(path, typed()).status_code) != 302:
            raise RuntimeError(f"{path} answered {status}")

    return send


def _signed_in(post: Post) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(post.user)
    return client


def instead(target: object, name: str, value: object) -> Swap:
    """Another attribute while the plain variant runs."""
    return partial(swap, (target, name, value))


def uncached(module: object, name: str) -> Swap:
    """The function of this name without its cache while the plain variant runs."""
    return instead(module, name, getattr(module, name).__wrapped__)


@contextmanager
def swap(*parts: tuple[object, str, object]) -> Iterator[None]:
    """Other attributes while the block lasts."""
    with ExitStack() as held:
        for target, name, value in parts:
            held.enter_context(mock.patch.object(target, name, value))
        yield


def same(queryset: "QuerySet[Any]") -> "QuerySet[Any]":
    return queryset


def among_plain(column: str, keys: "QuerySet[Any, Any]") -> Q:
    return Q(**{f"{column}__in": keys})


def each_in_plain(column: str, found: "QuerySet[Any, Any]") -> Q:
    return Q(**{f"{column}__in": found.order_by().values("pk")})


def prepared() -> AbstractContextManager[object]:
    """Every query is written anew."""
    return swap((Prepared, "__call__", lambda self, *values: list(self._build(*values))))


def joined() -> AbstractContextManager[object]:
    """The page of a matter reads names by joins, and companions by prefetching."""
    users = ("drafted_by", "checked_by", "signed_by")
    wanted = (*dossier.RELATED, "lead__address_region", *dossier._UNITS, *dossier._USERS)
    return swap(
        (case_page, "RELATED", wanted),
        (dossier, "_name_units", mock.Mock()),
        (dossier, "_name_users", mock.Mock()),
        (dossier, "_deadlines", _DEADLINES),
        (dossier, "_attachments", _ATTACHMENTS),
        (dossier, "_opinions", Prepared(lambda case: Opinion.objects.filter(case=case).select_related(*users))),
        (dossier, "_events", _events),
        (dossier, "_arrivals", _arrivals),
    )  # fmt: skip


_DEADLINES = Prepared(lambda case: Deadline.objects.filter(case=case).select_related("unit"))
_ATTACHMENTS = Prepared(
    lambda case: CaseAttachment.objects.filter(case=case).select_related("file", "unit", "uploaded_by")
)


def _events(case: PetitionCase) -> "QuerySet[Any]":
    return case.events.defer("previous_hash", "hash").select_related("unit")


def _arrivals(case: PetitionCase, joined: Sequence[PetitionCase]) -> list[Petition]:
    arrivals = Petition.objects.filter(case__in=[case, *joined]).select_related("lead", "unit").order_by("-id")
    return list(arrivals.prefetch_related("companions__petitioner")[: dossier.ARRIVALS])


def count_plain(post: Post, queues: Sequence[Queue], on: date) -> counting.Figures:
    """Each figure by a capped count of its own."""
    first = queues[0].cases(post)
    return counting.Figures(
        {queue.slug: capped_count(queue.cases(post)) for queue in queues},
        capped_count(filters.late(first, on), COUNT_CAP),
        capped_count(filters.due_soon(first, on), COUNT_CAP),
    )


def nothing_known(post: Post, names: Sequence[str]) -> list[str]:
    return []


class RowTemplate:
    """A line of a list by Django's own template."""

    def __init__(self) -> None:
        self.template = engines["django"].from_string(_ROW).template

    def __call__(self, line: Any) -> SafeString:
        written: SafeString = self.template.render(Context({"line": line}))
        return written


_ROW = """<tr data-row="{{ line.number }}">
<td class="tick"><input class="form-check-input" type="checkbox" name="n" value="{{ line.number }}" form="together" data-moves="{{ line.together }}" tabindex="-1" aria-label="勾选 {{ line.number }}"></td>
<td class="light">{% if line.due %}<a class="due due-{{ line.light.colour }}" href="{{ line.url }}due/" data-sheet="期限计算" tabindex="-1" title="{{ line.due_words }}">{{ line.light.words }}</a>{% else %}<span class="due due-{{ line.light.colour }}">{{ line.light.words }}</span>{% endif %}</td>
<td class="what"><span class="what-title"><a href="{{ line.url }}" title="{{ line.title }}" data-open>{{ line.title }}</a>{% for flag in line.flags %} <span class="flag">{{ flag }}</span>{% endfor %}</span>
<span class="what-who"><span class="num" title="{{ line.number }}">{{ line.short_number }}</span> · {{ line.person }}{% if line.people > 1 %}<span class="text-secondary"> 等{{ line.people }}人</span>{% endif %} · <span title="{{ line.topic_words }}">{{ line.topic }}</span></span></td>
<td class="office" title="{{ line.unit_name }}">{{ line.unit }}</td>
<td class="stage">{{ line.state }}</td>
<td class="when">{{ line.last_move }} <span class="num text-secondary">{{ line.last_on }}</span></td>
<td class="last">{% if line.move %}<a class="btn btn-sm" href="{{ line.move_url }}" data-sheet="{{ line.move }}">{{ line.move }}</a>{% endif %}</td>
</tr>
"""  # noqa: E501  as a template of pages is written


_line = rows._line


def line_plain(
    case: PetitionCase, move: Move | None, together: Iterable[Move], *, on: date, case_url: str, move_url: str
) -> rows.Line:
    """A line that looks its addresses up."""
    case_url = reverse("cases:case", args=[case.number])
    move_url = reverse("cases:move", args=[case.number, move.value]) if move else ""
    return _line(case, move, together, on=on, case_url=case_url, move_url=move_url)


def selects_plain(self: filters.CaseFilters) -> list[tuple[str, str, SafeString]]:
    """The filters by Django's own widgets, whose options are wanted."""
    written = []
    for name, options in self.offered.items():
        headed = filters._grouped(name, options)
        self.fields[name].choices = [*headed[0][1], *headed[1:]]  # the first stand under no heading
        options_alone = str(self[name]).partition(">")[2].rpartition("</select>")[0]
        written.append((name, str(self.fields[name].label), SafeString(options_alone)))
    return written


SELECTS = property(selects_plain)


class Forgetful(statute.Kept):
    """Read the settings kept for a day whenever they are asked for."""

    def __getattribute__(self, name: str) -> Any:
        return None if name == "read_on" else super().__getattribute__(name)


def take_plain(name: str, count: int = 1) -> int:
    """A number by the ORM, without gaps as well."""
    row, is_new = Counter.objects.select_for_update().get_or_create(name=name, defaults={"value": count})
    if not is_new:
        Counter.objects.filter(pk=name).update(value=F("value") + count)
        row.value += count
    return row.value


SWEEP = instead(claiming, "reach_batch", plain_sweep.reach_batch)


def swept() -> Callable[[], object]:
    """Two thousand clocks that are due reach their rung; nothing of it stays."""
    now = timezone.now()
    sweeping.fill(2000, now, phase=9)
    ladders = claiming.Ladders.of(statute.current_rulebook().on(timezone.localdate(now)))

    def go_round() -> object:
        with transaction.atomic():
            batch = claiming.reach_batch(ladders, at=now, send_after=now, size=2000)
            told = list(Alert.objects.filter(recorded_at=now).values_list("deadline", "days", "audience", "reached_at"))
            waiting = list(Deadline.objects.filter(alerted_until=now).order_by("pk").values_list("next_alert_at"))
            transaction.set_rollback(True)
        return batch, sorted(told), waiting

    return go_round


class Copying:
    """Two thousand clocks written into their table; nothing of it stays."""

    def __init__(self) -> None:
        self.rows = list(Deadline.objects.order_by("pk")[:2000])
        self.at = datetime.now(tz=timezone.get_default_timezone()) + timedelta(days=1)

    def copy(self) -> None:
        """Write them as the load does, or as plain Django does while `write` is another."""
        for row in self.rows:
            row.pk, row.subject = None, secrets.token_hex(8)
        with transaction.atomic():
            self.write(self.rows)
            transaction.set_rollback(True)

    def write(self, found: Sequence[Model]) -> None:
        sheet = Sheet(Deadline, with_key=False)
        for row in found:
            sheet.add(row)
        copy_in(sheet.sql, sheet.take())

    def create(self, found: Sequence[Any]) -> None:
        Deadline.objects.bulk_create(found)
