"""`manage.py rotate_keys`: re-encrypt every personal value under the first key of FIELD_KEYS.

Put the new key first and keep the old one behind it, restart, and run this. What is issued and signed keeps its cipher,
so the old key stays behind the new one as long as it says that rows are left under it.
"""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from binzhou_xinfang.records import rotation


class Command(BaseCommand):
    help = "用 FIELD_KEYS 中的第一把密钥重新加密所有个人信息；可以中断后再次运行"

    def handle(self, *args: Any, **options: Any) -> None:
        for table in rotation.encrypted_tables():
            # `disable=None` shows the bar on a terminal only.
            with tqdm(desc=table.label, total=rotation.count_old(table), unit="行", disable=None) as bar:
                done = 0
                for size in rotation.rotate(table):
                    done += size
                    bar.update(size)
            left = rotation.count_old(table)
            why = "（只增不改，旧密钥须继续保留）" if table.only_grows and left else ""
            self.stdout.write(f"{table.label}：重新加密{done}行，剩余{left}行{why}")
