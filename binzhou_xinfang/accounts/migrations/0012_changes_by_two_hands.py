"""Changes of a unit by two hands; what is kept already was ordered by one, and stays marked as that."""

import binzhou_xinfang.append_only
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0011_opened_by_command'),
    ]

    operations = [
        migrations.AddField(
            model_name='unitchange',
            name='by_one_hand',
            field=models.BooleanField(default=True, verbose_name='由一人办理'),
        ),
        migrations.AlterField(
            model_name='unitchange',
            name='by_one_hand',
            field=models.BooleanField(default=False, verbose_name='由一人办理'),
        ),
        migrations.AddField(
            model_name='unitchange',
            name='decided_at',
            field=models.DateTimeField(null=True, verbose_name='审批时间'),
        ),
        migrations.AddField(
            model_name='unitchange',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审批人'),
        ),
        migrations.AddField(
            model_name='unitchange',
            name='decided_why',
            field=models.CharField(blank=True, max_length=200, verbose_name='审批意见'),
        ),
        migrations.AddField(
            model_name='unitchange',
            name='is_given',
            field=models.BooleanField(null=True, verbose_name='是否同意'),
        ),
        migrations.AddField(
            model_name='unitchange',
            name='moved_to',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='职能并入'),
        ),
        migrations.AlterField(
            model_name='unitchange',
            name='kind',
            field=models.CharField(choices=[('rename', '更名'), ('move', '调整隶属'), ('end', '撤销'), ('reopen', '恢复')], max_length=10, verbose_name='情形'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitchange',
            trigger=pgtrigger.compiler.Trigger(name='stays_as_asked', sql=binzhou_xinfang.append_only.RefusalSql(func="\n        IF NEW.unit_id IS DISTINCT FROM OLD.unit_id OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.effective_on IS DISTINCT FROM OLD.effective_on OR NEW.name IS DISTINCT FROM OLD.name OR NEW.short_name IS DISTINCT FROM OLD.short_name OR NEW.parent_id IS DISTINCT FROM OLD.parent_id OR NEW.moved_to_id IS DISTINCT FROM OLD.moved_to_id OR NEW.basis IS DISTINCT FROM OLD.basis OR NEW.ordered_by_id IS DISTINCT FROM OLD.ordered_by_id OR NEW.by_one_hand IS DISTINCT FROM OLD.by_one_hand THEN\n            RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME;\n        END IF;\n        RETURN NEW;\n    ", hash='532d95017b262a023143cfd82325f834b19629cc', operation='UPDATE', pgid='pgtrigger_stays_as_asked_92266', table='accounts_unitchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitchange',
            trigger=pgtrigger.compiler.Trigger(name='stays_as_ended', sql=binzhou_xinfang.append_only.RefusalSql(func="\n        IF OLD.done_at IS NOT NULL OR OLD.cancelled_at IS NOT NULL THEN\n            RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME;\n        END IF;\n        RETURN NEW;\n    ", hash='c8fb75556b1534b4027f17028100f1789ca9aea0', operation='UPDATE', pgid='pgtrigger_stays_as_ended_07090', table='accounts_unitchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitchange',
            trigger=pgtrigger.compiler.Trigger(name='is_kept', sql=binzhou_xinfang.append_only.RefusalSql(func="RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME;", hash='8c27b6d9160748f649d3ea354f1320ffbba53f7d', level='STATEMENT', operation='DELETE OR TRUNCATE', pgid='pgtrigger_is_kept_0f16c', table='accounts_unitchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitchange',
            trigger=pgtrigger.compiler.Trigger(name='wants_two_hands', sql=binzhou_xinfang.append_only.RefusalSql(func="\n                    IF NEW.by_one_hand AND NEW.kind <> 'rename' THEN\n                        RAISE EXCEPTION 'two hands: % of a unit by one hand is refused', NEW.kind;\n                    END IF;\n                    RETURN NEW;\n                ", hash='bc45911e5dda2296a106effa4b95c923a96f244c', operation='INSERT', pgid='pgtrigger_wants_two_hands_5846d', table='accounts_unitchange', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='unitchange',
            constraint=models.CheckConstraint(condition=models.Q(('done_at', None), ('by_one_hand', True), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('is_given', True), models.Q(('decided_by', models.F('ordered_by')), _negated=True)), _connector='OR'), name='a_change_has_two_hands'),
        ),
        migrations.AddConstraint(
            model_name='unitchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('is_given__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('is_given__isnull', False)), _connector='OR'), name='a_change_is_decided_once'),
        ),
    ]
