"""Tables that only grow: the database itself refuses UPDATE, DELETE and TRUNCATE, for raw SQL as well."""

from dataclasses import dataclass
from typing import ClassVar

import pgtrigger
from django.db import models
from pgtrigger import compiler


class RefusalSql(compiler.UpsertTriggerSql):
    """The trigger's SQL without pgtrigger's way round it (`SET pgtrigger.ignore`), which any raw session could use.

    Migrations refer to this template: do not edit it, add another class.
    """

    def get_template(self) -> str:
        return """
            CREATE OR REPLACE FUNCTION {pgid}() RETURNS TRIGGER AS $$ BEGIN {func} END; $$ LANGUAGE plpgsql;
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE TRIGGER {pgid} {when} {operation} ON {table} FOR EACH {level} EXECUTE PROCEDURE {pgid}();
            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class FirmTrigger(pgtrigger.Trigger):
    """The base of triggers that no session can ask to step aside."""

    def compile(self, model: type[models.Model]) -> compiler.Trigger:  # type: ignore[override]
        sql = RefusalSql(
            pgid=self.get_pgid(model),  # type: ignore[arg-type]
            func=str(self.func),
            table=model._meta.db_table,
            when=self.when,
            operation=self.operation,
            level=self.level,
        )
        return compiler.Trigger(name=self.name, sql=sql)


class RefuseChange(FirmTrigger):
    """Trigger that raises before any statement that would change or remove rows, even one that matches no row."""

    name = "append_only"
    level = pgtrigger.Statement
    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate
    func = "RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME;"


def is_kept() -> FirmTrigger:
    """Make the trigger of a table from which no row is ever taken away."""
    return FirmTrigger(
        name="is_kept",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Delete | pgtrigger.Truncate,
        func="RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME;",
    )


def stays(name: str, condition: str) -> FirmTrigger:
    """Make the trigger of a table whose rows never change any more once the SQL condition on OLD holds."""
    return FirmTrigger(
        name=name,
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
        IF {condition} THEN
            RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME;
        END IF;
        RETURN NEW;
    """,
    )


@dataclass(frozen=True)
class Unchanging:
    """The claim of a table that rows of it never change, which the daily anchor proves (`records.proof`).

    `moment`: the column with the time of the writing, where the clock on the wall wrote it: what comes later and says
    that it is older is found. `final`: which rows never change any more; all of them without. `is_proof`: it is a part
    of the proof itself. `once_plain`: columns that stood plain when earlier rows were sealed, and are encrypted by now.
    """

    moment: str = ""
    final: models.Q | None = None
    is_proof: bool = False
    once_plain: tuple[str, ...] = ()


class AppendOnly(models.Model):
    """Abstract base of every table that only grows. A subclass with a Meta of its own inherits `AppendOnly.Meta`.

    What it claims is proven by the daily anchor; `unchanging` says more where there is more to say.
    """

    unchanging: ClassVar[Unchanging] = Unchanging()

    class Meta:
        abstract = True
        triggers = [RefuseChange()]
