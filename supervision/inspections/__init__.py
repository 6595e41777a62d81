"""一案双督三查: substance, procedure and three responsibilities of one matter, scored, with what follows from each
answer.

`items.ITEMS` are the tables of questions, answers and consequences. An item says whose it is (`Item.is_of_office`):
what the petition office answers for goes to that office, the rest to the responsible unit. Nothing goes from an office
to itself.
"""
