"""Search box. An ID or a telephone number is only ever taken by POST, so that it stays in no address and no log."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.paging import Page, page_of
from cases.looks import refuse_many_look_ups
from cases.models import PetitionCase
from cases.web.finding import note_empty, shown
from cases.web.menu import search_words
from cases.web.worklists.rows import for_lines, lines
from cases.worklists.search import find, number_in
from cases.worklists.search import is_private as may_be_private

LONGEST = 60


@never_cache
@sensitive_post_parameters("q")
@staff
def search(request: StaffRequest) -> HttpResponse:
    """Find by number or name (then the address keeps it), or by ID or telephone number (then it does not)."""
    typed = (request.POST.get("q") or request.GET.get("q", ""))[:LONGEST]
    if may_be_private(typed):
        return _find_person(request, typed if request.method == "POST" else "")
    if request.method == "POST" and typed:
        return redirect(f"{reverse('cases:search')}?{urlencode({'q': typed})}")
    page = _found(request, typed)
    note_empty(page.rows, typed)
    if len(page.rows) == 1 and number_in(typed) == page.rows[0].number:
        return redirect(page.rows[0])
    return _show(request, page, typed=typed)


def _find_person(request: StaffRequest, number: str) -> HttpResponse:
    """List the matters of the person with this ID or telephone number; every such look-up is logged."""
    if not has_right(request.post, Right.FIND_PERSON):
        access.log(request.post, AccessAct.FIND_PERSON, "搜索框：证件号码或电话，岗位无权查找，未查")
        return _show(request, Page([]), refused="您的岗位不能按证件号码或电话查找，请用编号或姓名。")
    if not number:
        return _show(request, Page([]), refused="证件号码和电话请在上面的搜索框里输入，不要写在网址里。")
    refuse_many_look_ups(request.post)
    page = _found(request, number)
    access.log(request.post, AccessAct.FIND_PERSON, f"搜索框：证件号码或电话，找到 {len(page.rows)} 件")
    return _show(request, page, typed="所输入的证件号码或电话", is_private=True)


def _found(request: StaffRequest, text: str) -> Page[PetitionCase]:
    if not text:
        return Page([])
    return page_of(for_lines(find(request.post, text)), by=("-pk",), query=request.GET)


def _show(
    request: StaffRequest, page: Page[PetitionCase], *, typed: str = "", refused: str = "", is_private: bool = False
) -> HttpResponse:
    post: Post = request.post
    context = {
        "page": page,
        "lines": lines(shown(request, page.rows), post=post, on=timezone.localdate()),
        "typed": typed,
        "refused": refused,
        "is_private": is_private,
        "can_be_searched": search_words(post),
    }
    return render(request, "cases/worklists/search.html", context)
