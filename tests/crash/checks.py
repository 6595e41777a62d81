"""Questions to the database after a fault: was each acknowledged act done, and each thing once?"""

from collections import Counter
from dataclasses import dataclass

from tests.crash.ground import Ground
from tests.crash.load import Acknowledged
from tests.crash.stack import _CLOCKS, RULE

# Each gives a row for what must not be.
_MUST_NOT_BE = {
    "a gap in the numbers of arrivals": """
        SELECT name FROM records_counter JOIN (
            SELECT count(*) AS found,
                'petition/' || regexp_replace(lower(number), '-([0-9]{4})-[0-9]+$', '/\\1') AS name
            FROM cases_petition GROUP BY 2) AS numbered USING (name) WHERE value <> found""",
    "a gap in the numbers of letters": """
        SELECT unit_id, kind, year FROM records_letter WHERE serial > 0
        GROUP BY unit_id, kind, year, is_sealed HAVING max(serial) <> count(*)""",
    "a gap in a chain of events": """
        SELECT case_id FROM cases_caseevent GROUP BY case_id HAVING max(seq) <> count(*)""",
    "a matter without its first clock, or with two": f"""
        SELECT matter.id FROM cases_petitioncase AS matter
        LEFT JOIN cases_deadline AS clock ON clock.case_id = matter.id AND clock.rule <> '{RULE}'
            AND clock.met_on IS NULL AND clock.cancelled_on IS NULL
        GROUP BY matter.id HAVING count(clock.id) = 0 OR count(clock.id) <> count(DISTINCT clock.rule)""",  # noqa: S608
    "an alert that was written twice": """
        SELECT deadline_id FROM cases_alert GROUP BY deadline_id, days, due_on HAVING count(*) > 1""",
    "an alert that is not told, or twice": """
        SELECT alert.id FROM cases_alert AS alert
        LEFT JOIN notices_outbox AS line ON line.topic = 'alert' AND line.subject = alert.id
        GROUP BY alert.id HAVING count(line.id) <> 1""",
    "a message that was written twice": """
        SELECT outbox_id FROM notices_message GROUP BY outbox_id, user_id, channel HAVING count(*) > 1""",
    "a clock told to somebody of more than one rung": """
        SELECT message.user_id FROM notices_message AS message
        JOIN notices_outbox AS line ON line.id = message.outbox_id
        JOIN cases_alert AS alert ON line.topic = 'alert' AND alert.id = line.subject
        WHERE message.channel = 'bell'
        GROUP BY message.user_id, alert.deadline_id, alert.recorded_at HAVING count(*) > 1""",
    "a clock that was set aside": "SELECT id FROM cases_deadline WHERE set_aside_at IS NOT NULL",
    "a letter that was written twice": """
        SELECT letter_id FROM records_letterfile GROUP BY letter_id HAVING count(*) > 1""",
}  # fmt: skip


@dataclass(frozen=True)
class Held:
    """The result of one fault. `broken`: what must not be and is."""

    acknowledged: int
    lost: int
    doubled: int
    broken: tuple[str, ...]


def hold(ground: Ground, done: Acknowledged) -> Held:
    """Compare what was acknowledged with what there is."""
    found: dict[str, list[str]] = {}
    for number, content in ground.rows("SELECT number, content FROM cases_petition"):
        found.setdefault(content.rpartition("。")[2], []).append(number)
    # An event bears the name of its move; a matter has each of them once.
    events = Counter(
        ground.rows(
            "SELECT matter.number, event.kind FROM cases_caseevent AS event"
            " JOIN cases_petitioncase AS matter ON matter.id = event.case_id"
        )
    )
    lost = sum(number not in found.get(mark, ()) for mark, number in done.registered.items())
    lost += sum(events[act] == 0 for act in done.moved)
    doubled = sum(len(numbers) > 1 for numbers in found.values())
    doubled += sum(number > 1 for (_, kind), number in events.items() if kind in ("triage", "refer"))
    broken = [what for what, statement in _MUST_NOT_BE.items() if ground.rows(statement)]
    if not ground.manage("verify_audit"):
        broken.append("verify_audit finds something altered")
    return Held(done.acts, lost, doubled, tuple(broken))


def fill_clocks(ground: Ground, number: int, due: str) -> None:
    """So many running clocks whose first rung has been reached a minute ago."""
    with ground.cursor() as cursor:
        cursor.execute(_CLOCKS, {"rule": RULE, "due": due, "number": number})


def untold(ground: Ground) -> int:
    """The clocks of `fill_clocks` that no sweep has come to."""
    return int(
        ground.rows(
            "SELECT count(*) FROM cases_deadline AS clock WHERE rule = %s"
            " AND NOT EXISTS (SELECT 1 FROM cases_alert WHERE deadline_id = clock.id)",
            RULE,
        )[0][0]
    )
