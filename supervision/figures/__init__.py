"""统计: rates, tiles, overdue duties, 三项建议 of a year. Each figure is a condition, so that it opens exactly its
list.

`rates` has the eight rates of reference §4 by the legal or the strict day. 满意率 and 参评率, of offices and of units,
come from `Evaluation` and from the windows that ended unused. `annual` tells the year as a draft of the annual report
and as a workbook.
"""
