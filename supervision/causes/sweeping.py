"""Causes of supervision found in the transaction of the sweep: one statement for the whole batch."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django.db import connection
from django.utils import timezone

from binzhou_xinfang.accounts.models import Unit, UnitKind
from binzhou_xinfang.records.crypto import Encrypted
from binzhou_xinfang.statute.models import current_calendar, current_rulebook
from binzhou_xinfang.statute.periods import PERIODS, Rule
from binzhou_xinfang.statute.reckoning import reckon
from cases.clocks.ladder import arm
from cases.models import Alert, Deadline, PetitionCase
from supervision.causes.life import causes
from supervision.causes.watching import OF_OFFICE
from supervision.models import OPEN_STAGES, TRIGGER_OF_RULE, SupervisionCase, Trigger

_CAUSES, _UNITS = SupervisionCase._meta.db_table, Unit._meta.db_table

# By whom: `opening.overseer_of`. 检举控告 is
# supervised by those alone for whom it exists; the ladder opens nothing there. While a 督办件 of the same measure for
# the same clock is not over, another rung is no other cause, be it that the office has moved it.
_OPEN = f"""
    WITH opened AS (
    INSERT INTO {_CAUSES} (case_id, office_id, unit_id, deadline_id, measure, trigger, key, problem,
        article, opened_at, stage, note, level, facts)
    SELECT DISTINCT ON (clock.id, alert.consequence)
        matter.id, over.id,
        coalesce(clock.unit_id, matter.holder_id), clock.id,
        alert.consequence, told.trigger,
        concat_ws(':', alert.consequence, clock.id, alert.due_on, alert.days),
        CASE WHEN alert.days > 0 THEN told.late ELSE told.near END,
        told.article, %(at)s, %(stage)s, '', '', %(facts)s
    FROM {Alert._meta.db_table} AS alert
    JOIN {Deadline._meta.db_table} AS clock ON clock.id = alert.deadline_id
    JOIN {PetitionCase._meta.db_table} AS matter ON matter.id = clock.case_id AND NOT matter.is_sealed
    JOIN unnest(%(rules)s::text[], %(late)s::bytea[], %(near)s::bytea[], %(articles)s::text[], %(triggers)s::text[])
        AS told(rule, late, near, article, trigger)
        ON told.rule = clock.rule
    LEFT JOIN {_UNITS} AS assigner ON assigner.id = matter.assigner_id AND assigner.kind = %(kind)s
    LEFT JOIN {_UNITS} AS sender ON sender.id = matter.sender_id AND sender.kind = %(kind)s
    JOIN {_UNITS} AS taker ON taker.id = matter.registered_unit_id
    LEFT JOIN {_UNITS} AS office ON office.id = taker.id AND office.kind = %(kind)s
    JOIN {_UNITS} AS debtor ON debtor.id = coalesce(clock.unit_id, matter.holder_id)
    LEFT JOIN LATERAL (
        SELECT unit.id FROM {_UNITS} AS unit JOIN {_UNITS} AS place ON place.id = unit.parent_id
        WHERE coalesce(coalesce(assigner.id, sender.id, office.id) = debtor.id, true) AND unit.kind = %(kind)s
            AND unit.valid_to IS NULL AND unit.id <> debtor.id
            AND starts_with(CASE WHEN coalesce(assigner.id, sender.id, office.id) = debtor.id
                THEN debtor.path ELSE taker.path END, place.path)
        ORDER BY length(place.path) DESC, unit.id LIMIT 1
    ) AS above ON true
    JOIN LATERAL (
        SELECT coalesce(above.id, assigner.id, sender.id, office.id) AS id
    ) AS over ON over.id <> debtor.id
    WHERE alert.deadline_id = ANY(%(ids)s) AND alert.recorded_at = %(at)s AND alert.consequence <> ''
        AND NOT EXISTS (
            SELECT FROM {_CAUSES} AS earlier WHERE earlier.deadline_id = clock.id
                AND earlier.measure = alert.consequence AND earlier.stage = ANY(%(open)s::text[])
        )
    ORDER BY clock.id, alert.consequence, alert.days
    ON CONFLICT (key) DO NOTHING RETURNING id, case_id, office_id
    )
    INSERT INTO {Deadline._meta.db_table} (case_id, rule, unit_id, subject, started_on, extended_by, strict_on,
        legal_on, is_provisional, excluded, alerted_until, next_alert_at)
    SELECT case_id, %(own)s, office_id, concat('supervision:', id, %(mark)s), %(started_on)s, 0, %(strict_on)s,
        %(legal_on)s, %(is_provisional)s, '[]', %(alerted_until)s, %(next_alert_at)s FROM opened
"""  # noqa: S608  names of the code


def open_causes(ids: Sequence[int], at: datetime) -> int:
    """Open a 督办件 for each rung just reached that asks for one, with the clock of the office that decides on it, and
    count them; hangs on `AFTER_RUNGS`."""
    rules, own = list(Rule), _own_clock(at)
    values: dict[str, Any] = {
        "ids": list(ids),
        "at": at,
        "triggers": [TRIGGER_OF_RULE.get(rule, Trigger.DEADLINE).value for rule in rules],
        "stage": causes.entry.value,
        "open": [stage.value for stage in OPEN_STAGES],
        "kind": UnitKind.PETITION_OFFICE.value,
        "rules": [rule.value for rule in rules],
        "late": [_stored("problem", f"{rule.label}届满未完成") for rule in rules],
        "near": [_stored("problem", f"{rule.label}即将届满") for rule in rules],
        "facts": _stored("facts", {}),
        "articles": [PERIODS[rule].article for rule in rules],
        "own": own.rule,
        "mark": OF_OFFICE,
    } | {name: getattr(own, name) for name in _COLUMNS}
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, values)
        return int(cursor.rowcount)


def _stored(column: str, value: Any) -> Any:
    """Write the value as it stands in a column of the 督办件."""
    field = cast("Encrypted", SupervisionCase._meta.get_field(column))
    return field.get_db_prep_value(value, connection)


_COLUMNS = ("started_on", "strict_on", "legal_on", "is_provisional", "alerted_until", "next_alert_at")


def is_of_lapse(cause: SupervisionCase) -> bool:
    """Check that a rung after the last day brought it up, by its key as `_OPEN` writes it."""
    days = cause.key.rpartition(":")[2]
    return cause.deadline_id is not None and days.isdecimal() and int(days) > 0


def _own_clock(at: datetime) -> Deadline:
    """Make the pattern of the clocks that start at this moment."""
    on, book = timezone.localdate(at), current_rulebook()
    period = book.period(Rule.OVERSIGHT, on)
    due = reckon(Rule.OVERSIGHT, on, calendar=current_calendar(), period=period)
    own = Deadline(
        rule=Rule.OVERSIGHT.value, started_on=on, strict_on=due.strict, legal_on=due.legal,
        is_provisional=due.provisional,
    )  # fmt: skip
    arm(own, book.on(on).ladder(Rule.OVERSIGHT), at=at)
    return own
