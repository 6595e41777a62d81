"""步骤: the kernel of every life that goes by steps (文书稿, 督办件, 通报): rows, permissions, looking ahead, one
function.

A life is a `life.Life` with the table of its `steps.Step`s. `taking.verb` puts a row and its function into the table;
what then stands under the function's name locks, asks, acts, sets the state and writes the event, in one transaction.
The state is set in `taking.settle` and nowhere else. A step after which nobody could go on is not offered, and refused:
`ahead`. `checks` finds a hole in any table at the start.
"""
