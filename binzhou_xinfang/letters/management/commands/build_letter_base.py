"""`manage.py build_letter_base`: write templates/letters/base.docx anew, after a change of its measures."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from binzhou_xinfang.letters.base import build


class Command(BaseCommand):
    help = "重新生成文书底版 templates/letters/base.docx"

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / "templates" / "letters" / "base.docx"
        build(path)
        self.stdout.write(f"{path}")
