"""Digests of landlines for registrations of before, so that a person who left no other number is found by it.

The column held the digest of the mobile number only, until a landline took its place where there is none.
"""

from django.db import migrations

from binzhou_xinfang.records.crypto import digest

BATCH = 2000


def digest_landlines(apps, schema_editor):
    people = apps.get_model("cases", "Petitioner").objects
    rows = people.filter(phone_digest=None).only("pk", "phone", "landline").order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        found = [person for person in batch if person.landline and not person.phone]
        for person in found:
            person.phone_digest = digest(person.landline, kind="phone") or None
        people.bulk_update(found, ["phone_digest"])
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [("cases", "0024_topic_words")]

    operations = [migrations.RunPython(digest_landlines, migrations.RunPython.noop)]
