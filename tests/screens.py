"""Screens of the real browser."""

from playwright.sync_api import Browser, BrowserContext, expect

from tests import patience

PATIENCE_MS = patience.SECONDS * 1000

# `expect` has a patience of its own, of five seconds, whatever the context is told.
expect.set_options(timeout=PATIENCE_MS)


def screen(browser: Browser, base_url: str | None = None) -> BrowserContext:
    """Open a screen as wide as one of the office, with nobody signed in."""
    context = browser.new_context(
        base_url=base_url,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        viewport={"width": 1366, "height": 768},
    )
    context.set_default_timeout(PATIENCE_MS)
    return context
