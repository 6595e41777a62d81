"""The code lists of matters in the description of the API, each under its own name."""

from collections.abc import Mapping, Sequence
from enum import Enum

from binzhou_xinfang.accounts.models import GrantKind, UnitKind
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.statute.periods import Rule
from cases.models import AnswerChannel, HandOverKind, Verdict
from cases.procedure.delivery_entry import PROOF
from cases.procedure.grounds import ENDING, FILING, offered
from cases.states import Move, State
from cases.states.ground_lists import AskedEnd, DirectAnswer, Succession, VoidReason
from cases.vocabulary import (
    ROUTED_WAYS,
    Answer,
    Channel,
    DeclineReason,
    DeliveryWay,
    EndGround,
    FileReason,
    Kind,
    LegalWay,
    NoHearing,
    PartyRole,
    Purpose,
    ReopenReason,
    ReviewRefusal,
    ReviewResult,
)
from cases.vocabulary_beside import AidResult, Book, Informed, Means, VisitWay

NAMES: Mapping[str, type[Enum] | Sequence[tuple[str, str]]] = {
    "State": State,
    "Move": Move,
    "Rule": Rule,
    "Kind": Kind,
    "ChannelEnum": Channel,
    "AnswerChannel": AnswerChannel,
    "HandOverKind": HandOverKind,
    "GrantKind": GrantKind,
    "UnitKind": UnitKind,
    "Role": Role,
    "PartyRole": PartyRole,
    "Informed": Informed,
    "Verdict": Verdict,
    "AnswerResult": Answer,
    "ReviewResult": ReviewResult,
    "DeclineReason": DeclineReason,
    "FileReason": offered(FileReason, FILING),
    "EndGround": offered(EndGround, ENDING),
    "AskedEnd": AskedEnd,
    "DirectAnswer": DirectAnswer,
    "NoHearing": NoHearing,
    "Succession": Succession,
    "VoidReason": VoidReason,
    "ReopenReason": ReopenReason,
    "ReviewRefusal": ReviewRefusal,
    "DeliveryWay": DeliveryWay,
    "ProvenWay": [(way.value, way.label) for way in PROOF],
    "LegalWay": LegalWay,
    "RoutedWay": [(way.value, way.label) for way in LegalWay if way in ROUTED_WAYS],
    "VisitWay": VisitWay,
    "AidResult": AidResult,
    "Book": Book,
    "Means": Means,
    "Purpose": Purpose,
    "LetterKind": LetterKind.choices,
}
