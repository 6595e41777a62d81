"""Check of a template before it is taken: a Word document that prints facts and does nothing else.

docxtpl gives the template to Jinja, which can run for ever or fill the memory even in its sandbox. So only what is
needed to print is let through: fields, conditions, and going through the lines of a fact that has lines.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters import rendering
from binzhou_xinfang.letters.kinds import FACTS, LetterKind
from binzhou_xinfang.letters.own_templates.pouring import fields_of, list_fields, trial
from binzhou_xinfang.records import packages

LARGEST = 20 * 1024 * 1024
# docxtpl's own patterns become slow on many marks in a long text.
LARGEST_TEXT = 1024 * 1024
MOST_BRACES = 3000
DEEPEST_LOOP = 2
PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
FILTERS = frozenset({"default", "first", "join", "last", "length", "trim", "e", "escape"})
LOOP = frozenset({"first", "index", "index0", "last", "length"})
KEYS = frozenset(key for fact in FACTS.values() for key in fact.keys)
ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.For, nodes.If,
    nodes.CondExpr, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip
NOT_A_TEMPLATE = "这个文件不能作为 Word 文档打开，请用 Word 或 WPS 另存为 .docx 后再上传。"


@dataclass(frozen=True)
class Findings:
    """Warnings of a check: the names of the required facts that the template never mentions."""

    missing: tuple[str, ...]


def check(kind: LetterKind, content: bytes) -> Findings:
    """Refuse (field "file") with the reason a template that cannot be taken for this kind."""
    _check_package(content)
    trees = [_parse(source) for source in _sources(content)]
    for tree in trees:
        _check_nodes(tree, list_fields(kind))
    used = set().union(*(find_undeclared_variables(tree) for tree in trees))
    unknown = sorted(used - fields_of(kind))
    if unknown:
        raise _refusal(f"模板中有{kind.label}没有的字段：{'、'.join(unknown)}。请改用字段表中的名称。")
    if not used:
        raise _refusal("模板中没有任何字段，不能填写文书内容。")
    _try(kind, content)
    missing = () if "paragraphs" in used else tuple(name for name in kind.required if not _mentions(used, name))
    return Findings(tuple(FACTS[name].label for name in missing))


def _refusal(reason: str) -> Refusal:
    return Refusal(reason, field="file")


def _mentions(used: set[str], name: str) -> bool:
    return name in used or (name == "addressee" and "salutation" in used)


def _check_package(content: bytes) -> None:
    """Refuse parts too large to be read safely, and what Word would fetch from elsewhere or run (`packages`)."""
    try:
        if packages.look_into(io.BytesIO(content), size=len(content)) is None:
            raise _refusal(NOT_A_TEMPLATE)
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if sum(part.file_size for part in parts) > LARGEST:
                raise _refusal("模板解压后过大，不能使用。")
            for part in parts:
                if part.filename.endswith(".xml"):
                    _check_text(package.read(part))
    except packages.Unfit as unfit:
        raise _refusal(str(unfit)) from unfit


def _check_text(text: bytes) -> None:
    if len(text) > LARGEST_TEXT or text.count(b"{") > MOST_BRACES:
        raise _refusal("模板内容过大，不能使用。")


def _sources(content: bytes) -> Iterator[str]:
    """List everything that docxtpl gives to Jinja: body, headers, footers, footnotes, properties."""
    try:
        document = DocxTemplate(io.BytesIO(content))
        document.render_init()
        yield document.patch_xml(document.get_xml())
        for uri in (document.HEADER_URI, document.FOOTER_URI):
            for _, part in document.get_headers_footers(uri):
                yield document.patch_xml(document.get_part_xml(part))
        for part in document.docx.part.package.parts:
            if part.content_type.endswith(".footnotes+xml"):
                yield document.patch_xml(part.blob.decode())
        for name in PROPERTIES:
            yield str(getattr(document.docx.core_properties, name))
    except (KeyError, ValueError, AttributeError, SyntaxError, OSError) as fault:
        raise _refusal(NOT_A_TEMPLATE) from fault


def _parse(source: str) -> nodes.Template:
    try:
        return rendering.environment().parse(source)
    except TemplateSyntaxError as fault:
        raise _refusal(f"模板中的标记有误：{fault.message}。请核对大括号和 if、for 是否成对。") from fault


def _check_nodes(node: nodes.Node, lists: frozenset[str], depth: int = 0) -> None:
    if not isinstance(node, ALLOWED):
        raise _refusal("模板中只能使用字段、条件（if）和逐行列出（for），不能使用函数、运算、引用其他文件等写法。")
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        raise _refusal(f"模板中不能使用“|{node.name}”。")
    if isinstance(node, nodes.Getattr) and node.attr not in _inner_names(node.node):
        raise _refusal(f"模板中不能使用“.{node.attr}”，字段的下级只有：{'、'.join(sorted(KEYS))}。")
    if isinstance(node, nodes.For):
        depth += 1
        _check_loop(node, lists, depth)
    for child in node.iter_child_nodes():
        _check_nodes(child, lists, depth)


def _inner_names(node: nodes.Node) -> frozenset[str]:
    return LOOP if isinstance(node, nodes.Name) and node.name == "loop" else KEYS


def _check_loop(loop: nodes.For, lists: frozenset[str], depth: int) -> None:
    if not isinstance(loop.iter, nodes.Name) or loop.iter.name not in lists:
        raise _refusal(f"模板中只能逐行列出这些字段：{'、'.join(sorted(lists))}。")
    if depth > DEEPEST_LOOP or loop.recursive:
        raise _refusal(f"模板中的逐行列出（for）最多套{DEEPEST_LOOP}层。")


def _try(kind: LetterKind, content: bytes) -> None:
    try:
        trial(kind, content)
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, SyntaxError) as fault:
        raise _refusal(f"用示例内容试填没有成功，不能使用：{fault}") from fault
