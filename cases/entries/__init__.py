"""登记项: entries of registration; each is declared once beside its column, and every surface reads the declaration.

The form of the window and its API, the page of the matter, the receipt, the registration form letter, the whole file,
the import and the demo go over `declaration.entries_of(model)`: a new optional entry is one line in the model and a
migration. What a column without `entered` is, stands in `KEPT` of its model's module with the reason.
"""
