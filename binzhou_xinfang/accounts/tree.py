"""Upkeep of the paths of the unit tree."""

from binzhou_xinfang.accounts.models import Unit, path_below


def rebuild_paths() -> int:
    """Make every path follow its unit's superiors again; answers how many were changed."""
    units = {unit.pk: unit for unit in Unit.objects.only("pk", "code", "parent_id", "path")}
    changed = []
    # Parents first: the path below needs the path above. The database lets no circle in.
    for unit in sorted(units.values(), key=lambda unit: _depth(unit, units)):
        path = path_below(units[unit.parent_id] if unit.parent_id else None, unit.code)
        if unit.path != path:
            unit.path = path
            changed.append(unit)
    Unit.objects.bulk_update(changed, ["path"])
    return len(changed)


def _depth(unit: Unit, units: dict[int, Unit]) -> int:
    return 1 + _depth(units[unit.parent_id], units) if unit.parent_id else 0
