"""垂直管理机关 as a kind of bodies. Which they are, the file of units says (`load_units`) or an administrator."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_bodies_above'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='unit',
            name='unit_kind_known',
        ),
        migrations.AlterField(
            model_name='unit',
            name='guided_by',
            field=models.ForeignKey(blank=True, help_text='例如县级部门填写市级主管部门，与本级政府同为复查复核的上一级机关；党委部门填写本级党委、垂直管理机关填写上级主管机关，政府不是其上一级', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='guides', to='accounts.unit', verbose_name='上级主管机关'),
        ),
        migrations.AlterField(
            model_name='unit',
            name='kind',
            field=models.CharField(choices=[('area', '地区'), ('party', '党委'), ('government', '政府'), ('petition-office', '信访部门'), ('department', '工作部门'), ('vertical', '垂直管理机关'), ('discipline', '纪检监察机关'), ('review', '复查复核机构'), ('township', '乡镇街道'), ('judicial', '政法机关'), ('organisation', '群团企事业单位')], max_length=20, verbose_name='类别'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['area', 'party', 'government', 'petition-office', 'department', 'vertical', 'discipline', 'review', 'township', 'judicial', 'organisation'])), name='unit_kind_known'),
        ),
    ]
