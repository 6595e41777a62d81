"""Cache with two legs: Redis, and a table of the database for as long as Redis does not answer.

Sessions, throttles and everything else that asks Django's cache stand on it, so that nobody has to know that Redis is
gone. What was changed meanwhile is forgotten by Redis before it is asked again (`hand_back`): an old session does not
come back.
"""

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache, RedisCacheClient, RedisSerializer
from django.db import connection, transaction
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from binzhou_xinfang import unwell

T = TypeVar("T")
TABLE = "binzhou_xinfang_secondleg"
# After a failure Redis is left alone for so long: a page asks the cache several times, and one wait is enough.
REST_SECONDS = 1.0
ANSWER_SECONDS = 2.0
# A connection that broke while it lay idle is made anew once; the waits of the library would hold up every page.
OPTIONS: Mapping[str, Any] = {"socket_timeout": ANSWER_SECONDS, "retry": Retry(NoBackoff(), 1)}

_log = logging.getLogger(__name__)

_READ = f"SELECT key, value FROM {TABLE} WHERE key = ANY(%s) AND value IS NOT NULL AND {{alive}}"  # noqa: S608
_ALIVE = "(ends_at IS NULL OR ends_at > statement_timestamp())"
_ENDS = "statement_timestamp() + %s::float8 * interval '1 second'"
_PUT = f"INSERT INTO {TABLE} AS old (key, value, ends_at) VALUES (%s, %s, {_ENDS}) ON CONFLICT (key)"  # noqa: S608
_SET = f"{_PUT} DO UPDATE SET value = EXCLUDED.value, ends_at = EXCLUDED.ends_at"
_ADD = f"{_SET} WHERE old.value IS NULL OR old.ends_at <= statement_timestamp() RETURNING key"
_TOUCH = f"UPDATE {TABLE} SET ends_at = {_ENDS} WHERE key = %s AND value IS NOT NULL AND {_ALIVE}"  # noqa: S608
# None is kept for a key that was deleted: Redis may still hold it.
_DELETE = f"INSERT INTO {TABLE} (key) SELECT unnest(%s::text[]) ON CONFLICT (key) DO UPDATE SET value = NULL"
_FORGET = f"DELETE FROM {TABLE} RETURNING key"  # noqa: S608


class SecondLeg:
    """The operations of a cache on the table."""

    def __init__(self) -> None:
        self.serializer = RedisSerializer()

    def get_many(self, keys: Iterable[str]) -> dict[str, Any]:
        with connection.cursor() as cursor:
            cursor.execute(_READ.format(alive=_ALIVE), [list(keys)])
            return {key: self.serializer.loads(bytes(value)) for key, value in cursor.fetchall()}

    def get(self, key: str, default: Any) -> Any:
        return self.get_many([key]).get(key, default)

    def has_key(self, key: str) -> bool:
        return key in self.get_many([key])

    def set(self, key: str, value: Any, timeout: int | None) -> None:
        if timeout == 0:
            self.delete_many([key])
        else:
            self._write(_SET, [key, self._packed(value), timeout])

    def set_many(self, data: Mapping[str, Any], timeout: int | None) -> None:
        for key, value in data.items():
            self.set(key, value, timeout)

    def add(self, key: str, value: Any, timeout: int | None) -> bool:
        return self._write(_ADD, [key, self._packed(value), timeout]) == 1

    def touch(self, key: str, timeout: int | None) -> bool:
        return self._write(_TOUCH, [timeout, key]) == 1

    def delete(self, key: str) -> bool:
        is_there = self.has_key(key)
        self.delete_many([key])
        return is_there

    def delete_many(self, keys: Iterable[str]) -> None:
        self._write(_DELETE, [sorted(keys)])

    def incr(self, key: str, delta: int) -> int:
        with transaction.atomic():
            found = self.get(key, None)
            if found is None:
                raise ValueError(f"Key '{key}' not found.")
            self._write(f"UPDATE {TABLE} SET value = %s WHERE key = %s", [self._packed(found + delta), key])  # noqa: S608
        return int(found + delta)

    def clear(self) -> bool:
        self._write(f"UPDATE {TABLE} SET value = NULL", [])  # noqa: S608
        return True

    def forget(self) -> list[str]:
        """Take all rows away; gives their keys."""
        with connection.cursor() as cursor:
            cursor.execute(_FORGET)
            return [key for (key,) in cursor.fetchall()]

    def _packed(self, value: Any) -> bytes:
        packed = self.serializer.dumps(value)
        return packed if isinstance(packed, bytes) else str(packed).encode()

    def _write(self, statement: str, values: list[Any]) -> int:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return int(cursor.rowcount)


class TwoLegs:
    """A client of the cache that goes on the second leg while the first fails."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        self.first: Any = RedisCacheClient(servers, **OPTIONS, **options)
        self.second = SecondLeg()
        self._is_away, self._rests_until = False, 0.0

    def get(self, key: str, default: Any) -> Any:
        return self._on(lambda leg: leg.get(key, default))

    def get_many(self, keys: Iterable[str]) -> dict[str, Any]:
        asked = list(keys)
        return self._on(lambda leg: leg.get_many(asked))

    def has_key(self, key: str) -> bool:
        return bool(self._on(lambda leg: leg.has_key(key)))

    def set(self, key: str, value: Any, timeout: int | None) -> None:
        self._on(lambda leg: leg.set(key, value, timeout))

    def set_many(self, data: Mapping[str, Any], timeout: int | None) -> None:
        self._on(lambda leg: leg.set_many(data, timeout))

    def add(self, key: str, value: Any, timeout: int | None) -> bool:
        return bool(self._on(lambda leg: leg.add(key, value, timeout)))

    def touch(self, key: str, timeout: int | None) -> bool:
        return bool(self._on(lambda leg: leg.touch(key, timeout)))

    def delete(self, key: str) -> bool:
        return bool(self._on(lambda leg: leg.delete(key)))

    def delete_many(self, keys: Iterable[str]) -> None:
        gone = list(keys)
        self._on(lambda leg: leg.delete_many(gone))

    def incr(self, key: str, delta: int) -> int:
        return int(self._on(lambda leg: leg.incr(key, delta)))

    def clear(self) -> bool:
        return bool(self._on(lambda leg: leg.clear()))

    def hand_back(self) -> None:
        """Let Redis forget what was changed on the second leg. Raises RedisError while it does not answer."""
        with transaction.atomic():
            if keys := self.second.forget():
                self.first.delete_many(keys)

    def _on(self, act: Callable[[Any], T]) -> T:
        """Do it on the leg that carries now."""
        if time.monotonic() >= self._rests_until:
            try:
                if self._is_away:
                    self.hand_back()
                done = act(self.first)
            except RedisError as fault:
                self._lose(fault)
            else:
                self._return()
                return done
        return act(self.second)

    def _lose(self, fault: RedisError) -> None:
        if not self._is_away:
            _log.warning("Redis does not answer, the database carries the cache: %s", fault)
        self._is_away, self._rests_until = True, time.monotonic() + REST_SECONDS
        unwell.note(unwell.REDIS)

    def _return(self) -> None:
        if self._is_away:
            self._is_away = False
            unwell.clear(unwell.REDIS)
            _log.warning("Redis answers again and carries the cache")


class TwoLegCache(RedisCache):
    """The backend of `CACHES`."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = TwoLegs

    def hand_back(self) -> None:
        """Let Redis forget what any process has changed on the second leg; the heartbeat does it all the time."""
        self._cache.hand_back()  # type: ignore[attr-defined]  # of TwoLegs
