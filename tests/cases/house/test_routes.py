"""法定途径清单: kept on a page of the house, by who keeps the lists, each change with its event; no site beside it."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from binzhou_xinfang.errors import Stale
from binzhou_xinfang.records.models import HouseEvent
from cases.house import routes
from cases.house.acts import take
from cases.models import LegalRoute
from tests.cases.house.test_pages import post_act, url
from tests.cases.pages import signed_in
from tests.factories import UserFactory
from tests.office import Office

pytestmark = pytest.mark.django_db

SAID: dict[str, Any] = {
    "way": "a31-2", "name": "劳动仲裁", "organ": "劳动人事争议仲裁委员会", "topics": "",
    "papers": "仲裁申请书；身份证明",
    "time_limit": "一年", "answer_limit": "四十五日", "source": "《劳动争议调解仲裁法》第二十七条", "reason": "补充",
}  # fmt: skip


@pytest.fixture
def route() -> LegalRoute:
    entered = {name: value for name, value in SAID.items() if name != "reason"}
    return LegalRoute.objects.create(code="labour", **entered)


def test_a_new_entry_is_entered_and_the_event_says_what_it_says(office: Office) -> None:
    answer = post_act(office.administrator, url("route-new"), code="labour", **SAID)
    assert (answer.status_code, LegalRoute.objects.get(code="labour").organ) == (302, SAID["organ"])
    event = HouseEvent.objects.get(detail__of="route:labour")
    assert ["提出期限", "", "一年"] in event.detail["changes"]
    assert (event.detail["reason"], event.actor_name) == ("补充", office.administrator.user.name)


def test_a_change_is_kept_with_before_and_after_and_shown(office: Office, route: LegalRoute) -> None:
    post_act(office.head, url("route-act", "labour", "amend"), **SAID | {"time_limit": "一年（自知道之日起）"})
    html = signed_in(office.head).get(url("route", "labour")).content.decode()
    assert "提出期限：一年 → 一年（自知道之日起）" in html


def test_an_entry_goes_out_of_use_and_comes_back_and_is_never_deleted(office: Office, route: LegalRoute) -> None:
    post_act(office.head, url("route-act", "labour", "retire"), reason="机构调整")
    assert "劳动仲裁" not in signed_in(office.head).get(url("routes")).content.decode()
    assert "劳动仲裁" in signed_in(office.head).get(url("routes"), {"standing": "ended"}).content.decode()
    post_act(office.head, url("route-act", "labour", "restore"), reason="恢复")
    assert LegalRoute.objects.get(code="labour").is_current
    assert [act.key for act in routes.ACTS.values()] == ["amend", "retire", "restore"]


def test_of_two_administrators_at_one_moment_the_second_is_told(office: Office, route: LegalRoute) -> None:
    said = SAID | {"time_limit": "两年"}
    take(routes.ACTS["amend"], route, said, by=office.administrator, at=timezone.now(), seen=0)
    with pytest.raises(Stale):
        take(routes.ACTS["retire"], route, {"reason": "停用"}, by=office.head, at=timezone.now(), seen=0)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"topics": "99"}, "没有以“99”开头的内容分类"),
        ({"code": "labour"}, "已经使用"),
        ({"code": "中文"}, "字母、数字"),
    ],
)
def test_what_cannot_be_entered_is_told_at_its_field(
    office: Office, route: LegalRoute, said: dict[str, str], word: str
) -> None:
    answer = post_act(office.head, url("route-new"), **SAID | {"code": "other"} | said)
    assert (answer.status_code, word in answer.content.decode()) == (422, True)


def test_who_does_not_keep_the_lists_neither_reads_nor_writes_them_here(office: Office, route: LegalRoute) -> None:
    for post in (office.clerk, office.handler, office.leader):
        assert signed_in(post).get(url("routes")).status_code == 403
        assert post_act(post, url("route-act", "labour", "retire"), reason="不要").status_code == 403
    address = "/api/house/routes/labour/retire/"
    assert (
        signed_in(office.handler).post(address, {"reason": "不要"}, content_type="application/json").status_code == 403
    )
    assert LegalRoute.objects.get(code="labour").is_current


def test_a_program_changes_it_through_the_same_form(office: Office, route: LegalRoute) -> None:
    address = "/api/house/routes/labour/retire/"
    program = signed_in(office.head)
    read = program.get("/api/house/routes/labour/").json()
    assert (read["id"], read["acts"]) == ("labour", ["amend", "retire"])
    sent = {"reason": "机构调整", "version": read["version"]}
    answer = program.post(address, sent, content_type="application/json")
    assert (answer.status_code, answer.json()["id"]) == (200, "labour")
    again = program.post("/api/house/routes/labour/restore/", sent, content_type="application/json")
    assert (again.status_code, office.head.user.name in again.json()["detail"]) == (409, True)
    missing = program.post("/api/house/routes/labour/restore/", {"reason": "误停"}, content_type="application/json")
    assert (missing.status_code, list(missing.json())) == (400, ["version"])
    assert HouseEvent.objects.filter(detail__of="route:labour").count() == 1


def superuser() -> Client:
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    return client


def test_there_is_no_administration_site_beside_the_house() -> None:
    assert not apps.is_installed("django.contrib.admin")
    browser = superuser()
    assert [browser.get(f"/admin/{page}").status_code for page in ("", "accounts/post/", "cases/legalroute/")] == [
        404
    ] * 3


def test_a_superuser_without_a_post_keeps_nothing() -> None:
    browser = superuser()
    assert browser.get(reverse("cases:house-people")).status_code == 403
