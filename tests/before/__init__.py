"""A database and `var/` as the code of commit 13bb7d7 left them, before the rooms; and what must still stand in them.

`data/make.py.13bb7d7` made both with that code. It keeps the imports of then, so it is no module of ours:

    git worktree add /tmp/before 13bb7d7 && cp -r tests/before /tmp/before/tests/ && cd /tmp/before && make venv
    cp tests/before/data/make.py.13bb7d7 tests/before/make.py
    .venv/bin/python -m binzhou_xinfang.local with --throwaway -- .venv/bin/python -m tests.before.make /tmp/made

Everybody in it is made up, and so are the keys.
"""
