"""Readers of a matter: noted for a minute, told to the others who see it, and to nobody else."""

from datetime import datetime, timedelta
from unittest import mock

import time_machine
from django.core.cache import cache
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.records.models import AccessLog
from cases.casefile.presence import LIVES_SECONDS, PLACES, be_present
from cases.models import PetitionCase
from cases.states import Move, State
from cases.vocabulary import Purpose
from tests.cases.pages import signed_in
from tests.factories import PostFactory
from tests.office import MONDAY, Office, case_in, register


def told(case: PetitionCase, post: Post, form: str = "", *, at: datetime = MONDAY) -> list[tuple[str, str]]:
    return [(watcher.name, watcher.form) for watcher in be_present(case, post, form=form, at=at)]


def lines(post: Post, case: PetitionCase, form: str = "") -> tuple[int, str]:
    answer = signed_in(post).post(reverse("cases:presence", args=[case.number]), {"form": form})
    return answer.status_code, answer.content.decode()


def test_the_second_to_come_reads_of_the_first_and_then_the_first_of_the_second(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    assert told(case, office.handler) == []
    assert told(case, office.colleague, Move.DRAFT) == [("孙承办", "")]
    assert told(case, office.handler) == [("周审核", Move.DRAFT)]


def test_one_matter_tells_nothing_of_another(office: Office) -> None:
    told(case_in(office, State.HANDLING), office.handler)
    assert told(case_in(office, State.HANDLING), office.colleague) == []


def test_since_when_is_kept_while_somebody_stays(office: Office) -> None:
    case, minute = case_in(office, State.HANDLING), timedelta(minutes=1)
    told(case, office.handler)
    told(case, office.handler, Move.DRAFT, at=MONDAY + minute)
    told(case, office.handler, Move.DRAFT, at=MONDAY + 2 * minute)
    (watcher,) = be_present(case, office.colleague, form="", at=MONDAY + 3 * minute)
    assert (watcher.since, watcher.form_since) == (MONDAY, MONDAY + minute)


def test_one_who_closes_a_form_is_seen_to_look_only(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    told(case, office.handler, Move.DRAFT)
    told(case, office.handler)
    assert told(case, office.colleague) == [("孙承办", "")]


def test_a_user_is_not_told_of_himself_at_another_post(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    told(case, office.handler)
    other = PostFactory(user=office.handler.user, unit=office.water)
    assert told(case, other) == []


def test_every_trace_ends_by_itself_after_a_minute(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    told(case, office.handler)
    key = f"presence:{case.pk}:0"
    left = cache._cache.first.get_client(key).ttl(cache.make_and_validate_key(key))
    assert 0 < left <= LIVES_SECONDS == 60


def test_two_who_come_at_the_same_moment_both_find_a_place(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    with mock.patch.object(cache, "get_many", return_value={}):
        told(case, office.handler)
        told(case, office.colleague)
    assert sorted(told(case, office.unit_head)) == [("周审核", ""), ("孙承办", "")]


def test_a_user_whose_two_windows_came_at_once_is_told_once_and_keeps_one_place(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    with mock.patch.object(cache, "get_many", return_value={}):
        told(case, office.handler)
        told(case, office.handler)
    assert told(case, office.colleague) == [("孙承办", "")]
    told(case, office.handler)
    keys = [f"presence:{case.pk}:{place}" for place in range(PLACES)]
    assert [place["name"] for place in cache.get_many(keys).values()] == ["孙承办", "周审核"]


def test_who_finds_no_place_left_still_reads_of_the_others(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    for number in range(PLACES):
        told(case, PostFactory(unit=office.housing, user__username=f"many{number}"))
    assert len(told(case, office.handler)) == PLACES
    assert ("孙承办", "") not in told(case, office.colleague)


@time_machine.travel(MONDAY + timedelta(hours=1, minutes=5), tick=False)
def test_the_page_says_who_fills_in_what_since_when(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    lines(office.handler, case, Move.DRAFT)
    status, html = lines(office.colleague, case)
    assert status == 200
    assert "孙承办（市住房和城乡建设局）正在填写“拟稿意见书”，10:05 起" in html


def test_a_form_that_is_none_is_not_repeated_to_others(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    lines(office.handler, case, "<b>x</b>")
    assert "正在查看" in lines(office.colleague, case)[1]


def test_who_does_not_see_the_matter_finds_nothing_and_leaves_no_trace(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    assert lines(office.water_handler, case)[0] == 404
    assert lines(office.handler, case) == (200, "\n")


def test_of_a_sealed_matter_only_those_named_for_it_are_told(office: Office) -> None:
    case = register(office, purpose=Purpose.EXPOSE).case
    assert lines(office.head, case)[0] == 200
    statuses = {post.user.username: lines(post, case)[0] for post in office.every_post()}
    assert {name for name, status in statuses.items() if status == 200} == {"clerk", "head"}


def test_the_page_asks_without_a_line_in_the_log(office: Office) -> None:
    case = register(office, purpose=Purpose.EXPOSE).case
    lines(office.head, case)
    assert list(AccessLog.objects.all()) == []


def test_a_page_left_open_does_not_keep_the_session_alive(office: Office) -> None:
    case, ends = case_in(office, State.HANDLING), []
    for headers in ({"X-Background": "1"}, {}):
        browser = signed_in(User.objects.get(username="handler").posts.get())
        session = browser.session
        session["accounts.signed_in_at"] = session["accounts.seen_at"] = 0
        session.save()
        browser.post(reverse("cases:presence", args=[case.number]), headers=headers)
        ends.append(browser.session["accounts.seen_at"] > 0)
    assert ends == [False, True]


def test_the_asking_is_for_the_post_of_the_page_and_changes_none(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    other = PostFactory(user=office.handler.user, unit=office.water)
    browser = signed_in(office.handler)
    url = reverse("cases:presence", args=[case.number])
    statuses = [browser.post(url, headers={"X-Post": str(pk)}).status_code for pk in (office.handler.pk, other.pk)]
    assert (statuses, "accounts.post" in browser.session) == ([200, 404], False)
