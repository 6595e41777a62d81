"""The day of a request for a review has its proof, or the reason why not."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0030_drafts_encrypted'),
    ]

    operations = [
        migrations.AddField(
            model_name='review',
            name='no_proof',
            field=models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='没有凭证的原因'),
        ),
        migrations.AddField(
            model_name='review',
            name='proof',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.caseattachment', verbose_name='收到申请之日的凭证'),
        ),
    ]
