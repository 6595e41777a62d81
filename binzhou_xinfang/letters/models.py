"""Official letters, the file of each, and the templates of the bureau's own."""

import hashlib

from django.db import models
from django.db.models import Q

from binzhou_xinfang.accounts.models import Unit, User
from binzhou_xinfang.append_only import AppendOnly, Unchanging
from binzhou_xinfang.letters.blocks import (
    BLANK,
    Block,
    blocks_of,
    head_lines,
    head_size,
    signature_indents,
    title_lines,
)
from binzhou_xinfang.letters.fields import LetterKindField
from binzhou_xinfang.letters.kinds import FACTS, LetterKind, Voice
from binzhou_xinfang.letters.wording import day
from binzhou_xinfang.records.crypto import EncryptedJSONField, EncryptedTextField
from binzhou_xinfang.records.events import canonical
from binzhou_xinfang.records.models import StoredFile
from binzhou_xinfang.records.personal_numbers import personal_numbers

# These tables are older than the room: their names, permissions and history of migrations stay those of `records`.
APP_LABEL = "records"


# Room for somebody else to write the day.
BY_HAND = f"{BLANK * 5}年{BLANK * 2}月{BLANK * 2}日"


def number_line(voice: Voice, number: str) -> str:
    """Write a number as it stands on the paper: what the office keeps for itself has no 发文字号."""
    return f"编号：{number}" if number and voice is Voice.FILE else number


class Head(models.TextChoices):
    """Ways in which the mark of the organ (发文机关标志) comes to stand above a letter."""

    NONE = "", "没有版头"
    PRINTED = "printed", "随文书印制"
    LETTERHEAD = "letterhead", "用印有标志的信笺"


class Letter(AppendOnly):
    """An official letter as it was issued: it never changes, whatever becomes of its unit or its wording file."""

    unchanging = Unchanging(once_plain=("title", "addressee"))
    kind = LetterKindField("文种")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="letters", verbose_name="制发机关")
    issuer = models.CharField("署名", max_length=100)
    year = models.PositiveSmallIntegerField("年份")
    serial = models.PositiveIntegerField("序号")
    number = models.CharField("文号", max_length=60, db_index=True, blank=True)
    # Letters from before heads were printed have none.
    head = models.CharField("版头", max_length=10, choices=Head, blank=True, default=Head.NONE)
    is_sealed = models.BooleanField("检举控告保密件的文书", default=False)
    title = EncryptedTextField("标题")
    addressee = EncryptedTextField("主送", max_length=200, blank=True)
    paragraphs = EncryptedJSONField("正文")
    facts = EncryptedJSONField("要素")
    issued_on = models.DateField("成文日期")
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="制发人")
    created_at = models.DateTimeField("生成时间")
    sha256 = models.CharField("内容摘要", max_length=64)
    own_template = models.ForeignKey(
        "records.LetterTemplate", models.PROTECT, null=True, related_name="+", verbose_name="自备模板"
    )

    class Meta(AppendOnly.Meta):
        app_label = APP_LABEL
        verbose_name = verbose_name_plural = "文书"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "year", "is_sealed", "serial"], name="one_letter_per_number"
            ),
            models.CheckConstraint(condition=Q(serial__gte=1), name="letter_serial_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def is_as_issued(self) -> bool:
        """True while what the reader sees hashes to what was signed; else it must not be shown as signed."""
        return self.content_sha256() == self.sha256

    @property
    def voice(self) -> Voice:
        """The speaker, by the kind."""
        return LetterKind(self.kind).voice

    @property
    def reference(self) -> str:
        """The number, or for a paper without one its name with its day: how lists, files and the log call it."""
        return self.number or f"{LetterKind(self.kind).label}（{day(self.issued_on)}）"

    @property
    def number_line(self) -> str:
        """The number as it stands on the paper."""
        return number_line(self.voice, self.number)

    @property
    def dated(self) -> str:
        """The day below the text; who signs a paper of their own writes it by hand."""
        return day(self.issued_on) if self.voice.is_numbered else BY_HAND

    @property
    def head_line(self) -> str:
        """The mark of the organ, in two lines where its name is long; a blank where the paper brings it, or none."""
        mark = "\n".join(head_lines(self.issuer))
        return {Head.PRINTED: mark, Head.LETTERHEAD: BLANK}.get(Head(self.head), "")

    @property
    def has_mark_of_two(self) -> bool:
        """True for a mark of two lines."""
        return "\n" in self.head_line

    @property
    def head_points(self) -> int:
        """The size of the mark."""
        return head_size(self.head_line)

    @property
    def tells_in_full(self) -> bool:
        """True for a paper with somebody's numbers or address in full, for who may see them (`Right.SEE_IDENTITY`)."""
        if self.voice.masks:
            return False
        told = any(value and name in FACTS and FACTS[name].is_of_person for name, value in self.facts.items())
        return told or any(personal_numbers(text) for text in self.paragraphs)

    @property
    def salutation(self) -> str:
        """The address to the reader: 刘某：; empty for a form that speaks to nobody."""
        return f"{self.addressee}：" if self.addressee else ""

    @property
    def signature(self) -> str:
        """The office below the text; empty where the people who speak in the letter sign it."""
        return self.issuer if self.voice.has_head else ""

    @property
    def title_lines(self) -> list[str]:
        """The title as it is broken on paper, never inside a word that is known."""
        return title_lines(self.title)

    @property
    def has_long_signature(self) -> bool:
        """True for an office too long to stand centred over the day."""
        return not signature_indents(self.signature, day(self.issued_on))[0]

    @property
    def blocks(self) -> list[Block]:
        """The body as paragraphs and tables, 抄送 last."""
        return blocks_of(self.paragraphs)

    def content_sha256(self) -> str:
        """Compute the SHA-256 of what the reader sees; equal to `sha256` as long as nothing was altered."""
        seen = [
            self.number,
            self.title,
            self.addressee,
            self.paragraphs,
            self.issuer,
            self.issued_on.isoformat(),
        ]
        return hashlib.sha256(canonical(seen).encode()).hexdigest()


class LetterFile(AppendOnly):
    """The one file of an issued letter: made once, and the same bytes ever after."""

    letter = models.OneToOneField(Letter, models.PROTECT, related_name="made", verbose_name="文书")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")
    made_at = models.DateTimeField("生成时间")

    class Meta(AppendOnly.Meta):
        app_label = APP_LABEL
        verbose_name = verbose_name_plural = "文书文件"

    def __str__(self) -> str:
        return self.file.sha256[:12]


class LetterTemplate(AppendOnly):
    """A change of the template of one kind: a file of the bureau's own, or (without a file) back to the delivered one.

    The last row of a kind is in force; the earlier ones are its history.
    """

    unchanging = Unchanging(moment="put_at")
    kind = LetterKindField("文种")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="模板文件")
    name = models.CharField("文件名", max_length=200, blank=True)
    put_at = models.DateTimeField("启用时间")
    put_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="操作人")
    post_label = models.CharField("岗位", max_length=200)

    class Meta(AppendOnly.Meta):
        app_label = APP_LABEL
        verbose_name = verbose_name_plural = "文书模板"
        indexes = [models.Index(fields=["kind", "-id"], name="letter_template_by_kind")]

    def __str__(self) -> str:
        return self.name or "系统模板"
