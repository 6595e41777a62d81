"""访调对接: the points where disputes are mediated, and the way of a matter to one of them and back.

It is no second process beside the matter: the matter stands in 调解和解中, by its own moves (cases/procedure/settling).
"""
