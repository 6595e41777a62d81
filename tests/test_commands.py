"""Commands of the server: each that writes has its event, or the reason why there is none; those of Django that would
change people in silence are refused."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command, get_commands

from binzhou_xinfang.accounts import activating
from binzhou_xinfang.accounts.models import User
from binzhou_xinfang.records.models import HOUSE_EVENTS, HouseEvent
from tests.factories import UserFactory

# What changes units, people, posts, powers or lists: the kinds of event that it writes.
WITH_EVENTS: dict[str, frozenset[str]] = {
    "appoint": frozenset({"keeper-appointed"}),
    "load_reference": frozenset({"units-loaded", "topics-loaded", "routes-loaded"}),
    "load_units": frozenset({"units-loaded"}),
    "import_messages": frozenset({"import-desk-made"}),
    "make_token": frozenset({"token-made"}),
    "open_account": frozenset({"account-opened"}),
    "reset_factor": frozenset({"factor-reset"}),
}
REFUSED = ("changepassword", "createsuperuser")
# What writes and has no event of the house: why.
WITHOUT: dict[str, str] = {
    "sweep": "alerts, letters and events of the matters themselves",
    "deliver_notices": "the outbox",
    "make_demo": "only where nothing is; its matters by the verbs, its settings by their event",
    "load_synthetic": "made-up matters, for measuring",
    "backup": "outside the database", "backup_identity": "outside the database", "restore_keys": "outside the database",
    "restore": "only into an empty database, proven against the anchors",
    "rotate_keys": "the same values under another key",
    "grant_web": "rights of a role of the database, as its owner",
    "migrate": "the structure, as the owner of the tables",
    # As the owner of the database, past the house: found by `verify_audit` where rows claim to be unchangeable.
    "flush": "database", "loaddata": "database", "dbshell": "database", "shell": "database",
    "createcachetable": "database", "clearsessions": "sessions", "remove_stale_contenttypes": "database",
    "pgtrigger": "triggers, as the owner of the tables", "anonymise": "database",
}  # fmt: skip
# Of these nothing is changed in the database.
READS = frozenset({
    "check", "compilemessages", "diffsettings", "dumpdata", "inspectdb", "makemessages", "makemigrations",
    "optimizemigration", "runserver", "sendtestemail", "showmigrations", "sqlflush", "sqlmigrate", "sqlsequencereset",
    "squashmigrations", "startapp", "startproject", "test", "testserver", "collectstatic", "findstatic", "spectacular",
    "generateschema", "build_letter_base", "deadline", "figure_table", "state_table", "verify_audit", "pgtrigger",
    "draw_check",
})  # fmt: skip


def test_every_command_says_with_which_event_it_writes_or_why_with_none() -> None:
    known = {*WITH_EVENTS, *WITHOUT, *READS, *REFUSED}
    assert sorted(set(get_commands()) - known) == [], "a new command stands in no table"


def test_the_events_of_the_table_exist() -> None:
    kinds = {kind.name for kind in HOUSE_EVENTS}
    assert frozenset().union(*WITH_EVENTS.values()) - kinds == frozenset()


@pytest.mark.parametrize("command", REFUSED)
def test_commands_of_django_that_change_people_are_refused_with_a_word_to_ours(command: str) -> None:
    with pytest.raises(CommandError, match="open_account"):
        call_command(command)


@pytest.mark.django_db
def test_an_account_is_opened_with_an_event_and_its_owner_sets_the_password() -> None:
    said = StringIO()
    call_command("open_account", "first", "--name", "首位管理员", "--reason", "系统启用", stdout=said)
    user, event = User.objects.get(username="first"), HouseEvent.objects.get()
    assert (event.kind, event.detail["reason"], user.has_usable_password()) == ("account-opened", "系统启用", False)
    first, second = said.getvalue().partition("前半段 ")[2][:8], said.getvalue().partition("后半段 ")[2][:8]
    found = activating.find("first", first, second, at=user.date_joined)
    assert found is not None
    assert found.user == user


@pytest.mark.django_db
def test_an_account_that_is_there_is_closed_to_its_password() -> None:
    user = UserFactory(username="wang")
    user.set_password("Before-12345")
    user.save()
    call_command("open_account", "wang", "--reason", "两名管理员都不在", stdout=StringIO())
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert HouseEvent.objects.latest("seq").kind == "account-opened"
    with pytest.raises(CommandError, match="--name"):
        call_command("open_account", "nobody", "--reason", "一", stdout=StringIO())
