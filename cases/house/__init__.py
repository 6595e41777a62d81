"""维护: units, people, posts and powers, each act with its preview, its reason and its event in the house's ledger.

`acts.take` runs an act of a table (`units.ACTS`, `people.ACTS`, `grants.ACTS`, `change_acts.ACTS`): it locks the
ledger, asks for the right, refuses a form that is older than the last event, lets the act do its work, and writes the
event, in one transaction. Pages and API read the same tables and the same forms. Nobody grants alone: what gives a
power is asked for by an administrator and given by the 安全保密管理员 (`grants`); what is secret of it reaches its
owner alone. Nobody moves, ends or reopens a unit alone either (`change_acts`). What is to change on a day to come is
kept (`UnitChange`) and carried out by the beat (`changes.carry_out_due`).
"""
