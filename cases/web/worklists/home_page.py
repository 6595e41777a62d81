"""Home page: the work that waits, and the next acts."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from binzhou_xinfang.accounts.middleware import PostRequest
from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import LEADERS, Right, Role, has_right
from cases.drafts.life import waiting_for
from cases.drafts.steps import READERS
from cases.models import Petition
from cases.procedure.urgent import unread_calls
from cases.queries import queues_of, taken_in
from cases.web.finding import shown
from cases.web.menu import figures, worklist_url
from cases.web.worklists.rows import for_lines, lines

MOST_URGENT = 10
LATEST = 20
MOST_CALLS = 5


@login_required
def home(request: PostRequest) -> HttpResponse:
    """Show queues with their counts, the most urgent matters, and for the window what was registered today."""
    if request.post is None:
        return render(request, "cases/worklists/home.html", {"without_post": True, "heading": "首页"})
    today = timezone.localdate()
    queues = queues_of(request.post)
    first = list(for_lines(queues[0].cases(request.post).exclude(due_rule=""))[:MOST_URGENT]) if queues else []
    known = figures(request, request.post)
    boxes = [(queue, worklist_url(queue), known.queues[queue.slug]) for queue in queues] if known else []
    calls = unread_calls(request.post)
    context = {
        "today": today,
        "heading": _heading(request.post) if known else "首页",
        "calls": calls[:MOST_CALLS],
        "more_calls": len(calls[MOST_CALLS:]),
        "figures": known,
        "boxes": boxes,
        "first_url": worklist_url(queues[0]) if queues else "",
        "urgent": lines(shown(request, first), post=request.post, on=today),
        "may_register": has_right(request.post, Right.REGISTER),
        "may_keep": has_right(request.post, Right.MANAGE_USERS),
        "letters": waiting_for(request.post).count() if request.post.role in READERS else 0,
        "duty": DUTIES.get(Role(request.post.role), ""),
        "registered": _registered(request) if request.post.role == Role.WINDOW_CLERK else None,
    }
    return render(request, "cases/worklists/home.html", context)


def _heading(post: Post) -> str:
    """Head the figures of who works on matters, and of who looks at the work of others."""
    return "本地区信访事项" if post.role in LEADERS | {Role.INSPECTOR} else "等我办的"


def _registered(request: PostRequest) -> list[Petition]:
    assert request.post is not None  # noqa: S101  the page is another without a post
    return list(shown(request, list(registered_today(request.post))))


# What a role without worklists does here.
DUTIES = {
    Role.REVIEWER: "复查、复核的案卷随任务移交；没有移交给您的事项，这里不显示。",
    Role.COUNSELLOR: "调解、咨询的事项随安排移交；没有安排给您的事项，这里不显示。",
    Role.ADMINISTRATOR: "您维护机构、用户、岗位和工作日历，不查阅信访事项。",
    Role.AUDITOR: "您查阅安全审计记录，不查阅信访事项。",
}


def registered_today(post: Post) -> QuerySet[Petition]:
    """List what this clerk registered today at this unit, the newest first; the latest twenty."""
    today = timezone.localdate()
    mine = taken_in(post).filter(registrar=post.user_id, registered_at__date=today)
    return mine.order_by("-id")[:LATEST]
