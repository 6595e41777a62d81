"""Tags and filters that every template has without loading them."""

import re
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from binzhou_xinfang.records import masking
from binzhou_xinfang.statute.wording import cite
from binzhou_xinfang.web import lights
from binzhou_xinfang.web.asking_back import CONFIRMED, AsksBack
from binzhou_xinfang.web.days import day_words, local_day, moment_words
from binzhou_xinfang.web.fields import is_wanted
from binzhou_xinfang.web.numbers import short_number
from binzhou_xinfang.web.paging import COUNT_CAP, Count

register = template.Library()

CURSORS = ("after", "before")
WIDGET_CLASSES: tuple[tuple[tuple[type[forms.Widget], ...], str, str], ...] = (
    ((forms.CheckboxSelectMultiple, forms.RadioSelect), "options", ""),
    ((forms.CheckboxInput,), "check", "form-check-input"),
    ((forms.Select,), "select", "form-select"),
)

register.filter("cite", cite)
register.filter("short_number", short_number)
register.filter("mask_name", masking.mask_name)
register.filter("mask_phone", masking.mask_phone)
register.filter("mask_id_number", masking.mask_id_number)
register.filter("mask_address", masking.mask_address)
register.filter("mask_numbers", masking.mask_numbers)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@register.inclusion_tag("parts/due.html")
def due_light(
    due_on: date | None, *, done: object = False, on: date | None = None, soon: int = lights.SOON_DAYS
) -> dict[str, object]:
    """Show the light of a due day: `{% due_light deadline.due_on done=deadline.met_on %}`; `on` is today unless
    given."""
    return {"light": lights.due_light(due_on, on=on or timezone.localdate(), done=bool(done), soon=soon)}


@register.filter
def day(value: date | datetime | None) -> str:
    """Write 10月9日(周四), not to be broken over two lines; nothing for None."""
    return _time(local_day(value), day_text(value)) if value else ""


@register.filter
def days_told(value: object) -> object:
    """Tell a day that stands as 2026-12-01, or a date, as `day` does; anything else is left as it is."""
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        return day(date.fromisoformat(value))
    return day(value) if isinstance(value, date) else value


@register.filter
def moment(value: datetime | None) -> str:
    """Write 10月9日(周四) 14:30 of an aware moment."""
    return _time(timezone.localtime(value), moment_text(value)) if value else ""


@register.filter
def day_text(value: date | datetime | None) -> str:
    """Write the words of `day` alone, for an attribute or a text letter."""
    return day_words(local_day(value), this_year=timezone.localdate().year) if value else ""


@register.filter
def moment_text(value: datetime | None) -> str:
    """Write the words of `moment` alone."""
    return moment_words(value, this_year=timezone.localdate().year) if value else ""


@register.filter
def capped(value: int | Count | None) -> str:
    """Write 1,234 and, from the cap on, 10,000+."""
    if value is None:
        return ""
    return str(value if isinstance(value, Count) else Count(min(value, COUNT_CAP), capped=value > COUNT_CAP))


@register.simple_tag(takes_context=True)
def query_string(context: Context, **changes: Any) -> str:
    """Change filters in the address bar's query (None or "" takes one out), from the first page on unless a cursor is
    given: `<a href="{% query_string topic=topic.code %}">`."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name in (*CURSORS, *changes):
        query.pop(name, None)
    for name, value in changes.items():
        if value not in (None, ""):
            query.setlist(name, [str(item) for item in value] if isinstance(value, (list, tuple)) else [str(value)])
    return f"?{query.urlencode()}"


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField, *, label: str = "", unit: str = "") -> dict[str, object]:
    """Show a form's field with its label, mark, help and errors: `{% field form.due_on label="应于" unit="天" %}`."""
    kind, css = "input", "form-control"
    for widgets, its_kind, its_css in WIDGET_CLASSES:
        if isinstance(bound.field.widget, widgets):
            kind, css = its_kind, its_css
            break
    if kind == "input" and bound.field.widget.use_fieldset:
        kind = "group"
    if kind == "options":
        for option in bound.subwidgets:
            option.data["attrs"]["class"] = "form-check-input"
    asks = isinstance(bound.form, AsksBack) and bound.form.asks_about(bound.name)
    return {
        "field": bound,
        "doubt": bound.form.add_prefix(CONFIRMED) if asks else "",
        "is_confirmed": isinstance(bound.form, AsksBack) and bound.name in bound.form.confirmed_fields,
        "kind": kind,
        "widget": bound.as_widget(attrs=_classed(bound, css)),
        "label": label or bound.label,
        "unit": unit,
        "is_required": is_wanted(bound.field) and kind != "check",
    }


def _classed(bound: BoundField, css: str) -> dict[str, str | bool]:
    own = str(bound.field.widget.attrs.get("class", ""))
    names = " ".join(name for name in (own, css, "is-invalid" if bound.errors else "") if name)
    return {"class": names} if names else {}


def _time(value: date, words: str) -> SafeString:
    return format_html('<time datetime="{}" class="num">{}</time>', value.isoformat(), words)
