"""Answers while the database or the disk is away: 503 in words, on pages and in the API, that need neither."""

import errno
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader

_log = logging.getLogger(__name__)

RETRY_SECONDS = 10
API = "/api/"
# SQLSTATEs of a server that cannot be talked to now: connection, operator intervention, too many connections.
_AWAY = ("08", "57P01", "57P02", "57P03", "53300")
_FULL_STATES = frozenset({"53100"})
_FULL_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT})
# Of two acts that stood in each other's way the database has undone one.
_CROSSED = frozenset({"40001", "40P01", "55P03"})


@dataclass(frozen=True)
class Outage:
    """A state of the machine in which nothing can be answered; `said` to whoever asks, `advice` about what he did."""

    name: str
    title: str
    said: str
    advice: str


AWAY = Outage(
    "the database does not answer",
    "系统暂时不能使用",
    "数据库暂时没有应答，系统正在自动恢复，一般不超过一分钟。",
    "刚才提交的内容如果没有看到办理结果，请在恢复后先查一查，没有结果的，请再提交一次。",
)
FULL = Outage(
    "the disk is full",
    "服务器磁盘空间已满",
    "服务器磁盘空间已满，本次操作没有保存。请通知系统管理员清理磁盘。",
    "清理后可以返回再次提交；带附件的，可以先不带附件提交。",
)
CROSSED = Outage(
    "two acts stood in each other's way",
    "同时有人在办理",
    "同一时间有人在办理相关事项，本次操作没有保存，请再提交一次。",
    "已填写的内容保留在这个窗口里。",
)


def outage_of(fault: BaseException | None) -> Outage | None:
    """Find the outage that a failure comes from; None for a failure of ours."""
    return next((found for cause in _causes(fault) if (found := _read(cause)) is not None), None)


def unavailable(request: HttpRequest, outage: Outage) -> HttpResponse:
    """Answer 503 with the words of the outage, and when to ask again."""
    _log.warning("503 %s %s: %s", request.method, request.path, outage.name)
    answer: HttpResponse
    if request.path.startswith(API):
        answer = JsonResponse(
            {"detail": outage.said, "field": ""}, status=503, json_dumps_params={"ensure_ascii": False}
        )
    else:
        answer = HttpResponse(loader.get_template("503.html").render({"outage": outage}), status=503)
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    answer.headers["Cache-Control"] = "no-store"
    answer._has_been_logged = True  # type: ignore[attr-defined]  # a line is enough, a trace for each click is not read
    return answer


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        yield fault
        fault = fault.__cause__ or fault.__context__


def _read(fault: BaseException) -> Outage | None:
    if isinstance(fault, OSError) and fault.errno in _FULL_ERRORS:
        return FULL
    # Of a connection that ends in the middle the driver knows no better name than DatabaseError; Django's own have no
    # cause.
    is_nameless = type(fault) is DatabaseError and fault.__cause__ is not None
    if not is_nameless and not isinstance(fault, OperationalError | InterfaceError):
        return None
    state = getattr(fault.__cause__, "pgcode", None) or ""
    if state in _FULL_STATES:
        return FULL
    if state in _CROSSED:
        return CROSSED
    # Without a state the server did not get to say anything: it was not reached, or went away in the middle.
    return AWAY if not state or state.startswith(_AWAY) else None
