"""听证: its rooms are still to be built; `cases` never imports it."""
