"""Drafts of letters keep what they say encrypted, as the letters do."""

from django.db import migrations

from binzhou_xinfang.records import crypto, encrypting


class Migration(migrations.Migration):

    dependencies = [("cases", "0029_external_numbers")]

    operations = [
        migrations.RenameField("letterdraft", "facts", "plain_facts"),
        migrations.AddField("letterdraft", "facts", crypto.EncryptedJSONField(default=dict, verbose_name="要素"), preserve_default=False),
        migrations.RunPython(encrypting.of("cases", "LetterDraft", ("facts",)), migrations.RunPython.noop, elidable=True),
        migrations.RemoveField("letterdraft", "plain_facts"),
    ]
