"""Words of arrivals, encrypted: any matter may become a report of wrongdoing, on any day."""

from django.db import migrations

from binzhou_xinfang.records.crypto import EncryptedTextField, digest
from binzhou_xinfang.records.encrypting import batches, operations, rewritten
from binzhou_xinfang.records.keys import NameDigestField, PiecesField, pieces_of


def digest_names(apps, schema_editor):
    """Digest the names by which people are found again."""
    rows = apps.get_model("cases", "Petitioner").objects.order_by("pk").values_list("pk", "name")
    with schema_editor.connection.cursor() as cursor:
        for batch in batches(rows):
            found = [(digest(name, kind="name"), pk) for pk, name in batch]
            cursor.executemany("UPDATE cases_petitioner SET name_key = %s WHERE id = %s", found)


def note_the_accused(apps, schema_editor):
    """Note the pieces of what is accused, by which who is named there is kept away."""
    rows = apps.get_model("cases", "PetitionCase").objects.filter(accused__written=True)
    with schema_editor.connection.cursor() as cursor:
        for batch in batches(rows.order_by("pk").values_list("pk", "accused")):
            found = [(pieces_of(accused), pk) for pk, accused in batch]
            cursor.executemany("UPDATE cases_petitioncase SET accused_pieces = %s WHERE id = %s", found)


class Migration(migrations.Migration):

    dependencies = [("cases", "0036_letter_dues")]

    operations = [
        *operations(
            "cases", "caserequest",
            text=EncryptedTextField(max_length=500, verbose_name="诉求"),
        ),
        *operations(
            "cases", "companion",
            relation=EncryptedTextField(blank=True, max_length=40, verbose_name="与信访人关系"),
        ),
        *operations(
            "cases", "petition",
            addressed_to=EncryptedTextField(blank=True, max_length=60, verbose_name="受信人"),
            content=EncryptedTextField(verbose_name="投诉内容"),
            window=EncryptedTextField(blank=True, max_length=40, verbose_name="接待窗口"),
        ),
        *operations(
            "cases", "petitioncase",
            accused=EncryptedTextField(blank=True, max_length=200, verbose_name="被反映人或单位"),
            enterprise=EncryptedTextField(blank=True, max_length=100, verbose_name="涉及企业"),
            legal_basis=EncryptedTextField(blank=True, max_length=200, verbose_name="管辖依据"),
            reason=EncryptedTextField(blank=True, max_length=200, verbose_name="信访原因"),
            region_detail=EncryptedTextField(blank=True, max_length=200, verbose_name="问题发生地点"),
            summary=EncryptedTextField(verbose_name="概况信息"),
            threat_detail=EncryptedTextField(blank=True, max_length=200, verbose_name="扬言内容"),
            title=EncryptedTextField(max_length=120, verbose_name="标题"),
        ),
        *operations(
            "cases", "petitioner",
            employer=EncryptedTextField(blank=True, max_length=100, verbose_name="工作单位"),
            household_region=EncryptedTextField(blank=True, max_length=100, verbose_name="户籍地"),
            name=EncryptedTextField(max_length=100, verbose_name="姓名（名称）"),
            residence_region=EncryptedTextField(blank=True, max_length=100, verbose_name="常住地"),
        ),
        migrations.RemoveField("petitioner", "name_key"),
        migrations.AddField("petitioner", "name_key", NameDigestField(default=b"", max_length=32, of="name"), preserve_default=False),
        migrations.RunPython(digest_names, migrations.RunPython.noop, elidable=True),
        migrations.AddField("petitioncase", "accused_pieces", PiecesField(default="", of="accused"), preserve_default=False),
        migrations.RunPython(note_the_accused, migrations.RunPython.noop, elidable=True),
        rewritten("cases", "caserequest"),
        rewritten("cases", "companion"),
        rewritten("cases", "petition"),
        rewritten("cases", "petitioncase"),
        rewritten("cases", "petitioner"),
        migrations.AlterField("petitioner", "name_key", NameDigestField(db_index=True, max_length=32, of="name")),
    ]
