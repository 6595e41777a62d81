"""Made-up matters in any number, for measuring: rows as the real moves would have left them, written by COPY.

`plan` says which matter takes which road on which days, `numbering` gives keys and gapless numbers, `course` plays each
road in memory (clocks, events, letters, the watch over the clocks), `copying` writes rows, `load` does it all.
"""

from cases.made_up.synthetic.load import Load, Loaded

__all__ = ["Load", "Loaded"]
