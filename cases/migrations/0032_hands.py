"""Memory of who acted for the responsible unit or a body of review, from the course and from the opinions signed."""

from django.db import migrations, models
from django.db.models import Value

_ACTED = """
UPDATE cases_petitioncase matter SET hands = found.hands FROM (
    SELECT one.case_id, jsonb_agg(DISTINCT jsonb_build_array(one.part, one.unit_id, one.user_id)) AS hands FROM (
        SELECT event.case_id, 'handled' AS part, event.unit_id, event.actor_id AS user_id
        FROM cases_caseevent event JOIN cases_petitioncase its ON its.id = event.case_id
        WHERE event.unit_id = its.responsible_id AND event.actor_id IS NOT NULL
        UNION ALL SELECT case_id, 'reviewed', body_id, drafted_by_id FROM cases_review WHERE drafted_by_id IS NOT NULL
        UNION ALL SELECT case_id, 'reviewed', body_id, signed_by_id FROM cases_review WHERE signed_by_id IS NOT NULL
    ) one GROUP BY one.case_id
) found WHERE found.case_id = matter.id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0031_request_proof'),
    ]

    operations = [
        migrations.AddField(
            model_name='petitioncase',
            name='hands',
            field=models.JSONField(blank=True, db_default=Value([], models.JSONField()), default=list, verbose_name='承办和复查过的人员'),
        ),
        migrations.RunSQL(_ACTED, migrations.RunSQL.noop),
    ]
