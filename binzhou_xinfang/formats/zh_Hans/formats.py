"""Writings of a day and a moment that a form takes; the first is the one in which it shows them (GB/T 7408)."""

DATE_INPUT_FORMATS = ["%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"]
DATETIME_INPUT_FORMATS = [f"{day}{between}%H:%M" for day in DATE_INPUT_FORMATS for between in (" ", "T")]
