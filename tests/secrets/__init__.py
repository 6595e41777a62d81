"""Secrets of people: one matter with a number of every kind in every text, sought wherever the house shows or keeps
something."""
