"""PostgreSQL, Redis, workers and beats of our own, which a test may kill, empty and restart."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import redis
from django.conf import settings

from binzhou_xinfang.local import postgres, processes, redis_server
from binzhou_xinfang.local.places import prepare
from binzhou_xinfang.local.servers import addresses
from tests import patience

RULE = "letter-feedback"
_CLOCKS = """
    INSERT INTO cases_deadline (case_id, rule, started_on, extended_by, strict_on, legal_on, is_provisional, excluded,
        alerted_until, next_alert_at)
    SELECT cases.id, %(rule)s, current_date, 0, %(due)s, %(due)s, false, '[]', now() - interval '9 days',
        now() - interval '1 minute'
    FROM (SELECT min(id) AS id FROM cases_petitioncase) AS cases, generate_series(1, %(number)s)
"""
# Rows at whose writing a gate may stand: the alerts of a sweep, the events of a hand-over.
ALERTS, HANDED_OVER = "ON cases_alert FOR EACH ROW", "ON cases_caseevent FOR EACH ROW WHEN (NEW.kind = 'handed-over')"
# The lock of the gate, and the row that comes to it.
GATE = 7
_GATE = f"""
    CREATE SEQUENCE come_to_gate;
    CREATE FUNCTION gate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('come_to_gate') = %(number)s THEN PERFORM pg_advisory_xact_lock_shared({GATE}); END IF;
        RETURN NEW;
    END; $$;
    CREATE TRIGGER gate BEFORE INSERT {{rows}} EXECUTE FUNCTION gate()
"""
_NO_GATE = "DROP FUNCTION gate() CASCADE; DROP SEQUENCE come_to_gate"


class Stack:
    """Both servers and what runs on them. `env`: what a process needs to find them."""

    def __init__(self, var_dir: Path) -> None:
        var_dir.mkdir(parents=True, exist_ok=True)
        self.var_dir, self.place = var_dir, prepare(var_dir)
        self.opened, self.database = ExitStack(), ExitStack()
        self.children: list[subprocess.Popen[bytes]] = []
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
        self.env = kept | addresses(var_dir) | {
            "VAR_DIR": str(var_dir), "ENV_FILE": os.devnull, "SWEEP_SECONDS": "0.5", "LOG_LEVEL": "CRITICAL",
        }  # fmt: skip

    def start(self) -> None:
        self.start_database()
        self.opened.enter_context(redis_server.running(self.place, careless=True))
        self.manage("migrate", "--no-input", "--verbosity=0")
        self.manage("load_reference", "--verbosity=0")
        self.manage("load_synthetic", "--cases=5", "--seed=1")
        self.manage("sweep")

    def start_database(self) -> None:
        self.database.enter_context(postgres.running(self.place, careless=True))

    def restart_database(self) -> None:
        self.database.close()
        self.start_database()

    def stop(self) -> None:
        for child in self.children:
            self.kill(child)
        self.database.close()
        self.opened.close()

    def manage(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *words], env=self.env, cwd=settings.BASE_DIR, check=True, capture_output=True
        )
        return done.stdout.decode()

    def celery(self, *words: str) -> subprocess.Popen[bytes]:
        return self.run("celery", "--app", "binzhou_xinfang", "--quiet", *words)

    def run(self, module: str, *words: str) -> subprocess.Popen[bytes]:
        """Start a program of ours that a test may kill."""
        log = self.opened.enter_context((self.var_dir / f"{module}-{len(self.children)}.log").open("wb"))
        command = [sys.executable, "-m", module, *words]
        child = processes.start(command, output=log, env=self.env, cwd=Path(settings.BASE_DIR))
        self.children.append(child)
        return child

    def worker(self) -> subprocess.Popen[bytes]:
        name = f"crash-{len(self.children)}@here"
        return self.celery(
            "worker", "--concurrency=1", "--loglevel=CRITICAL", "--without-gossip", "--without-mingle", "-n", name
        )

    def web(self, port: int) -> subprocess.Popen[bytes]:
        return self.run(
            "gunicorn", "binzhou_xinfang.wsgi", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread",
            "--threads", "2", "--no-control-socket",
        )  # fmt: skip

    def beat(self) -> subprocess.Popen[bytes]:
        schedule = self.var_dir / f"beat-{len(self.children)}"
        return self.celery("beat", "--pidfile=", f"--schedule={schedule}", "--loglevel=CRITICAL", "--max-interval=1")

    def kill(self, child: subprocess.Popen[bytes]) -> None:
        """-9 for the process and all that it has started."""
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait(patience.SECONDS)

    def call(self, task: str) -> None:
        """Do what beat does at each of its strokes."""
        words = [sys.executable, "-m", "celery", "--app", "binzhou_xinfang", "--quiet", "call", task]
        subprocess.run(words, env=self.env, cwd=settings.BASE_DIR, check=True, capture_output=True)

    def empty_redis(self) -> None:
        redis.Redis.from_url(self.env["REDIS_URL"]).flushall()

    @contextmanager
    def cursor(self) -> Iterator[Any]:
        parts = settings_of(self.env["DATABASE_URL"])
        plain = psycopg2.connect(**parts)
        try:
            with plain, plain.cursor() as cursor:
                yield cursor
        finally:
            plain.close()

    def ask(self, statement: str, *values: Any) -> Any:
        with self.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchone()

    def fill(self, number: int, due: str) -> None:
        """So many running clocks that end on `due`, whose first rung has been reached a minute ago."""
        with self.cursor() as cursor:
            cursor.execute(_CLOCKS, {"rule": RULE, "due": due, "number": number})

    @contextmanager
    def gate_at(self, number: int, rows: str = ALERTS) -> Iterator[None]:
        """Hold up whoever writes the row of this number, until the block ends."""
        with self.cursor() as cursor:
            cursor.execute(_GATE.format(rows=rows), {"number": number})
        try:
            with self.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [GATE])
                yield
        finally:
            with self.cursor() as cursor:
                cursor.execute(_NO_GATE)

    def is_held_up(self) -> bool:
        """Check that somebody stands at the gate."""
        return bool(self.ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")[0])

    def told(self, due: str) -> tuple[int, int, int]:
        """Count alerts, different rungs, and lines in the outbox for the clocks that end on `due`."""
        found: tuple[int, int, int] = self.ask(
            "SELECT count(*), count(DISTINCT (clock.id, alert.days)), count(outbox.id) FROM cases_alert AS alert"
            " JOIN cases_deadline AS clock ON clock.id = alert.deadline_id"
            " LEFT JOIN notices_outbox AS outbox ON outbox.topic = 'alert' AND outbox.subject = alert.id"
            " WHERE clock.rule = %s AND clock.legal_on = %s",
            RULE,
            due,
        )
        return found


def settings_of(url: str) -> dict[str, Any]:
    """Build the arguments of psycopg2 from the address of a Unix socket written with %2F."""
    place, name = url.partition("://")[2].rsplit("/", 1)
    user, _, host = place.rpartition("@")
    login, _, password = user.partition(":")
    return {"host": host.replace("%2F", "/").replace("%2f", "/"), "user": login, "password": password, "dbname": name}
