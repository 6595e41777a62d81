"""`manage.py make_demo`: on a first start, make a bureau with people and matters in every stage, dated from today."""

import secrets
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from binzhou_xinfang.accounts.models import Post, Unit, User
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.notices.outbox import leave_untold
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.sign_in_settings import second_factor_of
from cases.hooks import DEMO
from cases.keeping.settings import change_settings
from cases.made_up.demo.cast import ACCOUNTS, make_cast
from cases.made_up.demo.moving_on import move_on
from cases.made_up.demo.play import play, steps
from cases.models import PetitionCase

ACCOUNTS_FILE = "demo_accounts.txt"
# Without 0 o 1 l: typed from a sheet of paper. Twelve of them are about 60 bits.
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
# Since when the people of the demo hold their posts: before the first of its matters.
_TENURE = timedelta(days=730)
_UNTOLD = timedelta(days=3)
_KEEPER = "administrator"


class Command(BaseCommand):
    help = (
        "建立演示单位：演示账号和各个阶段的信访事项，日期以今天为准，内容均为虚构。"
        f"仅用于第一次启动：已有信访事项或演示账号时不做任何改动。账号和密码写入 VAR_DIR/{ACCOUNTS_FILE}。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=2026, help="同一天、同一种子得到同样的事项")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.VAR_DIR) / ACCOUNTS_FILE
        if _is_lived_in():
            self.stdout.write("系统中已有信访事项或演示账号，没有建立演示数据。")
            return
        try:
            password = _make(path, seed=options["seed"], now=timezone.now())
        except Refusal as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        self.stdout.write(f"已建立演示账号 {len(ACCOUNTS)} 个、信访事项 {PetitionCase.objects.count()} 件。")
        self.stdout.write(f"密码均为 {password}，账号见 {path}")


def _is_lived_in() -> bool:
    names = [account.username for account in ACCOUNTS]
    return PetitionCase.objects.exists() or User.objects.filter(username__in=names).exists()


@transaction.atomic
def _make(path: Path, *, seed: int, now: datetime) -> str:
    """Make all of it or nothing, so that an interrupted first start can begin again. Returns the password."""
    password = "".join(secrets.choice(_LETTERS) for _ in range(12))
    cast = make_cast(password, since=timezone.localdate(now) - _TENURE)
    _ask_for_no_phones(now)
    play(tqdm(steps(cast, seed=seed, now=now), desc="建立演示事项", unit="步", file=sys.stderr), now=now)
    move_on(cast, now=now)
    DEMO(now)
    # What happened before anybody could look is told to nobody.
    leave_untold(before=now - _UNTOLD, at=now)
    _write_accounts(path, password, cast.units)
    return password


def _ask_for_no_phones(now: datetime) -> None:
    """Switch the second factor off, as an office would: many people share an account of the demo, and no phone."""
    regime = current_rulebook().on(timezone.localdate(now))
    keys = [second_factor_of(role) for role in Role]
    by = Post.objects.select_related("user", "unit").get(user__username=_KEEPER)
    change_settings(
        {key: "false" for key in keys if regime.value(key)}, effective_from=timezone.localdate(now),
        reason="演示账号由多人共用，不绑定个人手机", by=by, at=now,
    )  # fmt: skip


def _write_accounts(path: Path, password: str, units: Mapping[str, Unit]) -> None:
    """Write the list of accounts, for its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text("\n".join(_account_lines(password, units)) + "\n", encoding="utf-8")


def _account_lines(password: str, units: Mapping[str, Unit]) -> Sequence[str]:
    lines = [f"演示账号（内容均为虚构，密码均为 {password}）", "用户名\t姓名\t岗位\t密码"]
    for account in ACCOUNTS:
        held = "、".join(f"{units[code].short_name} {Role(role).label}" for code, role in account.posts)
        lines.append(f"{account.username}\t{account.name}\t{held}\t{password}")
    return lines
