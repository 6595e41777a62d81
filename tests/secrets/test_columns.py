"""Every column that holds a text says whose words they are: people's, a secret, or the house's."""

from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.db import models
from django.template import Context, Template

from binzhou_xinfang.offers import WordsField
from binzhou_xinfang.records.crypto import Encrypted
from binzhou_xinfang.records.words import MaskedField, MaskedJSONField, MaskedTextField, Words, in_full, told
from binzhou_xinfang.web.showing import FormRenderer

OURS = (
    "accounts",
    "cases",
    "hearings",
    "letters",
    "notices",
    "own_account",
    "records",
    "statute",
    "supervision",
    "binzhou_xinfang",
)
# Texts that the house makes or its staff write of each other, of rules and of places: nobody's own words stand in them.
OF_THE_HOUSE: dict[str, str] = {
    "accounts.User": "who works here",
    "accounts.Unit": "what an office is called and where it is found, for all to read",
    "accounts.UnitChange": "acts on units",
    "accounts.Grant": "acts on posts",
    "accounts.ApiToken": "what a program is for",
    "accounts.Activation": "hashes",
    "accounts.FormerPassword": "hashes",
    "accounts.Door": "user names and addresses that were tried",
    "cases.HandOverPlan": "acts on units", "cases.HandOver": "acts on units",
    "cases.Topic": "the government's code list", "cases.LegalRoute": "the law's ways",
    "cases.SavedFilter": "the address of a list and its conditions",
    "cases.DutyCall": "posts",
    "cases.StuckDeadline": "faults of programs", "cases.Sweeper": "programs",
    "own_account.RecoveryCode": "keyed digests",
    "hearings.Place": "where hearings are held, for all to read",
    "hearings.MediationPoint": "where disputes are mediated, for all to read; the telephone is encrypted",
    "hearings.Expert": "what the office makes known of its experts; telephone and relatives are encrypted",
    "hearings.Draw": "codes of experts and the words of the rules, as they are hashed; the other parties are encrypted",
    "notices.Outbox": "keys of the house", "notices.Message": "written masked (notices.writing)",
    "records.Counter": "keys of the house", "records.StoredFile": "sums and types", "records.Anchor": "sums",
    "records.Seal": "sums, and names of tables",
    "records.HouseEvent": "acts of the house", "records.Ledger": "names of ledgers",
    "records.LetterTemplate": "the bureau's files",
    "records.Letter": "numbers and titles; what it says is encrypted",
    "statute.Holiday": "days", "statute.SettingChange": "settings",
    "supervision.Circular": "a paper of an office for offices, printed as it is signed",
}  # fmt: skip
# Single columns of tables that also hold people's words.
OF_THE_ROW = frozenset(
    {
        "number", "external_id", "against", "item_number", "post_label", "key", "article", "audience", "subject",
        "path",
        "accused_pieces", "told", "query", "name", "ethnicity", "actor_name", "basis", "recused", "hands", "unserved",
        "passers", "co_handlers", "outcomes", "excluded", "detail", "previous_state", "last_move", "move", "entry",
        "moved", "political_status", "kind", "ladder", "error", "hash", "sha256", "words",
    }
)  # fmt: skip


def unsaid() -> list[str]:
    """Columns of free text that no list knows."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in OURS and model._meta.label not in OF_THE_HOUSE
        for field in model._meta.local_concrete_fields
        if _is_free(field) and field.name not in OF_THE_ROW
    ]


_MASKED = (MaskedField, MaskedTextField, MaskedJSONField, Encrypted, WordsField)


def _is_free(field: models.Field[Any, Any]) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
    return is_text and not (field.choices or isinstance(field, _MASKED))


def test_every_column_of_text_says_whose_words_it_holds() -> None:
    assert unsaid() == [], (
        "A column holds free text: what people write is a Masked… field (records.words), what tells who "
        "somebody is an EncryptedTextField; what is the house's own has its line here, with the reason."
    )


PHONE = "请打13805431234"


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch, db: None) -> Words:
    return Words(PHONE)


def test_words_are_masked_wherever_they_become_text(words: Words) -> None:
    masked = "请打138****1234"
    shown = [str(words), f"{words}", repr(words).strip("'"), str(words + ""), str("" + words)]
    assert shown == [masked] * 5
    page = Template("{{ a }}|{{ a|linebreaksbr }}|{{ b.a }}").render(Context({"a": words, "b": {"a": words}}))
    assert page == "|".join([masked] * 3)
    assert str(words[:20]) == masked
    assert [str(line) for line in words.splitlines()] == [masked]
    assert told({"a": [words, 1]}) == {"a": [masked, 1]}


def test_words_stay_what_they_are_for_the_database_and_for_comparison(words: Words) -> None:
    assert words == PHONE
    assert in_full(words) == PHONE
    assert type(in_full(words)) is str
    assert "13805431234" in words


def test_a_form_begins_with_the_text_itself(words: Words) -> None:
    class Asked(forms.Form):
        text = forms.CharField()

    assert PHONE in Asked(initial={"text": words}, renderer=FormRenderer()).as_p()
