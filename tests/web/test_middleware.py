"""Endings of an act: refused in words, signed out meanwhile, or done."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.test import RequestFactory

from binzhou_xinfang.errors import NotPermitted, Refusal, Stale
from binzhou_xinfang.web.middleware import RefusalMiddleware, way_back

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/cases/7/?tab=%E4%BF%A1"}


def answered(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    return RefusalMiddleware(lambda _: response)(request)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    get_response: Callable[[HttpRequest], HttpResponse] = lambda _: HttpResponse()  # noqa: E731
    return RefusalMiddleware(get_response).process_exception(request, exception)


def test_htmx_is_refused_by_a_fragment_that_names_the_field(rf: RequestFactory) -> None:
    response = refused(rf.post("/", headers=HTMX), Refusal("此人<今天>已登记。", field="name"))
    assert response is not None
    assert (response.status_code, response.content.decode().strip()) == (
        409,
        '<div class="refusal" role="alert" data-refusal="name"><strong>未能办理：</strong>'
        "<span data-sentence>此人&lt;今天&gt;已登记。</span></div>",
    )


@pytest.mark.parametrize(
    ("exception", "status"), [(Refusal("不行。"), 409), (Stale("已被他人修改。"), 409), (NotPermitted("无权。"), 403)]
)
def test_a_page_is_refused_by_a_page_with_the_sentence_and_a_way_back(
    rf: RequestFactory, exception: Refusal, status: int
) -> None:
    response = refused(rf.post("/cases/7/accept/", headers={"Referer": "http://testserver/cases/7/"}), exception)
    assert response is not None
    page = response.content.decode()
    assert (response.status_code, str(exception) in page, 'href="http://testserver/cases/7/" data-back' in page) == (
        status,
        True,
        True,
    )


def test_a_failure_of_ours_is_left_to_django(rf: RequestFactory) -> None:
    assert refused(rf.get("/"), ValueError("不是拒绝")) is None


@pytest.mark.parametrize("came_from", ["", "https://elsewhere.example/", "javascript:alert(1)", "//elsewhere.example/"])
def test_the_way_back_never_leads_out_of_the_house(rf: RequestFactory, came_from: str) -> None:
    assert way_back(rf.get("/", headers={"Referer": came_from})) == "/"


def test_a_form_that_was_taken_lets_its_draft_go(rf: RequestFactory) -> None:
    response = answered(rf.post("/信访/7/"), HttpResponseRedirect("/done/"))
    cookie = response.cookies["draft_done"]
    assert (cookie.value, cookie["samesite"], response.status_code) == ("%2F%E4%BF%A1%E8%AE%BF%2F7%2F", "Lax", 302)


def test_a_form_that_came_back_keeps_its_draft(rf: RequestFactory) -> None:
    assert answered(rf.post("/cases/7/"), HttpResponse(status=422)).cookies == {}


def test_a_mere_redirect_of_a_page_keeps_drafts(rf: RequestFactory) -> None:
    assert answered(rf.get("/cases/7/"), HttpResponseRedirect("/done/")).cookies == {}


def test_the_sign_in_after_the_end_of_a_session_keeps_drafts(rf: RequestFactory) -> None:
    response = answered(rf.post("/cases/7/"), HttpResponseRedirect(resolve_url("accounts:sign-in") + "?next=/"))
    assert (response.status_code, response.cookies) == (302, {})


def test_a_sheet_that_was_taken_sends_the_whole_page_on(rf: RequestFactory) -> None:
    response = answered(rf.post("/cases/7/accept/", headers=HTMX), HttpResponseRedirect("/cases/7/"))
    assert (response.status_code, response.headers["HX-Redirect"], "HX-Refresh" in response.headers) == (
        204,
        "/cases/7/",
        False,
    )


def test_a_sheet_that_leads_to_a_place_on_its_own_page_loads_the_page_anew(rf: RequestFactory) -> None:
    response = answered(rf.post("/cases/7/accept/", headers=HTMX), HttpResponseRedirect("/cases/7/#course"))
    assert response.headers["HX-Refresh"] == "true"


def test_a_sheet_keeps_the_cookies_that_the_view_has_set(rf: RequestFactory) -> None:
    redirect = HttpResponseRedirect("/cases/7/")
    redirect.set_cookie("messages", "已转送")
    assert sorted(answered(rf.post("/", headers=HTMX), redirect).cookies) == ["draft_done", "messages"]


def test_a_fragment_asked_for_after_the_end_of_a_session_leads_the_page_to_the_sign_in(rf: RequestFactory) -> None:
    sign_in = resolve_url("accounts:sign-in")
    response = answered(
        rf.get("/cases/7/accept/", headers=HTMX), HttpResponseRedirect(f"{sign_in}?next=/cases/7/accept/")
    )
    assert (response.status_code, response.headers["HX-Redirect"]) == (
        401,
        f"{sign_in}?next=/cases/7/%3Ftab%3D%25E4%25BF%25A1",
    )
