"""System check of the notices: every topic of the outbox is known, so that somebody writes what is told under it."""

from typing import Any

from django.core.checks import CheckMessage, Error

from binzhou_xinfang.notices import outbox


def check_topics(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Report each topic that no app has added to `TOPICS`."""
    unknown = sorted(topic.name for topic in outbox.DECLARED if outbox.TOPICS.get(topic.name) is not topic)
    return [Error(f"notices.TOPICS: 事由 {name} 没有登记，写入待发后无人成文", id="notices.E001") for name in unknown]
