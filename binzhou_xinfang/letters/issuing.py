"""Official letters: numbered without gaps, worded from a file, kept as issued."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters import storage, wording
from binzhou_xinfang.letters.kinds import FACTS, LetterKind
from binzhou_xinfang.letters.limits import Limits, limits_on
from binzhou_xinfang.letters.models import Head, Letter
from binzhou_xinfang.letters.own_templates import in_force, pour_own
from binzhou_xinfang.records import counters
from binzhou_xinfang.records.masking import mask_numbers
from binzhou_xinfang.statute.models import settled
from binzhou_xinfang.statute.number_patterns import SEQUENCE, YEAR, write
from binzhou_xinfang.statute.parameters import Key


class LetterNumber(NamedTuple):
    """A place in the series of one unit, kind and year, and how it is written: 滨信告〔2026〕12号.

    What people bring or sign for themselves is counted as well, and has no number to be written (`Voice`).
    """

    year: int
    serial: int
    text: str


# Letters of 检举控告 are counted by themselves: a gap in the others' numbers would tell that there is one.
SEALED_WORD = "专"


def next_number(unit: Unit, kind: LetterKind, on: date, *, is_sealed: bool = False) -> LetterNumber:
    """Take the next number of the series in the caller's transaction; given back if that is rolled back.

    Raises Refusal when the unit has no mark (发文代字), TransactionManagementError outside a transaction.
    """
    if kind.voice.is_numbered and not unit.letter_mark:
        raise Refusal(f"{unit.name}没有设置发文代字，不能编号，请联系系统管理员。")
    serial = counters.take(series(unit, kind, on.year, is_sealed=is_sealed))
    return number_of(unit, kind, on.year, serial, on=on, is_sealed=is_sealed)


def series(unit: Unit, kind: LetterKind, year: int, *, is_sealed: bool = False) -> str:
    """Name the counter of one unit, kind and year."""
    return f"letter:{unit.pk}:{kind.value}:{year}" + (":sealed" if is_sealed else "")


def number_of(
    unit: Unit, kind: LetterKind, year: int, serial: int, *, on: date, is_sealed: bool = False
) -> LetterNumber:
    """Write the number of this place in the series on a day."""
    if not kind.voice.is_numbered:
        return LetterNumber(year, serial, "")
    pattern = str(settled(on).value(Key.LETTER_NUMBER))
    values = {
        "mark": unit.letter_mark,
        "word": (SEALED_WORD if is_sealed else "") + kind.word,
        YEAR: year,
        SEQUENCE: serial,
    }
    return LetterNumber(year, serial, write(pattern, values))


def _tidy(value: Any, *, masks: bool) -> Any:
    """Put the fact on one line, and mask the numbers of persons in it where the kind masks them."""
    if isinstance(value, str):
        line = " ".join(value.split())
        return mask_numbers(line) if masks else line
    if isinstance(value, Mapping):
        return {key: _tidy(inner, masks=masks) for key, inner in value.items()}
    return [_tidy(inner, masks=masks) for inner in value] if isinstance(value, (list, tuple)) else value


def _gathered(kind: LetterKind, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Gather the facts that the kind asks for, tidied, and no others; what is not given is empty."""
    gathered: dict[str, Any] = {}
    for name in kind.facts:
        fact = FACTS[name]
        value: Any = facts.get(name) or ""
        if fact.is_list and isinstance(value, str):
            value = [line for line in value.splitlines() if line.strip()]
        if fact.keys:
            value = [{key: row.get(key) or "" for key in fact.keys} for row in value]
        gathered[name] = _tidy(value, masks=kind.voice.masks and not fact.is_of_office)
    return gathered


def missing_facts(kind: LetterKind, facts: Mapping[str, Any]) -> list[str]:
    """List the names of the facts without which the letter is not issued and which are not given."""
    gathered = _gathered(kind, facts)
    return [name for name in kind.required if not gathered[name]]


