"""Facts that several letters share: the arrival of a matter, who passed it on, the days that count."""

from datetime import date
from typing import Any

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.kinds.handing_over import ASSIGNMENT, REFERRAL
from binzhou_xinfang.letters.models import Letter
from binzhou_xinfang.statute.periods import Rule
from cases.models import Opinion, Petition, PetitionCase, Petitioner
from cases.vocabulary import Channel

Facts = dict[str, Any]
_ACCEPTED = (Rule.HANDLING, Rule.SIMPLE_HANDLING, Rule.OWN_WAY)


def earlier_letter(case: PetitionCase, *kinds: LetterKind) -> Letter | None:
    """Find the latest letter of a kind, or of several kinds, in this matter."""
    letters = Letter.objects.filter(pk__in=case.letters.values("letter"), kind__in=kinds).select_related("unit")
    return letters.order_by("-pk").first()


def handing_letter(case: PetitionCase) -> Letter | None:
    """Find the letter by which the unit has the matter now: after an objection that was agreed to, the new one."""
    return earlier_letter(case, REFERRAL, ASSIGNMENT)


def arrival(case: PetitionCase) -> Facts:
    """Gather what every letter may say of the matter."""
    return {
        "addressee": case.lead.name,
        "petitioner": petitioner_of(case.lead, case.people),
        "case_number": case.number,
        "received_on": case.received_on,
        "channel": Channel(case.channel).label,
        # Titles often begin with the words that the letters say themselves.
        "matter": case.title.removeprefix("反映").removeprefix("关于"),
        "query_way": query_way(case.registered_unit),
    }


def petitioner_of(lead: Petitioner, people: int) -> str:
    """Name who brought the matter, as letters to others do: 刘某等36人 of several, 匿名信访人 of who gave no name."""
    if lead.is_anonymous:
        return "匿名信访人"
    return f"{lead.name}等{people}人" if people > 1 and not lead.is_organisation else lead.name


def contact(by: Post) -> Facts:
    """Tell with whom the reader may speak: the writer, at the telephone of the unit or at their own."""
    return {"contact": by.user.name, "contact_phone": by.unit.phone or by.user.phone}


def query_way(office: Unit) -> str:
    """Word how somebody with a query code asks: （凭查询码）致电滨州市信访局（0543-3160000）."""
    return f"致电{office.name}（{office.phone}）" if office.phone else f"向{office.name}"


def first_petition(case: PetitionCase) -> Petition:
    """Find the arrival that opened the matter. Raises Refusal when there is none."""
    first = case.petitions.order_by("pk").first()
    if first is None:
        raise Refusal("该事项没有信访件，不能制作文书。")
    return first


def via(case: PetitionCase, on: date) -> str:
    """Word who passed the matter on, 由滨州市信访局2026年3月2日转送; a body that is no more on the day is 原…."""
    handed = handing_letter(case)
    return _said_of(handed, on) if handed is not None else ""


def arrival_at(case: PetitionCase, unit: Unit, on: date) -> Facts:
    """Word when and from whom the matter came to a unit that passes it on; nothing where it was taken in."""
    letters = Letter.objects.filter(pk__in=case.letters.values("letter"), kind__in=(REFERRAL, ASSIGNMENT))
    theirs = letters.select_related("unit").order_by("-pk")
    handed = next((letter for letter in theirs if letter.addressee == unit.name), None)
    if unit.pk == case.registered_unit_id or handed is None:
        return {}
    return {"received_on": handed.issued_on, "via": _said_of(handed, on)}


def _said_of(handed: Letter, on: date) -> str:
    word = "交办" if handed.kind == ASSIGNMENT else "转送"
    issuer = f"原{handed.issuer}" if handed.unit.has_ended(on) else handed.issuer
    return f"由{issuer}{handed.issued_on.year}年{handed.issued_on.month}月{handed.issued_on.day}日{word}"


def accepted_on(case: PetitionCase) -> date:
    """Find the day of acceptance, from which the 60 days run. Raises Refusal when the matter was never accepted."""
    clock = case.deadlines.filter(rule__in=_ACCEPTED).order_by("-pk").first()
    if clock is None:
        raise Refusal("该事项尚未受理。")
    return clock.started_on


def unit_received_on(case: PetitionCase) -> date:
    """Find the day the unit received the matter, from which its notice and objection count."""
    clock = case.deadlines.filter(rule=Rule.NOTICE).order_by("-pk").first()
    return clock.started_on if clock else case.received_on


def signed_opinion(case: PetitionCase) -> Opinion:
    """Find the latest signed opinion. Raises Refusal when there is none."""
    opinion = case.opinions.exclude(signed_on=None).select_related("review_body").first()
    if opinion is None:
        raise Refusal("还没有签发的意见书。")
    return opinion
