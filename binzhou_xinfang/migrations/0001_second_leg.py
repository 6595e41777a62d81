from django.db import migrations

# Not logged: what a cache holds need not outlive a fall of the server, and costs no write-ahead log.
_MAKE = """
    CREATE UNLOGGED TABLE binzhou_xinfang_secondleg (
        key varchar(255) PRIMARY KEY,
        value bytea,
        ends_at timestamptz
    )
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(_MAKE, "DROP TABLE binzhou_xinfang_secondleg")]
