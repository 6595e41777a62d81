"""What the rows had to be carried over for: the old column goes, the new rule holds."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("supervision", "0003_carry_over")]

    operations = [
        migrations.RemoveField(
            model_name='answer',
            name='evidence',
        ),
        migrations.AddConstraint(
            model_name='supervisioncase',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ('pending', 'drafted', 'dropped')), ('issued_on__isnull', False), _connector='OR'), name='what_went_out_has_its_day'),
        ),
    ]
