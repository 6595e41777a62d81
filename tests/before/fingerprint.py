"""Fingerprint of rows that exist and must not change: a few columns of each table, read through the models by label."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils import timezone

# By label: the column that names a row to people, and the columns that are held. `__` leads to another row.
TOLD: dict[str, tuple[str, ...]] = {
    "accounts.Unit": ("code", "name", "path", "letter_mark"),
    "accounts.User": ("username", "name", "is_active"),
    "accounts.Post": ("pk", "user__username", "unit__code", "role", "from_on", "to_on", "reads_sealed"),
    "accounts.ApiToken": ("pk", "user__username", "digest"),
    "statute.Holiday": ("day", "kind", "name", "source"),
    "statute.SettingChange": ("pk", "key", "value", "effective_from", "reason", "by_user__username"),
    "records.Counter": ("name", "value"),
    "records.Anchor": ("day", "tables", "ends", "previous_hash", "hash"),
    "records.StoredFile": ("sha256", "size", "content_type"),
    "records.LetterTemplate": ("pk", "kind", "file__sha256", "name", "put_by__username"),
    "records.Letter": (
        "pk", "number", "kind", "unit__code", "issuer", "year", "serial", "is_sealed", "title", "addressee",
        "paragraphs", "facts", "issued_on", "issued_by__username", "sha256", "own_template_id",
    ),
    "records.LetterFile": ("letter__number", "file__sha256"),
    "records.AccessLog": ("pk", "user__username", "act", "subject", "reason"),
    "cases.Topic": ("code", "level_1", "level_2", "level_3", "is_current"),
    "cases.Petitioner": ("pk", "name", "id_number", "id_digest", "phone", "phone_digest", "address", "is_anonymous"),
    "cases.Petition": (
        "number", "case__number", "lead_id", "channel", "arrived_on", "content", "people", "unit__code",
        "query_digest",
    ),
    "cases.Companion": ("pk", "petition__number", "petitioner_id", "role"),
    "cases.PetitionCase": (
        "number", "title", "summary", "state", "previous_state", "kind", "legal_way", "topic_id", "holder__code",
        "sender__code", "responsible__code", "assignee__username", "registered_unit__code", "received_on", "due_on",
        "due_rule", "last_move", "last_move_at", "closed_on", "outcomes", "is_sealed", "is_simple", "is_assigned",
        "is_urgent", "is_group", "is_joint", "is_supervised", "needs_assigner", "owes_execution", "drafter__username",
        "merged_into__number", "follows__number", "retention_years", "recused", "co_handlers", "review_result",
        "was_heard", "last_answer", "end_ground", "petition_count", "version",
    ),
    "cases.CaseRequest": ("pk", "case__number", "order", "text"),
    "cases.Deadline": (
        "pk", "case__number", "rule", "unit__code", "subject", "started_on", "days", "extended_by", "strict_on",
        "legal_on", "is_provisional", "excluded", "suspended_on", "met_on", "cancelled_on", "next_alert_at",
        "lapsed_at",
    ),
    "cases.Alert": ("pk", "deadline_id", "days", "audience", "consequence", "due_on", "reached_at"),
    "cases.CaseEvent": (
        "pk", "case__number", "seq", "kind", "actor__username", "actor_name", "unit__code", "happened_at", "detail",
        "previous_hash", "hash",
    ),
    "cases.CaseLetter": ("pk", "case__number", "letter__number", "move"),
    "cases.CaseAttachment": ("pk", "case__number", "file__sha256", "name", "unit__code"),
    "cases.Opinion": ("pk", "case__number", "facts", "basis"),
    "cases.RequestAnswer": ("pk", "request_id", "result", "text"),
    "cases.Review": ("pk", "case__number", "kind", "body__code", "result", "decision"),
    "cases.CoHandling": ("pk", "case__number", "unit__code", "task", "feedback", "fed_back_on", "released_on"),
    "cases.Recusal": ("pk", "case__number", "person__username", "reason", "decided_on", "is_granted"),
    "cases.Evaluation": ("pk", "case__number", "object", "unit__code", "verdict", "remark", "channel", "given_on"),
    "cases.LetterDraft": (
        "pk", "case__number", "unit__code", "kind", "facts", "state", "drafted_by__username", "checked_by__username",
        "note", "letter__number", "version",
    ),
    "supervision.SupervisionCase": (
        "key", "case__number", "office__code", "unit__code", "deadline_id", "measure", "level", "trigger", "problem",
        "article", "facts", "stage", "draft_id", "issued_on", "received_at", "clock_id", "settled_at", "note",
        "handled_by__username",
    ),
    "supervision.Answer": ("pk", "supervision__key", "text", "adoption", "unit__code", "is_accepted", "verdict"),
    "supervision.Record": ("pk", "supervision__key", "way", "held_on", "text", "findings", "demands", "due_on"),
    "supervision.Inspection": ("pk", "case__number", "office__code", "held_on", "answers", "conclusion"),
    "supervision.Circular": (
        "pk", "office__code", "title", "since", "until", "figures", "demands", "stage", "hands", "number", "issued_on",
        "sha256", "version",
    ),
    "supervision.CircularEvent": ("pk", "circular_id", "seq", "kind", "actor__username", "detail", "hash"),
    "notices.Outbox": ("pk", "topic", "subject", "send_after", "written_at"),
    "notices.Message": ("pk", "outbox_id", "user__username", "channel", "title", "text", "url", "sent_at"),
}  # fmt: skip

Rows = dict[str, list[list[Any]]]


def read() -> Rows:
    """All that is held, as JSON would have it, by label and in the order of the key."""
    return {label: read_one(label) for label in TOLD}


def read_one(label: str) -> list[list[Any]]:
    """Read the rows held of one table."""
    return list(_rows(apps.get_model(label), TOLD[label]))


def _rows(model: type[Model], columns: tuple[str, ...]) -> Iterator[list[Any]]:
    for row in model._default_manager.order_by("pk").values_list(*columns):
        yield [_plain(value) for value in row]


def _plain(value: Any) -> Any:
    if isinstance(value, memoryview | bytes):
        return bytes(value).hex()
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat()
    return value.isoformat() if isinstance(value, date) else value
