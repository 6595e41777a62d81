"""Covers of the tables of matters, and of those below that tell of a matter without a key to it."""

from collections.abc import Mapping

from django.db.models import Model, QuerySet

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.letters.models import Letter, LetterFile
from binzhou_xinfang.notices.models import Message, Outbox
from binzhou_xinfang.notices.sight import bells_of
from binzhou_xinfang.records.models import AccessLog, StoredFile
from cases.covers import Cover, Door, inside
from cases.drafts.life import visible_drafts
from cases.models import (
    AfterCare,
    Alert,
    CaseAttachment,
    CaseEvent,
    CaseLetter,
    CaseRequest,
    CoHandling,
    Companion,
    Correction,
    Deadline,
    Delivery,
    Evaluation,
    HandOverItem,
    LetterDelivery,
    LetterDraft,
    LetterDue,
    LogEntry,
    Opinion,
    Petition,
    PetitionCase,
    Petitioner,
    Recusal,
    RequestAnswer,
    Review,
    SweepFault,
    UrgentCall,
    UrgentReport,
    UrgentTold,
)
from cases.queries import taken_in, visible_to


def _handed_over(post: Post) -> "QuerySet[HandOverItem]":
    """Select what `handover.permissions.visible_items` shows of any act."""
    return HandOverItem.objects.filter(case__in=visible_to(post).values("pk"))


CASES: Mapping[type[Model], Cover] = {
    PetitionCase: Cover(Door.SCOPE, visible_to),
    Petition: Cover(Door.SCOPE, taken_in),
    LetterDraft: Cover(Door.SCOPE, visible_drafts),
    HandOverItem: Cover(Door.SCOPE, _handed_over),
    Message: Cover(Door.SCOPE, lambda post: bells_of(post.user, [post])),
    **inside(
        CaseAttachment, CaseEvent, CaseLetter, CaseRequest, CoHandling, Companion, Deadline, Delivery, Evaluation,
        Opinion, Petitioner, Recusal, RequestAnswer, Review, Letter, LetterFile, StoredFile, UrgentCall,
        UrgentReport, UrgentTold, LogEntry, AfterCare, Correction, LetterDelivery, LetterDue,
    ),
    # The watch reads them; who keeps the system running sees the key of a clock and what went wrong with it.
    **dict.fromkeys((Alert, SweepFault, Outbox), Cover(Door.HOUSE)),
    # The auditor reads the lines; the numbers of sealed matters are covered there (`audit_page.covered`).
    AccessLog: Cover(Door.HOUSE),
}  # fmt: skip

_KEY, _UNITS, _STAFF = "a number or key of the house", "keys of units and people of the house", "who works here"
_SUM, _LIST = "a digest", "words of a list of the house"
_FAULT = "the kind of a fault, as programs name it"
PLAIN_CASES: Mapping[type[Model], Mapping[str, str]] = {
    PetitionCase: dict.fromkeys(("number", "previous_state", "last_move", "outcomes"), _KEY)
    | dict.fromkeys(("passers", "recused", "hands", "co_handlers", "unserved"), _UNITS)
    | {"accused_pieces": "keyed digests"},
    Petition: {"number": _KEY, "external_id": "a number of another system, by which a second entry is found"},
    Petitioner: dict.fromkeys(("ethnicity", "political_status"), _LIST),
    Alert: {"audience": _KEY},
    CaseEvent: {"actor_name": _STAFF},
    CaseLetter: {"move": _KEY},
    Correction: {"entry": "the name of a column"},
    Deadline: {"subject": _KEY, "excluded": "days"},
    HandOverItem: {"moved": "keys and counts of what went along"},
    LogEntry: {"post_label": _STAFF},
    Recusal: {"told": _UNITS},
    Review: {"against": "the number of a letter"},
    SweepFault: {"error": _FAULT},
    UrgentCall: {"post_label": _STAFF},
    Message: {"url": "an address of ours", "error": _FAULT},
    Outbox: {"topic": _KEY, "error": _FAULT},
    AccessLog: {"post_label": _STAFF, "subject": "the number of what was looked at"},
    Letter: {"issuer": "an office", "number": _KEY, "sha256": _SUM},
    StoredFile: {"sha256": _SUM, "content_type": _LIST},
}
