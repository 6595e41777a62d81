"""流程图、责任图、时限图: facts of a matter and of the table of moves, laid out and drawn by pure functions.

Facts (`journey`, `road`, `duties`, `clock_rows`, `graph`) → layout (`flow`, `duty_chart`, `clock_chart`, `wall_*`),
which puts `shapes` at their places → `svg`.
"""
