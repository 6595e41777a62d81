"""法规: the clocks of the law as tables, the work calendar, the office's settings, and the arithmetic of due days.

Pure Python but for `models`; knows nothing of units, people or matters.

- `rules.Rule` names every clock, `periods.PERIODS` has its length in natural or working days and its article;
  `STATUTORY` are the sixteen of the law, which `manage.py deadline` answers. A length of None is set by a person
  (交办期限, 撤销后重新处理) or by the office (评价, 三函反馈).
- `reckoning.reckon` is the one arithmetic: the day of the event is not counted; `strict` is scored, `legal` decides
  rights. `explanation` words its steps. It raises `ReckoningError`, a `Refusal`, for what the rule does not allow.
- `calendar.WorkCalendar` tells workdays: the seed of chinesecalendar, over it the rows of `models.Holiday`. A year is
  published once its notice was entered whole; until then what is reckoned in it is provisional (暂算).
- `parameters.PARAMETERS` is everything that the office may set, with the law's value, source and bounds. A duty is
  never made looser than the law, a petitioner's right never shorter. A parameter that `awaits` is offered once somebody
  reads it.
- `models.current_rulebook()` reads all settings, `current_calendar()` the calendar: once an act or a page, then handed
  on. `Rulebook.on(day)` is what is in force. **A clock follows the period of the day on which it started, whenever it
  is reckoned**; what decides a due day is set from the next day on, so that no running or closed clock moves. The
  ladder alone is that of today, for every running clock.
- `models.settled(on)` reads the settings that are asked for by the row (numbers, masks: `Parameter.is_kept`), once a
  day in each process.
- `overlay.SHANDONG` are the rules and norms of Shandong's own law, behind one switch, `Key.SHANDONG`.
"""
