import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

# Who made the last `assign` of what is assigned still; where no event tells, the assigner stays unknown.
_ASSIGNERS = """
    UPDATE cases_petitioncase AS matter SET assigner_id = told.unit_id
    FROM (
        SELECT DISTINCT ON (case_id) case_id, unit_id FROM cases_caseevent
        WHERE kind = 'assign' ORDER BY case_id, seq DESC
    ) AS told
    WHERE told.case_id = matter.id AND matter.is_assigned
"""
# Who passed it down since it was last sorted, in the order of the events.
_PASSERS = """
    UPDATE cases_petitioncase AS matter SET passers = told.units
    FROM (
        SELECT down.case_id, jsonb_agg(down.unit_id ORDER BY down.seq) AS units
        FROM cases_caseevent AS down
        LEFT JOIN LATERAL (
            SELECT max(seq) AS seq FROM cases_caseevent AS event WHERE event.case_id = down.case_id
                AND event.kind IN ('refer', 'assign', 'take-up', 'decide-jurisdiction', 'agree-objection', 'reopen')
        ) AS since ON true
        WHERE down.kind = 'pass-down' AND down.unit_id IS NOT NULL AND down.seq > coalesce(since.seq, 0)
        GROUP BY down.case_id
    ) AS told
    WHERE told.case_id = matter.id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_whole_procedure'),
        ('cases', '0013_corrections_and_grounds'),
    ]

    operations = [
        migrations.AddField(
            model_name='petitioncase',
            name='assigner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='交办机关'),
        ),
        migrations.AddField(
            model_name='petitioncase',
            name='passers',
            field=models.JSONField(blank=True, default=list, verbose_name='逐级转办的单位'),
        ),
        migrations.RunSQL(_ASSIGNERS, migrations.RunSQL.noop),
        migrations.RunSQL(_PASSERS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='petitioncase',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('passers', []), _negated=True), fields=['passers'], name='case_passed_down_by', opclasses=['jsonb_path_ops']),
        ),
    ]
