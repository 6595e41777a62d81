"""Titles and addressees of letters, and reasons of looks, stand encrypted."""

from django.db import migrations

from binzhou_xinfang.records.crypto import EncryptedTextField
from binzhou_xinfang.records.encrypting import operations, rewritten


class Migration(migrations.Migration):

    dependencies = [("records", "0008_letters_encrypted")]

    operations = [
        *operations(
            "records", "accesslog",
            reason=EncryptedTextField(blank=True, verbose_name="事由"),
        ),
        *operations(
            "records", "letter",
            addressee=EncryptedTextField(blank=True, max_length=200, verbose_name="主送"),
            title=EncryptedTextField(verbose_name="标题"),
        ),
        rewritten("records", "accesslog"),
        rewritten("records", "letter"),
    ]
