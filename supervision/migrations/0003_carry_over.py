"""What stands already is carried over: the one paper of an answer, its day, the day of a talk, the mark on the matter."""

from django.db import migrations

_CARRY = """
INSERT INTO supervision_answer_files (answer_id, caseattachment_id)
    SELECT id, evidence_id FROM supervision_answer WHERE evidence_id IS NOT NULL;
UPDATE supervision_answer SET given_on = (at AT TIME ZONE 'Asia/Shanghai')::date;
UPDATE supervision_supervisioncase SET issued_on = (settled_at AT TIME ZONE 'Asia/Shanghai')::date
    WHERE stage = 'settled' AND issued_on IS NULL;
UPDATE cases_deadline SET subject = 'supervision:' || found.id
    FROM supervision_supervisioncase AS found WHERE found.clock_id = cases_deadline.id;
UPDATE cases_petitioncase SET is_supervised = TRUE
    WHERE id IN (SELECT case_id FROM supervision_supervisioncase WHERE stage IN ('drafted', 'issued', 'answered'));
"""


class Migration(migrations.Migration):
    dependencies = [("supervision", "0002_measures")]

    operations = [migrations.RunSQL(_CARRY, migrations.RunSQL.noop)]
