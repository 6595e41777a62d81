"""督办: causes and their measures, circulars, inspections, figures. It reads the matters of `cases`, which knows
nothing of it."""
