"""Roles of hearings: who prepares them, who keeps the pool of experts, who looks."""

from binzhou_xinfang.accounts.roles import CLERKS, LEADERS, TRIAGERS, Role

# The units that handle, and the body of review (鲁政办发〔2006〕31号: 责任单位、复查复核机构组织听证).
PREPARE = frozenset({Role.UNIT_HANDLER, Role.UNIT_HEAD, Role.REVIEWER})
# The petition office chooses the people of the pool.
POOL_KEEPERS = TRIAGERS
POOL_READERS = POOL_KEEPERS | PREPARE | LEADERS | {Role.INSPECTOR}
# Who books a place or a person's time, and who enters the places of the own office.
BOOKERS = PREPARE | CLERKS | {Role.COUNSELLOR}
PLACE_KEEPERS = TRIAGERS | {Role.UNIT_HEAD, Role.REVIEWER}
# 调解点: the petition office and the organs of mediation keep them; whoever refers, mediates or oversees looks.
POINT_KEEPERS = TRIAGERS | {Role.UNIT_HEAD}
# Who refers a matter that it has in hand, and who mediates at a point: there the counsellors, or the unit's own people.
REFER = frozenset({Role.UNIT_HANDLER, Role.UNIT_HEAD})
MEDIATORS = REFER | TRIAGERS | {Role.COUNSELLOR}
MEDIATION_READERS = MEDIATORS | LEADERS | {Role.INSPECTOR, Role.REVIEWER, Role.WINDOW_CLERK}
POINT_READERS = BOOKERS | LEADERS | {Role.INSPECTOR, Role.DISCIPLINE}
