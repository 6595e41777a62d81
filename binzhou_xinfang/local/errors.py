"""Errors of the local machinery, each a sentence for the person at the keyboard."""


class LocalError(Exception):
    """Error that somebody has to put right on this machine first; the message says what and how."""
