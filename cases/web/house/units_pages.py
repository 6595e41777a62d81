"""机构: the list, one unit with what it was called, who works there, what is to change, and the acts on it."""

from datetime import date

from django import forms
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.offers import LONGEST, like
from binzhou_xinfang.sentences import OfficeForm
from cases.house import change_acts, changes, units
from cases.house.acts import offered
from cases.web.house.kind_pages import Context, Kind, pages_of
from cases.web.house.list_page import Listing

_STANDING = [("", "现有机构"), ("ended", "已撤销"), ("all", "全部")]


class UnitFilter(OfficeForm):
    """Filter of the list; kept in the address."""

    q = forms.CharField(label="名称、俗称、代码", max_length=LONGEST, required=False)
    kind = forms.ChoiceField(label="类别", choices=[("", "全部类别"), *UnitKind.choices], required=False)
    standing = forms.ChoiceField(label="状态", choices=_STANDING, required=False)


def found_units(said: dict[str, str]) -> QuerySet[Unit]:
    """Select the units that a filter asks for, with the number of posts held there today."""
    today = timezone.localdate()
    rows: QuerySet[Unit] = Unit.objects.all()
    if q := said.get("q"):
        rows = like(rows, q, also=("code",))
    if kind := said.get("kind"):
        rows = rows.filter(kind=kind)
    ended = Q(valid_to__lt=today)
    rows = {"ended": rows.filter(ended), "all": rows}.get(said.get("standing", ""), rows.exclude(ended))
    held = Post.objects.held(today).filter(unit=OuterRef("pk")).order_by().values("unit")
    number = Subquery(held.annotate(number=Count("pk")).values("number"))
    return rows.select_related("parent", "moved_to").annotate(manned=Coalesce(number, 0))


UNITS = Listing("cases/house/units.html", UnitFilter, found_units, ("path",), Right.MANAGE_UNITS)


def _shown(found: Unit, post: Post, on: date) -> Context:
    """Show what it was called, who works there, what stands below it and what is planned."""
    return {
        "former": list(reversed(found.former_names)),
        "planned": [(one, offered(change_acts.ACTS, one, post, on)) for one in changes.standing(found)],
        "posts": Post.objects.held(on).filter(unit=found).select_related("user"),
        "below": Unit.objects.current(on).filter(parent=found),
    }


PAGES = pages_of(
    Kind(
        name="unit", plural="units", model=Unit, listing=UNITS, create=units.CREATE, acts=units.ACTS,
        reads=Right.READ_HOUSE, shows=_shown, lists=lambda: {"planned": changes.standing()},
        rows=lambda: Unit.objects.select_related("parent", "guided_by", "moved_to"),
    )
)  # fmt: skip
