"""Events of circulars stand encrypted, as those of matters do."""

from django.db import migrations

from binzhou_xinfang.records.crypto import EncryptedJSONField
from binzhou_xinfang.records.encrypting import operations, rewritten


class Migration(migrations.Migration):

    dependencies = [("supervision", "0012_came_at")]

    operations = [
        *operations(
            "supervision", "circularevent",
            detail=EncryptedJSONField(default=dict, verbose_name="内容"),
        ),
        rewritten("supervision", "circularevent"),
    ]
