"""Work that a unit still has in hand, for who would end it by a date alone."""

from binzhou_xinfang.accounts.models import Unit
from cases.handover.belongings import columns_of
from cases.handover.orders import Order, matters_of
from cases.models import HandOverKind


def held_by(unit: Unit) -> str:
    """Word what the unit has in hand, without 检举控告, of which nobody is told; "" for nothing."""
    matters = matters_of(Order(HandOverKind.ENDED, unit, "")).filter(is_sealed=False)
    counts = [("在办事项", matters.filter(closed_on=None).count(), "件")]
    counts += [(column.rule.label, column.rows(unit.pk).count(), "个") for column in columns_of(Unit, of_matters=False)]
    return "、".join(f"{label}{number}{word}" for label, number, word in counts if number)
