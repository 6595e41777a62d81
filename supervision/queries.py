"""Sight of supervision, within what the post may see: duties whose last day has passed, 督办件, lights by unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Case, Count, F, Func, Min, Q, QuerySet, TextChoices, When
from django.db.models.functions import Coalesce, Extract

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.accounts.roles import OVERSEERS
from binzhou_xinfang.reading import among, each_in
from binzhou_xinfang.statute.periods import PERIODS, Rule
from binzhou_xinfang.web.lights import SOON_DAYS
from cases.models import Deadline, DeadlineQuerySet, PetitionCase
from cases.queries import visible_to
from cases.states.drafts import DraftState
from supervision.models import (
    OPEN_STAGES,
    PROPOSALS,
    TAKEN_UP,
    Answer,
    Inspection,
    Measure,
    Stage,
    SupervisionCase,
    Trigger,
)
from supervision.permissions import BODIES, OFFICE, READERS

# What one 督办件 is read with.
RELATED = ("case__responsible", "case__holder", "office", "unit", "clock", "deadline", "draft__letter")
# Since when one waits at the station where it stands, on the flow, in the lists and for programs alike: a letter in the
# making since it was written or checked, all else since it came to its desk; None of what is over.
SINCE = Case(
    When(stage=Stage.DRAFTED, draft__state=DraftState.CHECKED, then=F("draft__checked_at")),
    When(stage=Stage.DRAFTED, then=F("draft__drafted_at")),
    When(stage__in=OPEN_STAGES, then=Coalesce("came_at", "opened_at")),
)
DUTIES = tuple(rule.value for rule in Rule if not PERIODS[rule].gives_right)


# How a unit stands in an address; a duty that no unit owes yet has a mark of its own.
NO_UNIT = "-"


@dataclass(frozen=True, slots=True)
class UnitArrears:
    """The duties of one unit that are late, or soon due; `matters`: of how many matters; `oldest_on` is the legal day
    of the one that ends first."""

    unit: Unit | None
    number: int
    matters: int
    oldest_on: date

    @property
    def code(self) -> str:
        return code_of(self.unit)

    def days(self, on: date) -> int:
        """Count the natural days since the oldest last day."""
        return (on - self.oldest_on).days


def overdue_duties(post: Post, on: date) -> DeadlineQuerySet:
    """Select running duties of visible matters that ended before `on`, to be read page by page."""
    return late_now(on).filter(case__in=visible_to(post).values("pk"))


def soon_duties(post: Post, on: date) -> DeadlineQuerySet:
    """Select running duties of visible matters that end on the day `on` or within three days after it."""
    return soon_now(on).filter(case__in=visible_to(post).values("pk"))


def code_of(unit: Unit | None) -> str:
    """Name a unit, or none, in an address."""
    return unit.code if unit else NO_UNIT


def late_now(on: date) -> DeadlineQuerySet:
    """Select the running duties of all matters that ended before `on`."""
    return Deadline.objects.overdue(on).filter(rule__in=DUTIES)


def soon_now(on: date) -> DeadlineQuerySet:
    """Select the running duties of all matters that end on the day `on` or within three days after it."""
    return _until_soon(on).filter(legal_on__gte=on)


def _until_soon(on: date) -> DeadlineQuerySet:
    """Select both, up to the last day that is soon."""
    running = Deadline.objects.urging().filter(rule__in=DUTIES)
    return running.filter(legal_on__lte=on + timedelta(days=SOON_DAYS))


def _visible(duties: DeadlineQuerySet, post: Post) -> DeadlineQuerySet:
    """Select all that are of visible matters: duties that are due are few beside all matters."""
    seen = visible_to(post).filter(among("pk", duties.order_by().values("case")))
    return duties.filter(case__in=seen.values("pk"))


def arrears_by_unit(post: Post, on: date, *, is_soon: bool = False) -> list[UnitArrears]:
    """List one row for each unit with overdue duties, or such as are soon due; the most first."""
    duties = _visible(soon_now(on) if is_soon else late_now(on), post)
    counted = duties.order_by().values("unit").annotate(number=Count("pk"), matters=Count("case", distinct=True))
    rows = list(counted.annotate(oldest_on=Min("legal_on")))
    units = Unit.objects.in_bulk([row["unit"] for row in rows if row["unit"]])
    arrears = [UnitArrears(units.get(row["unit"]), row["number"], row["matters"], row["oldest_on"]) for row in rows]
    return sorted(arrears, key=lambda row: (-row.number, row.oldest_on))


def _ours(post: Post) -> Q:
    """Build the condition that the post's office, or an office of its area, brought it up."""
    ours = Q(pk__in=[])
    if post.role in OFFICE:
        ours |= Q(office=post.unit_id)
    if post.role in OVERSEERS:
        ours |= Q(office__in=Unit.objects.under(post.unit.area).values("pk"))
    return ours


def taken_up(post: Post) -> Q:
    """Build the condition on matters that the post's unit supervised, or inspected."""
    begun = Q(stage__in=(*TAKEN_UP, Stage.SETTLED)) | Q(issued_on__isnull=False)
    supervised = SupervisionCase.objects.filter(begun, office=post.unit_id).values("case")
    return Q(pk__in=supervised) | Q(pk__in=Inspection.objects.filter(office=post.unit_id).values("case"))


