"""Letters keep what they say encrypted: numbers and addresses that are encrypted elsewhere stand in them."""

from django.db import migrations

from binzhou_xinfang.records import crypto, encrypting


class Migration(migrations.Migration):

    dependencies = [("records", "0007_proof")]

    operations = [
        migrations.RenameField("letter", "paragraphs", "plain_paragraphs"),
        migrations.RenameField("letter", "facts", "plain_facts"),
        migrations.AddField("letter", "paragraphs", crypto.EncryptedJSONField(default=list, verbose_name="正文"), preserve_default=False),
        migrations.AddField("letter", "facts", crypto.EncryptedJSONField(default=dict, verbose_name="要素"), preserve_default=False),
        migrations.RunPython(encrypting.of("records", "Letter", ("paragraphs", "facts")), migrations.RunPython.noop, elidable=True),
        migrations.RemoveField("letter", "plain_paragraphs"),
        migrations.RemoveField("letter", "plain_facts"),
    ]