def _told(kind: LetterKind, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Gather all facts of the kind, tidied. Raises Refusal for the first that is missing."""
    for name in missing_facts(kind, facts):
        raise wording.missing_fact(kind, name)
    return _gathered(kind, facts)


def head_of(kind: LetterKind, on: date) -> Head:
    """Tell how the mark of the organ comes to stand above a letter of the kind, as the office has set it for the
    day."""
    if not kind.voice.has_head:
        return Head.NONE
    return Head.LETTERHEAD if settled(on).value(Key.LETTERHEAD) else Head.PRINTED


def issue(
    kind: LetterKind, *, unit: Unit, on: date, facts: Mapping[str, Any], by: Post, is_sealed: bool = False
) -> Letter:
    """Number, word and keep a letter of `unit`, in the caller's transaction. Nothing can change it afterwards.

    `is_sealed`: of 检举控告, numbered in a series of its own.

    `facts` must hold what `kind.required` names and may hold `kind.optional`; others are left out. Numbers of persons
    in them are masked unless the kind's voice keeps them. Raises Refusal naming the fact that is missing, and after
    the unit's last day.

    The .docx in the delivered layout is made later (`storage`); one from the bureau's own template is made now,
    for its text is what the letter says.
    """
    _refuse_ended(unit, on)
    gathered, own, content = _told(kind, facts), in_force(kind), b""
    number = next_number(unit, kind, on, is_sealed=is_sealed)
    columns = _columns(kind, gathered, number, unit=unit, on=on, by=by, at=timezone.now(), limit=limits_on(on))
    letter = Letter(**columns, head=head_of(kind, on), is_sealed=is_sealed)
    if own is not None:
        content, letter.paragraphs = pour_own(own, letter)
        letter.own_template = own
    letter.sha256 = letter.content_sha256()
    letter.save(force_insert=True)
    if own is not None:
        storage.keep(letter, content)
    return letter


def _refuse_ended(unit: Unit, on: date) -> None:
    """Raise Refusal for a body that no longer exists on the day: whoever goes on with its powers writes."""
    if not unit.has_ended(on):
        return
    successor = unit.going_on(on)
    who = f"由承接其职权的{successor.name}制发" if successor != unit else "由承接其职权的机关、单位制发"
    raise Refusal(f"{unit.name}的最后一日是{wording.day(unit.valid_to or on)}，此后不再以其名义制发文书，请{who}。")


def sketch(kind: LetterKind, *, unit: Unit, on: date, facts: Mapping[str, Any], by: Post) -> Letter:
    """Sketch the letter as it would read if issued now: not saved and without a number; what is missing is marked.

    Raises Refusal for a wording file or a template that cannot be used.
    """
    gathered = _gathered(kind, facts)
    for name in missing_facts(kind, facts):
        mark = f"〔未填：{FACTS[name].label}〕"
        gathered[name] = [mark] if FACTS[name].is_list else mark
    number = LetterNumber(on.year, 0, "（文号在签发时编定）" if kind.voice.is_numbered else "")
    columns = _columns(kind, gathered, number, unit=unit, on=on, by=by, at=timezone.now(), limit=limits_on(on))
    letter = Letter(**columns, head=head_of(kind, on))
    if (own := in_force(kind)) is not None:
        letter.paragraphs = pour_own(own, letter)[1]
    return letter


def columns_of(
    kind: LetterKind,
    number: LetterNumber,
    *,
    unit: Unit,
    on: date,
    facts: Mapping[str, Any],
    by: Post,
    at: datetime,
    limit: Limits,
) -> dict[str, Any]:
    """Build what `issue` would keep at the moment `at`, but for `head` and `sha256`; the caller has taken the number
    and read the limits of the day. For loaders."""
    return _columns(kind, _told(kind, facts), number, unit=unit, on=on, by=by, at=at, limit=limit)


def _columns(
    kind: LetterKind,
    gathered: dict[str, Any],
    number: LetterNumber,
    *,
    unit: Unit,
    on: date,
    by: Post,
    at: datetime,
    limit: Limits,
) -> dict[str, Any]:
    issuer = {"issuer": unit.name, "issuer_phone": unit.phone, "issuer_address": unit.address}
    worded = wording.write(kind, {**gathered, **issuer, "number": number.text, "issued_on": on, "limit": limit})
    return {
        "kind": kind.value,
        "unit_id": unit.pk,
        "issuer": unit.name,
        "year": number.year,
        "serial": number.serial,
        "number": number.text,
        # A title stands in lists and names of files, where everybody reads it.
        "title": mask_numbers(worded.title),
        "addressee": gathered.get("addressee", ""),
        "paragraphs": worded.paragraphs,
        "facts": gathered,
        "issued_on": on,
        "issued_by_id": by.user_id,
        "created_at": at,
    }
