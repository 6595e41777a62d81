"""满意度评价: the petitioner's word on the petition office and on the unit, each once, within the window after an
answer.

The window is a clock (`Rule.EVALUATION`): it orders no list, binds nobody and outlives the end of the matter; the sweep
ends it (超期未评价). `verbs.evaluate(case, …, by=None)` is the petitioner in person. `Evaluation` is append-only.
"""
