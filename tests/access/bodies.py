"""Bodies of requests as somebody who is let in would send them: read from the page's form, or from the API's own
description, and filled by the name of the field."""

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator

from binzhou_xinfang.statute.parameters import Column, period_key
from binzhou_xinfang.statute.periods import Rule

TEXT = "测试填写的内容，写得足够长。"
# A part of an address, in the description as in a route.
_PART = re.compile(r"\{\w+\}|<\w+:\w+>")
_WORD = re.compile(r"\{[a-z]+\}")
_SKIPPED = frozenset({"submit", "button", "file", "search"})


def day(number: int) -> str:
    return (timezone.localdate() + timedelta(days=number)).isoformat()


# Stands for the number of the matter that is asked about; other words in braces are of rows.py (`Matter.ids`).
NUMBER = "{number}"


class Paper(SimpleUploadedFile):
    """A file that is sent as often as it is asked for."""

    def read(self, *args: Any) -> bytes:
        self.seek(0)
        return super().read(*args)  # type: ignore[no-any-return]


def _delivered(client: Client, url: str) -> Paper:
    """The delivered template, as the office would bring it back."""
    content = client.get(f"{url}delivered/").content
    return Paper("自备.docx", content, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")


_FURTHER = {f"{name}_{place}": "" for name in ("other", "numbers") for place in (1, 2, 3)} | {
    f"topics_{place}": [] for place in (1, 2, 3)
}
_END = {"kind": "ended", "unit": "u-kept", "last_on": day(0), "successor": "u-housing", "basis": TEXT}
_RIGHT: Mapping[str, Any] = {"wrong": "{head}", "right_person": "{colleague}", "basis": TEXT}
_REFERRED: Mapping[str, Any] = {"case": "{mediating}", "point": "{point}", "dispute": "维修费用"}
_DRAW: Mapping[str, Any] = {"case": "{hearing}", "hearing_on": day(30), "number": 5}
_LEAVING = {"person": "{handler}", "successors": ["{head}"], "basis": TEXT}
_CONDUCT: Mapping[str, Any] = {
    "conduct": ["1"],
    "responses": ["dissuaded"],
    "hour": "上午9时30分",
    "place": "接待大厅",
    "persons": ["刘某"],
}
# A person who comes, as the form and the API ask for him.
_ARRIVAL: Mapping[str, Any] = {
    "name": "刘某", "phone": "13800000000", "id_kind": "", "channel": "visit", "arrived_on": day(0), "people": 1,
    "content": "小区地下车库漏水，物业以维修资金不足为由未修。", "purpose": "settle", "region": "1602",
}  # fmt: skip
# An expert, a draw, a place and a booking, as form and API ask for them.
_EXPERT: Mapping[str, Any] = {
    "name": "周学勤", "kind": "lawyer", "specialities": ["law"], "region": "1602", "organisation": "某律师事务所",
}  # fmt: skip
_TERM: Mapping[str, Any] = {"term_from": day(0), "term_to": day(365), "reason": TEXT}
_TIMES: Mapping[str, Any] = {"starts_at": f"{day(5)} 09:00", "ends_at": f"{day(5)} 11:00", "place": ""}
_BOOKED: Mapping[str, Any] = {**_TIMES, "kind": "hearing", "title": "听证"}
_ROOM: Mapping[str, Any] = {"name": "新听证室", "kind": "meeting-room", "region": "1602", "address": "三楼", "seats": 9}
_POINT: Mapping[str, Any] = {
    "name": "枣乡情驿站", "kind": "brand", "region": "1602", "address": "某村", "hours": "每天",
}  # fmt: skip
# What an address asks for that its form or its description does not tell.
OF_ROUTE: Mapping[str, Mapping[str, Any]] = {
    "register/": {**_ARRIVAL, "requests": "修好车库", "threat": ""},
    "register/repeat/": {**_ARRIVAL, "case": NUMBER},
    "api/petitions/": {**_ARRIVAL, "requests": ["修好车库"]},
    "api/petitions/repeat/": {name: _ARRIVAL[name] for name in _ARRIVAL if name not in ("purpose", "region")}
    | {"case": NUMBER},
    "supervision/new/": {"case": NUMBER, "unit": "u-housing"},
    "api/supervisions/": {"case": NUMBER, "unit": "u-housing"},
    "duty/": {"turns": "12月30日 {person}"},
    "api/duty/": {"turns": ["12月30日 {person}"], "begins": "08:30", "hours": 24},
    "hand-overs/unit/": {**_END, **_FURTHER, "seen": "0"},
    "api/hand-overs/unit/": {**_END, "seen": 0},
    "hand-overs/person/": {**_LEAVING, **_FURTHER, "seen": "{handled}"},
    "api/hand-overs/person/": {**_LEAVING, "seen": "{handled}"},
    **dict.fromkeys(("hand-overs/<int:pk>/correct/", "api/hand-overs/<int:pk>/correct/"), _RIGHT),
    "cases/<str:number>/file/": {"in_full": "", "reason": TEXT},
    "cases/<str:number>/attachments/": {"file": Paper("材料.txt", "现场情况".encode(), "text/plain")},
    "api/cases/<number:number>/attachments/": {"file": Paper("材料.txt", "现场情况".encode(), "text/plain")},
    "api/cases/<number:number>/evaluate/": {"office_verdict": "satisfied", "channel": "called-back"},
    "api/cases/<number:number>/drafts/": {"kind": "investigation-report", "facts": {}},
    **dict.fromkeys(
        ("api/cases/<number:number>/log/conduct/", "api/cases/<number:number>/log/conduct/<int:pk>/"), _CONDUCT
    ),
    "supervision/letters/together/<slug:slug>/": {"n": "{cause}", "reason": TEXT},
    "hearings/recompute/": {"told": "{told}"},
    "api/experts/<int:pk>/decertify/": {"number": "B7"},
    **dict.fromkeys(("mediations/new/", "api/mediations/"), _REFERRED),
    "api/house/units/<int:pk>/ask-move/": {"parent": "u-housing"},
    "api/house/units/<int:pk>/amend/": {"kind": "department", "letter_mark": "", "phone": "0543-3169999"},
    **{f"house/{room}/<int:pk>/<slug:key>/": {"phone": "0543-3169999"} for room in ("units", "people")},
    "house/routes/<slug:code>/<slug:key>/": {"organ": "某机关"},
    "house/topics/<int:pk>/": {"aliases": "欠薪"},
    "settings/<slug:name>/": {"length": "50"},
    "api/settings/": {"key": period_key(Rule.TRIAGE, Column.LENGTH), "value": 10, "effective_from": day(1)},
    **{key: {**_EXPERT, "term_from": day(0), "term_to": day(365)} for key in ("experts/new/", "api/experts/")},
    "api/experts/<int:pk>/correct/": {**_EXPERT, "reason": TEXT},
    "api/experts/<int:pk>/certify/": {"certificate": "律师执业证", "number": "A1"},
    **dict.fromkeys(("api/experts/<int:pk>/renew/", "api/experts/<int:pk>/restore/"), _TERM),
    "draws/new/": {
        "case": "{hearing}",
        "hearing_on": day(30),
        "number": 5,
        "needs_certificate": [],
        "specialities": [],
    },
    "api/draws/": {"case": "{hearing}", "hearing_on": day(30), "number": 5},
    **dict.fromkeys(("places/new/", "api/places/"), _ROOM),
    "api/places/<int:pk>/correct/": {**_ROOM, "reason": TEXT},
    **dict.fromkeys(("mediation-points/new/", "api/mediation-points/"), _POINT),
    "api/mediation-points/<int:pk>/correct/": {**_POINT, "reason": TEXT},
    "api/mediations/<int:pk>/accept/": {"mediator": "", "accepted_on": day(0), "paper": "回函"},
    "api/mediations/<int:pk>/decline/": {"declined_on": day(0), "paper": "回函"},
    "mediations/<int:pk>/<slug:slug>/": {"accepted_on": day(0), "paper": "回函"},
    **{key: {**_BOOKED, "units": ["u-sibling"]} for key in ("bookings/new/", "api/bookings/")},
    "api/bookings/<int:pk>/move/": {**_TIMES, "units": ["u-sibling"], "reason": TEXT},
    "cases/<str:number>/evaluate/": {
        "channel": "called-back",
        "given_on": day(0),
        "office_verdict": "satisfied",
        "version": "{version}",
    },
    "letter-templates/<slug:kind>/": {"file": _delivered},
}
# Fields whose value is of a list, or has to be of some shape.
FIELDS: Mapping[str, Any] = {
    "topic": "030504", "region": "1602", "unit": "u-sibling", "to_unit": "u-sibling", "parent": "1602",
    "phone": "0543-3160001", "contact_phone": "0543-3160001", "email": "a@example.cn", "title": "测试标题",
    "number": "", "code": "new-code", "username": "new-user", "password": "", "name": "某名称",
}  # fmt: skip


class _Form(HTMLParser):
    """The fields of the forms on a page that are sent by POST."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.required: set[str] = set()
        self.is_open = False
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        name, kind = of.get("name", ""), of.get("type", "text")
        if tag == "form":
            self.is_open = of.get("method", "").lower() == "post" and "/accounts/" not in of.get("action", "")
        if not self.is_open:
            return
        if "required" in of:
            self.required.add(name)
        if tag == "input" and name and kind not in _SKIPPED:
            self._input(name, kind, of)
        if tag == "textarea" and name:
            self.area = name
            self.fields[name] = ""
        if tag == "select" and name:
            self.select = name
            self.fields.setdefault(name, "")
        if tag == "option" and self.select and (not self.fields[self.select] or "selected" in of):
            self.fields[self.select] = of.get("value", "")

    def _input(self, name: str, kind: str, of: dict[str, str]) -> None:
        if kind in ("checkbox", "radio"):
            if name not in self.fields or "checked" in of:
                self.fields[name] = of.get("value", "on")
        else:
            self.fields[name] = of.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_open = False
        if tag == "select":
            self.select = ""
        if tag == "textarea":
            self.area = ""


def typed_into(html: str) -> dict[str, str]:
    """Fill in what the form of a page requires: what stands there stays."""
    form = _Form()
    form.feed(html)
    return {
        # Which post the page was opened in is nobody else's to say.
        name: value.strip() or (str(FIELDS.get(name, _typed(name))) if name in form.required else "")
        for name, value in form.fields.items()
        if name not in ("as_post", "csrfmiddlewaretoken")
    }  # fmt: skip


def _typed(name: str) -> str:
    return day(0) if name.endswith("_on") else TEXT


@cache
def _schema() -> Mapping[str, Any]:
    return SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call, no-any-return]


@cache
def _operations() -> Mapping[str, Any]:
    """Read what each address of the API asks for by POST, whatever its parts are called."""
    paths = _schema()["paths"].items()
    return {_PART.sub("{}", path): item["post"] for path, item in paths if "post" in item}


def sent_to(route: str) -> dict[str, Any]:
    """Fill in what the API's description of a POST asks for; nothing that keeps the house has been changed yet."""
    content = _operations()["/" + _PART.sub("{}", route)].get("requestBody", {}).get("content", {})
    asked = content.get("application/json") or next(iter(content.values()), {"schema": {}})
    found = _sample("", asked["schema"])
    if not isinstance(found, dict):
        return {}
    of_the_house = route.startswith(("api/house/", "api/settings/"))
    return found | ({"version": 0 if of_the_house else 1} if "version" in found else {})


def _sample(name: str, schema: Mapping[str, Any]) -> Any:
    if name in FIELDS:
        return FIELDS[name]
    if "$ref" in schema:
        return _sample(name, _schema()["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    for joined in ("allOf", "oneOf", "anyOf"):
        if joined in schema:
            return _sample(name, schema[joined][0])
    return _whole(name, schema) if schema.get("type", "object") in ("object", "array") else _plain(schema)


def _whole(name: str, schema: Mapping[str, Any]) -> Any:
    if schema.get("type") == "array":
        return [_sample(name, schema["items"])]
    parts = schema.get("properties", {})
    return {part: _sample(part, parts[part]) for part in parts if part in schema.get("required", ())}


def _plain(schema: Mapping[str, Any]) -> Any:
    if "enum" in schema:
        return next((value for value in schema["enum"] if value), "")
    if schema["type"] == "string":
        return day(0) if schema.get("format") == "date" else TEXT[: schema.get("maxLength", 99)]
    return {"integer": max(1, int(schema.get("minimum", 1))), "boolean": True, "number": 1}[schema["type"]]


def named(value: Any, words: Mapping[str, str]) -> Any:
    """Put in whoever and whatever the words in braces stand for; a number alone is one."""
    if isinstance(value, list):
        return [named(each, words) for each in value]
    if not isinstance(value, str):
        return value
    if words.get(value, "").isdigit():
        return int(words[value])
    return _WORD.sub(lambda found: words.get(found[0], found[0]), value)
