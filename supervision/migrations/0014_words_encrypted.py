"""Words of supervision, encrypted."""

from django.db import migrations

from binzhou_xinfang.records.crypto import EncryptedJSONField, EncryptedTextField
from binzhou_xinfang.records.encrypting import operations, rewritten


class Migration(migrations.Migration):

    dependencies = [("supervision", "0013_events_encrypted")]

    operations = [
        *operations(
            "supervision", "answer",
            text=EncryptedTextField(verbose_name="反馈内容"),
            verdict=EncryptedTextField(blank=True, max_length=500, verbose_name="审核意见"),
        ),
        *operations(
            "supervision", "inspection",
            answers=EncryptedJSONField(verbose_name="逐项结论"),
            conclusion=EncryptedTextField(verbose_name="督查结论"),
        ),
        *operations(
            "supervision", "record",
            demands=EncryptedJSONField(default=list, verbose_name="整改要求"),
            findings=EncryptedJSONField(default=list, verbose_name="发现的问题"),
            people=EncryptedTextField(blank=True, max_length=500, verbose_name="参加人员"),
            place=EncryptedTextField(blank=True, max_length=200, verbose_name="地点"),
            text=EncryptedTextField(verbose_name="情况"),
        ),
        *operations(
            "supervision", "supervisioncase",
            facts=EncryptedJSONField(blank=True, default=dict, verbose_name="要素"),
            note=EncryptedTextField(blank=True, verbose_name="处理说明"),
            problem=EncryptedTextField(max_length=200, verbose_name="存在的问题"),
        ),
        rewritten("supervision", "answer"),
        rewritten("supervision", "inspection"),
        rewritten("supervision", "record"),
        rewritten("supervision", "supervisioncase"),
    ]
