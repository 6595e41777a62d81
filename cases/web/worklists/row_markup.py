"""One line of a list as HTML.

Written by `str.format` and not by the template engine: 14 % of 本地区在办 第1页 (`python -m tests.bench.plain`).
Everything that comes from a row is escaped here.
"""

from html import escape
from typing import Protocol

from django.utils.safestring import SafeString, mark_safe

from binzhou_xinfang.web.lights import Light


class Shown(Protocol):
    """Protocol of a line that is shown; `cases.web.worklists.rows.Line` is one."""

    @property
    def light(self) -> Light: ...
    @property
    def flags(self) -> list[str]: ...
    @property
    def words(self) -> dict[str, str]: ...


_ROW = """<tr data-row="{number}">
<td class="tick"><input class="form-check-input" type="checkbox" name="n" value="{number}" form="together" \
data-moves="{together}" tabindex="-1" aria-label="勾选 {number}"></td>
<td class="light">{due_mark}</td>
<td class="what"><span class="what-title"><a href="{url}" title="{title}" data-open>{title}</a>{flag_marks}</span>
<span class="what-who"><span class="num" title="{number}">{short_number}</span> · {person}{others} · \
<span title="{topic_words}">{topic}</span></span></td>
<td class="office" title="{unit_name}">{unit}</td>
<td class="stage">{state}</td>
<td class="when">{last_move} <span class="num text-secondary">{last_on}</span></td>
<td class="last">{move_mark}</td>
</tr>
"""
_DUE = (
    '<a class="due due-{colour}" href="{url}due/" data-sheet="期限计算" tabindex="-1" title="{due_words}">{light}</a>'
)
_WAIT = '<span class="due due-{colour}">{light}</span>'
_FLAG = ' <span class="flag">{}</span>'
_OTHERS = '<span class="text-secondary"> 等{people}人</span>'
_MOVE = '<a class="btn btn-sm" href="{move_url}" data-sheet="{move}">{move}</a>'


def row_markup(line: Shown) -> SafeString:
    """Write the line as a table row, safe to stand in a page."""
    safe = {name: escape(str(value)) for name, value in line.words.items()}
    safe |= {"colour": escape(line.light.colour), "light": escape(line.light.words)}
    row = _ROW.format(
        **safe,
        due_mark=(_DUE if safe["due"] else _WAIT).format(**safe),
        flag_marks="".join(_FLAG.format(escape(flag)) for flag in line.flags),
        others=_OTHERS.format(**safe) if safe["people"] else "",
        move_mark=_MOVE.format(**safe) if safe["move"] else "",
    )
    return mark_safe(row)  # noqa: S308  every value was escaped above
