from django.db import migrations

# Notices of corrections, takings back and requests did not name the matter that they tell of, whose sight they share.
_NAME = """
    UPDATE notices_message AS message SET matter = event.case_id
    FROM notices_outbox AS outbox JOIN cases_caseevent AS event ON event.id = outbox.subject
    WHERE message.outbox_id = outbox.id AND outbox.topic = 'unit-told' AND message.matter IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_deliveries"), ("notices", "0002_matter_of_a_message")]
    operations = [migrations.RunSQL(_NAME, migrations.RunSQL.noop)]
