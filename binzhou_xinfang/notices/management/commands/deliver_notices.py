"""`manage.py deliver_notices`: send the notices that are due, by hand or from plain cron when Celery is away."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from binzhou_xinfang.notices.tasks import deliver


class Command(BaseCommand):
    help = "生成到时的通知，发出到时的短信、邮件；输出一行JSON摘要"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(deliver()))
