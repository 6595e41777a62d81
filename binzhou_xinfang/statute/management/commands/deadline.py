"""`manage.py deadline RULE START`: reckon a due day and print it as one JSON object."""

import json
import re
from datetime import date
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseUnusable

from binzhou_xinfang.statute.calendar import WorkCalendar
from binzhou_xinfang.statute.models import current_calendar, current_rulebook
from binzhou_xinfang.statute.periods import PERIODS, STATUTORY, Period, Rule
from binzhou_xinfang.statute.reckoning import FIRST_YEAR, LAST_YEAR, Reckoning, reckon
from binzhou_xinfang.statute.rulebook import Rulebook

USAGE = "manage.py deadline RULE START [--extend N] [--explain]"


class OneLineParser(CommandParser):
    """Parser that answers a wrong argument with one Chinese line, where argparse would print its usage in English."""

    def error(self, message: str) -> NoReturn:
        line = (
            f"参数缺少、多余或者不认识。用法：{USAGE}；RULE 为其中之一：{', '.join(STATUTORY)}；START 格式 YYYY-MM-DD"
        )
        if not self.called_from_command_line:
            raise CommandError(line, returncode=2)
        self.exit(2, f"CommandError: {line}\n")


class Command(BaseCommand):
    """Command that prints the due day; a wrong argument is answered with one line on stderr and exit status 2."""

    help = f"用法：{USAGE}。计算期限的最后一日，输出一个JSON对象（strict：不顺延；legal：遇休息日顺延）。"
    # The seed calendar answers without a database, so nothing else may stand in the way.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        # Django makes the parser itself and asks for no class.
        parser.__class__ = OneLineParser
        parser.add_argument("rule", metavar="RULE", help="、".join(STATUTORY))
        parser.add_argument("start", metavar="START", help="起算日 YYYY-MM-DD；hearing-notice 填听证会当日")
        parser.add_argument("--extend", default="0", metavar="N", help="批准延长的天数，只用于 handling，最多30")
        parser.add_argument("--explain", action="store_true", help="同时说明计算过程")

    def handle(self, *args: Any, **options: Any) -> None:
        rule = _rule(options["rule"])
        start = _start(options["start"])
        # What the law itself does not take is refused without asking the database.
        extend = _extend(PERIODS[rule], str(options["extend"]))
        calendar, book = self._in_force()
        period = book.period(rule, start)
        _extend(period, str(options["extend"]))
        reckoning = reckon(rule, start, calendar=calendar, period=period, extend=extend)
        self.stdout.write(json.dumps(_answer(reckoning, explain=options["explain"]), ensure_ascii=False))

    def _in_force(self) -> tuple[WorkCalendar, Rulebook]:
        try:
            return current_calendar(), current_rulebook()
        except DatabaseUnusable:
            self.stderr.write("数据库无法读取：按规定的期限和程序自带的日历计算，未计入本单位录入的节假日安排和设定。")
            return WorkCalendar(), Rulebook()


def _rule(text: str) -> Rule:
    if text not in STATUTORY:
        accepted = ", ".join(STATUTORY)
        raise CommandError(f"不认识的期限 {text!r}。RULE 应为其中之一：{accepted}", returncode=2)
    return Rule(text)


def _start(text: str) -> date:
    day = _iso_day(text)
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        accepted = f"START 应为{FIRST_YEAR}年至{LAST_YEAR}年间实有的日期，格式 YYYY-MM-DD，例如 2025-09-16"
        raise CommandError(f"不能用作起算日 {text!r}。{accepted}", returncode=2)
    return day


def _iso_day(text: str) -> date | None:
    # fromisoformat alone would take 20250101 and 2025-W01-1 too.
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _extend(period: Period, text: str) -> int:
    rule, most = period.rule, period.max_extension
    if re.fullmatch(r"[0-9]{1,9}", text) and int(text) <= most:
        return int(text)
    accepted = f"{rule} 的 N 应为0至{most}的整数" if most else f"{rule} 不能延长，只有 handling 可以延长0至30日"
    raise CommandError(f"不能延长 {text!r} 日。--extend N：{accepted}", returncode=2)


def _answer(reckoning: Reckoning, *, explain: bool) -> dict[str, object]:
    answer: dict[str, object] = {
        "rule": reckoning.rule.value,
        "article": PERIODS[reckoning.rule].article,
        "start": reckoning.start.isoformat(),
        "strict": reckoning.strict.isoformat(),
        "legal": reckoning.legal.isoformat(),
        "provisional": reckoning.provisional,
    }
    return answer | {"steps": [step.text for step in reckoning.steps]} if explain else answer
