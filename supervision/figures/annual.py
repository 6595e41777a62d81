"""信访情况年度报告 (条例第四十一条): what the house knows of its parts, for the office to complete, sign and send.

Of the area that the post sees, never of 检举控告. The proposals are those of the page of the year, one line each.
"""

from datetime import date
from typing import Any

from django.db.models import Count, Prefetch

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.letters import issuing
from binzhou_xinfang.letters.kinds.reports import ANNUAL_REPORT
from binzhou_xinfang.letters.models import Letter
from binzhou_xinfang.statute.wording import listed, say_date
from cases.vocabulary import Channel
from supervision.figures.counting import items_of, value_of, values_by_unit
from supervision.figures.figure import Period, Reach, share
from supervision.figures.proposals import figures_of_year, of_year
from supervision.figures.reaches import seen_by
from supervision.figures.standing import DONE, slug_of
from supervision.figures.table import FIGURES, VOLUME_OF_REPORTS
from supervision.models import Answer, Measure, SupervisionCase

# Figures of the table in the report, each beside the year before.
OF_THE_YEAR = (*VOLUME_OF_REPORTS, *(slug_of(measure) for measure in Measure if measure.family in DONE))
MOST = 10


def sketch_of_year(post: Post, year: int, today: date) -> Letter:
    """Sketch the report, unsaved and without a number; what the house does not know is marked."""
    return issuing.sketch(ANNUAL_REPORT, unit=post.unit, on=today, by=post, facts=facts_of_year(post, year, today))


def facts_of_year(post: Post, year: int, today: date) -> dict[str, Any]:
    """Gather the facts of the kind that are known. A fixed number of queries, whatever the number of matters."""
    reach, period = seen_by(post), Period.of_year(year, on=today)
    told = Told(reach, period)
    return {
        "addressee": f"中共{post.unit.area.name}委员会、{post.unit.area.name}人民政府" if post.unit.area else "",
        "report_year": f"{year}年",
        "statistics": _statistics(told),
        "rows": told.rows(),
        "fields": _fields(told),
        "complained_units": _complained(told),
        "supervision": [_passed_on(told), _supervised(told)],
        "proposals_adopted": [
            *_totals(post, year, today),
            *(_proposal_text(one, today) for one in gone_out(post, year)),
        ],
    }


class Told:
    """Figures of the year beside those of the same days of the year before, each counted once."""

    def __init__(self, reach: Reach, period: Period) -> None:
        self.reach, self.period = reach, period
        self.values = {
            slug: tuple(value_of(FIGURES[slug], reach, days).counted for days in (period, period.year_before))
            for slug in OF_THE_YEAR
        }

    def number(self, slug: str) -> str:
        """Word a number with its unit and its change: 120件次（同比增长20.0%）."""
        now, _ = self.values[slug]
        return f"{now}{FIGURES[slug].unit}（{self.change(slug)}）"

    def change(self, slug: str) -> str:
        """Word the change since the same days of the year before."""
        now, before = self.values[slug]
        if not before:
            return "上年同期无" if now else "与上年同期持平"
        if now == before:
            return "同比持平"
        return f"同比{'增长' if now > before else '下降'}{100 * abs(now - before) / before:.1f}%"

    def rows(self) -> list[dict[str, str]]:
        """Make the table of the report: a line a figure."""
        return [
            {
                "name": FIGURES[slug].label, "number": f"{now}{FIGURES[slug].unit}", "dated": "", "pages": "",
                "note": f"上年同期{before}{FIGURES[slug].unit}，{self.change(slug)}",
            }
            for slug, (now, before) in self.values.items()
        ]  # fmt: skip


def gone_out(post: Post, year: int) -> list[SupervisionCase]:
    """List the proposals that went out in the year, in the order of their days, with their letters and answers."""
    answers = Prefetch("answers", Answer.objects.exclude(is_accepted=False).order_by("pk"), to_attr="standing")
    related = ("case", "unit", "office", "clock", "draft__letter")
    proposals = of_year(post, year).exclude(issued_on=None).select_related(*related).prefetch_related(answers)
    return list(proposals.order_by("issued_on", "pk"))


