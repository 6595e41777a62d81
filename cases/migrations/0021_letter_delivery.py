"""文书送达: a record of each letter that has to reach its reader. Of earlier letters nothing is known, and none is made."""

import binzhou_xinfang.append_only
import binzhou_xinfang.records.crypto
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_vertical_bodies'),
        ('cases', '0020_plans_duty_arrivals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LetterDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('direct', '直接送达'), ('post', '邮寄送达'), ('left', '留置送达'), ('electronic', '电子送达'), ('notice', '公告送达'), ('told', '电话、网络等方式告知')], max_length=10, verbose_name='送达方式')),
                ('delivered_on', models.DateField(verbose_name='送达日期')),
                ('recipient', models.CharField(blank=True, max_length=60, verbose_name='签收人')),
                ('relation', models.CharField(blank=True, choices=[('self', '本人'), ('family', '同住的成年家属'), ('agent', '代理人'), ('designated', '指定的代收人'), ('office', '单位负责收件的人')], max_length=12, verbose_name='与信访人的关系')),
                ('place', binzhou_xinfang.records.crypto.EncryptedTextField(blank=True, verbose_name='送达地点')),
                ('posted_on', models.DateField(null=True, verbose_name='交邮日期')),
                ('item_number', models.CharField(blank=True, max_length=40, verbose_name='邮件号')),
                ('notice_on', models.DateField(null=True, verbose_name='公告日期')),
                ('confirmed_by', models.CharField(blank=True, max_length=100, verbose_name='确认收悉的方式')),
                ('cause', models.CharField(blank=True, max_length=200, verbose_name='拒收或者公告的事由')),
                ('witnesses', models.JSONField(blank=True, default=list, verbose_name='见证人')),
                ('no_proof', models.CharField(blank=True, max_length=200, verbose_name='没有凭证的原因')),
                ('note', models.TextField(blank=True, verbose_name='备注')),
                ('entered_at', models.DateTimeField(verbose_name='登录时间')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登录人')),
                ('entered_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='登录单位')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='cases.caseletter', verbose_name='文书')),
                ('proof', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.caseattachment', verbose_name='送达凭证')),
            ],
            options={
                'verbose_name': '文书送达',
                'verbose_name_plural': '文书送达',
                'ordering': ['id'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('proof__isnull', False), models.Q(('no_proof', ''), _negated=True), _connector='OR'), name='letter_delivery_proven_or_why_not')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letterdelivery',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=binzhou_xinfang.append_only.RefusalSql(func="RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME;", hash='926f227e634559a631e8835bd4b69af076c07e03', level='STATEMENT', operation='UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_append_only_275fd', table='cases_letterdelivery', when='BEFORE')),
        ),
    ]
