"""委派调解 in the whole file of a matter: each reference, its sessions and its result."""

from collections.abc import Sequence

from binzhou_xinfang.letters.blocks import row_of
from binzhou_xinfang.records.masking import mask_name
from cases.casefile.whole_file.answers import Content
from cases.casefile.whole_file.chapters import Chapter, form_of, list_of, say_day
from cases.casefile.whole_file.contents import Teller
from hearings.mediation.life import visible_mediations
from hearings.models import Mediation, MediationSession

_WORDS = {
    "findings": "纠纷的主要事实", "disputes": "争议事项", "liability": "各方责任", "performance": "履行方式",
    "performance_time": "履行期限", "note": "调解不成的情况",
}  # fmt: skip


def _told(teller: Teller) -> list[Content]:
    mediations = visible_mediations(teller.post).filter(case=teller.case).prefetch_related("sessions").order_by("pk")
    return [_mediation(teller, one) for one in mediations]


def _mediation(teller: Teller, one: Mediation) -> Content:
    result = {name: teller.text(one.result[name]) for name in _WORDS if one.result.get(name)}
    return {
        "point": one.point.name,
        "unit": one.unit.name,
        "other_party": teller.text(one.other_party),
        "dispute": teller.text(one.dispute),
        "mediator": one.mediator.name if one.mediator else "",
        "referred_on": one.referred_on,
        "answered_on": one.answered_on,
        "state": one.get_state_display(),
        "ended_on": one.ended_on,
        "result": result | {"terms": [teller.text(term) for term in one.result.get("terms", [])]},
        "court": teller.text(one.court),
        "applied_on": one.applied_on,
        "decided_on": one.decided_on,
        "sessions": [_session(teller, session) for session in one.sessions.all()],
    }


def _session(teller: Teller, one: MediationSession) -> Content:
    return {
        "session": str(one),
        "planned_at": one.starts_at,
        "held_on": one.held_on,
        "called_off": teller.text(one.reason) if one.called_off_at else "",
        "place": teller.text(one.place),
        "came": [_named(teller, line) for line in one.came],
        "excused": [_named(teller, line) for line in one.excused],
        "absent": [_named(teller, line) for line in one.absent],
        "said": teller.text(one.said),
    }


def _named(teller: Teller, line: str) -> str:
    """Tell who it was: the name masked unless persons are told in full, what stands behind it in brackets as it is."""
    if teller.in_full:
        return teller.text(line)
    name, bracket, rest = line.partition("（")
    return teller.text(f"{mask_name(name)}{bracket}{rest}")


def _said(teller: Teller, mediations: Sequence[Content]) -> list[str]:
    return [line for one in mediations for line in _lines(one)]


def _lines(one: Content) -> list[str]:
    sessions = ((each["session"], _when(each), each["place"], _who(each), each["said"]) for each in one["sessions"])
    return [
        row_of(["调解点", one["point"], "状态", one["state"]]),
        *form_of((
            ("委派单位", one["unit"]),
            ("对方当事人", one["other_party"]),
            ("纠纷概况", one["dispute"]),
            ("调解员", one["mediator"]),
            ("委派日期", say_day(one["referred_on"])),
            ("答复日期", say_day(one["answered_on"])),
            ("结果日期", say_day(one["ended_on"])),
            *((label, one["result"].get(name)) for name, label in _WORDS.items()),
            ("协议内容", "；".join(one["result"]["terms"])),
            ("申请司法确认", " ".join(filter(None, (one["court"], say_day(one["applied_on"]))))),
            ("法院决定日期", say_day(one["decided_on"])),
        )),
        *list_of(("次数", "时间", "地点", "人员", "调解情况"), sessions),
    ]  # fmt: skip


def _when(session: Content) -> str:
    if session["held_on"]:
        return say_day(session["held_on"])
    return f"已取消：{session['called_off']}" if session["called_off"] else "尚未举行"


def _who(session: Content) -> str:
    parts = (("到场", "came"), ("有正当理由未到场", "excused"), ("无正当理由未到场", "absent"))
    return "；".join(f"{label}：{'、'.join(session[name])}" for label, name in parts if session[name])


MEDIATIONS = Chapter("mediations", "委派调解", _told, _said)
