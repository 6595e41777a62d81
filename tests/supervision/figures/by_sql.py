# ruff: noqa: S608  The statements are put together of words of this file alone.
"""Every figure counted a second time, in plain SQL that was written from its words and not from its code.

Each statement gives one row a thing: `key` (counted once), `unit` (of which it is told), `good`, `waits` (未到期), `n`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from binzhou_xinfang.statute.periods import PERIODS, Rule
from supervision.figures.figure import Period

_FIRST = """c.people BETWEEN 1 AND 9999 AND c.follows_id IS NULL AND c.kind <> 'litigation'
    AND c.channel IN ('letter', 'visit', 'web', 'message-board', 'leader-mailbox')"""
_SEEN = "c.id = ANY(%(seen)s) AND NOT c.is_sealed AND c.state <> 'voided'"
_BEFORE = "(d.lapsed_at AT TIME ZONE 'Asia/Shanghai')::date <= d.legal_on"
_LATE = f"(d.met_on > d.MODE OR d.cancelled_on > d.MODE OR coalesce({_BEFORE}, false))"
_DEAD = f"""cases_deadline d JOIN cases_petitioncase c ON c.id = d.case_id
    WHERE {_SEEN} AND d.MODE BETWEEN %(since)s AND %(until)s AND (d.cancelled_on IS NULL OR {_LATE})"""
_ARRIVED = f"""cases_petition p JOIN cases_petitioncase c ON c.id = p.case_id
    WHERE {_SEEN} AND (p.registered_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN %(since)s AND %(until)s"""
_AGAIN = "(p.is_repeat OR c.follows_id IS NOT NULL OR c.merged_into_id IS NOT NULL)"
_OPENED = f"""cases_petitioncase c
    WHERE {_SEEN} AND (c.registered_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN %(since)s AND %(until)s"""
_CAUSE = "supervision_supervisioncase s JOIN cases_petitioncase c ON c.id = s.case_id WHERE s.id = ANY(%(causes)s)"
_PROPOSED = f"""{_CAUSE} AND NOT c.is_sealed AND s.stage <> 'dropped'
    AND s.measure IN ('improvement', 'policy', 'liability') AND (s.issued_on BETWEEN %(since)s AND %(until)s
    OR (s.issued_on IS NULL
        AND (s.opened_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN %(since)s AND %(until)s))"""


def _rules(rules: Iterable[Rule]) -> str:
    return ", ".join(f"'{rule.value}'" for rule in rules)


_OWED = [rule for rule in Rule if not PERIODS[rule].gives_right]
_ANSWERS = [Rule.LETTER_FEEDBACK, Rule.RECTIFICATION]
_TOLD = [r for r in _OWED if r not in (*_ANSWERS, Rule.PROPOSAL_FEEDBACK) and not PERIODS[r].is_internal]


def _clocks(rule: str) -> str:
    return f"""SELECT d.case_id AS key, d.unit_id AS unit,
        d.met_on <= d.MODE AND NOT coalesce({_BEFORE}, false) AS good,
        d.met_on IS NULL AND d.cancelled_on IS NULL AND (d.MODE >= %(on)s OR d.suspended_on IS NOT NULL)
            AND NOT coalesce({_BEFORE}, false) AS waits, 1 AS n
        FROM {_DEAD} AND {_FIRST} AND d.rule = '{rule}'"""


def _arrivals(where: str = "true", *, n: str = "1", unit: str = "p.unit_id") -> str:
    return f"SELECT p.id AS key, {unit} AS unit, true AS good, false AS waits, {n} AS n FROM {_ARRIVED} AND {where}"


def _matters(rows: str, unit: str) -> str:
    return f"SELECT c.id AS key, {unit} AS unit, true AS good, false AS waits, 1 AS n FROM {rows}"


def _said(about: str, good: str) -> str:
    return f"""SELECT e.case_id AS key, e.unit_id AS unit, {good} AS good, false AS waits, 1 AS n
        FROM cases_evaluation e JOIN cases_petitioncase c ON c.id = e.case_id
        WHERE {_SEEN} AND {_FIRST} AND e.object = '{about}' AND e.given_on BETWEEN %(since)s AND %(until)s"""


def _taking_part(about: str, has: str, unit: str) -> str:
    return f"""{_said(about, "true")} UNION ALL
        SELECT c.id, {unit}, false, false, 1 FROM {_DEAD} AND {_FIRST} AND d.rule = 'evaluation'
        AND d.lapsed_at IS NOT NULL AND {has}
        AND NOT EXISTS (SELECT FROM cases_evaluation e WHERE e.case_id = c.id AND e.object = '{about}')"""


def _duties(where: str, *, key: str = "d.id", seen: str = _SEEN) -> str:
    return f"""SELECT {key} AS key, d.unit_id AS unit, true AS good, false AS waits, 1 AS n
        FROM cases_deadline d JOIN cases_petitioncase c ON c.id = d.case_id WHERE {seen} AND {where}"""


_RUNS = f"d.met_on IS NULL AND d.cancelled_on IS NULL AND d.suspended_on IS NULL AND d.rule IN ({_rules(_OWED)})"
_WATCHED = "c.id = ANY(%(seen)s)"
_MISSED = f"""d.legal_on BETWEEN %(since)s AND %(until)s AND ({_LATE.replace("MODE", "legal_on")} OR (d.met_on IS NULL
    AND d.cancelled_on IS NULL AND d.suspended_on IS NULL AND d.legal_on < %(on)s))"""


def _causes(where: str, rows: str = _CAUSE, key: str = "s.id") -> str:
    return f"""SELECT {key} AS key, s.unit_id AS unit, true AS good, false AS waits, 1 AS n FROM {rows} AND {where}"""


def _measure(measure: str) -> str:
    return _causes(f"{_SEEN} AND s.measure = '{measure}' AND s.issued_on BETWEEN %(since)s AND %(until)s")


def _answered(adoption: str) -> str:
    return _causes(
        f"""EXISTS (SELECT FROM supervision_answer a WHERE a.supervision_id = s.id AND a.adoption = '{adoption}'
        AND a.is_accepted IS DISTINCT FROM false)""",
        _PROPOSED,
    )


_OUT = "s.stage = 'issued'"
_CHECKED = "EXISTS (SELECT FROM cases_letterdraft l WHERE l.id = s.draft_id AND l.state = 'checked')"
_LAST_DAY = "EXISTS (SELECT FROM cases_deadline d WHERE d.id = s.clock_id AND d.legal_on < %(on)s)"
_EVENTS = f"""SELECT v.case_id AS key, v.unit_id AS unit, true AS good, false AS waits, 1 AS n
    FROM cases_caseevent v JOIN cases_petitioncase c ON c.id = v.case_id WHERE {_SEEN} AND v.kind = 'KIND'
    AND (v.happened_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN %(since)s AND %(until)s"""
_THIRTIETH = "(c.registered_at AT TIME ZONE 'Asia/Shanghai')::date + 30"
_ACCEPTED = f"""EXISTS (SELECT FROM cases_deadline d WHERE d.case_id = c.id AND d.met_on <= {_THIRTIETH}
    AND d.rule IN ('notice', 'simple-acceptance'))"""
_VISIT = "p.channel = 'visit'"

SQL: Mapping[str, str] = {
    "office": _clocks("triage"),
    "unit": f"""SELECT c.id AS key, c.responsible_id AS unit, {_ACCEPTED} AS good,
        NOT {_ACCEPTED} AND {_THIRTIETH} >= %(on)s AS waits, 1 AS n FROM cases_petitioncase c
        WHERE {_SEEN} AND {_FIRST} AND c.responsible_id IS NOT NULL AND {_THIRTIETH} BETWEEN %(since)s AND %(until)s""",
    "answered": _clocks("handling"),
    "repeated": f"""SELECT p.id AS key, c.responsible_id AS unit, {_AGAIN} AS good, false AS waits, 1 AS n
        FROM {_ARRIVED} AND c.kind <> 'litigation' AND p.people BETWEEN 1 AND 9999
        AND p.channel IN ('letter', 'visit', 'web', 'message-board', 'leader-mailbox')""",
    "satisfied-office": _said("office", "e.verdict <> 'unsatisfied'"),
    "satisfied-unit": _said("unit", "e.verdict <> 'unsatisfied'"),
    "evaluated-office": _taking_part(
        "office",
        "EXISTS (SELECT FROM accounts_unit u WHERE u.id = c.registered_unit_id AND u.kind = 'petition-office')",
        "c.registered_unit_id",
    ),
    "evaluated-unit": _taking_part("unit", "c.responsible_id IS NOT NULL", "c.responsible_id"),
    "arrivals": _arrivals(),
    "people": _arrivals(n="p.people"),
    "matters": _matters(_OPENED, "c.registered_unit_id"),
    "closed": _matters(
        f"cases_petitioncase c WHERE {_SEEN} AND c.closed_on BETWEEN %(since)s AND %(until)s", "c.responsible_id"
    ),
    "referred": _EVENTS.replace("KIND", "refer"),
    "assigned": _EVENTS.replace("KIND", "assign"),
    "complained": _matters(f"{_OPENED} AND c.accused_unit_id IS NOT NULL", "c.accused_unit_id"),
    "complained-named": _matters(
        f"{_OPENED} AND c.accused_unit_id IS NULL AND c.accused <> ''", "c.registered_unit_id"
    ),
    "visits": _arrivals(_VISIT),
    "visitors": _arrivals(_VISIT, n="p.people"),
    "group-visits": _arrivals(f"{_VISIT} AND p.is_group"),
    "group-visitors": _arrivals(f"{_VISIT} AND p.is_group", n="p.people"),
    "repeats": _arrivals(_AGAIN, unit="c.responsible_id"),
    "overdue-duties": _duties(f"{_RUNS} AND d.legal_on < %(on)s", seen=_WATCHED),
    "overdue-matters": _duties(f"{_RUNS} AND d.legal_on < %(on)s", seen=_WATCHED, key="c.id"),
    "soon-duties": _duties(f"{_RUNS} AND d.legal_on BETWEEN %(on)s AND %(on)s::date + 3", seen=_WATCHED),
    "late": _duties(f"{_MISSED} AND d.rule IN ({_rules(_TOLD)})"),
    "unanswered": _duties(f"{_MISSED} AND d.rule IN ({_rules(_ANSWERS)})"),
    "listed": _causes(
        f"""{_SEEN} AND s.measure = 'listing' AND s.issued_on <= %(until)s AND (s.settled_at IS NULL
        OR (s.settled_at AT TIME ZONE 'Asia/Shanghai')::date >= %(since)s)""",
        key="c.id",
    ),
    "unsatisfied": f"""SELECT e.id AS key, e.unit_id AS unit, true AS good, false AS waits, 1 AS n
        FROM cases_evaluation e JOIN cases_petitioncase c ON c.id = e.case_id
        WHERE {_SEEN} AND e.verdict = 'unsatisfied' AND e.given_on BETWEEN %(since)s AND %(until)s""",
    "letters": _measure("supervision"),
    **{
        f"issued-{measure}": _measure(measure)
        for measure in ("risk", "accountability", "online", "phone", "site", "talk", "listing")
    },
    "wait-pending": _causes("s.stage = 'pending'"),
    "wait-check": _causes(f"s.stage = 'drafted' AND NOT {_CHECKED}"),
    "wait-signature": _causes(f"s.stage = 'drafted' AND {_CHECKED}"),
    "wait-receipt": _causes(f"{_OUT} AND s.received_at IS NULL AND s.unit_id <> s.office_id"),
    "wait-answer": _causes(_OUT),
    "wait-late": _causes(f"{_OUT} AND {_LAST_DAY}"),
    "wait-judging": _causes("s.stage = 'answered'"),
    "wait-proposals": _causes(f"{_OUT} AND s.measure IN ('improvement', 'policy', 'liability')"),
    "proposals-preparing": _causes("s.issued_on IS NULL", _PROPOSED),
    "proposals-issued": _causes("s.issued_on IS NOT NULL", _PROPOSED),
    "proposals-adopted": _answered("adopted"),
    "proposals-partly": _answered("partly"),
    "proposals-refused": _answered("refused"),
    "proposals-waiting": _causes(_OUT, _PROPOSED),
    "proposals-late": _causes(f"{_OUT} AND {_LAST_DAY}", _PROPOSED),
    "proposals-verified": _causes("s.stage = 'settled'", _PROPOSED),
}


@dataclass(frozen=True)
class Sight:
    """Keys of the matters and 督办件 within which a figure is counted, and of the unit it is told of."""

    seen: list[int]
    causes: list[int]
    unit: int | None = None


def count(slug: str, sight: Sight, period: Period) -> tuple[int, int, int]:
    """Count a figure in SQL: what is counted (or summed), what of it is good, what is not due yet."""
    rows = SQL[slug].replace("MODE", f"{period.mode}_on")
    told = "WHERE one.unit = %(unit)s" if sight.unit is not None else ""
    grouped = f"""SELECT bool_or(good) AS good, bool_or(waits) AS waits, max(n) AS n
        FROM ({rows}) AS one {told} GROUP BY key"""
    values: dict[str, Any] = {
        "seen": sight.seen, "causes": sight.causes, "unit": sight.unit, "since": period.since, "until": period.until,
        "on": period.on,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT coalesce(sum(n), 0), coalesce(sum(n) FILTER (WHERE good), 0),
                coalesce(sum(n) FILTER (WHERE waits AND good IS NOT TRUE), 0) FROM ({grouped}) AS each""",
            values,
        )
        counted, good, waits = cursor.fetchone()
    return int(counted), int(good), int(waits)
