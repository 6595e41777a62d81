"""督办件: one cause with its measure on its road from opening to settlement; 三函 and 三项建议 by letter, 督查 and
挂牌督办 by record.

- A cause is opened by the sweep (`sweeping`), by a move or an evaluation (`triggers`), by an inspection or a person,
  all through `opening.open_cause`; its unique `key` brings nothing up twice for one cause, and nothing for a sealed
  matter.
- A letter goes out by three hands (`cases.drafts`); its answer has a clock of its own, told from others by
  `Deadline.subject`.
- A proposal or 问责建议函 goes to a body that need not know the matter (`Measure.is_told_elsewhere`): it reads what it
  was sent and answers with what it adopts, and its clock does not lead the matter's list.
- `PetitionCase.is_supervised` (督办中) lets an inspector read a matter that has not lapsed.
"""
