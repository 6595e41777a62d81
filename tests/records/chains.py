"""A chain to try the audit on: a table of its own, in a registry of its own, so that nothing else meets it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps.registry import Apps
from django.db import connection, models

from binzhou_xinfang.accounts.models import Unit, User
from binzhou_xinfang.records.append_only import RefuseChange
from binzhou_xinfang.records.events import ChainedEvent, one_event_per_place

registry = Apps()
registry.register_model("accounts", User)
registry.register_model("accounts", Unit)


class Folder(models.Model):
    class Meta:
        apps = registry
        app_label = "tried"


class FolderEvent(ChainedEvent):
    chain_field = "folder"
    folder = models.ForeignKey(Folder, models.PROTECT)

    class Meta(ChainedEvent.Meta):
        apps = registry
        app_label = "tried"
        constraints = [one_event_per_place("folder")]


@contextmanager
def tables() -> Iterator[None]:
    """The two tables with their trigger, for as long as the transaction of the test lasts."""
    with connection.schema_editor() as editor:
        editor.create_model(Folder)
        editor.create_model(FolderEvent)
    with connection.cursor() as cursor:
        cursor.execute(str(RefuseChange().compile(FolderEvent).install_sql))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    yield


@contextmanager
def trigger_off() -> Iterator[None]:
    """Do what a thief with the rights of the table's owner would do first."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tried_folderevent DISABLE TRIGGER USER")
        yield
        cursor.execute("ALTER TABLE tried_folderevent ENABLE TRIGGER USER")
