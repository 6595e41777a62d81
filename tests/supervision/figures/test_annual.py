"""三项建议 in the annual report: the workbook and the draft tell what the page of the year tells."""

import io
from datetime import date
from typing import Any

import docx
import pytest
import time_machine
from openpyxl import load_workbook

from binzhou_xinfang.records.models import AccessLog
from cases.models import PetitionCase
from cases.states import State
from cases.window.registration import register as register_arrival
from supervision.causes import verbs
from supervision.figures.annual import facts_of_year, gone_out
from supervision.figures.annual_workbook import HEADINGS
from supervision.models import Adoption, Measure, SupervisionCase
from tests.cases.pages import signed_in
from tests.office import MONDAY, Office, arrival, case_in, matter, moment, register
from tests.supervision.causes.late import issued
from tests.supervision.figures.test_proposals import AT, brought_up
from tests.supervision.figures.test_proposals import gone_out as one_gone_out

URL = "/supervision/proposals/2025/"
TODAY = date(2025, 6, 2)
LATER = moment(2025, 6, 2)


@pytest.fixture
def year(office: Office) -> SupervisionCase:
    """One adopted and verified, one unanswered, one not written yet."""
    adopted = one_gone_out(office, problem="台账缺失，经办人电话13812345678")
    verbs.answer(adopted, text="=1+1 已建台账", adoption=Adoption.PARTLY, by=office.water_head, at=AT)
    verbs.judge(adopted, is_accepted=True, verdict="属实", by=office.head, at=AT)
    one_gone_out(office, Measure.POLICY, unit=office.city)
    brought_up(office)
    return adopted