def _sent(post: Post) -> Q:
    """Build the condition that it went out to the post's unit."""
    return Q(unit=post.unit_id, issued_on__isnull=False)


def visible_supervisions(post: Post) -> QuerySet[SupervisionCase]:
    """督办件 of its office or area in matters that exist for the post, and what was sent to its unit.

    What was sent to a unit is read and answered there, though it need not know the matter (a body with a proposal) or
    has lost it to another since; unless that is 检举控告 by now, or the post has withdrawn from it.
    """
    if post.role not in READERS:
        return SupervisionCase.objects.none()
    known = Q(each_in("case", visible_to(post)))
    open_to_it = Q(case__is_sealed=False) & ~Q(case__recused__contains=[post.user_id])
    sent = _sent(post) & (known | open_to_it)
    if post.role in BODIES - OVERSEERS:
        return SupervisionCase.objects.filter(sent)
    return SupervisionCase.objects.filter(sent | (_ours(post) & known))


def known_matters(post: Post, rows: Sequence[SupervisionCase]) -> set[int]:
    """Find those of their matters that exist for the post: who was only sent a letter learns no more than its
    number."""
    visible = visible_to(post).filter(pk__in={row.case_id for row in rows}).order_by()
    return set(visible.values_list("pk", flat=True))


FILTERS: Mapping[str, type[TextChoices]] = {"stage": Stage, "measure": Measure, "trigger": Trigger}


def with_waits(supervisions: QuerySet[SupervisionCase]) -> QuerySet[SupervisionCase]:
    """Read each with `waits_since`."""
    return supervisions.annotate(waits_since=SINCE)


def narrowed(supervisions: QuerySet[SupervisionCase], query: Mapping[str, str]) -> QuerySet[SupervisionCase]:
    """Narrow to the stage, measure and cause that the query names; a word that there is not is passed over."""
    return supervisions.filter(**chosen(query))


def chosen(query: Mapping[str, str]) -> dict[str, str]:
    """Pick those of `FILTERS` that the query names."""
    return {name: value for name, known in FILTERS.items() if (value := query.get(name, "")) in known.values}


def supervisions_in(case: PetitionCase, post: Post) -> QuerySet[SupervisionCase]:
    """Select the same within one matter that was found among those the post sees."""
    if post.role not in READERS:
        return SupervisionCase.objects.none()
    return SupervisionCase.objects.filter(_sent(post) | _ours(post), case=case)


def answers_to(cause: SupervisionCase, post: Post) -> QuerySet[Answer]:
    """Select the answers that the post reads: one that its head has not signed is the unit's own."""
    unsigned = Q(is_accepted=None) if cause.stage == Stage.SIGNING and post.unit_id != cause.unit_id else Q(pk__in=[])
    return cause.answers.exclude(unsigned)


def on_board(post: Post) -> QuerySet[SupervisionCase]:
    """挂牌督办: select the matters on the board, or once on it, within what the post sees."""
    return visible_supervisions(post).filter(measure=Measure.LISTING, issued_on__isnull=False)


def proposals(post: Post) -> QuerySet[SupervisionCase]:
    """三项建议 within what the post sees."""
    return visible_supervisions(post).filter(measure__in=PROPOSALS)


def visible_inspections(post: Post) -> QuerySet[Inspection]:
    """一案双督三查 of offices of the area, in matters that exist for the post; of its own office all but 检举控告."""
    offices = Unit.objects.under(post.unit.area).values("pk")
    return Inspection.objects.filter(office__in=offices, case__in=visible_to(post), case__is_sealed=False)


@dataclass(frozen=True, slots=True)
class UnitLight:
    """The duties of one unit: how many are late, how many end within three days, and the one that is worst."""

    unit: Unit | None
    late: int
    soon: int
    worst: Deadline | None

    @property
    def code(self) -> str:
        return code_of(self.unit)


LIGHTS = 50
# The earliest legal day as a number, and the clock: their least is the one that is worst.
_WORST = Func(
    Extract("legal_on", "epoch"),
    "pk",
    template="ARRAY[%(expressions)s]::bigint[]",
    output_field=ArrayField(BigIntegerField()),
)


def lights_by_unit(post: Post, on: date) -> list[UnitLight]:
    """List one row for each unit with something late or soon due, the most late first; at most 50. Three queries."""
    late = Count("pk", filter=Q(legal_on__lt=on))
    duties = _visible(_until_soon(on), post).order_by().values("unit")
    rows = duties.annotate(late=late, number=Count("pk"), worst=Min(_WORST))
    worst_first = sorted(rows, key=lambda row: (-row["late"], row["worst"], -row["number"]))[:LIGHTS]
    units = Unit.objects.in_bulk([row["unit"] for row in worst_first if row["unit"]])
    worst = Deadline.objects.select_related("case").in_bulk([row["worst"][1] for row in worst_first])
    return [
        UnitLight(units.get(row["unit"]), row["late"], row["number"] - row["late"], worst.get(row["worst"][1]))
        for row in worst_first
    ]
