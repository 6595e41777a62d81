"""Access tests: every address × role × relation to the unit that holds the matter, ordinary and sealed.

`table.py` has one row for every address and method: who gets in; a new address without a row fails. `law.py` says by
hand who sees and does what. Every answer is also read for words of matters that do not exist for the reader.
"""
