"""Topics of the outbox, each with its writer, and the one door into it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from binzhou_xinfang.accounts.models import User
from binzhou_xinfang.hooks import Registry
from binzhou_xinfang.notices.models import Outbox


@dataclass(frozen=True, slots=True)
class Note:
    """One notice for one person. `matter`: the key of the matter that it tells of, whose sight it shares ever after;
    None, said on purpose, for what tells of none. `is_urgent`: it goes to the telephone as well; `at_any_hour`: at
    night too.
    """

    subject: int
    user: User
    title: str
    text: str
    url: str
    matter: int | None
    is_urgent: bool = False
    at_any_hour: bool = False


# Of the subjects that wait: whom to tell what.
Writer = Callable[[Sequence[int]], Iterable[Note]]
# Every topic of the code, for the check that each is known to `TOPICS`.
DECLARED: "list[Topic]" = []


@dataclass(frozen=True, slots=True)
class Topic:
    """A kind of thing to tell, by its name in the outbox, with the writer that knows whom to tell what."""

    name: str
    writer: Writer

    def __post_init__(self) -> None:
        DECLARED.append(self)


TOPICS: Registry[str, Topic] = Registry("notices.TOPICS")


def know(*topics: Topic) -> None:
    """Add the topics of an app, when Django starts. Raises HookError as `Registry.add`."""
    TOPICS.add_all({topic.name: topic for topic in topics})


def tell(topic: Topic, subject: int, *, at: datetime) -> None:
    """Order the notices of the topic, in the transaction of what they tell of.

    Raises LookupError for a topic that no app has added: nobody would ever write it.
    """
    if TOPICS[topic.name] is not topic:
        raise LookupError(topic.name)
    Outbox.objects.create(topic=topic.name, subject=subject, send_after=at, created_at=at)


def telling(topic: Topic, source: str) -> str:
    """Write `tell` as a part of a larger statement: for the `id` of every row of the relation `source`.

    Its parameters: `now`, and `send_after`, from when people are told (None tells nobody).
    """
    return f"""
        INSERT INTO {Outbox._meta.db_table} (topic, subject, send_after, created_at, error)
        SELECT '{topic.name}', id, %(send_after)s::timestamptz, %(now)s, '' FROM {source}
        WHERE %(send_after)s::timestamptz IS NOT NULL
    """  # noqa: S608  both names are written in the code


def leave_untold(*, before: datetime, at: datetime) -> None:
    """Count what was to be told before the moment as written: it is told to nobody."""
    Outbox.objects.filter(written_at=None, send_after__lt=before).update(written_at=at)
