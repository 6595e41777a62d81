"""System checks: every kind of letter has a wording that says its facts, and an example that can be written."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core import checks
from jinja2 import TemplateError
from jinja2.meta import find_undeclared_variables

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters import wording
from binzhou_xinfang.letters.kinds import FACTS, ByHand, LetterKind, examples_of
from binzhou_xinfang.letters.limits import limits_by_law

# Every letter knows these; its addressee stands above the wording.
GIVEN = frozenset({"number", "issuer", "issuer_phone", "issuer_address", "issued_on", "limit"})
ABOVE = frozenset({"addressee"})
EXAMPLE_OF_ISSUER = {"issuer": "滨州市信访局", "issuer_phone": "0543-1234567", "issuer_address": "滨州市黄河五路"}


def check_kinds(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Report for every kind what its declaration and its delivered wording do not have in common."""
    return [
        checks.Error(f"{kind.label}（{kind.value}）：{fault}", id="letters.E001")
        for kind in LetterKind
        for fault in faults_of(kind)
    ]


def faults_of(kind: LetterKind) -> Iterator[str]:
    """Name each fault of a kind in words for the person who declares it."""
    if not (kind.label and kind.code and kind.required):
        yield "缺少名称、编号或者要素"
    if isinstance(kind.owner, ByHand) and (tables := [name for name in kind.facts if FACTS[name].keys]):
        yield f"手工拟制的文书不能填写表格：{tables}"
    path = settings.BASE_DIR / "templates" / "letters" / f"{kind.value}.txt"
    if not path.is_file():
        yield f"没有文书模板 {path.name}"
        return
    try:
        said = find_undeclared_variables(wording.environment().parse(path.read_text()))
    except TemplateError as fault:
        yield f"文书模板有误：{fault}"
        return
    if unknown := said - {*kind.facts, *GIVEN}:
        yield f"模板使用了没有声明的要素：{sorted(unknown)}"
    elif unsaid := {*kind.facts} - said - ABOVE:
        yield f"模板没有写出声明的要素：{sorted(unsaid)}"
    else:
        yield from _faults_of_example(kind)


def _faults_of_example(kind: LetterKind) -> Iterator[str]:
    example = examples_of(kind)
    if missing := [name for name in kind.required if not example[name]]:
        yield f"没有示例：{missing}"
    given = {"number": "滨信〔2026〕1号", "issued_on": "2026年3月6日", "limit": limits_by_law()}
    try:
        wording.write(kind, example | EXAMPLE_OF_ISSUER | given)
    except Refusal as fault:
        yield f"示例不能成文：{fault}"
