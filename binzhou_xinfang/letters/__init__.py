"""文书: official letters: kinds, facts, wording, numbers, the paper itself. Tables keep the app label `records`.

- `issuing.issue(kind, unit=, on=, facts=, by=)` numbers without gaps per unit, kind and year (滨信告〔2026〕12号),
  words the letter from `templates/letters/<kind>.txt` and keeps it as issued; a missing fact is a `Refusal`.
  `issuing.sketch` shows it before.
- `storage.file_of(letter)` is its one .docx, made within a minute or at the first need, the same bytes ever after.
- `page_count` lays out by GB/T 9704, the same on every machine. `own_templates` are the bureau's own .docx: a check
  lets through fields, `if`, and `for` over facts with lines; nothing else reaches Jinja.
"""
