"""Pages of 维护: lists, sheets with their previews, the second hand, and the words of a refusal."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from binzhou_xinfang.accounts.models import Grant, Post, Unit
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.records.models import HouseEvent
from cases.models import Topic
from tests.cases.pages import HTMX, signed_in, version_in
from tests.factories import PostFactory, UnitFactory
from tests.office import Office

pytestmark = pytest.mark.django_db


def url(name: str, *args: Any) -> str:
    return reverse(f"cases:house-{name}", args=args)


def post_act(by: Post, address: str, **said: Any) -> Any:
    """Open the form, and send it with the version that it was made from."""
    browser = signed_in(by)
    html = browser.get(address, headers=HTMX).content.decode()
    version = {"version": version_in(html)} if 'name="version"' in html else {}
    return browser.post(address, said | version)


def today(days: int = 0) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_a_unit_is_found_by_name_alias_and_code_and_opened(office: Office) -> None:
    Unit.objects.filter(pk=office.housing.pk).update(aliases="住建局")
    office.housing.refresh_from_db()
    office.housing.save()
    browser = signed_in(office.administrator)
    for words in ("住房和城乡", "住建局", "bzzj"):
        assert "市住房和城乡建设局" in browser.get(url("units"), {"q": words}).content.decode()
    page = browser.get(url("unit", office.housing.pk)).content.decode()
    assert [word in page for word in ("更名", "孙承办", "滨住建")] == [True] * 3


def test_the_sheet_tells_what_follows_before_it_is_sent(office: Office) -> None:
    address = url("unit-act", office.housing.pk, "rename")
    said = {"name": "市住建管理局", "short_name": "市住建", "effective_on": today()}
    html = signed_in(office.administrator).get(address, said, headers=HTMX).content.decode()
    assert "此前制发的文书" in html
    assert "现任岗位4个" in html


def test_a_unit_is_renamed_on_its_page_and_the_old_name_stands_there(office: Office) -> None:
    said = {"name": "市住建管理局", "short_name": "市住建", "effective_on": today(), "basis": "滨编发〔2026〕1号"}
    assert post_act(office.administrator, url("unit-act", office.housing.pk, "rename"), **said).status_code == 302
    page = signed_in(office.administrator).get(url("unit", office.housing.pk)).content.decode()
    assert [word in page for word in ("市住建管理局", "曾用名", "滨编发〔2026〕1号")] == [True] * 3


def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(office: Office) -> None:
    said = {
        "name": office.housing.name,
        "short_name": office.housing.short_name,
        "effective_on": today(),
        "basis": "文号",
    }
    answer = post_act(office.administrator, url("unit-act", office.housing.pk, "rename"), **said)
    assert (answer.status_code, "没有可以变更的" in answer.content.decode()) == (422, True)
    assert 'value="文号"' in answer.content.decode()


def test_a_planned_change_is_shown_and_cancelled(office: Office) -> None:
    said = {"name": "市住建管理局", "short_name": "市住建", "effective_on": today(3), "basis": "文号"}
    post_act(office.administrator, url("unit-act", office.housing.pk, "rename"), **said)
    browser = signed_in(office.administrator)
    assert "尚未生效的变更" in browser.get(url("units")).content.decode()
    change = office.housing.changes.get()
    assert browser.post(url("change-act", change.pk, "cancel"), {"reason": "文件未印发"}).status_code == 422
    post_act(office.administrator, url("change-act", change.pk, "cancel"), reason="文件未印发")
    assert "尚未生效的变更" not in browser.get(url("units")).content.decode()


def test_a_move_is_asked_for_shown_to_the_second_hand_and_allowed(office: Office, security: Post) -> None:
    said = {"parent": office.county.code, "effective_on": today(3), "basis": "滨编发〔2026〕9号"}
    address = url("unit-act", office.water.pk, "ask-move")
    assert post_act(office.administrator, address, **said).status_code == 302
    change = office.water.changes.get()
    asker = signed_in(office.administrator)
    assert asker.get(url("change-act", change.pk, "give")).status_code == 403
    waiting = signed_in(security).get(url("grants")).content.decode()
    assert [word in waiting for word in ("滨编发〔2026〕9号", "市水利局 调整隶属", office.county.name)] == [True] * 3
    assert "等待审批" in asker.get(url("unit", office.water.pk)).content.decode()
    shown = signed_in(security).get(url("change-act", change.pk, "give")).content.decode()
    assert [word in shown for word in (f"上级改为{office.county.name}", "现任岗位")] == [True] * 2
    assert post_act(security, url("change-act", change.pk, "give"), decided_why="已核").status_code == 302
    page = asker.get(url("unit", office.water.pk)).content.decode()
    assert [word in page for word in ("杨管理", "鲁保密", "到日自动执行", "已核")] == [True] * 4
    assert "鲁保密" in asker.get(url("grants")).content.decode()


@pytest.mark.parametrize("key", ["move", "end", "reopen"])
def test_neither_page_nor_program_moves_or_ends_a_unit_by_one_hand(office: Office, key: str) -> None:
    browser = signed_in(office.administrator)
    said = {"parent": office.county.code, "effective_on": today(), "valid_to": today(), "basis": "一", "reason": "一"}
    assert browser.post(url("unit-act", office.water.pk, key), said).status_code == 404
    answer = browser.post(f"/api/house/units/{office.water.pk}/{key}/", said, content_type="application/json")
    assert answer.status_code == 404


def test_who_reads_and_who_keeps(office: Office, security: Post, auditor: Post) -> None:
    seen = [
        signed_in(post).get(url("units")).status_code for post in (office.administrator, security, auditor, office.head)
    ]
    assert seen == [200, 200, 403, 403]
    assert signed_in(security).get(url("unit-new")).status_code == 403


def test_a_post_is_asked_for_and_given_by_another(office: Office, security: Post) -> None:
    said = {"unit": "bzsl", "role": Role.UNIT_HANDLER, "from_on": today(), "to_on": "", "reason": "调入"}
    address = url("person-act", office.clerk.user.pk, "ask-post")
    assert post_act(office.administrator, address, **said).status_code == 302
    grant = Grant.objects.get()
    assert "调入" in signed_in(security).get(url("grants")).content.decode()
    assert post_act(security, url("grant-act", grant.pk, "give"), decided_why="").status_code == 302
    assert Post.objects.filter(user=office.clerk.user, unit=office.water).exists()


def test_an_administrator_cannot_open_the_decision(office: Office) -> None:
    address = url("person-act", office.clerk.user.pk, "ask-password")
    post_act(office.administrator, address, reason="忘记密码")
    answer = signed_in(office.administrator).get(url("grant-act", Grant.objects.get().pk, "give"))
    assert (answer.status_code, "不能同意" in answer.content.decode()) == (403, True)


def test_each_hand_sees_its_half_once_and_the_owner_sets_the_password(office: Office, security: Post) -> None:
    user = office.clerk.user
    asked = post_act(
        office.administrator, url("person-act", user.pk, "ask-password"), reason="忘记密码"
    ).content.decode()
    given = post_act(security, url("grant-act", Grant.objects.get().pk, "give"), decided_why="").content.decode()
    first, second = (
        text.partition(f"的{half}半段：")[2].partition("<")[0] for text, half in ((asked, "前"), (given, "后"))
    )
    assert (len(first), len(second)) == (8, 8)
    assert second not in signed_in(security).get(url("grants")).content.decode()
    said = {
        "username": user.username, "first": first, "second": second, "new_password1": "Own-words-123",
        "new_password2": "Own-words-123",
    }  # fmt: skip
    client, address = Client(), reverse("accounts:activate")
    assert client.post(address, said | {"second": first}).status_code == 422
    assert client.post(address, said | {"new_password1": "short", "new_password2": "short"}).status_code == 422
    assert client.post(address, said).status_code == 302
    user.refresh_from_db()
    assert (user.check_password("Own-words-123"), user.must_change_password) == (True, False)
    assert HouseEvent.objects.latest("seq").kind == "account-activated"
    assert (
        client.post(
            address, said | {"new_password1": "Other-words-123", "new_password2": "Other-words-123"}
        ).status_code
        == 422
    )


def test_a_half_is_shown_in_the_sheet_that_asked_for_it(office: Office) -> None:
    browser, address = signed_in(office.administrator), url("person-act", office.clerk.user.pk, "ask-password")
    version = version_in(browser.get(address, headers=HTMX).content.decode())
    answer = browser.post(address, {"reason": "忘记密码", "version": version}, headers=HTMX).content.decode()
    assert ("启用码的前半段" in answer, "<html" in answer) == (True, False)


def test_wrong_codes_of_activation_close_the_door_of_the_sign_in(office: Office) -> None:
    said = dict.fromkeys(("first", "second", "new_password1", "new_password2"), "Own-words-123")
    answers = [Client().post(reverse("accounts:activate"), said | {"username": "clerk"}).status_code for _ in range(5)]
    assert answers == [422, 422, 422, 422, 429]


def test_a_person_is_found_by_name_unit_and_role(office: Office) -> None:
    browser = signed_in(office.administrator)
    for query in ({"q": "孙承办"}, {"q": "住房和城乡"}, {"role": Role.UNIT_HANDLER}):
        assert "孙承办" in browser.get(url("people"), query).content.decode()
    assert "孙承办" not in browser.get(url("people"), {"role": Role.AUDITOR}).content.decode()
    page = browser.get(url("person", office.handler.user.pk)).content.decode()
    assert [word in page for word in ("结束岗位", "申请岗位", "停用账号")] == [True] * 3


def test_the_words_of_a_topic_are_written_by_the_office_and_found(office: Office) -> None:
    Topic.objects.filter(pk="030504").update(aliases="")
    said = {"aliases": "物业、电梯坏了", "reason": "群众常用"}
    assert post_act(office.head, url("topic-words", 30504), **said).status_code == 302
    assert "电梯坏了" in signed_in(office.head).get(url("topics"), {"q": "电梯坏了"}).content.decode()


@pytest.mark.parametrize("number", [1, 50])
def test_the_list_of_units_takes_as_many_queries_for_one_as_for_fifty(
    office: Office, number: int, django_assert_num_queries: Any
) -> None:
    for _ in range(number):
        UnitFactory(parent=office.city)
    browser = signed_in(office.administrator)
    browser.get(url("units"))
    with django_assert_num_queries(6):
        browser.get(url("units"))


@pytest.mark.parametrize("number", [1, 50])
def test_the_list_of_people_takes_as_many_queries_for_one_as_for_fifty(
    office: Office, number: int, django_assert_num_queries: Any
) -> None:
    for _ in range(number):
        PostFactory(unit=office.water)
    browser = signed_in(office.administrator)
    browser.get(url("people"))
    with django_assert_num_queries(6):
        browser.get(url("people"))


def test_a_program_asks_and_gives_through_the_same_forms(office: Office, security: Post) -> None:
    asked = signed_in(office.administrator).post(
        f"/api/house/people/{office.clerk.user.pk}/ask-password/",
        {"reason": "忘记密码", "version": 0},
        content_type="application/json",
    )
    assert (asked.status_code, asked.json()["told"]) == (200, "已提交，由安全保密管理员审批后生效。")
    assert "启用码的前半段" in asked.json()["secret"]
    address = f"/api/house/grants/{Grant.objects.get().pk}/give/"
    assert signed_in(office.administrator).post(address, {}, content_type="application/json").status_code == 403
    given = signed_in(security).post(address, {"decided_why": "", "version": 0}, content_type="application/json")
    assert "启用码的后半段" in given.json()["secret"]


def test_a_program_asks_for_an_end_and_another_allows_it(office: Office, security: Post) -> None:
    tail = UnitFactory(code="tail", parent=office.city)
    said = {"valid_to": today(), "basis": "一", "version": 0}
    asker, decider = signed_in(office.administrator), signed_in(security)
    asked = asker.post(f"/api/house/units/{tail.pk}/ask-end/", said, content_type="application/json")
    assert (asked.status_code, asked.json()["told"]) == (200, "已提交，由安全保密管理员审批后生效。")
    (row,) = decider.get("/api/house/changes/").json()["rows"]
    assert (row["unit"], row["ordered_by"], row["is_given"]) == ("tail", office.administrator.user.username, None)
    address = f"/api/house/changes/{row['id']}/"
    version = decider.get(address).json()["version"]
    said = {"decided_why": "", "version": version}
    assert asker.post(f"{address}give/", said, content_type="application/json").status_code == 403
    assert decider.post(f"{address}give/", said, content_type="application/json").status_code == 200
    tail.refresh_from_db()
    assert tail.valid_to is not None


def test_a_program_reads_the_lists(office: Office) -> None:
    browser = signed_in(office.administrator)
    names = [row["name"] for row in browser.get("/api/house/units/", {"q": "水利"}).json()["rows"]]
    assert names == ["市水利局"]
    assert browser.get("/api/house/people/", {"q": "孙承办"}).json()["rows"][0]["posts"][0]["unit"] == "bzzj"
