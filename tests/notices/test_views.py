"""The bell and the list of one's own notices."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.notices.models import Channel, Message, Outbox
from cases.models import PetitionCase
from tests.cases.pages import signed_in
from tests.office import Office, register

NOW = datetime(2025, 3, 17, 9, tzinfo=timezone.get_default_timezone())


def notify(post: Post, number: int = 1, **changes: object) -> Message:
    outbox = Outbox.objects.create(topic="alert", subject=number, send_after=NOW, created_at=NOW, written_at=NOW)
    told = {"title": f"第{number}条", "text": f"【滨州信访】第{number}条还剩1天。", "url": "/cases/"} | changes
    return Message.objects.create(
        outbox=outbox, user=post.user, channel=Channel.BELL, created_at=NOW, sent_at=NOW, **told
    )


def test_the_bell_counts_what_is_unread_up_to_99(office: Office) -> None:
    for number in range(101):
        notify(office.clerk, number)
    assert "99+ 条未读" in signed_in(office.clerk).get("/notices/bell/").content.decode()


def test_the_bell_is_silent_where_nothing_is_unread(office: Office) -> None:
    notify(office.handler)
    html = signed_in(office.clerk).get("/notices/bell/").content.decode()
    assert ("未读" in html, 'class="count"' in html) == (False, False)


def test_who_is_signed_out_is_told_nothing_and_sent_nowhere(db: None) -> None:
    answer = Client().get("/notices/bell/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (204, b"")


def test_a_notice_is_opened_marked_as_read_and_leads_to_its_matter(office: Office) -> None:
    notice = notify(office.clerk)
    answer = signed_in(office.clerk).post(f"/notices/{notice.pk}/")
    notice.refresh_from_db()
    assert (answer["Location"], notice.read_at is not None) == ("/cases/", True)


def test_a_look_changes_nothing(office: Office) -> None:
    notice = notify(office.clerk)
    clerk = signed_in(office.clerk)
    assert [clerk.get(f"/notices/{notice.pk}/").status_code, clerk.get("/notices/").status_code] == [405, 200]
    notice.refresh_from_db()
    assert notice.read_at is None


def test_the_notice_of_somebody_else_is_not_there(office: Office) -> None:
    notice = notify(office.handler)
    clerk = signed_in(office.clerk)
    assert clerk.post(f"/notices/{notice.pk}/").status_code == 404
    assert "第1条" not in clerk.get("/notices/").content.decode()


def test_all_are_marked_as_read_at_once_and_nobody_else_s(office: Office) -> None:
    notify(office.clerk, 1), notify(office.clerk, 2), notify(office.handler, 3)
    signed_in(office.clerk).post("/notices/read/")
    assert list(Message.objects.filter(read_at=None).values_list("user__username", flat=True)) == ["handler"]


def test_without_notices_the_page_says_what_will_come(office: Office) -> None:
    assert "没有通知" in signed_in(office.clerk).get("/notices/").content.decode()


@pytest.mark.parametrize("size", [1, 50])
def test_the_list_takes_the_same_queries_for_every_length(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    for number in range(size):
        notify(office.leader, number)
    client = signed_in(office.leader)
    client.get("/notices/")
    with django_assert_num_queries(6):
        client.get("/notices/")


def test_a_notice_says_its_sentence_once_with_the_title_of_the_matter(office: Office) -> None:
    case = register(office).case
    notify(office.registrar, title=f"{case.number} 还剩1天", text=f"【滨州信访】{case.number}还剩1天。", matter=case.pk)
    html = signed_in(office.registrar).get("/notices/").content.decode()
    assert (html.count("还剩1天"), html.count(case.title), "【滨州信访】" in html) == (1, 1, False)


def test_the_title_stays_with_those_for_whom_the_matter_exists(office: Office) -> None:
    case = register(office).case
    notify(office.handler, text=f"【滨州信访】{case.number}：收到督办函。", matter=case.pk)
    html = signed_in(office.handler).get("/notices/").content.decode()
    assert ("收到督办函" in html, case.title in html) == (True, False)


def test_nothing_of_a_sealed_matter_is_told_to_who_may_not_know_it(office: Office) -> None:
    case = register(office).case
    notify(office.registrar, text=f"【滨州信访】{case.number}还剩1天。", matter=case.pk)
    PetitionCase.objects.filter(pk=case.pk).update(is_sealed=True)
    html = signed_in(office.registrar).get("/notices/").content.decode()
    assert (case.number in html, case.title in html) == (False, False)