def standing_answer(proposal: SupervisionCase) -> Answer | None:
    """Find its last answer that was not sent back; of a row of `gone_out`."""
    answers: list[Answer] = getattr(proposal, "standing", [])
    return answers[-1] if answers else None


def number_of(proposal: SupervisionCase) -> str:
    """Read the number of its letter."""
    return proposal.draft.letter.number if proposal.draft and proposal.draft.letter else ""


def _statistics(told: Told) -> list[str]:
    until = told.period.until
    span = "全年" if (until.month, until.day) == (12, 31) else f"1月1日至{until.month}月{until.day}日"
    by_channel = _by_channel(told)
    return [
        f"{span}登记信访件{told.number('arrivals')}、{told.number('people')}"
        + (f"，其中{listed(by_channel)}" if by_channel else ""),
        f"登记信访事项{told.number('matters')}，办结{told.number('closed')}",
        f"来访{told.number('visits')}、{told.number('visitors')}，"
        f"其中集体访{told.number('group-visits')}、{told.number('group-visitors')}",
        f"重复信访{told.number('repeats')}",
    ]


def _by_channel(told: Told) -> list[str]:
    rows = items_of(FIGURES["arrivals"], told.reach, told.period).order_by().values_list("channel")
    counted = dict(rows.annotate(number=Count("pk")))
    return [f"{channel.label}{counted[channel]}件次" for channel in Channel if channel in counted]


def _fields(told: Told) -> list[str]:
    matters = items_of(FIGURES["matters"], told.reach, told.period).exclude(topic=None).order_by()
    rows = matters.values_list("topic__level_1").annotate(number=Count("pk")).order_by("-number", "topic__level_1")
    total, _ = told.values["matters"]
    return [f"{name}，{number}件，占{share(number, total)}" for name, number in rows[:MOST]]


def _complained(told: Told) -> list[str]:
    """Rank the organs by who is complained of, never by who handles the matter."""
    figure, days = FIGURES["complained"], (told.period, told.period.year_before)
    now, before = (values_by_unit(figure, told.reach, period) for period in days)
    units = Unit.objects.in_bulk([pk for pk in now if pk is not None])
    ranked = sorted(units.values(), key=lambda unit: (-now[unit.pk].counted, unit.path))[:MOST]
    lines = [
        f"{unit.name}，{now[unit.pk].counted}件，上年同期{before[unit.pk].counted if unit.pk in before else 0}件"
        for unit in ranked
    ]
    named = value_of(FIGURES["complained-named"], told.reach, told.period).counted
    return [*lines, f"另有{named}件登记了被反映的人员、单位名称，不属于本系统的机关、单位"] if named else lines


def _passed_on(told: Told) -> str:
    return f"转送信访事项{told.number('referred')}，交办{told.number('assigned')}"


def _supervised(told: Told) -> str:
    said = [
        verb + listed(f"{measure.label}{told.values[slug_of(measure)][0]}件" for measure in Measure.in_family(family))
        for family, verb in DONE.items()
    ]
    return "；".join(said)


def _totals(post: Post, year: int, today: date) -> list[str]:
    totals = []
    for measure, row in figures_of_year(post, year, today):
        numbers = {figure.slug: number for figure, number in row}
        became = listed(
            f"{figure.label}{number}件" for figure, number in row if figure.slug not in ("preparing", "issued")
        )
        totals.append(f"发出{measure.label}{numbers['issued']}件" + (f"：{became}" if numbers["issued"] else ""))
    return totals


def _proposal_text(proposal: SupervisionCase, today: date) -> str:
    answer, sent = standing_answer(proposal), say_date(proposal.issued_on or today, today)
    number = number_of(proposal) or f"{proposal.get_measure_display()}（{proposal.case.number}）"
    became = f"{answer.get_adoption_display()}，{answer.text}" if answer else "尚未反馈"
    return f"{number}，{sent}向{proposal.unit.name}提出，事由为{proposal.problem}；{became}"
