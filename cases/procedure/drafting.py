"""An opinion while it is written: what still hinders its signature, and the letter as it would be printed now."""

from datetime import date

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.issuing import sketch
from binzhou_xinfang.letters.kinds.handling import OPINION
from binzhou_xinfang.letters.models import Letter
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.overlay import Norm
from cases.facts.matter import arrival
from cases.models import PetitionCase
from cases.procedure.letters.handling import notice, worded
from cases.procedure.opinion import Wording, faults_of, refuse_same_again
from cases.procedure.reply import is_redo

# Stand where an answer is not written yet.
_MARKS = {"request": "", "outcome": "〔未选：处理意见〕", "opinion": "〔未填：答复内容〕"}


def faults_so_far(case: PetitionCase, wording: Wording, *, on: date) -> list[str]:
    """List what stands in the way of the signature, by the rules of draft and signature."""
    faults = faults_of(case, wording, on=on)
    if is_redo(case) and current_rulebook().on(on).is_in_force(Norm.REDO_DIFFERS):
        try:
            refuse_same_again(case, wording.answers)
        except Refusal as fault:
            faults.append(fault)
    return [str(fault) for fault in faults]


def sketch_opinion(case: PetitionCase, wording: Wording, *, by: Post, on: date) -> Letter:
    """Sketch the letter of the opinion; what is not written yet is marked. Raises Refusal as `sketch`."""
    words = worded(case, wording, on=on)
    marked = [{key: said or _MARKS[key] for key, said in answer.items()} for answer in words["answers"]]
    facts = arrival(case) | notice(case, on, by) | words | {"answers": marked}
    return sketch(OPINION, unit=by.unit, on=on, facts=facts, by=by)
