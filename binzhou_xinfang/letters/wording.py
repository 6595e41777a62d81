"""Wording of a letter: from a wording file and the facts to paragraphs.

The first line of a wording file is the title; every further line that is not blank is a paragraph, or a row of a table
when it begins and ends with ｜ (`blocks`). The bureau may put a file of the same name under `VAR_DIR/letters`,
which then goes before the one that is delivered.
"""

import os
import re
import time
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, Template, TemplateNotFound, UndefinedError
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds import FACTS, LetterKind

DIGITS = "零一二三四五六七八九"
# Between the cells of a row; only the wording file can draw it, never a fact.
BORDER = "｜"
# What no XML document, and so no .docx, can hold.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NAME_OF_MISSING = re.compile(r"'(\w+)' is undefined")


class Wording(NamedTuple):
    title: str
    paragraphs: list[str]


def day(value: date | str) -> str:
    """Write 2026年3月2日, as GB/T 9704 writes days; a text stands for a day that is still missing
    (`issuing.sketch`)."""
    if isinstance(value, str):
        return value
    return f"{value.year}年{value.month}月{value.day}日"


def numeral(number: int) -> str:
    """Write 1 → 一, 12 → 十二, up to 99: the numbers of the parts of a document."""
    tens, ones = divmod(number, 10)
    return (f"{DIGITS[tens] if tens > 1 else ''}十" if tens else "") + (DIGITS[ones] if ones else "")


def sentence(text: str) -> str:
    """End the text with exactly one full stop, whatever the clerk typed there."""
    return f"{text.strip().rstrip('。.；;，,')}。"


# What a template opens and the clerk's text opens once more: 经核查，经核查，…; 因因…
_OPENED_TWICE = re.compile(r"(经[审核调复]?查(?:实)?，)(?:经[审核调复]?查(?:实)?[，,：:])+")
_CAUSED_TWICE = re.compile(r"((?:^|[，。；])因)(?:因为|由于|因(?!此|而|素|果))")
# A stop of the template behind that of the clerk's text: the later one stands.
_STOPPED_TWICE = re.compile(r"[。；，]+(?=[。；，])")
_BRACKETS = {"（": 1, "）": -1}


def smoothed(line: str) -> str:
    """Join the template and what a clerk has typed into one text: nothing opened or stopped twice, and brackets within
    brackets as GB/T 15834 wants them, 〔〕."""
    line = _STOPPED_TWICE.sub("", _CAUSED_TWICE.sub(r"\1", _OPENED_TWICE.sub(r"\1", line)))
    if "（" not in line or line.count("（") != line.count("）"):
        return line
    signs, depth = [], 0
    for sign in line:
        is_inner = (depth > 0 and sign == "（") or (depth > 1 and sign == "）")
        depth += _BRACKETS.get(sign, 0)
        signs.append({"（": "〔", "）": "〕"}[sign] if is_inner else sign)
    return "".join(signs)


def _without_borders(value: Any) -> Any:
    return value.replace(BORDER, "|") if isinstance(value, str) else value


@lru_cache(maxsize=4)
def environment(*folders: str) -> ImmutableSandboxedEnvironment:
    """Make the sandbox of the wording files: they read facts and nothing else; one that is not there is an error.

    Kept for the process: a wording file is compiled once, and again when it has changed.
    """
    built = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_without_borders,
        autoescape=False,  # the result is plain text; the pages and the .docx escape it themselves
    )
    built.filters |= {"day": day, "numeral": numeral, "sentence": sentence}
    return built


@lru_cache(maxsize=128)
def _template(own: str, name: str, second: int) -> Template:
    """Read the wording file as it is in this second: a thousand letters do not ask the disk a thousand times."""
    delivered = f"{settings.BASE_DIR}/templates/letters"
    folders = (own, delivered) if os.path.isfile(f"{own}/{name}") else (delivered,)
    return environment(*folders).get_template(name)


def missing_fact(kind: LetterKind, name: str) -> Refusal:
    """Build the refusal that names the missing fact as the clerk knows it."""
    label = FACTS[name].label if name in FACTS else name
    return Refusal(f"缺少“{label}”，不能出具{kind.label}，请补充后再试。", field=name)


def write(kind: LetterKind, facts: Mapping[str, Any]) -> Wording:
    """Write the title and the paragraphs. Raises Refusal for a missing fact or a wording file that cannot be used."""
    try:
        template = _template(f"{settings.VAR_DIR}/letters", f"{kind.value}.txt", int(time.monotonic()))
        text = template.render(facts)
    except UndefinedError as error:
        match = NAME_OF_MISSING.search(str(error))
        raise missing_fact(kind, match.group(1) if match else "要素") from error
    except TemplateNotFound as error:
        raise Refusal(f"没有{kind.label}的文书模板，请联系系统管理员。") from error
    except (TemplateSyntaxError, SecurityError) as error:
        raise Refusal(f"{kind.label}的文书模板有误，请联系系统管理员。") from error
    lines = [smoothed(line.strip()) for line in UNPRINTABLE.sub("", text).splitlines()]
    title, *paragraphs = [line for line in lines if line]
    return Wording(title, paragraphs)
