"""委派调解: list and page of a mediation."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.process.pages import Door, Finder
from binzhou_xinfang.web.fields import DayInput
from cases.queries import visible_to
from hearings.calendar.places import places_of
from hearings.mediation.days import days_of
from hearings.mediation.life import mediations
from hearings.mediation.points import points_for
from hearings.mediation.referring import consent_of
from hearings.mediation.results import right_of
from hearings.mediation.sessions import sessions_of
from hearings.models import AGREED_STATES, Mediation, PlaceState, PointState
from hearings.permissions import MEDIATION_READERS
from hearings.web.mediation.forms import FORMS, MediationFilter


def select(rows: "QuerySet[Mediation]", said: dict[str, Any]) -> "QuerySet[Mediation]":
    """Select the mediations that a filter asks for."""
    if said["q"]:
        rows = rows.filter(case__number=said["q"])
    if said["point"]:
        rows = rows.filter(point__name__contains=said["point"])
    return rows.filter(state=said["standing"]) if said["standing"] else rows


def facts(mediation: Mediation) -> dict[str, str]:
    """Tell of a mediation what the point and the unit both need."""
    told = {
        "信访事项": mediation.case.number, "调解点": f"{mediation.point.name}（{mediation.point.get_kind_display()}）",
        "委派单位": mediation.unit.name, "信访人": mediation.case.lead.name, "对方当事人": f"{mediation.other_party}",
        "纠纷概况": f"{mediation.dispute}", "调解员": str(mediation.mediator or "没有登记"),
        "委派日期": str(mediation.referred_on),
    }  # fmt: skip
    days = {"答复日期": mediation.answered_on, "结果日期": mediation.ended_on, "申请司法确认": mediation.applied_on,
            "法院决定": mediation.decided_on}  # fmt: skip
    told |= {label: str(on) for label, on in days.items() if on}
    return told | ({"受理法院": f"{mediation.court}"} if mediation.court else {})


def columns(mediation: Mediation) -> dict[str, str]:
    """Tell of a mediation what the list shows."""
    return {
        "委派单位": mediation.unit.short_name, "调解员": mediation.mediator.name if mediation.mediator else "—",
        "委派日期": str(mediation.referred_on),
    }  # fmt: skip


def beside(mediation: Mediation, post: Post) -> dict[str, Any]:
    """Gather the meetings, what was reported, the days that run, and the matter for who sees it."""
    on = timezone.localdate()
    is_agreed = mediation.state in AGREED_STATES
    return {
        "sessions": sessions_of(mediation),
        "result": mediation.result,
        "days": days_of(mediation.case, on) if mediation.is_open else None,
        "right": right_of(mediation) if is_agreed and not mediation.applied_on else None,
        "today": on,
        "consent": consent_of(mediation.case),
        "matter": visible_to(post).filter(pk=mediation.case_id).first(),
    }


def prepare(form: forms.Form, mediation: Mediation | None, post: Post) -> None:
    """Offer what there is to choose from, and today where a day is asked for."""
    if "point" in form.fields and mediation is None:
        there = points_for(post).filter(state=PointState.OPEN).order_by("name")
        _offer(form, "point", [(one.code, f"{one.name}（{one.get_kind_display()}，{one.hours}）") for one in there])
        # PostgreSQL takes no such text.
        number = str(form.initial.get("case", "")).replace("\x00", "")
        known = visible_to(post).filter(number=number, is_sealed=False).first()
        if known is not None:
            form.initial.setdefault("dispute", f"{known.summary}")
    if "place" in form.fields:
        rooms = places_of(post.unit.area).filter(state=PlaceState.OPEN).order_by("name")
        _offer(form, "place", [(one.code, f"{one.name}（{one.seats}座）") for one in rooms], "不预订场所")
    for name, field in form.fields.items():
        if isinstance(field.widget, DayInput) and field.required:
            form.initial.setdefault(name, timezone.localdate())
    if mediation is not None:
        _of_mediation(form, mediation)


def _of_mediation(form: forms.Form, mediation: Mediation) -> None:
    if "mediator" in form.fields:
        people = mediation.point.mediators.all()
        _offer(form, "mediator", [(one.code, str(one)) for one in people], "请选择" if people else "没有登记")
    if "session" not in form.fields:
        return
    is_amended = "reason" in form.fields and "said" in form.fields
    meetings = [one for one in sessions_of(mediation) if (one.held_on is not None) is is_amended]
    wanted = [one for one in meetings if one.called_off_at is None]
    empty = "请选择" if form.fields["session"].required else "没有事先约定"
    _offer(
        form, "session", [(str(one.number), f"{one} {one.held_on or _time(one.starts_at)}") for one in wanted], empty
    )
    chosen = next((one for one in wanted if str(one.number) == str(form.initial.get("session"))), None)
    if is_amended and chosen:
        lists = {name: "\n".join(getattr(chosen, name)) for name in ("came", "excused", "absent")}
        form.initial.update({"held_on": chosen.held_on, "where": chosen.place, "said": chosen.said, **lists})


def _time(at: Any) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]], empty: str = "请选择") -> None:
    """Make a list of what is there, for who looks at a page; a program writes the code."""
    told = form.fields[name]
    form.fields[name] = forms.ChoiceField(
        label=told.label, required=told.required, help_text=told.help_text, choices=[("", empty), *choices]
    )


MEDIATIONS_DOOR = Door(
    mediations, "mediations", facts=facts, begins="refer", icon="messages", group="访调对接",
    readers=MEDIATION_READERS, columns=columns, finder=Finder(MediationFilter, select), prepare=prepare, forms=FORMS,
    part="hearings/mediation/_mediation.html", beside=beside,
)  # fmt: skip
