"""Access tests: every address × role × relation to the unit that holds the matter, ordinary and sealed.

`table.py` has one row for every address and method: who gets in; a new address without a row fails, and one with a key
needs a real row behind it (`rows.py`). `law.py` says by hand who sees and does what. Every answer, streamed and zipped
ones too, is also read for words of matters that do not exist for the reader. `test_seats.py` asks as people with two
posts, with a post that is over, recused, helping; `test_bodies.py` sends what somebody who is let in would send;
`test_parameters.py` tries each parameter that an address is heard to read; each move with all it needs, by everybody
who may not make it, is in `tests/cases/procedure/test_every_move.py`.
"""
