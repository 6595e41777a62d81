"""What each kind of letter has to be told before it can be written (reference §10.1, §10.2, §10.5).

Days are `date` objects, the moment of a hearing is a text. `LISTS` are several paragraphs; a text with line breaks will
do. `ROWS` are lists of mappings with the keys named there; all other text is put on one line.
"""

from binzhou_xinfang.letters.facts.labels import FACT_LABELS, ROWS
from binzhou_xinfang.letters.facts.optional import OPTIONAL_FACTS
from binzhou_xinfang.letters.facts.required import FACTS, LISTS

__all__ = ["FACTS", "FACT_LABELS", "LISTS", "OPTIONAL_FACTS", "ROWS"]
