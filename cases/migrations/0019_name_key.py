"""Names are compared by a key; numbers of other systems are spelled in one way, and are found by their tail."""

from django.db import migrations, models

from binzhou_xinfang import typed
from binzhou_xinfang.records.crypto import digest

BATCH = 2000
PAPERS = [
    ("111", "居民身份证"),
    ("113", "户口簿"),
    ("114", "军官证"),
    ("414", "普通护照"),
    ("516", "港澳居民来往内地通行证"),
    ("511", "台湾居民来往大陆通行证"),
    ("HMT", "港澳台居民居住证"),
    ("553", "外国人永久居留身份证"),
    ("USCC", "统一社会信用代码"),
    ("", "未出示证件"),
]
# Names of Chinese characters alone are their own key.
_PLAIN = "UPDATE cases_petitioner SET name_key = name WHERE name ~ '^[一-龥]+$'"
_TAIL = """
    CREATE INDEX case_by_number_tail ON cases_petitioncase (reverse(number) text_pattern_ops);
    CREATE INDEX petition_by_number_tail ON cases_petition (reverse(number) text_pattern_ops);
"""
_NO_TAIL = "DROP INDEX case_by_number_tail; DROP INDEX petition_by_number_tail;"
# Papers whose numbers were kept as typed; those of residents and organisations were read strictly.
_AS_TYPED = ("113", "114", "414", "516", "511")


def key_names(apps, schema_editor):
    people = apps.get_model("cases", "Petitioner").objects
    rows = people.filter(name_key="").exclude(name="").only("pk", "name").order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        for person in batch:
            person.name_key = typed.key(person.name)
        people.bulk_update(batch, ["name_key"])
        last = batch[-1].pk


def digest_papers(apps, schema_editor):
    """Find again who brought a passport or a pass with signs in its number that nobody sees."""
    people = apps.get_model("cases", "Petitioner").objects
    rows = people.filter(id_kind__in=_AS_TYPED).only("pk", "id_number").order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        for person in batch:
            person.id_digest = digest(person.id_number, kind="id_number") or None
        people.bulk_update(batch, ["id_digest"])
        last = batch[-1].pk


def spell_numbers(apps, schema_editor):
    """Spell the numbers of other systems; one that would become another's keeps its writing."""
    petitions = apps.get_model("cases", "Petition").objects
    odd = petitions.exclude(external_id="").exclude(external_id__regex=r"^[0-9A-Z-]+$")
    for petition in odd.only("pk", "channel", "external_id").order_by("pk").iterator(chunk_size=BATCH):
        spelled = typed.spelled(petition.external_id)
        if not petitions.filter(channel=petition.channel, external_id=spelled).exists():
            petitions.filter(pk=petition.pk).update(external_id=spelled)


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_matters_of_told_units")]

    operations = [
        migrations.AlterField("petitioner", "name", models.CharField(max_length=100, verbose_name="姓名（名称）")),
        migrations.AddField("petitioner", "name_key", models.CharField(db_index=True, default="", editable=False, max_length=400)),
        migrations.AlterField(
            "petitioner",
            "id_kind",
            models.CharField(blank=True, choices=PAPERS, default="", max_length=10, verbose_name="证件类型"),
        ),
        migrations.RunSQL(_PLAIN, migrations.RunSQL.noop),
        migrations.RunPython(key_names, migrations.RunPython.noop),
        migrations.RunPython(digest_papers, migrations.RunPython.noop),
        migrations.RunPython(spell_numbers, migrations.RunPython.noop),
        migrations.RunSQL(_TAIL, _NO_TAIL),
    ]
