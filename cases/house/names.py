"""Names and superiors of units, set on their day."""

from datetime import date, timedelta

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.accounts.tree import rebuild_paths

_LONGEST_ALIASES = 200


def rename(unit: Unit, name: str, short_name: str, day: date) -> None:
    """Give the unit a new name from the day on; papers of earlier days keep the old one, by which it is found still."""
    last = day - timedelta(days=1)
    unit.former_names = [*unit.former_names, [unit.name, unit.short_name, last.isoformat()]]
    known = [word for word in unit.aliases.split("、") if word]
    aliases = "、".join(dict.fromkeys([*known, unit.name, unit.short_name]))
    if len(aliases) <= _LONGEST_ALIASES:
        unit.aliases = aliases
    unit.name, unit.short_name = name, short_name
    unit.save(update_fields=["name", "short_name", "aliases", "former_names", "words"])


def move(unit: Unit, parent: Unit) -> None:
    """Put the unit, and all below it, under another superior from now on."""
    unit.parent = parent
    unit.save(update_fields=["parent"])
    rebuild_paths()
