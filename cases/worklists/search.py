"""Search box: matters by number, by the tail of a number, by a person's name, ID or telephone number."""

import re
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.db.models.functions import Reverse

from binzhou_xinfang import typed
from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.reading import among
from binzhou_xinfang.records.crypto import digest
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.number_patterns import SEQUENCE, YEAR
from binzhou_xinfang.statute.parameters import Key
from cases.models import Petition, PetitionCase, Petitioner
from cases.people import came_with
from cases.queries import Cases, visible_to

# A number of ours. Three groups of digits may as well be a telephone number, unless the last group is our full one.
_PETITION_NUMBER = re.compile(r"[0-9A-Z-]+-\d{4}-\d{6,}|(?=.*[A-WYZ])[0-9A-Z-]+-\d{4}-\d+", re.ASCII)
# As people call a number: 382, 000382, 2026-382, 2026年382号.
_TAIL = re.compile(r"(?:(20\d{2})[-年])?(\d{1,6})号?", re.ASCII)
_SAID_AROUND = re.compile(r"^((信访)?(件|事项)?|登记|受理|回执)(编号|号码|NO\.?)[:.]?|[。.,、;:!]+$")
_DIGITS = 6


def number_in(text: str) -> str:
    """Read what was typed as a number, spelled as ours are; “编号” before it and a full stop behind it are left out."""
    return _SAID_AROUND.sub("", typed.spelled(text))


def is_number(text: str) -> bool:
    """Recognise a number of ours, or its tail."""
    number = number_in(text)
    return bool(_PETITION_NUMBER.fullmatch(number) or _TAIL.fullmatch(number))


def is_private(text: str) -> bool:
    """Recognise a text that may be an ID or a telephone number and must stand in no address: seven digits or more."""
    return not is_number(text) and len(re.sub(r"\D", "", number_in(text))) >= 7


def find(post: Post, text: str) -> Cases:
    """Search the visible matters by what the search box takes: a number or its tail, an ID, a phone, or a name.

    Who came with others is found as who came alone. Newest first.
    """
    same = Q(name_key=digest(text, kind="name"))
    if is_private(text):
        # Whoever may not find persons by their numbers does not come here with one, and each that comes is logged.
        same |= Q(id_digest=digest(text, kind="id_number")) | Q(phone_digest=digest(text, kind="phone"))
    people = Petitioner.objects.filter(same)
    # Who goes on for a petitioner that died came with no arrival.
    following = PetitionCase.objects.filter(among("lead", people.order_by().values("pk"))).values("pk")
    return visible_to(post).filter(among("pk", named(text, people).union(following))).order_by("-id")


def named(text: str, people: QuerySet[Petitioner] | None = None) -> Cases:
    """Select the ids of matters with this number or tail, or with an arrival of these people; of who bears the very
    name if nobody is given."""
    who = Petitioner.objects.filter(name_key=digest(text, kind="name")) if people is None else people
    arrived = Petition.objects.filter(among("pk", came_with(who))).values("case_id")
    return _numbered(number_in(text)).union(arrived)


def _numbered(number: str) -> Cases:
    tail = _TAIL.fullmatch(number)
    if tail is None:
        matters = PetitionCase.objects.filter(number=number).values("pk")
        return matters.union(Petition.objects.filter(number=number).values("case_id"))  # type: ignore[return-value]
    ends = _bears(tail[2].zfill(_DIGITS), tail[1] or "")
    matters = PetitionCase.objects.annotate(backwards=Reverse("number")).filter(ends).values("pk")
    arrivals = Petition.objects.annotate(backwards=Reverse("number")).filter(ends).values("case_id")
    return matters.union(arrivals)  # type: ignore[return-value]


def _bears(serial: str, year: str) -> Q:
    """Build the condition that a number bears the serial, by each pattern that the office has had: by its end, for
    which there is an index, or, where something follows the serial, by all that stands behind it."""
    behind = {str(pattern).partition(f"{{{SEQUENCE}}}")[2] for pattern in current_rulebook().ever(Key.CASE_NUMBER)}
    of_the_year = Q(number__contains=year)
    last = Q(backwards__startswith=serial[::-1])
    others = [Q(number__regex=_written(serial, rest, year)) for rest in sorted(behind - {""})]
    return of_the_year & reduce(or_, others, last)


def _written(serial: str, rest: str, year: str) -> str:
    """Write the end of a number as a regular expression: the serial, and what follows it."""
    parts = re.split(r"\{(\w+)\}", rest)
    fields = {YEAR: year or r"\d{4}", "code": "[0-9A-Z-]+"}
    return (
        f"(^|[^0-9]){serial}"
        + "".join(fields[part] if place % 2 else re.escape(part) for place, part in enumerate(parts))
        + "$"
    )
