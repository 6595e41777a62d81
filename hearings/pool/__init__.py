"""听证专家智库: the people of the pool, what keeps each from a hearing, and the draw.

A draw promises before it shows: `draws.commit` freezes the pool and keeps a seed of which it tells the hash alone;
`draws.draw` tells the seed. The order is reckoned by `drawing.ranked`, which anybody can do again with a hash
calculator; `drawing.faults` says what in a published draw does not agree. Who withdraws is followed by the next of the
same ranking. `conflicts` is the one rule of who is left out and why; names of relatives are compared and never shown.
"""
