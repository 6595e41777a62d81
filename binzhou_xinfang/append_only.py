"""Tables that only grow: the database itself refuses UPDATE, DELETE and TRUNCATE, for raw SQL as well."""

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


class AppendOnly(models.Model):
    """Abstract base of every table that only grows. A subclass with a Meta of its own inherits `AppendOnly.Meta`."""

    class Meta:
        abstract = True
        triggers = [RefuseChange()]
