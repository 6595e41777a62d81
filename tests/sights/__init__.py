"""Every page of the house as a person sees it: measured in a real browser at three sizes, and read by axe-core.

`crawl.py` walks the demo bureau from the front page as each role and keeps one page of each shape, made with the
longest names that the bureau has; `looking.py` measures it in Chromium.
"""
