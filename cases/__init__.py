"""信访件与信访事项: arrivals, matters, the table of moves, clocks, and the rooms in which the office works on them.

The core is `vocabulary`, `states`, `models`, `queries`, `permissions`, `clocks` and `engine`; apps above import it, the
hooks and what pyproject.toml lists beside them, nothing else. A matter changes its state in `engine` alone. What is not
in `queries.visible_to(post)` does not exist for the post.
"""
