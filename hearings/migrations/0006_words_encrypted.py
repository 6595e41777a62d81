"""Words of hearings and mediations, encrypted."""

from django.db import migrations

from binzhou_xinfang.records.crypto import EncryptedJSONField, EncryptedTextField
from binzhou_xinfang.records.encrypting import operations, rewritten


class Migration(migrations.Migration):

    dependencies = [("hearings", "0005_events_encrypted")]

    operations = [
        *operations(
            "hearings", "booking",
            title=EncryptedTextField(max_length=60, verbose_name="事由"),
        ),
        *operations(
            "hearings", "mediation",
            court=EncryptedTextField(blank=True, max_length=60, verbose_name="受理法院"),
            dispute=EncryptedTextField(verbose_name="纠纷概况"),
            other_party=EncryptedTextField(max_length=100, verbose_name="对方当事人"),
            result=EncryptedJSONField(blank=True, default=dict, verbose_name="报送的调解结果"),
        ),
        *operations(
            "hearings", "mediationsession",
            absent=EncryptedJSONField(blank=True, default=list, verbose_name="无正当理由未到场"),
            came=EncryptedJSONField(blank=True, default=list, verbose_name="到场人员"),
            excused=EncryptedJSONField(blank=True, default=list, verbose_name="有正当理由未到场"),
            place=EncryptedTextField(max_length=100, verbose_name="地点"),
            reason=EncryptedTextField(blank=True, max_length=200, verbose_name="取消理由"),
            said=EncryptedTextField(blank=True, verbose_name="调解情况"),
        ),
        *operations(
            "hearings", "member",
            reason=EncryptedTextField(blank=True, max_length=200, verbose_name="退出理由"),
        ),
        rewritten("hearings", "booking"),
        rewritten("hearings", "mediation"),
        rewritten("hearings", "mediationsession"),
        rewritten("hearings", "member"),
    ]
