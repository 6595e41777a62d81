"""三项建议 of a year as a workbook: the figures as the page tells them, and every proposal with what became of it."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.records.masking import mask_numbers
from binzhou_xinfang.web.workbooks import line
from cases.queries import visible_to
from supervision.figures.annual import gone_out, number_of, standing_answer
from supervision.figures.proposals import figures, figures_of_year
from supervision.models import SupervisionCase

HEADINGS = (
    "建议", "文号", "提出单位", "送达单位", "存在的问题", "关联事项", "发出日期", "反馈期限", "反馈日期", "逾期反馈",
    "采纳情况", "反馈内容", "审核意见", "状态",
)  # fmt: skip


def workbook(post: Post, year: int, today: date) -> bytes:
    """Write both sheets as .xlsx; numbers that identify a person are masked."""
    book = Workbook(write_only=True)
    totals = [[measure.label, *(number for _, number in row)] for measure, row in figures_of_year(post, year, today)]
    _fill(book, "汇总", ["建议", *(figure.label for figure in figures(today))], totals)
    _fill(book, "明细", HEADINGS, _rows(post, gone_out(post, year)))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(book: Any, name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.create_sheet(name)
    for values in (headings, *rows):
        sheet.append(line(sheet, values))


def _rows(post: Post, proposals: Sequence[SupervisionCase]) -> list[list[Any]]:
    rested = _rested_on(post, proposals)
    return [_row(one, rested.get(one.pk, [])) for one in proposals]


def _rested_on(post: Post, proposals: Sequence[SupervisionCase]) -> dict[int, list[str]]:
    """List the numbers of the further matters of each, of those that exist for the post. One query."""
    links = SupervisionCase.also.through.objects.filter(
        supervisioncase__in=[one.pk for one in proposals], petitioncase__in=visible_to(post).filter(is_sealed=False)
    )
    numbers: dict[int, list[str]] = {}
    for pk, number in links.order_by("petitioncase").values_list("supervisioncase", "petitioncase__number"):
        numbers.setdefault(pk, []).append(number)
    return numbers


def _row(proposal: SupervisionCase, also: Sequence[str]) -> list[Any]:
    answer = standing_answer(proposal)
    said: list[Any] = [None, "", "", "", ""]
    if answer is not None:
        late = "是" if answer.is_late else "否"
        said = [answer.given_on, late, answer.get_adoption_display(), mask_numbers(answer.text)]
        said.append(mask_numbers(answer.verdict))
    return [
        proposal.get_measure_display(), number_of(proposal), proposal.office.name, proposal.unit.name,
        mask_numbers(proposal.problem), "、".join([proposal.case.number, *also]), proposal.issued_on,
        proposal.clock.legal_on if proposal.clock else None, *said, proposal.get_stage_display(),
    ]  # fmt: skip
