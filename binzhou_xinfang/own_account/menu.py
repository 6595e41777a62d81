"""The line above every page that a second factor is to be set up."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from binzhou_xinfang.own_account.steps import SET_UP, until_of
from binzhou_xinfang.statute.wording import say_date
from binzhou_xinfang.web.menu import MenuEntry, Place


def build(request: HttpRequest) -> list[MenuEntry]:
    """Build the line, as one of `MENU`; it costs no query."""
    until = until_of(request)
    if until is None:
        return []
    words = f"您的岗位登录时须使用动态口令（手机验证码），请在{say_date(until, timezone.localdate())}以前设置。"
    return [MenuEntry(words, "device-mobile", reverse(SET_UP), place=Place.BANNER, tone="warning")]
