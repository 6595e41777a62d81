"""本机: PostgreSQL and Redis out of installed packages, for a machine that has none; the commands behind the
Makefile.

Stands apart: it imports nothing of ours, and settings may ask it where the servers listen.
"""
