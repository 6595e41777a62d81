"""Words of the screen: what an office would not write stands in no template, label, refusal or script."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("binzhou_xinfang", "cases", "hearings", "supervision")
# Speech and developers' prose, each with what an office writes.
NOT_WRITTEN = {
    r"怎么": "计算过程、方式",
    r"为什么": "理由",
    r"在哪|哪里|哪天|哪儿": "地点、日期",
    r"用什么|干什么|做什么": "名称",
    r"等[您我](?!单位)": "待您、待我",
    r"走过的|走的路|一路|走法|在走|走到终点": "办理过程、办理去向",
    r"没有办成|读不懂|放得太久|办到哪|要办的事": "未能办理、无法识别、已经过期、需要办理的事项",
    r"匿\*": "匿名",
    r"评价至": "评价应当在……以前登记",
    r"本件等": "待……",
    r"谁负什么": "责任分工",
    r"TODO|FIXME": "",
}
# The guide that is handed to a petitioner asks as a petitioner asks.
FOR_PETITIONERS = {"templates/cases/window/way.html", "templates/cases/window/ways.html"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _python(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text())
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.value


def _words(path: Path) -> Iterator[str]:
    """List what the file may show; comments of a template show nothing."""
    if path.suffix == ".py":
        yield from _python(path)
    else:
        yield from re.sub(r"\{#.*?#\}|//.*|/\*.*?\*/", "", path.read_text()).splitlines()


def _files() -> list[Path]:
    sources = [
        path for room in ROOMS for path in (ROOT / room).rglob("*.py") if not {"migrations", "local"} & {*path.parts}
    ]
    pages = [
        path for path in (ROOT / "templates").rglob("*.html") if str(path.relative_to(ROOT)) not in FOR_PETITIONERS
    ]
    return [*sources, *pages, *(ROOT / "static" / "js").glob("*.js")]


def test_the_screen_speaks_as_an_office_writes() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {text.strip()[:60]} ({instead})"
        for path in _files()
        for text in _words(path)
        if CHINESE.search(text)
        for spoken, instead in NOT_WRITTEN.items()
        if re.search(spoken, text)
    ]
    assert found == []


@pytest.mark.parametrize("text", ["本件等您签收", "这是怎么算的", "现在能走的路", "信访人的评价至 10月9日 登记", "匿*"])
def test_what_stood_there_once_is_refused(text: str) -> None:
    assert [spoken for spoken in NOT_WRITTEN if re.search(spoken, text)]
