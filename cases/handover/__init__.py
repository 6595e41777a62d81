"""承接移交: one act for a body that ends, merges or is split, and for a person who leaves (条例第二十四条第二款).

`belongings` says of every column that names a unit or a person whether it goes along or stays as history; `orders`
checks what is ordered and divides it, `preview` shows it before, `acts` carries it out: the record and the plan in one
transaction, then matter by matter in batches that go on after a fall (`acts.advance`).
Clocks keep their days. `stragglers` finds what came to the body on its last day.
"""
