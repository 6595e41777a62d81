"""Every parameter of an address that the house reads, by its name, with what may be typed there.

A name that is heard (`listening.py`) and has no row here fails `test_parameters.py`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tests.access.world import ACCUSED, REPORTER, REPORTER_PHONE, Matter, World


class Takes(StrEnum):
    """Kinds of values, by what a report could be told of with them."""

    WORDS = "a number, a name, a telephone number or any text"
    NUMBER = "the number of a matter"
    KEY = "the key of a row"
    BODY = "the code of a unit, a place or a topic"
    PERSON = "a user name"
    DAY = "a day or a year"
    CHOICE = "a word of a list"
    PLACE = "a place in a list, as the pager writes it"
    SWITCH = "anything: that it stands there says all"


@dataclass(frozen=True)
class Pair:
    """A value that belongs to the report, and one of the same looks that belongs to nobody: both are answered alike.

    `is_alike` False: it may be of something else as well, so only what is read is looked at.
    """

    own: str
    nobodys: str
    is_alike: bool = True


def _numbers(report: Matter) -> Iterator[Pair]:
    for own in dict.fromkeys((report.case.number, report.ids["petitions/"])):
        yield Pair(own, own[:-6] + "987654")
    yield Pair(report.case.number[-6:], "987654", is_alike=False)


def _words(report: Matter) -> Iterator[Pair]:
    yield from _numbers(report)
    yield Pair(report.case.title, "无人知晓线索")
    yield Pair(REPORTER, "欧阳无人")
    yield Pair(REPORTER_PHONE, "13987650999")
    yield Pair(ACCUSED, "无此局某科长")


def _keys(report: Matter) -> Iterator[Pair]:
    for own in (report.case.pk, report.ids["letters/"], report.ids["attachments/"], report.ids["drafts/"]):
        yield Pair(str(own), str(10**8 + int(own)), is_alike=False)


def _others(*values: str) -> Iterator[Pair]:
    for value in values:
        yield Pair(value, value, is_alike=False)


def pairs_of(takes: Takes, world: World) -> list[Pair]:
    """List what is typed: what belongs to the report, what is usual, and what no database takes."""
    report = world.matters[1]
    given = {
        Takes.WORDS: lambda: _words(report),
        Takes.NUMBER: lambda: _numbers(report),
        Takes.KEY: lambda: _keys(report),
        Takes.BODY: lambda: _others("u-discipline", "u-housing", "1602", "030504", "03"),
        Takes.PERSON: lambda: _others(*(event.actor.username for event in report.case.events.all()[:2] if event.actor)),
        Takes.DAY: lambda: _others("2025-01-01", "2030-12-31", "2025"),
        Takes.CHOICE: lambda: _others("report", "discipline", "sealed", "desk"),
        Takes.PLACE: lambda: _others(str(report.case.pk), "W10="),
        Takes.SWITCH: lambda: _others("1"),
    }[takes]
    return [*given(), *_others("\x00", "-1")]


def some_of(pairs: list[Pair], place: int) -> list[Pair]:
    """Choose those that are asked at one address: all that tell a report from nothing, and one of the rest."""
    rest = [pair for pair in pairs if not pair.is_alike]
    return [*(pair for pair in pairs if pair.is_alike), rest[place % len(rest)]]


PARAMETERS: Mapping[str, Takes] = {
    **dict.fromkeys(
        (
            "address", "aliases", "answer_limit", "basis", "decided_why", "name", "organ", "papers", "person",
            "point", "q", "reason", "short_name", "source", "text", "time_limit", "way",
        ),
        Takes.WORDS,
    ),
    **dict.fromkeys(
        (
            "case", "from", "n", "petition", "turn",
        ),
        Takes.NUMBER,
    ),
    "paper": Takes.KEY,
    **dict.fromkeys(
        (
            "code", "guided_by", "in", "office", "parent", "place", "region_code", "topic", "topics", "unit",
        ),
        Takes.BODY,
    ),
    **dict.fromkeys(
        (
            "handler", "username",
        ),
        Takes.PERSON,
    ),
    **dict.fromkeys(
        (
            "day", "effective_from", "end", "first", "last", "month", "on", "since", "start", "to_on", "until",
            "valid_from", "version", "year",
        ),
        Takes.DAY,
    ),
    **dict.fromkeys(
        (
            "act", "channel", "chapter", "due", "field", "figure", "flag", "format", "kind", "lang", "letter_mark",
            "level", "measure", "mode", "over", "part", "queue", "result", "role", "rule", "script", "sort",
            "stage", "standing", "state", "trigger", "wait",
        ),
        Takes.CHOICE,
    ),
    **dict.fromkeys(
        (
            "after", "back", "before", "next",
        ),
        Takes.PLACE,
    ),
    **dict.fromkeys(
        (
            "extend", "more", "phone", "print",
        ),
        Takes.SWITCH,
    ),
}  # fmt: skip
