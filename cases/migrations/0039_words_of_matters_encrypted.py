"""Words written of a matter on its way, encrypted as its registration is."""

from django.db import migrations, models
from django.db.models import Q

from binzhou_xinfang.records.crypto import EncryptedJSONField, EncryptedTextField
from binzhou_xinfang.records.encrypting import operations, rewritten


class Migration(migrations.Migration):

    dependencies = [("cases", "0038_events_encrypted")]

    operations = [
        migrations.RemoveConstraint("delivery", "delivery_proven_or_why_not"),
        migrations.RemoveConstraint("letterdelivery", "letter_delivery_proven_or_why_not"),
        migrations.RemoveConstraint("logentry", "correction_has_its_reason"),
        *operations(
            "cases", "caseattachment",
            name=EncryptedTextField(max_length=200, verbose_name="文件名"),
        ),
        *operations(
            "cases", "cohandling",
            feedback=EncryptedTextField(blank=True, verbose_name="反馈意见"),
            task=EncryptedTextField(max_length=500, verbose_name="协办事项"),
        ),
        *operations(
            "cases", "correction",
            reason=EncryptedTextField(max_length=200, verbose_name="理由"),
        ),
        *operations(
            "cases", "delivery",
            cause=EncryptedTextField(blank=True, max_length=200, verbose_name="拒收或者公告的事由"),
            confirmed_by=EncryptedTextField(blank=True, max_length=100, verbose_name="确认收悉的方式"),
            item_number=EncryptedTextField(blank=True, max_length=40, verbose_name="邮件号"),
            no_proof=EncryptedTextField(blank=True, max_length=200, verbose_name="没有凭证的原因"),
            note=EncryptedTextField(blank=True, verbose_name="备注"),
            recipient=EncryptedTextField(blank=True, max_length=60, verbose_name="签收人"),
            verdict=EncryptedTextField(blank=True, max_length=500, verbose_name="核实情况"),
            witnesses=EncryptedJSONField(blank=True, default=list, verbose_name="见证人"),
        ),
        *operations(
            "cases", "evaluation",
            remark=EncryptedTextField(blank=True, max_length=500, verbose_name="评价意见"),
        ),
        *operations(
            "cases", "handoveritem",
            left_why=EncryptedTextField(blank=True, max_length=200, verbose_name="没有移交的原因"),
        ),
        *operations(
            "cases", "letterdelivery",
            cause=EncryptedTextField(blank=True, max_length=200, verbose_name="拒收或者公告的事由"),
            confirmed_by=EncryptedTextField(blank=True, max_length=100, verbose_name="确认收悉的方式"),
            item_number=EncryptedTextField(blank=True, max_length=40, verbose_name="邮件号"),
            no_proof=EncryptedTextField(blank=True, max_length=200, verbose_name="没有凭证的原因"),
            note=EncryptedTextField(blank=True, verbose_name="备注"),
            recipient=EncryptedTextField(blank=True, max_length=60, verbose_name="签收人"),
            witnesses=EncryptedJSONField(blank=True, default=list, verbose_name="见证人"),
        ),
        *operations(
            "cases", "letterdraft",
            note=EncryptedTextField(blank=True, verbose_name="退回、作废理由"),
        ),
        *operations(
            "cases", "logentry",
            data=EncryptedJSONField(verbose_name="内容"),
            reason=EncryptedTextField(blank=True, max_length=500, verbose_name="更正理由"),
        ),
        *operations(
            "cases", "opinion",
            basis=EncryptedTextField(verbose_name="法律法规政策依据"),
            facts=EncryptedTextField(verbose_name="事实认定情况"),
        ),
        *operations(
            "cases", "recusal",
            note=EncryptedTextField(blank=True, max_length=500, verbose_name="决定说明"),
            reason=EncryptedTextField(max_length=500, verbose_name="理由"),
        ),
        *operations(
            "cases", "requestanswer",
            text=EncryptedTextField(verbose_name="答复内容"),
        ),
        *operations(
            "cases", "review",
            basis=EncryptedTextField(blank=True, verbose_name="依据"),
            changed_to=EncryptedTextField(blank=True, verbose_name="变更后的处理意见"),
            claim=EncryptedTextField(max_length=500, verbose_name="申请请求"),
            decision=EncryptedTextField(blank=True, verbose_name="复查复核意见"),
            excuse=EncryptedTextField(blank=True, max_length=500, verbose_name="逾期的正当理由"),
            facts=EncryptedTextField(blank=True, verbose_name="查明的事实"),
            grounds=EncryptedTextField(verbose_name="申请事实和理由"),
            hearing=EncryptedTextField(blank=True, verbose_name="听证结论"),
            no_proof=EncryptedTextField(blank=True, default="", max_length=200, verbose_name="没有凭证的原因"),
        ),
        *operations(
            "cases", "urgentreport",
            content=EncryptedTextField(verbose_name="报告内容"),
            measures=EncryptedTextField(blank=True, verbose_name="已采取的措施"),
            taken_back_reason=EncryptedTextField(blank=True, max_length=500, verbose_name="撤回理由"),
        ),
        *operations(
            "cases", "urgenttold",
            told_by=EncryptedTextField(blank=True, max_length=100, verbose_name="报告人"),
        ),
        migrations.AddConstraint("delivery", models.CheckConstraint(condition=~Q(standing="unproven") | Q(no_proof__written=True), name="delivery_proven_or_why_not")),
        migrations.AddConstraint("letterdelivery", models.CheckConstraint(condition=Q(proof__isnull=False) | Q(no_proof__written=True), name="letter_delivery_proven_or_why_not")),
        migrations.AddConstraint("logentry", models.CheckConstraint(condition=Q(corrects=None) | Q(reason__written=True), name="correction_has_its_reason")),
        rewritten("cases", "caseattachment"),
        rewritten("cases", "cohandling"),
        rewritten("cases", "correction"),
        rewritten("cases", "delivery"),
        rewritten("cases", "evaluation"),
        rewritten("cases", "handoveritem"),
        rewritten("cases", "letterdelivery"),
        rewritten("cases", "letterdraft"),
        rewritten("cases", "logentry"),
        rewritten("cases", "opinion"),
        rewritten("cases", "recusal"),
        rewritten("cases", "requestanswer"),
        rewritten("cases", "review"),
        rewritten("cases", "urgentreport"),
        rewritten("cases", "urgenttold"),
    ]
