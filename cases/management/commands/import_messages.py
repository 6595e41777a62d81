"""`manage.py import_messages FILE.xlsx`: import messages of the message board as 信访件, with or without replies."""

import json
import sys
from argparse import RawDescriptionHelpFormatter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from binzhou_xinfang.errors import Refusal
from cases.importing.desks import importing_office, registrar_of, reply_desk
from cases.importing.messages import MESSAGE_COLUMNS, REPLY_COLUMNS, Message, missing_columns
from cases.importing.rejects import write_rejects
from cases.importing.run import Import, Result
from cases.importing.sheet import Sheet, read_sheet
from cases.importing.tally import tally

_HELP = f"""导入人民网留言（.xlsx；在可见的工作表中找到列名所在的一行，其上可有标题，列的顺序不限，可有其他列）。

必需的列：{"、".join(MESSAGE_COLUMNS)}。
列名与登记项同名的（例如“涉及人数”“性别”“信访原因”），一并读入登记内容；证件号码、须选代码的项目除外。
时间可以是文本（2019/2/28 11:25:05）、日期或数字，按北京时间读取。
每条留言登记为“人民网留言”信访件，登记时间、收到日期为留言的时间；按留言编号识别，重复导入不会产生重复件。

--replay 另读取“{"”“".join(REPLY_COLUMNS)}”两列，把答复补录为办理过程：
  甄别、转送、签收、告知受理记在留言的时间（60日自留言之日起算）；
  调查、拟稿、审核、签发、送达记在答复的时间；期间届满的期限照实登记逾期；
  申请复查期限已过的，于届满次日办结。
  登记之后已有人办理的事项不回放。答复早于留言、缺少时间或内容的，留言照常导入，答复记入未导入清单。

未导入的行连同行号和原因写入另一文件，其余照常导入。
标准输出的最后一行是一个JSON对象：
  rows 数据行数 = imported 新导入 + already_present 此前已导入 + rejected 未导入；
  answered 其中系统内已签发答复的（本次或此前回放，以及正常办理的）；
  on_time_60 60日期限（遇休息日顺延）内答复的；on_time_15 收到之日起15日（遇休息日顺延）内答复的。
退出状态：文件不能读取或缺少必需的列为2。
"""


class Command(BaseCommand):
    help = _HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.xlsx")
        parser.add_argument("--replay", action="store_true", help="同时回放答复")
        parser.add_argument(
            "--rejects",
            type=Path,
            metavar="FILE",
            help="未导入清单（.xlsx或.csv），缺省为 VAR_DIR/imports/<文件名>-rejects.xlsx",
        )
        parser.add_argument("--unit", default="", metavar="CODE", help="登记机构，缺省为市级信访部门")
        parser.add_argument(
            "--responsible",
            default="",
            metavar="CODE",
            help="回放时的答复单位，缺省为登记机构同级的政府办公室或宣传部，都没有的为第一个工作部门",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        rejects: Path = options["rejects"] or settings.VAR_DIR / "imports" / f"{path.stem}-rejects.xlsx"
        try:
            sheet = self._sheet(path, replay=options["replay"])
            job = _job(options)
            _empty(rejects, beside=path, sheet=sheet)
        except Refusal as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        result = job.run(sheet, progress=_bar)
        write_rejects(rejects, sheet.headings, result.rejects)
        self._report(result, rejects)
        self.stdout.write(json.dumps(_summary(sheet, result)))

    def _sheet(self, path: Path, *, replay: bool) -> Sheet:
        sheet = read_sheet(path, MESSAGE_COLUMNS)
        if missing := missing_columns(sheet, replay=replay):
            raise Refusal(f"{path.name} 缺少列：{'、'.join(missing)}（{sheet.place}）")
        self.stdout.write(sheet.place)
        if replay and sheet.missing(REPLY_COLUMNS) == list(REPLY_COLUMNS):
            self.stderr.write(f"{path.name} 没有“{'”“'.join(REPLY_COLUMNS)}”两列，只导入留言。")
        return sheet

    def _report(self, result: Result, rejects: Path) -> None:
        if result.rejects:
            replies = len(result.rejects) - result.rejected
            self.stdout.write(f"未导入留言 {result.rejected} 行、答复 {replies} 条，原因见 {rejects}")
        else:
            self.stdout.write(f"全部导入，未导入清单（空）：{rejects}")


def _job(options: dict[str, Any]) -> Import:
    office = importing_office(options["unit"])
    desk = reply_desk(office, options["responsible"]) if options["replay"] else None
    return Import(office, by=registrar_of(office), now=timezone.now(), desk=desk)


def _empty(rejects: Path, *, beside: Path, sheet: Sheet) -> None:
    """Write the second file without rows, so that one that cannot be written is known before the import."""
    try:
        if rejects.exists() and rejects.samefile(beside):
            raise Refusal("未导入清单不能与导入的文件相同")
        write_rejects(rejects, sheet.headings, [])
    except OSError as fault:
        raise Refusal(f"无法写入未导入清单 {rejects}（{fault.strerror}）") from fault


def _bar(messages: list[Message]) -> Iterable[Message]:
    return tqdm(messages, desc="导入留言", unit="条", file=sys.stderr)


def _summary(sheet: Sheet, result: Result) -> dict[str, int]:
    counts = {
        "rows": len(sheet.rows),
        "imported": result.imported,
        "already_present": result.already_present,
        "rejected": result.rejected,
    }
    return counts | asdict(tally(result.numbers))
