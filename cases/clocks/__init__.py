"""期限: starting, stopping, suspending and extending the clocks of a matter; their rungs; their standing on a day.

The arithmetic is the statute's. A clock's next rung (`Deadline.next_alert_at`) is set by `ladder.arm` and `disarm`
wherever it starts, moves or stops, in the same transaction; the sweep reads nothing else.
"""
