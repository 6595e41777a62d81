"""Events of hearings and mediations stand encrypted, as those of matters do."""

from django.db import migrations

from binzhou_xinfang.records.crypto import EncryptedJSONField
from binzhou_xinfang.records.encrypting import operations, rewritten


class Migration(migrations.Migration):

    dependencies = [("hearings", "0004_mediation")]

    operations = [
        *operations(
            "hearings", "bookingevent",
            detail=EncryptedJSONField(default=dict, verbose_name="内容"),
        ),
        *operations(
            "hearings", "drawevent",
            detail=EncryptedJSONField(default=dict, verbose_name="内容"),
        ),
        *operations(
            "hearings", "expertevent",
            detail=EncryptedJSONField(default=dict, verbose_name="内容"),
        ),
        *operations(
            "hearings", "mediationevent",
            detail=EncryptedJSONField(default=dict, verbose_name="内容"),
        ),
        *operations(
            "hearings", "placeevent",
            detail=EncryptedJSONField(default=dict, verbose_name="内容"),
        ),
        *operations(
            "hearings", "pointevent",
            detail=EncryptedJSONField(default=dict, verbose_name="内容"),
        ),
        rewritten("hearings", "bookingevent"),
        rewritten("hearings", "drawevent"),
        rewritten("hearings", "expertevent"),
        rewritten("hearings", "mediationevent"),
        rewritten("hearings", "placeevent"),
        rewritten("hearings", "pointevent"),
    ]
