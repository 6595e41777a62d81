"""The table of figures: one word, one definition, one place.

`FIGURES[slug]` is a `Figure`: its word, its formula in words, its article, its unit, what decides the month, and the
rows that it counts. Pages, lists, the API, 通报, the annual report and docs/figures.md read it; nobody words or counts
a figure a second time.

A number is `value_of(FIGURES[slug], reach, period)`; `values_by_month` and `values_by_unit` group it (a row of months,
a heat table); `items_of(…, part)` is exactly the list that it opens, at the address `list_of(slug, …)` of
`supervision.web.figures.addresses`. `reach` is `seen_by(post)`, `told_to(post)` or `of_area(area)`; `period` is
`Period.of_month(day, on=today, mode=…)`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from supervision.figures.figure import Figure
from supervision.figures.proposals import ADOPTIONS
from supervision.figures.rates import RATES
from supervision.figures.standing import STANDING
from supervision.figures.tiles import WAITS
from supervision.figures.volume import VOLUME

# The headings under which the figures stand in papers, in their order.
CHAPTERS: Mapping[str, Mapping[str, Figure]] = MappingProxyType(
    {
        "比率": RATES,
        "信访数量": VOLUME,
        "期限和督办": STANDING,
        "督办件办理进度": WAITS,
        "三项建议": ADOPTIONS,
    }
)
FIGURES: Mapping[str, Figure] = MappingProxyType(
    {slug: figure for chapter in CHAPTERS.values() for slug, figure in chapter.items()}
)
# Figures that a 通报 tells of each unit, in the order of its columns.
OF_CIRCULARS = ("late", "letters", "unanswered", "listed", "repeats", "unsatisfied")
# Figures that the annual report tells beside the year before, in the order of its table.
VOLUME_OF_REPORTS = (
    "arrivals", "people", "matters", "closed", "visits", "visitors", "group-visits", "group-visitors", "repeats",
    "referred", "assigned",
)  # fmt: skip
