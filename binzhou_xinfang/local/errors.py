"""What stops the local machinery, in a sentence for the person at the keyboard."""


class LocalError(Exception):
    """Something on this machine has to be put right first; the message says what and how."""
