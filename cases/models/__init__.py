"""Columns, constraints and facts about one row; verbs live in the rooms, sets in `cases.queries`."""

from cases.models.alert import Alert, SweepFault, SweepRun
from cases.models.attachment import CaseAttachment
from cases.models.case import OWES, WAS_PASSED_DOWN, PetitionCase
from cases.models.correction import Correction
from cases.models.deadline import LAPSED_BEFORE_EXTENSION, Deadline, DeadlineQuerySet, done_in_time
from cases.models.delivery import DayVerdict, Delivery, Relation, Standing
from cases.models.duty_turn import DutyTurn
from cases.models.evaluation import AnswerChannel, Evaluation, EvaluationObject, Verdict
from cases.models.event import NO_MOVE, CaseEvent, CaseLetter
from cases.models.hand_over import ENDING_KINDS, STAYED, HandOver, HandOverItem, HandOverKind
from cases.models.hand_over_plan import HandOverPlan
from cases.models.joint import CoHandling, Recusal
from cases.models.legal_route import LegalRoute
from cases.models.letter_delivery import LetterDelivery, LetterDue
from cases.models.letter_draft import LetterDraft
from cases.models.log_entry import AfterCare, LogEntry
from cases.models.opinion import Opinion, RequestAnswer
from cases.models.petition import Companion, Petition, Petitioner
from cases.models.request import CaseRequest
from cases.models.review import Review
from cases.models.saved_filter import SavedFilter
from cases.models.topic import Topic
from cases.models.urgent import UrgentCall, UrgentReport, UrgentTold

__all__ = [
    "ENDING_KINDS",
    "LAPSED_BEFORE_EXTENSION",
    "NO_MOVE",
    "OWES",
    "STAYED",
    "WAS_PASSED_DOWN",
    "AfterCare",
    "Alert",
    "AnswerChannel",
    "CaseAttachment",
    "CaseEvent",
    "CaseLetter",
    "CaseRequest",
    "CoHandling",
    "Companion",
    "Correction",
    "DayVerdict",
    "Deadline",
    "DeadlineQuerySet",
    "Delivery",
    "DutyTurn",
    "Evaluation",
    "EvaluationObject",
    "HandOver",
    "HandOverItem",
    "HandOverKind",
    "HandOverPlan",
    "LegalRoute",
    "LetterDelivery",
    "LetterDraft",
    "LetterDue",
    "LogEntry",
    "Opinion",
    "Petition",
    "PetitionCase",
    "Petitioner",
    "Recusal",
    "Relation",
    "RequestAnswer",
    "Review",
    "SavedFilter",
    "Standing",
    "SweepFault",
    "SweepRun",
    "Topic",
    "UrgentCall",
    "UrgentReport",
    "UrgentTold",
    "Verdict",
    "done_in_time",
]
