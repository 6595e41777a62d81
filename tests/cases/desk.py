"""Helpers at the desk: the form of the window, and the content of a list or a panel."""

import re
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from stdnum.cn import ric

from binzhou_xinfang.accounts.models import Post
from cases.models import PetitionCase, Petitioner
from cases.vocabulary import IdKind
from cases.window.registration import register as register_arrival
from tests.cases.pages import signed_in
from tests.office import MONDAY, Office, arrival, matter, register

DAY = timedelta(days=1)
URL = reverse("cases:register")
STEM = "37160219800512101"
ID_NUMBER = STEM + ric.calc_check_digit(f"{STEM}0")
FORM = {
    "id_kind": "111",
    "id_number": ID_NUMBER,
    "name": "刘小芳",
    "phone": "13800000000",
    "channel": "visit",
    "arrived_on": "2025-03-03",
    "people": "1",
    "content": "小区地下车库漏水，物业长期不修。",
    "requests": "请求督促维修\n公开维修资金",
    "purpose": "settle",
    "topic": "030504",
    "region": "371602",
    "once": "a-form",
}


def worklist(post: Post, queue: str, query: str = "", **headers: str) -> str:
    answer = signed_in(post).get(reverse("cases:worklist", args=[queue]) + query, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def numbers_in(html: str) -> list[str]:
    return re.findall(r'<tr data-row="([^"]+)"', html)


def registered_on(office: Office, *days: int, **changes: Any) -> list[str]:
    """Matters that arrived so many days before Monday; their numbers."""
    return [register(office, at=MONDAY - day * DAY, **changes).case.number for day in days]


def rows(*people: tuple[str, str, str, str]) -> dict[str, list[str]]:
    """Companions as the form sends them: role, name, ID and phone of each."""
    parts = ("role", "name", "id_number", "phone")
    return {f"companions-{part}": list(column) for part, column in zip(parts, zip(*people, strict=True), strict=True)}


def send(post: Post, **changes: Any) -> HttpResponse:
    return signed_in(post).post(URL, FORM | changes)


def faults(answer: HttpResponse) -> dict[str, list[str]]:
    """The sentences at the fields of the form that came back."""
    form = answer.context["form"]
    return {str(name): [str(error) for error in errors] for name, errors in form.errors.items()}


def ask_person(post: Post, **typed: str) -> str:
    answer = signed_in(post).post(reverse("cases:person"), {"id_kind": "111"} | typed)
    assert answer.status_code == 200
    return answer.content.decode()


def earlier(office: Office, *, by: Post | None = None, **changes: Any) -> PetitionCase:
    """A matter that the person of FORM brought before."""
    lead = Petitioner(name="刘小芳", id_kind=IdKind.RESIDENT, id_number=ID_NUMBER, phone="13800000000")
    told = arrival(MONDAY.date(), lead=lead)
    return register_arrival(told, matter(office, **changes), by=by or office.clerk, at=MONDAY).case
