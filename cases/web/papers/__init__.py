"""Doors of the papers printed at the counter."""
