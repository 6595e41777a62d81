"""维护: units, people, posts and powers, each act with its preview, its reason and its event in the house's ledger.

`acts.take` runs an act of a table (`units.ACTS`, `people.ACTS`, `posts.ACTS`, `grants.ACTS`): it locks the ledger, asks
for the right, refuses a form that is older than the last event, lets the act do its work, and writes the event, in one
transaction. Pages and API read the same tables and the same forms. Nobody grants alone: what gives a power is asked for
by an administrator and given by the 安全保密管理员 (`grants`); what is secret of it reaches its owner
alone. A name or a superior that changes on a day to come is
kept (`UnitChange`) and carried out by the beat (`planned.carry_out_due`).
"""
