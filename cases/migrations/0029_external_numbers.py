"""Outside numbers of reports are set apart: nobody learns by one that a report is here. Those of reports of today are, too."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_house'),
        ('cases', '0028_marks_indexed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='petition',
            name='one_petition_per_external_number',
        ),
        migrations.AddField(
            model_name='petition',
            name='is_apart',
            field=models.BooleanField(db_default=False, default=False, editable=False, verbose_name='外部编号不与他件比对'),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(condition=models.Q(('is_apart', True)), fields=['external_id'], name='petition_apart'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='petition',
            trigger=pgtrigger.compiler.Trigger(name='outside_number_set_apart', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        NEW.is_apart := NEW.external_id <> ''\n            AND (SELECT is_sealed FROM cases_petitioncase WHERE id = NEW.case_id);\n        RETURN NEW;\n    ", hash='d192d040ec80a5750cba6ea4a265a171a88fed59', operation='INSERT OR UPDATE OF "case_id", "channel", "external_id"', pgid='pgtrigger_outside_number_set_apart_45a93', table='cases_petition', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='petitioncase',
            trigger=pgtrigger.compiler.Trigger(name='outside_numbers_follow_the_seal', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."is_sealed" IS DISTINCT FROM (NEW."is_sealed"))', func="\n        UPDATE cases_petition mine SET is_apart = NEW.is_sealed OR EXISTS (\n            SELECT FROM cases_petition other\n            WHERE other.channel = mine.channel AND other.external_id = mine.external_id\n            AND other.id <> mine.id AND NOT other.is_apart\n        ) WHERE mine.case_id = NEW.id AND mine.external_id <> '';\n        RETURN NULL;\n    ", hash='8d3ba584e6eea4749d39f96fa0953e20eeb77645', operation='UPDATE OF "is_sealed"', pgid='pgtrigger_outside_numbers_follow_the_seal_40944', table='cases_petitioncase', when='AFTER')),
        ),
        migrations.RunSQL(
            "UPDATE cases_petition SET is_apart = true FROM cases_petitioncase matter"
            " WHERE matter.id = case_id AND matter.is_sealed AND external_id <> ''",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('external_id', ''), _negated=True), ('is_apart', False)), fields=('channel', 'external_id'), name='one_petition_per_external_number'),
        ),
    ]
