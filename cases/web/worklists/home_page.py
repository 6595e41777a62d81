"""Home page by role: what only this post can do, what may go wrong today, what lies with it, what it took in."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from binzhou_xinfang.accounts.middleware import PostRequest
from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import ANSWERABLE, LEADERS, Right, Role, has_right
from binzhou_xinfang.web.days import day_words
from binzhou_xinfang.web.paging import Count, capped_count
from cases.drafts.life import waiting_for
from cases.drafts.steps import READERS
from cases.hooks import HOME, HOME_PARTS, Act, Card, Waiting
from cases.models import LetterDraft, Petition
from cases.procedure.urgent import unread_calls
from cases.queries import Cases, Queue, on_desk, queues_of, taken_in
from cases.web.finding import shown
from cases.web.menu import figures, worklist_url
from cases.web.worklists.decisions import DECIDING, READ, Proposals, card_of, deciding_queues, decisions, proposals
from cases.web.worklists.rows import Line, for_lines, lines
from cases.worklists.counting import Figures
from cases.worklists.today import fresh, progress, risks

MOST_URGENT = 10
LATEST = 20
MOST_CALLS = 5
MOST_LETTERS = 4


@login_required
def home(request: PostRequest) -> HttpResponse:
    """Show what waits for the post itself, what may go wrong today, its most urgent matters, and its work of today."""
    post, today = request.post, timezone.localdate()
    if post is None:
        return render(request, "cases/worklists/home.html", {"without_post": True, "heading": "首页"})
    known = figures(request, post)
    calls = unread_calls(post)
    context = {
        "heading": f"今日工作 {day_words(today, this_year=today.year)}",
        "calls": calls[:MOST_CALLS],
        "more_calls": len(calls[MOST_CALLS:]),
        "waiting": _waiting(request, post, known, today),
        "mine_title": "需要我决定" if post.role in ANSWERABLE | LEADERS else "需要我办理",
        "parts": [url for urls in HOME_PARTS(post) for url in urls],
        "may_register": has_right(post, Right.REGISTER),
        "may_keep": has_right(post, Right.MANAGE_USERS),
        "duty": DUTIES.get(Role(post.role), ""),
        "registered": _registered(request, post),
        "is_window": post.role == Role.WINDOW_CLERK,
    }
    if known is not None:
        context |= _desk(request, post, known, today)
    return render(request, "cases/worklists/home.html", context)


def _desk(request: PostRequest, post: Post, known: Figures, today: date) -> dict[str, Any]:
    """Gather the worklists: what is at risk in the first of them, its most urgent matters, the sizes of the others."""
    queues = queues_of(post)
    first = queues[0].cases(post)
    urgent = list(for_lines(_own(first, post).exclude(due_rule=""))[:MOST_URGENT])
    return {
        "first_url": worklist_url(queues[0]),
        "risks": risks(first, known, today),
        "fresh": fresh(post, timezone.now()),
        "people": progress(post, today),
        "list_title": LISTED.get(Role(post.role), "本单位最急的待办"),
        "urgent": lines(shown(request, urgent), post=post, on=today),
        "own_unit": queues[0].basis is on_desk,
        "boxes": [
            (queue, worklist_url(queue), known.queues[queue.slug])
            for queue in queues
            if known.queues[queue.slug].value and queue.slug not in DECIDING
        ],
    }


def _own(cases: Cases, post: Post) -> Cases:
    """Leave out what lies with a colleague: what nobody has taken over yet is everybody's."""
    if post.role != Role.UNIT_HANDLER:
        return cases
    return cases.filter(Q(assignee=post.user_id) | Q(assignee=None))


def _waiting(request: PostRequest, post: Post, known: Figures | None, today: date) -> list[Waiting]:
    """List what waits for the post's own decision: matters, letters, and what other apps bring; nothing empty."""
    mine = _decisions(request, post, known, today) if known else []
    letters = _letters(request, post)
    others = [waiting for group in HOME(post, today, request.META.get("REMOTE_ADDR")) for waiting in group]
    return [waiting for waiting in (*mine, *letters, *others) if waiting.size.value]


def _decisions(request: PostRequest, post: Post, known: Figures, today: date) -> list[Waiting]:
    queues = deciding_queues(post, known.queues)
    found = {queue.slug: decisions(queue, for_lines(queue.cases(post))[:READ], post) for queue in queues}
    known_of = proposals(found, post, today)
    rows = [decision.case for group in found.values() for decision in group]
    by_number = {line.number: line for line in lines(shown(request, rows), post=post, on=today)}
    return [_group(queue, found, known_of, by_number, known) for queue in queues if found[queue.slug]]


def _group(
    queue: Queue, found: Mapping[str, Any], known_of: Proposals, by_number: Mapping[str, Line], known: Figures
) -> Waiting:
    cards = [card_of(one, known_of, by_number[one.case.number]) for one in found[queue.slug]]
    return Waiting(queue.label, worklist_url(queue), known.queues[queue.slug], cards)


def _letters(request: PostRequest, post: Post) -> Sequence[Waiting]:
    if post.role not in READERS:
        return ()
    drafts = waiting_for(post)
    rows = list(drafts.select_related("case", "drafted_by").order_by("pk")[: MOST_LETTERS + 1])
    size = capped_count(drafts) if len(rows) > MOST_LETTERS else None
    cards = [_letter_card(draft) for draft in shown(request, rows[:MOST_LETTERS])]
    return (Waiting("待审核签发文书", reverse("cases:drafts"), size or Count(len(rows), capped=False), cards),)


def _letter_card(draft: LetterDraft) -> Card:
    url = reverse("cases:draft", args=[draft.case.number, draft.pk])
    said = [f"{draft.get_state_display()}，{draft.drafted_by.name}拟稿"]
    return Card(draft.label, url, draft.case.number, draft.case.title, said, [Act("打开文书稿", url, in_sheet=False)])


def _registered(request: PostRequest, post: Post) -> list[Petition]:
    if not has_right(post, Right.REGISTER):
        return []
    return list(shown(request, list(registered_today(post))))


# What a list of the most urgent matters holds, where it is not the desk of the own unit.
LISTED = {
    Role.WINDOW_CLERK: "本窗口最急的事项",
    Role.UNIT_HANDLER: "待我办理",
    Role.REVIEWER: "本机关最急的待办",
    Role.INSPECTOR: "最急的逾期督办事项",
    Role.LEADER: "本地区最急的事项",
}
# What a role without worklists does here.
DUTIES = {
    Role.REVIEWER: "复查、复核的案卷随任务移交；没有移交给您的事项，这里不显示。",
    Role.COUNSELLOR: "调解、咨询的事项随安排移交；没有安排给您的事项，这里不显示。",
    Role.ADMINISTRATOR: "您维护机构、用户、岗位和工作日历，不查阅信访事项。",
    Role.SECURITY: "您审批岗位、密码和令牌的授权，不查阅信访事项。",
    Role.AUDITOR: "您查阅安全审计记录，不查阅信访事项。",
}


def registered_today(post: Post) -> QuerySet[Petition]:
    """List what this clerk registered today at this unit, the newest first; the latest twenty."""
    today = timezone.localdate()
    mine = taken_in(post).filter(registrar=post.user_id, registered_at__date=today)
    return mine.order_by("-id")[:LATEST]
