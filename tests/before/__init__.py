"""A database and `var/` as the code of commit 13bb7d7 left them, before the rooms; and what must still stand in them.

`python -m tests.before.make` made both, with that code:

    git worktree add /tmp/before 13bb7d7 && cp -r tests/before /tmp/before/tests/ && cd /tmp/before && make venv
    .venv/bin/python -m binzhou_xinfang.local with --throwaway -- .venv/bin/python -m tests.before.make /tmp/made

Everybody in it is made up, and so are the keys.
"""
