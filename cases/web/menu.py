"""Menu of the post in use, with the count of what waits behind each of its entries."""

from datetime import datetime
from functools import cache
from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from binzhou_xinfang import unwell
from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Right, Role, has_right
from binzhou_xinfang.web.menu import MenuEntry, Place
from binzhou_xinfang.web.paging import Count
from cases.drafts.steps import READERS
from cases.handover.permissions import may_order
from cases.procedure.urgent.roster import may_keep_roster
from cases.queries import SCOPES, Queue, Scope, queues_of
from cases.watch.sweep.pulse import stopped_since
from cases.worklists.counting import Figures, count_queues

_KEPT = "desk_figures"
# What keeps the system: the right, and the entry that it opens.
_KEEPING = (
    (Right.READ_HOUSE, "机构", "building", "cases:house-units"),
    (Right.READ_HOUSE, "用户和岗位", "users", "cases:house-people"),
    (Right.READ_HOUSE, "授权审批", "checkup-list", "cases:house-grants"),
    (Right.MANAGE_LISTS, "内容分类", "list-tree", "cases:house-topics"),
    (Right.MANAGE_LISTS, "法定途径清单", "route", "cases:house-routes"),
    (Right.MANAGE_CALENDAR, "工作日历", "calendar", "cases:work-calendar"),
    (Right.MANAGE_TEMPLATES, "文书模板", "template", "cases:letter-templates"),
    (Right.READ_SETTINGS, "期限与参数", "adjustments", "cases:settings"),
    (Right.MANAGE_SETTINGS, "运行状况", "activity", "cases:operations"),
    (Right.READ_AUDIT, "安全审计", "shield-check", "cases:audit"),
)


def figures(request: HttpRequest, post: Post) -> Figures | None:
    """Count for the post in use, once a request in one query; None for a post without worklists."""
    kept = vars(request)
    if _KEPT not in kept:
        kept[_KEPT] = _count(post)
    return cast(Figures | None, kept[_KEPT])


def _count(post: Post) -> Figures | None:
    queues = queues_of(post)
    return count_queues(post, queues, timezone.localdate()) if queues else None


def build(request: HttpRequest) -> list[MenuEntry]:
    """Build the entries that the role of the post in use works with, as one of the menu's builders."""
    post: Post | None = getattr(request, "post", None)
    if post is None:
        return []
    entries = [_entry(request, "首页", "home", "cases:home")]
    if has_right(post, Right.REGISTER):
        entries.append(_entry(request, "登记信访件", "user-plus", "cases:register"))
    known = figures(request, post)
    if known is not None:
        entries += [_queue_entry(request, queue, known.queues[queue.slug]) for queue in queues_of(post)]
        bell_url = f"{worklist_url(queues_of(post)[0])}?due=late"
        entries.append(MenuEntry("逾期事项", "alarm", bell_url, _number(known.late), place=Place.BELL))
    entries += _looking_up(request, post)
    if may_order(post):
        entries.append(_entry(request, "承接移交", "transfer", "cases:hand-overs", group="查阅"))
    if may_keep_roster(post):
        entries.append(_entry(request, "值班表", "calendar-time", "cases:duty", group="查阅"))
    entries += [_entry(request, *page, group="系统") for right, *page in _KEEPING if has_right(post, right)]
    return entries + _alarms(post)


def _alarms(post: Post) -> list[MenuEntry]:
    """Warn who keeps the system, on every page, that nobody watches the deadlines, or that the work behind waits."""
    if not has_right(post, Right.MANAGE_SETTINGS):
        return []
    if (since := stopped_since(timezone.now())) is not None:
        return [_alarm(since, "期限巡查自{}起没有再进行，提醒和逾期登记已停止。")]
    if (since := unwell.since(unwell.REDIS)) is not None:
        return [_alarm(since, "缓存和任务队列自{}起没有应答，提醒、通知和文书成文在等候；网页照常办理。")]
    return []


def _alarm(since: datetime, words: str) -> MenuEntry:
    said = words.format(f"{timezone.localtime(since):%m月%d日 %H:%M}")
    return MenuEntry(said, "alert-triangle", _address("cases:operations"), place=Place.BANNER)


def _looking_up(request: HttpRequest, post: Post) -> list[MenuEntry]:
    if not sees_matters(post):
        return []
    entries = [
        _entry(request, "全部事项", "files", "cases:list", group="查阅"),
        _entry(request, "法定途径", "directions", "cases:ways", group="查阅"),
        MenuEntry(search_words(post), "search", _address("cases:search"), place=Place.SEARCH),
    ]
    if post.role in READERS:
        entries.insert(1, _entry(request, "文书拟制", "writing-sign", "cases:drafts", group="查阅"))
    return entries


def worklist_url(queue: Queue) -> str:
    """Compose the address of a worklist."""
    return _address("cases:worklist", queue.slug)


# The menu stands on every page, and its addresses never change: 6 % of 本单位待办 (`python -m tests.bench.plain`).
@cache
def _address(name: str, *values: str) -> str:
    return reverse(name, args=values)


def sees_matters(post: Post) -> bool:
    """Check that there is anything for the post to look up."""
    return SCOPES[Role(post.role)] is not Scope.NOTHING


def search_words(post: Post) -> str:
    """Word what the search box takes from this post."""
    return "编号、姓名、证件号码或电话" if has_right(post, Right.FIND_PERSON) else "编号或姓名"


def _entry(request: HttpRequest, label: str, icon: str, name: str, *, group: str = "") -> MenuEntry:
    url = _address(name)
    return MenuEntry(label, icon, url, active=request.path == url, group=group)


def _queue_entry(request: HttpRequest, queue: Queue, size: Count) -> MenuEntry:
    url = worklist_url(queue)
    return MenuEntry(queue.label, queue.icon, url, _number(size), active=request.path == url, group="清单")


def _number(size: Count) -> Count | int:
    # A plain number where it is exact: nothing waiting is no mark at the bell.
    return size if size.capped else size.value
