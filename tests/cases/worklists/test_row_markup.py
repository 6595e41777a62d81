"""A line of a list as HTML: nothing that somebody typed gets into the page as markup."""

import dataclasses

from binzhou_xinfang.web.lights import Light
from cases.web.worklists.row_markup import row_markup
from cases.web.worklists.rows import Line

EVIL = "<b>&\"'{title}"
SAFE = "&lt;b&gt;&amp;&quot;&#x27;{title}"


def line(**changes: object) -> Line:
    texts = {field.name: "x" for field in dataclasses.fields(Line) if field.type is str}
    return Line(**(texts | {"light": Light("red", "逾期"), "flags": [], "people": 1} | changes))  # type: ignore[arg-type]


def test_every_text_of_a_line_is_escaped() -> None:
    texts = [field.name for field in dataclasses.fields(Line) if field.type is str and field.name != "due"]
    markups = {name: row_markup(line(**{name: EVIL})) for name in texts}
    assert markups
    assert [name for name, markup in markups.items() if SAFE not in markup or EVIL in markup] == []


def test_flags_are_escaped() -> None:
    assert '<span class="flag">&lt;b&gt;' in row_markup(line(flags=["<b>"]))


def test_the_light_leads_to_its_reckoning_only_when_a_clock_runs() -> None:
    assert ("期限计算" in row_markup(line()), "期限计算" in row_markup(line(due=""))) == (True, False)


def test_the_number_of_people_stands_only_for_more_than_one() -> None:
    assert ("等5人" in row_markup(line(people=5)), "等1人" in row_markup(line())) == (True, False)


def test_a_line_without_a_move_offers_none() -> None:
    assert "btn" not in row_markup(line(move=""))
