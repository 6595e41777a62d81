"""Doors of 文书送达."""
