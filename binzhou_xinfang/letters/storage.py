"""The file of a letter: made once, soon after it is issued or at the first need, and never made differently again."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters import rendering
from binzhou_xinfang.letters.models import Letter, LetterFile
from binzhou_xinfang.records import files
from binzhou_xinfang.records.file_types import DOCX
from binzhou_xinfang.records.models import StoredFile

# A letter that is older was loaded from elsewhere; its file is made when somebody asks for it.
FRESH = timedelta(days=2)
AT_ONCE = 200


def file_of(letter: Letter) -> StoredFile:
    """Find the letter's file, which is made now if nobody has needed it before."""
    made = LetterFile.objects.select_related("file").filter(letter=letter).first()
    return made.file if made is not None else keep(letter, rendering.render(letter))


def read(letter: Letter, stored: StoredFile | None = None) -> bytes:
    """Read the letter's .docx; `stored` is its file, if the caller knows it. Raises Refusal when the disk has lost
    it."""
    stored = stored or file_of(letter)
    try:
        with files.open_file(stored) as content:
            return content.read()
    except FileNotFoundError as fault:
        raise Refusal(f"文件库中找不到{letter.reference}的文件，请联系系统管理员。") from fault


def keep(letter: Letter, content: bytes) -> StoredFile:
    """Store the content as the letter's file and return it; if another process was faster, its file."""
    stored = files.keep(content, DOCX.content_type)
    with transaction.atomic():
        made, _ = LetterFile.objects.get_or_create(letter=letter, defaults={"file": stored, "made_at": timezone.now()})
    return made.file


def make_missing(now: datetime) -> int:
    """Make the files of the letters that were issued lately and have none; returns how many were made."""
    waiting = Letter.objects.filter(created_at__gte=now - FRESH, created_at__lte=now, made=None).order_by("-pk")
    made = list(waiting[:AT_ONCE])
    for letter in made:
        file_of(letter)
    return len(made)
