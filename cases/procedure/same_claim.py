"""One claim in two matters: the same person, the same facts and reasons (第十九条第三款、第三十六条第三款)."""

from collections.abc import Collection
from datetime import timedelta

from binzhou_xinfang import typed
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.event_fields import EventField, lines
from cases.models import CaseRequest, PetitionCase
from cases.people import is_party, is_same_person
from cases.vocabulary import CLAIMING, Kind, LegalWay

SAME = EventField("核对为相同的诉求：", lines)
# One arrival that was written down twice: its day may have been typed from the postmark once and from the stamp once.
_ONE_ARRIVAL = timedelta(days=3)


def worded_otherwise(case: PetitionCase, other: PetitionCase) -> list[CaseRequest]:
    """List the requests of the matter that do not stand in the other one word for word."""
    known = {typed.key(request.text) for request in other.requests.all()}
    return [request for request in case.requests.order_by("order") if typed.key(request.text) not in known]


def refuse_other_claim(case: PetitionCase, other: PetitionCase, same: Collection[int], *, field: str) -> list[str]:
    """Raise Refusal unless a party of the other matter asks for what was asked for there; the texts that were compared.

    What only one person has been told, another has not. `same`: as in `compared`.
    """
    if not is_party(case, other):
        raise Refusal("两件的信访人不是同一人，不是同一事项，请核对编号；他人的诉求请另行办理。", field=field)
    return compared(case, other, same)


def compared(case: PetitionCase, other: PetitionCase, same: Collection[int]) -> list[str]:
    """List the requests that are worded otherwise than in the other matter and were found to be the same there.

    `same`: their places (`CaseRequest.order`). Raises Refusal for one that nobody compared: a new request has never
    been answered.
    """
    unlike = worded_otherwise(case, other)
    if new := [request.text for request in unlike if request.order not in same]:
        raise Refusal(
            f"以下诉求在该事项中没有提出：{'；'.join(new)}。与该事项的诉求只是表述不同的，请逐项核对后勾选；"
            "是新的诉求的，请另行办理。",
            field="same_requests",
        )
    return [request.text for request in unlike]


def refuse_other_arrival(case: PetitionCase, other: PetitionCase, *, field: str) -> None:
    """Raise Refusal unless both are one arrival of one person, written down twice (第二十一条第二款)."""
    if other.is_sealed != case.is_sealed or not is_same_person(case.lead, other.lead):
        raise Refusal("两件的信访人不是同一人，不属于重复登记；反映同一事项的，请办理并件。", field=field)
    if case.channel != other.channel or abs(case.received_on - other.received_on) > _ONE_ARRIVAL:
        raise Refusal("两件不是同一次来信、来访，不属于重复登记；再次反映同一事项的，请办理并件。", field=field)


def owes_an_opinion(case: PetitionCase) -> bool:
    """Check that the claim has a right to an opinion, which may be reviewed (第三十一条第六项、第三十五条).

    Before the triage it is judged by what the petitioner came for.
    """
    if not case.kind:
        return case.purpose in CLAIMING
    return case.kind == Kind.CLAIM and case.legal_way == LegalWay.PETITION