def sheets(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    with time_machine.travel(LATER, tick=False):
        answer = signed_in(office.head).get(f"{URL}workbook/")
    assert answer.status_code == 200
    book = load_workbook(io.BytesIO(answer.content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_the_workbook_has_the_figures_of_the_page(office: Office, year: SupervisionCase) -> None:
    told = sheets(office)["汇总"]
    assert told[0] == ("建议", "拟制中", "已发出", "采纳", "部分采纳", "未采纳", "待反馈", "逾期未反馈", "已核实")
    assert told[1:] == [
        ("改进工作建议", 1, 1, 0, 1, 0, 0, 0, 1),
        ("完善政策建议", 0, 1, 0, 0, 0, 1, 1, 0),
        ("追究责任建议", 0, 0, 0, 0, 0, 0, 0, 0),
    ]


def test_the_workbook_names_every_proposal_with_what_became_of_it(office: Office, year: SupervisionCase) -> None:
    headings, *rows = sheets(office)["明细"]
    assert headings == HEADINGS
    first = dict(zip(HEADINGS, rows[0], strict=True))
    told = (len(rows), first["采纳情况"], first["逾期反馈"], first["反馈内容"])
    assert told == (2, "部分采纳", "否", "=1+1 已建台账")
    assert (first["关联事项"], first["存在的问题"]) == (year.case.number, "台账缺失，经办人电话138****5678")
    assert str(first["文号"]).startswith("滨信")
    assert (rows[1][HEADINGS.index("反馈日期")], rows[1][-1]) == (None, "待反馈")


def test_the_report_is_a_draft_with_what_the_house_knows(office: Office, year: SupervisionCase) -> None:
    with time_machine.travel(LATER, tick=False):
        answer = signed_in(office.head).get(f"{URL}report/")
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(answer.content)).paragraphs)
    for words in ("2025年信访情况年度报告", "发出改进工作建议1件", "部分采纳", "台账缺失", "转送信访事项"):
        assert words in text
    assert "13812345678" not in text
    assert "尚未反馈" in text


def test_the_parts_that_are_counted(office: Office) -> None:
    case_in(office, State.HANDLING)
    register(office)
    issued(office)
    told = facts_of_year(office.head, 2025, TODAY)
    assert told["statistics"][0] == ("1月1日至6月2日登记信访件3件次（上年同期无）、3人次（上年同期无），其中来访3件次")
    assert told["supervision"][0] == "转送信访事项2件（上年同期无），交办0件（与上年同期持平）"
    assert "信访督办函1件" in told["supervision"][1]
    empty = facts_of_year(office.head, 2024, TODAY)
    assert empty["statistics"][1] == "登记信访事项0件（与上年同期持平），办结0件（与上年同期持平）"
    assert (empty["fields"], empty["complained_units"]) == ([], [])


def test_visits_are_told_by_times_and_people_beside_the_year_before(office: Office) -> None:
    for at, people in ((moment(2024, 3, 4), 1), (moment(2025, 3, 4), 2), (moment(2025, 3, 5), 9), (MONDAY, 1)):
        register_arrival(arrival(at.date(), petition={"people": people}), matter(office), by=office.clerk, at=at)
    told = facts_of_year(office.head, 2025, TODAY)
    assert told["statistics"][2] == (
        "来访3批次（同比增长200.0%）、12人次（同比增长1100.0%），其中集体访1批次（上年同期无）、9人次（上年同期无）"
    )
    rows = {row["name"]: (row["number"], row["note"]) for row in told["rows"]}
    assert rows["来访批次"] == ("3批次", "上年同期1批次，同比增长200.0%")


@pytest.mark.parametrize(("day", "number"), [((2024, 6, 2), 1), ((2024, 6, 3), 0)])
def test_a_year_that_runs_is_compared_with_the_same_days(
    office: Office, day: tuple[int, int, int], number: int
) -> None:
    register(office, at=moment(*day))
    told = {row["name"]: row["note"] for row in facts_of_year(office.head, 2025, TODAY)["rows"]}
    assert told["来访批次"].startswith(f"上年同期{number}批次")


def test_the_organs_complained_of_are_not_those_that_handle(office: Office) -> None:
    for accused in (office.water, office.water, office.county_office, None):
        case_in(office, State.HANDLING, accused_unit=accused)
    register(office, at=moment(2024, 3, 4), accused_unit=office.water)
    assert facts_of_year(office.head, 2025, TODAY)["complained_units"] == [
        "市水利局，2件，上年同期1件", "滨城区信访局，1件，上年同期0件",
    ]  # fmt: skip


def test_what_is_sealed_by_now_is_in_no_figure_of_the_year(office: Office, year: SupervisionCase) -> None:
    PetitionCase.objects.filter(pk=year.case_id).update(is_sealed=True)
    assert year not in gone_out(office.head, 2025)
    assert sheets(office)["汇总"][1][1:4] == (1, 0, 0)


def test_the_matters_it_rests_on_are_named_but_for_sealed_ones(office: Office) -> None:
    open_one, sealed = case_in(office, State.HANDLING), case_in(office, State.HANDLING)
    found = one_gone_out(office)
    found.also.set([open_one, sealed])
    PetitionCase.objects.filter(pk=sealed.pk).update(is_sealed=True)
    row = dict(zip(HEADINGS, sheets(office)["明细"][1], strict=True))
    assert row["关联事项"] == f"{found.case.number}、{open_one.number}"


@pytest.mark.parametrize("what", ["workbook", "report"])
def test_each_file_is_logged_and_for_those_who_write_the_report(office: Office, what: str) -> None:
    signed_in(office.registrar).get(f"{URL}{what}/")
    (entry,) = AccessLog.objects.filter(act="export")
    assert "2025年" in entry.subject
    for who in ("inspector", "unit_head", "leader", "handler", "administrator"):
        assert signed_in(getattr(office, who)).get(f"{URL}{what}/").status_code == 403


@pytest.mark.parametrize("year", [1999, 2999])
def test_a_year_that_tells_nothing_is_refused(office: Office, year: int) -> None:
    assert signed_in(office.head).get(f"/supervision/proposals/{year}/workbook/").status_code == 409


@pytest.mark.parametrize("number", [1, 5])
def test_the_workbook_costs_the_same_for_one_proposal_and_many(
    office: Office, number: int, django_assert_num_queries: Any
) -> None:
    for _ in range(number):
        one_gone_out(office)
    client = signed_in(office.head)
    client.get(f"{URL}workbook/")
    with django_assert_num_queries(QUERIES):
        client.get(f"{URL}workbook/")


QUERIES = 14
