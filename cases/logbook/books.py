"""Table of the books: what an entry asks for, who writes it, and what the matter must be for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import CLERKS, HANDLERS, OFFICE_HEADS, REVIEWERS, TRIAGERS, Role
from binzhou_xinfang.records.event_fields import TODAY, Ask, EventField, by_label, chosen, day, lines
from binzhou_xinfang.records.event_kinds import Fields
from cases.models import PetitionCase
from cases.permissions import reads_sealed
from cases.vocabulary import Kind, LastAnswer
from cases.vocabulary_beside import Aid, AidResult, Book, Conduct, Means, Response, VisitWay

Data = Mapping[str, Any]
# What is wrong with an entry: the field and the sentence.
Fault = tuple[str, str]


@dataclass(frozen=True, slots=True)
class BookRow:
    """One book: `fits` says what hinders an entry in the matter, "" when nothing; `faults` what its form cannot say."""

    book: Book
    article: str
    fields: Fields
    roles: frozenset[Role]
    fits: Callable[[PetitionCase], str]
    faults: Callable[[Data], list[Fault]]


def _any(case: PetitionCase) -> str:
    return ""


def _after_the_end(case: PetitionCase) -> str:
    is_through = case.last_answer in (LastAnswer.REVIEW, LastAnswer.RECHECK) or bool(case.end_ground)
    is_through = is_through or (case.kind == Kind.LITIGATION and not case.is_open)
    return "" if is_through else "回访帮扶记录用于已经复查复核、终结或者涉法涉诉依法终结的事项（第三十七条第三款）。"


def _sealed(case: PetitionCase) -> str:
    return "" if case.is_sealed else "反映干部问题的，请先甄别为检举控告类（保密件），再登记通报情况（第三十条）。"


def _no_faults(data: Data) -> list[Fault]:
    return []


def _conduct_faults(data: Data) -> list[Fault]:
    faults = []
    if not data.get("responses") and not data.get("police"):
        faults.append(("responses", "请写明所采取的措施：劝阻、批评、教育，或者公安机关的处置（第四十七条）。"))
    if data.get("police_receipt") and not data.get("police"):
        faults.append(("police", "填写了接处警回执，请写明处置的公安机关。"))
    return faults


def _aid_faults(data: Data) -> list[Fault]:
    is_decided = data.get("result") in (AidResult.GRANTED, AidResult.REFUSED)
    if is_decided and not data.get("decided_on"):
        return [("decided_on", "已有结果的，请填写决定日期。")]
    if data.get("decided_on") and not is_decided:
        return [("result", "填写了决定日期，请选择结果。")]
    if data.get("decided_on") and data["decided_on"] < data["applied_on"]:
        return [("decided_on", "决定日期不能早于申请日期。")]
    return []


def _visit_faults(data: Data) -> list[Fault]:
    if bool(data.get("next_on")) == bool(data.get("is_last")):
        return [("next_on", "请填写下次回访日期；不再安排的，勾选“不再安排回访”，不填日期。")]
    if data.get("next_on") and data["next_on"] <= data["visited_on"]:
        return [("next_on", "下次回访日期应当晚于本次回访。")]
    return []


# Whoever the petitioner comes to (第二十六条、第三十七条), the body of review too while it has the matter.
_RECEIVE = CLERKS | HANDLERS | REVIEWERS
_NOTE = EventField("说明：", ask=Ask("说明", required=False, rows=3))
_ROWS = (
    BookRow(
        Book.CONDUCT,
        "第二十六条、第四十七条",
        {
            "conduct": EventField("行为：", chosen(Conduct), ask=Ask("行为（第二十六条）", many=True)),
            "happened_on": EventField("日期：", day, ask=Ask("发生日期", begins=TODAY)),
            "hour": EventField("时间：", ask=Ask("时间", "例如：上午9时30分", rows=1, longest=20)),
            "place": EventField("地点：", ask=Ask("地点", rows=1, longest=200)),
            "persons": EventField("人员：", lines, ask=Ask("有关人员", "一行一人，可以写明身份", most=50, longest=100)),
            "account": EventField("经过：", ask=Ask("经过", rows=5)),
            "responses": EventField(
                "采取措施：", chosen(Response), ask=Ask("工作人员采取的措施", required=False, many=True)
            ),
            "police": EventField(
                "公安机关：", ask=Ask("处置的公安机关", "报警、移送的填写", required=False, rows=1, longest=100)
            ),
            "police_receipt": EventField(
                "接处警回执：", ask=Ask("接处警回执文号", required=False, rows=1, longest=100)
            ),
        },
        _RECEIVE,
        _any,
        _conduct_faults,
    ),
    BookRow(
        Book.AID,
        "第三十七条第二款",
        {
            "aid": EventField("救助：", chosen(Aid), ask=Ask("救助种类")),
            "organ": EventField("受理机关：", ask=Ask("申请的机关、机构", rows=1, longest=100)),
            "applied_on": EventField("申请日期：", day, ask=Ask("申请日期", begins=TODAY)),
            "result": EventField("结果：", chosen(AidResult), ask=Ask("结果")),
            "decided_on": EventField("决定日期：", day, ask=Ask("决定日期", required=False)),
            "given": EventField("救助内容：", ask=Ask("救助的金额或者内容", required=False, rows=1, longest=200)),
            "note": _NOTE,
        },
        _RECEIVE,
        _any,
        _aid_faults,
    ),
    BookRow(
        Book.AFTER_CARE,
        "第三十七条第三款",
        {
            "visited_on": EventField("回访日期：", day, ask=Ask("回访日期", begins=TODAY)),
            "way": EventField("方式：", chosen(VisitWay), ask=Ask("方式")),
            "visitors": EventField("回访人：", lines, ask=Ask("回访人", "一行一人", most=10, longest=60)),
            "state": EventField("情况：", ask=Ask("信访人的生活、思想情况", rows=4)),
            "help": EventField("帮扶措施：", ask=Ask("疏导教育、矛盾化解、帮扶救助", required=False, rows=3)),
            "next_on": EventField("下次回访：", day, ask=Ask("下次回访日期", required=False)),
            "is_last": EventField("不再安排回访", by_label, ask=Ask("不再安排回访", required=False)),
        },
        HANDLERS | TRIAGERS | REVIEWERS,
        _after_the_end,
        _visit_faults,
    ),
    BookRow(
        Book.PERSONNEL,
        "第三十条第二款",
        {
            "organ": EventField("通报对象：", ask=Ask("组织（人事）部门", "按照干部管理权限", rows=1, longest=100)),
            "told_on": EventField("通报日期：", day, ask=Ask("通报日期", begins=TODAY)),
            "means": EventField("方式：", chosen(Means), ask=Ask("方式")),
            "told_by": EventField("通报人：", ask=Ask("由谁通报", rows=1, longest=100)),
            "letter": EventField("文号：", ask=Ask("公文文号", required=False, rows=1, longest=100)),
            "content": EventField("通报内容：", ask=Ask("通报的信访情况", rows=5)),
            "is_major": EventField(
                "重大情况，已报送党委主要负责同志和分管组织（人事）工作的负责同志",
                by_label,
                ask=Ask("重大情况，已报送党委主要负责同志和分管组织（人事）工作的负责同志", required=False),
            ),
        },
        OFFICE_HEADS,
        _sealed,
        _no_faults,
    ),
)
BOOKS: Mapping[Book, BookRow] = MappingProxyType({row.book: row for row in _ROWS})


def may_write(post: Post, book: Book, case: PetitionCase) -> bool:
    """Check that the post writes in this book of a matter that it sees: at the unit that took it in, answers for it or
    has it now."""
    if post.user_id in case.recused or (case.is_sealed and not reads_sealed(post, case)):
        return False
    here = post.unit_id in (case.registered_unit_id, case.responsible_id, case.holder_id)
    return here and post.role in BOOKS[book].roles


def open_books(post: Post, case: PetitionCase) -> list[Book]:
    """List the books in which the post may write an entry on this matter now."""
    return [book for book, row in BOOKS.items() if may_write(post, book, case) and not row.fits(case)]
