"""The file of a letter: made once, soon after it is issued or at the first need, and never made differently again."""

import hashlib
from datetime import datetime, timedelta

from django.utils import timezone

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters import rendering
from binzhou_xinfang.letters.models import Letter, LetterFile
from binzhou_xinfang.records import files
from binzhou_xinfang.records.file_types import DOCX
from binzhou_xinfang.records.models import StoredFile
from binzhou_xinfang.turns import find_or_make

# A letter that is older was loaded from elsewhere; its file is made when somebody asks for it.
FRESH = timedelta(days=2)
AT_ONCE = 200


def file_of(letter: Letter) -> StoredFile:
    """Find the letter's file, which is made now if nobody has needed it before. Raises Refusal for a letter that is not
    as it was issued: no file is made of what nobody has signed."""
    made = LetterFile.objects.select_related("file").filter(letter=letter).first()
    if made is not None:
        return made.file
    _refuse_altered(letter, letter.is_as_issued)
    return keep(letter, rendering.render(letter))


def _refuse_altered(letter: Letter, is_whole: bool) -> None:
    if not is_whole:
        raise Refusal(
            f"{letter.reference}的内容与签发时的校验值不一致，可能被改动，不能作为已签发的文书打印、下载。"
            "请联系安全审计员核查。"
        )


def read(letter: Letter, stored: StoredFile | None = None) -> bytes:
    """Read the letter's .docx; `stored` is its file, if the caller knows it. Raises Refusal when the disk has lost it,
    and when letter or file are not as they were issued."""
    _refuse_altered(letter, letter.is_as_issued)
    stored = stored or file_of(letter)
    try:
        with files.open_file(stored) as source:
            content = source.read()
        _refuse_altered(letter, hashlib.sha256(content).hexdigest() == stored.sha256)
        return content
    except FileNotFoundError as fault:
        raise Refusal(f"文件库中找不到{letter.reference}的文件，请联系系统管理员。") from fault


def keep(letter: Letter, content: bytes) -> StoredFile:
    """Store the content as the letter's file and return it; if another process was faster, its file."""
    stored = files.keep(content, DOCX.content_type)
    about = {"file": stored, "made_at": timezone.now()}
    return find_or_make(LetterFile.objects.all(), letter=letter, defaults=about)[0].file


def make_missing(now: datetime) -> int:
    """Make the files of the letters that were issued lately and have none; returns how many were made."""
    waiting = Letter.objects.filter(created_at__gte=now - FRESH, created_at__lte=now, made=None).order_by("-pk")
    made = [letter for letter in waiting[:AT_ONCE] if letter.is_as_issued]
    for letter in made:
        file_of(letter)
    return len(made)
