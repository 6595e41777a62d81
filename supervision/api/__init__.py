"""督办件 by a program."""
