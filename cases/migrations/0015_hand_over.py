import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_whole_procedure'),
        ('cases', '0014_assigner'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('merged', '机构合并'), ('ended', '机构撤销'), ('split', '机构分立'), ('transferred', '职能划转'), ('left', '人员离岗'), ('corrected', '更正承接移交')], max_length=20, verbose_name='情形')),
                ('last_on', models.DateField(null=True, verbose_name='最后一日')),
                ('basis', models.CharField(max_length=200, verbose_name='依据')),
                ('tells_petitioners', models.BooleanField(default=False, verbose_name='制发承办单位变更告知书')),
                ('moved', models.JSONField(default=dict, verbose_name='一并移交')),
                ('at', models.DateTimeField(verbose_name='办理时间')),
                ('done_at', models.DateTimeField(null=True, verbose_name='完成时间')),
                ('corrects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='cases.handover', verbose_name='更正的移交')),
                ('ordered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('ordered_post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.post', verbose_name='办理岗位')),
                ('ordered_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='办理单位')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='移交人员')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='移交单位')),
            ],
            options={
                'verbose_name': '承接移交',
                'verbose_name_plural': '承接移交',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['unit', '-id'], name='hand_over_of_unit'), models.Index(fields=['ordered_unit', '-id'], name='hand_over_by_unit'), models.Index(condition=models.Q(('done_at', None)), fields=['id'], name='hand_over_unfinished')],
            },
        ),
        migrations.CreateModel(
            name='HandOverItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moved', models.JSONField(default=dict, verbose_name='移交内容')),
                ('left_why', models.CharField(blank=True, max_length=200, verbose_name='没有移交的原因')),
                ('done_at', models.DateTimeField(null=True, verbose_name='移交时间')),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='cases.handover')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hand_overs', to='cases.petitioncase')),
                ('from_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='移出单位')),
                ('to_person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='接办人')),
                ('to_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='承接单位')),
            ],
            options={
                'verbose_name': '承接移交的事项',
                'verbose_name_plural': '承接移交的事项',
                'ordering': ['id'],
                'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['act', 'id'], name='hand_over_item_waits'), models.Index(fields=['case'], name='hand_over_of_case')],
                'constraints': [models.UniqueConstraint(fields=('act', 'case'), name='matter_once_in_a_hand_over')],
            },
        ),
    ]
