"""通报: figures of the units of an area over a period, drafted, signed by another hand, and unchangeable from then
on.

Who has written in it does not sign it, and the head signs the `version` that was read. `figures.COLUMNS` is the table
of what is told of a unit, one query a column, never of what is sealed; at the signature the figures are reckoned once
more and must be the same. `sha256` is over `content`. Its acts are a chain of events of its own.
"""
