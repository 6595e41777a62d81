# The first tables of records; the append_only triggers come with them.

import binzhou_xinfang.records.acts
import binzhou_xinfang.records.append_only
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Anchor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='日期')),
                ('tables', models.JSONField(verbose_name='各表')),
                ('ends', models.JSONField(verbose_name='各链末端')),
                ('previous_hash', models.CharField(blank=True, max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(verbose_name='封存时间')),
            ],
            options={
                'verbose_name': '每日封存',
                'verbose_name_plural': '每日封存',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('name', models.CharField(max_length=120, primary_key=True, serialize=False)),
                ('value', models.PositiveBigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='文种')),
                ('issuer', models.CharField(max_length=100, verbose_name='署名')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                ('serial', models.PositiveIntegerField(verbose_name='序号')),
                ('number', models.CharField(db_index=True, max_length=60, verbose_name='文号')),
                ('title', models.TextField(verbose_name='标题')),
                ('addressee', models.CharField(max_length=200, verbose_name='主送')),
                ('paragraphs', models.JSONField(verbose_name='正文')),
                ('facts', models.JSONField(verbose_name='要素')),
                ('issued_on', models.DateField(verbose_name='成文日期')),
                ('created_at', models.DateTimeField(verbose_name='生成时间')),
                ('sha256', models.CharField(max_length=64, verbose_name='内容摘要')),
            ],
            options={
                'verbose_name': '文书',
                'verbose_name_plural': '文书',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True, verbose_name='内容摘要')),
                ('size', models.PositiveBigIntegerField(verbose_name='字节数')),
                ('content_type', models.CharField(max_length=100, verbose_name='类型')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='存入时间')),
            ],
            options={
                'verbose_name': '文件',
                'verbose_name_plural': '文件',
            },
        ),
        migrations.CreateModel(
            name='AccessLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, verbose_name='时间')),
                ('post_label', models.CharField(blank=True, max_length=200, verbose_name='岗位')),
                ('act', models.CharField(choices=binzhou_xinfang.records.acts.access_acts, max_length=30, verbose_name='行为')),
                ('subject', models.CharField(max_length=200, verbose_name='对象')),
                ('ip', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
                ('reason', models.TextField(blank=True, verbose_name='事由')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='机构')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='用户')),
            ],
            options={
                'verbose_name': '查阅日志',
                'verbose_name_plural': '查阅日志',
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='anchor',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=binzhou_xinfang.records.append_only.RefusalSql(func="RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME;", hash='bd8e803931f576d550f14c0592d1e942b1419ea5', level='STATEMENT', operation='UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_append_only_bdb9d', table='records_anchor', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='letter',
            name='issued_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='制发人'),
        ),
        migrations.AddField(
            model_name='letter',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='accounts.unit', verbose_name='制发机关'),
        ),
        migrations.AddIndex(
            model_name='accesslog',
            index=models.Index(fields=['subject', 'at'], name='access_by_subject'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accesslog',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=binzhou_xinfang.records.append_only.RefusalSql(func="RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME;", hash='ec75a6b93747c75a52a6ac64aefeeda680c54a1b', level='STATEMENT', operation='UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_append_only_7c00d', table='records_accesslog', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.UniqueConstraint(fields=('unit', 'kind', 'year', 'serial'), name='one_letter_per_number'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('serial__gte', 1)), name='letter_serial_from_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='letter',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=binzhou_xinfang.records.append_only.RefusalSql(func="RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME;", hash='f107ca97063c02f40f6302cb8aa3eb4c2d2398e5', level='STATEMENT', operation='UPDATE OR DELETE OR TRUNCATE', pgid='pgtrigger_append_only_f67e8', table='records_letter', when='BEFORE')),
        ),
    ]
