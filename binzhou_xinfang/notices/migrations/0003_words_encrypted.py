"""Words of notices and messages, encrypted."""

from django.db import migrations

from binzhou_xinfang.records.crypto import EncryptedTextField
from binzhou_xinfang.records.encrypting import operations, rewritten


class Migration(migrations.Migration):

    dependencies = [("notices", "0002_matter_of_a_message")]

    operations = [
        *operations(
            "notices", "message",
            text=EncryptedTextField(max_length=500, verbose_name="内容"),
            title=EncryptedTextField(max_length=200, verbose_name="标题"),
        ),
        rewritten("notices", "message"),
    ]
