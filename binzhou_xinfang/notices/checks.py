"""System checks of the notices: each topic has its writer, and an answer of the gateway is understood."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from binzhou_xinfang.notices import outbox
from binzhou_xinfang.notices.gateways import BY_STATUS


def check_topics(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Report each topic that no app has added to `TOPICS`."""
    unknown = sorted(topic.name for topic in outbox.DECLARED if outbox.TOPICS.get(topic.name) is not topic)
    return [Error(f"notices.TOPICS: 事由 {name} 没有登记，写入待发后无人成文", id="notices.E001") for name in unknown]


def check_gateway(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Report a gateway of which nobody has said what it answers when it has taken a message."""
    taken = settings.SMS_GATEWAY_TAKEN
    if not settings.SMS_GATEWAY_URL or taken == BY_STATUS or taken.partition("=")[2]:
        return []
    words = "设置了 SMS_GATEWAY_URL，没有说明网关怎样回答才算接收：SMS_GATEWAY_TAKEN 写作 字段=值，只看状态码的写 2xx"
    return [Error(words, id="notices.E002")]
