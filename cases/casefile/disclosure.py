"""Disclosure of persons in full, as registered or on a paper, with its reason in the log (条例第三十条第三款)."""

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.letters.models import Letter
from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.personal_numbers import personal_numbers
from binzhou_xinfang.records.words import in_full
from cases.entries.declaration import Entry, Nature, units_in
from cases.entries.words import Line, lines_of
from cases.merged import arrivals_of, requests_of
from cases.models import CaseLetter, Companion, PetitionCase, Petitioner

_ALWAYS = ("id_number", "phone", "address")


def reveal_people(case: PetitionCase, *, by: Post, reason: str, ip: str | None) -> list[list[Line]]:
    """Tell everybody of the matter with all that is personal, the lead first; registered alike twice is once.

    Raises NotPermitted without the right. `reason` is the clerk's own; the line in the log is written first.
    """
    if not has_right(by, Right.SEE_IDENTITY):
        raise NotPermitted("您当前的岗位不能查看完整身份信息。")
    access.log(by, AccessAct.UNMASK, case.number, reason=reason, ip=ip)
    came = set(case.petitions.values_list("lead", flat=True))
    with_them = set(Companion.objects.filter(petition__case=case).values_list("petitioner", flat=True))
    others = Petitioner.objects.filter(pk__in=came | with_them).exclude(pk=case.lead_id).order_by("pk")
    known: dict[tuple[str, ...], list[Line]] = {}
    for person in (case.lead, *others.select_related(*units_in(Petitioner))):
        lines = lines_of(person, masked=False, only=_is_personal, empty=_ALWAYS)
        known.setdefault(tuple(line.text for line in lines), lines)
    return list(known.values())


def words_in_full(case: PetitionCase, *, by: Post) -> list[tuple[str, str]]:
    """Tell what was written of the matter as it was written, each text with its label; those that no mask touches are
    left out. For who was let in by `reveal_people`."""
    lines = lines_of(case, masked=False, only=lambda entry: entry.nature is Nature.TEXT, with_apart=True)
    told = [(line.label, line.text) for line in lines]
    told += [
        (f"投诉内容（{arrival.number}）", arrival.content) for arrival in arrivals_of(case, reader=by).order_by("pk")
    ]
    told += [("信访请求", request.text) for request in requests_of(case, reader=by)]
    return [(label, in_full(text)) for label, text in told if personal_numbers(text)]


def open_letter(link: CaseLetter, *, by: Post, act: AccessAct, ip: str | None) -> Letter:
    """Log that a letter of the matter is printed or taken out; one that tells persons in full is logged as that too.

    Raises NotPermitted for such a paper without the right.
    """
    letter, what = link.letter, f"{link.case.number} {link.letter.reference}"
    if letter.tells_in_full:
        if not has_right(by, Right.SEE_IDENTITY):
            raise NotPermitted(f"{link.label}写有完整身份信息，您当前的岗位不能查看。")
        access.log(by, AccessAct.UNMASK, link.case.number, reason=f"打开{letter.reference}", ip=ip)
    access.log(by, act, what, ip=ip)
    return letter


def _is_personal(entry: Entry) -> bool:
    """Tell whether an entry is of one person, or stands in the line of one that is."""
    return entry.nature.is_personal or (bool(entry.joins) and not entry.is_tick)
