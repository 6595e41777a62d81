"""工作清单: filters and counts of the lists that a post works from; `cases.queries` says which matters they hold."""
