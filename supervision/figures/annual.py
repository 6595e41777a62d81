"""信访情况年度报告 (条例第四十一条): what the house knows of its parts, for the office to complete, sign and send.

Of the area that the post sees, never of 检举控告. The proposals are those of the page of the year, one line each.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.letters import issuing
from binzhou_xinfang.letters.kinds.reports import ANNUAL_REPORT
from binzhou_xinfang.letters.models import Letter
from binzhou_xinfang.statute.wording import listed, say_date
from cases.models import CaseEvent, PetitionCase
from cases.queries import counted, visible_to
from cases.states import Move
from cases.vocabulary import Channel
from supervision.figures.proposals import figures_of_year, of_year
from supervision.models import Answer, Family, Measure, SupervisionCase
from supervision.queries import visible_supervisions

MOST = 10


def sketch_of_year(post: Post, year: int, today: date) -> Letter:
    """Sketch the report, unsaved and without a number; what the house does not know is marked."""
    return issuing.sketch(ANNUAL_REPORT, unit=post.unit, on=today, by=post, facts=facts_of_year(post, year, today))


def facts_of_year(post: Post, year: int, today: date) -> dict[str, Any]:
    """Gather the facts of the kind that are known. A fixed number of queries, whatever the number of matters."""
    seen = visible_to(post).filter(is_sealed=False)
    taken_in = counted(seen).filter(registered_at__year=year)
    return {
        "addressee": f"中共{post.unit.area.name}委员会、{post.unit.area.name}人民政府" if post.unit.area else "",
        "report_year": f"{year}年",
        "statistics": _statistics(taken_in),
        "fields": _most(taken_in.exclude(topic=None), "topic__level_1"),
        "complained_units": _most(taken_in.exclude(responsible=None), "responsible__name"),
        "supervision": [_passed_on(seen, year), _supervised(post, year)],
        "proposals_adopted": [
            *_totals(post, year, today),
            *(_proposal_text(one, today) for one in gone_out(post, year)),
        ],
    }


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


def _statistics(taken_in: QuerySet[PetitionCase]) -> list[str]:
    counted = dict(taken_in.order_by().values_list("channel").annotate(number=Count("pk")))
    parts = [f"{channel.label}{counted[channel]}件" for channel in Channel if channel in counted]
    total = f"全年登记信访事项{sum(counted.values())}件"
    return [f"{total}，其中{listed(parts)}" if parts else total]


def _most(cases: QuerySet[PetitionCase], column: str) -> list[str]:
    rows = cases.order_by().values_list(column).annotate(number=Count("pk")).order_by("-number", column)[:MOST]
    return [f"{name}，{number}件" for name, number in rows]


def _passed_on(seen: QuerySet[PetitionCase], year: int) -> str:
    moved = CaseEvent.objects.filter(case__in=seen, happened_at__year=year)
    counted = moved.aggregate(
        refer=Count("pk", filter=Q(kind=Move.REFER)), assign=Count("pk", filter=Q(kind=Move.ASSIGN))
    )
    return f"转送信访事项{counted['refer']}件次，交办{counted['assign']}件次"


def _supervised(post: Post, year: int) -> str:
    out = visible_supervisions(post).filter(issued_on__year=year, case__is_sealed=False)
    counted = dict(out.order_by().values_list("measure").annotate(number=Count("pk", distinct=True)))
    families: Iterable[tuple[str, Family]] = (
        ("发出", Family.LETTER), ("开展", Family.WAY), ("列入", Family.LISTING),
    )  # fmt: skip
    said = [
        verb + listed(f"{measure.label}{counted.get(measure, 0)}件" for measure in Measure.in_family(family))
        for verb, family in families
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
