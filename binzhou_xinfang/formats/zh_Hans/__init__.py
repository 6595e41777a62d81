"""Formats of the language of the office."""
