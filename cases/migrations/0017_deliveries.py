"""送达 with its proof. What was delivered before keeps its day; its proof is marked as unknown, none is invented."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import binzhou_xinfang.records.crypto
import cases.models.attachment

ANSWERS = [("opinion", "处理意见"), ("review", "复查意见"), ("recheck", "复核意见")]
WAYS = [
    ("direct", "直接送达"),
    ("post", "邮寄送达"),
    ("left", "留置送达"),
    ("electronic", "电子送达"),
    ("notice", "公告送达"),
    ("told", "电话、网络等方式告知"),
]
STANDINGS = [
    ("proven", "有送达凭证"),
    ("unproven", "没有送达凭证"),
    ("doubted", "事后登录，送达日期待核实"),
    ("confirmed", "事后登录，送达日期已核实"),
    ("refused", "事后登录，送达日期未予认可"),
    ("unknown", "以前登录，凭证不详"),
]
RELATIONS = [
    ("self", "本人"),
    ("family", "同住的成年家属"),
    ("agent", "代理人"),
    ("designated", "指定的代收人"),
    ("office", "单位负责收件的人"),
]
_USER = settings.AUTH_USER_MODEL


def _link(to: str, label: str = "", *, related_name: str = "+", null: bool = True) -> models.ForeignKey:
    words = {"verbose_name": label} if label else {}
    return models.ForeignKey(
        null=null, on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=to, **words
    )


# Day, way and hand are those of the event that wrote the delivery down; an answer by telephone had no such event.
_KNOWN = """
    INSERT INTO cases_delivery (
        case_id, answer, opinion_id, review_id, way, delivered_on, counts_from, standing, recipient, relation, place,
        item_number, confirmed_by, cause, witnesses, no_proof, note, entered_by_id, entered_on, verdict
    )
    SELECT said.case_id, {answer}, {opinion}, {review}, COALESCE(told.detail->>'way', {way}), said.delivered_on,
           said.delivered_on, 'unknown', left(COALESCE(told.detail->>'recipient', ''), 60), '', ''::bytea, '', '', '',
           '[]', '', COALESCE(told.detail->>'note', ''), told.actor_id,
           (told.happened_at AT TIME ZONE %s)::date, ''
    FROM {table} said
    LEFT JOIN LATERAL (
        SELECT event.detail, event.actor_id, event.happened_at FROM cases_caseevent event
        WHERE event.case_id = said.case_id AND event.kind IN ({kinds})
          AND event.detail->>'delivered_on' = said.delivered_on::text
        ORDER BY event.seq DESC LIMIT 1
    ) told ON true
    WHERE said.delivered_on IS NOT NULL
    ORDER BY said.id
"""
_OPINIONS = _KNOWN.format(
    answer="'opinion'", opinion="said.id", review="NULL::bigint", table="cases_opinion", kinds="'deliver'",
    way="CASE WHEN said.is_simple THEN 'told' ELSE '' END",
)  # fmt: skip
_REVIEWS = _KNOWN.format(
    answer="said.kind", opinion="NULL::bigint", review="said.id", table="cases_review", way="''",
    kinds="'deliver-review', 'deliver-recheck', 'order-redo'",
)  # fmt: skip


def write_down(apps, schema_editor) -> None:
    """Write a row for each answer that was delivered."""
    for statement in (_OPINIONS, _REVIEWS):
        schema_editor.execute(statement, [settings.TIME_ZONE])


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_records_and_urgent")]

    operations = [
        migrations.AlterField(
            model_name="caseattachment",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=cases.models.attachment._kinds,
                db_default="",
                default="",
                max_length=20,
                verbose_name="材料种类",
            ),
        ),
        migrations.AddField(
            model_name="petitioncase",
            name="is_delivery_doubted",
            field=models.BooleanField(default=False, verbose_name="送达日期待核实"),
        ),
        migrations.AddField(
            model_name="deadline",
            name="not_before",
            field=models.DateField(blank=True, null=True, verbose_name="不早于"),
        ),
        migrations.AddIndex(
            model_name="petitioncase",
            index=models.Index(
                condition=models.Q(("is_delivery_doubted", True)), fields=["registered_unit"], name="delivery_to_judge"
            ),
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("answer", models.CharField(choices=ANSWERS, max_length=10, verbose_name="送达的意见")),
                ("way", models.CharField(blank=True, choices=WAYS, max_length=10, verbose_name="送达方式")),
                ("delivered_on", models.DateField(verbose_name="送达日期")),
                ("counts_from", models.DateField(verbose_name="期限起算日")),
                ("standing", models.CharField(choices=STANDINGS, max_length=10, verbose_name="凭证情况")),
                ("recipient", models.CharField(blank=True, max_length=60, verbose_name="签收人")),
                (
                    "relation",
                    models.CharField(blank=True, choices=RELATIONS, max_length=12, verbose_name="与信访人的关系"),
                ),
                (
                    "place",
                    binzhou_xinfang.records.crypto.EncryptedTextField(blank=True, verbose_name="送达地点"),
                ),
                ("posted_on", models.DateField(null=True, verbose_name="交邮日期")),
                ("item_number", models.CharField(blank=True, max_length=40, verbose_name="邮件号")),
                ("notice_on", models.DateField(null=True, verbose_name="公告日期")),
                ("confirmed_by", models.CharField(blank=True, max_length=100, verbose_name="确认收悉的方式")),
                ("cause", models.CharField(blank=True, max_length=200, verbose_name="拒收或者公告的事由")),
                ("witnesses", models.JSONField(blank=True, default=list, verbose_name="见证人")),
                ("no_proof", models.CharField(blank=True, max_length=200, verbose_name="没有凭证的原因")),
                ("note", models.TextField(blank=True, verbose_name="备注")),
                ("entered_on", models.DateField(null=True, verbose_name="登录日期")),
                ("judged_on", models.DateField(null=True, verbose_name="核实日期")),
                ("verdict", models.CharField(blank=True, max_length=500, verbose_name="核实情况")),
                ("case", _link("cases.petitioncase", related_name="deliveries", null=False)),
                ("opinion", _link("cases.opinion", related_name="deliveries")),
                ("review", _link("cases.review", related_name="deliveries")),
                ("proof", _link("cases.caseattachment", "送达凭证")),
                ("entered_by", _link(_USER, "登录人")),
                ("judged_by", _link(_USER, "核实人")),
            ],
            options={
                "verbose_name": "送达",
                "verbose_name_plural": "送达",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["case"], name="delivery_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("opinion__isnull", False), ("review", None))
                        | models.Q(("opinion", None), ("review__isnull", False)),
                        name="delivery_of_one_opinion",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("standing", "unproven"), _negated=True)
                        | models.Q(("no_proof", ""), _negated=True),
                        name="delivery_proven_or_why_not",
                    ),
                ],
            },
        ),
        migrations.RunPython(write_down, migrations.RunPython.noop, elidable=True),
    ]
