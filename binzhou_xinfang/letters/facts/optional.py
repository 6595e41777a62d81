"""What a letter says when it is known. `via`: who passed the matter on, e.g. 由滨州市信访局2026年3月2日转送."""

from collections.abc import Mapping
from types import MappingProxyType

from binzhou_xinfang.letters.kinds import LetterKind

_CONTACT = ("contact", "contact_phone")
_APPLICANT = ("applicant_phone", "applicant_address", "agents", "enclosures")
_ANSWER = ("case_number", "accepted_on", "respondent_views", "hearing", "redo_days", "changed_to", "copies_to")

OPTIONAL_FACTS: Mapping[LetterKind, tuple[str, ...]] = MappingProxyType(
    {
        LetterKind.REGISTRATION_FORM: (
            "query_code", "source", "addressed_to", "postmarked_on", "affected_count", "is_repeat", "first_unit",
            "first_on", "id_kind", "id_number", "sex", "born_on", "ethnicity", "political_status", "occupation",
            "employer", "phone", "landline", "email", "address", "household", "residence", "wishes", "representatives",
            "agents", "cause", "accused", "marks", "threat", "visits", "responsible_unit", "handling", "receiver",
        ),
        LetterKind.RECEIPT: ("query_way",),
        LetterKind.REFERRAL: ("enclosures", *_CONTACT),
        LetterKind.ASSIGNMENT: ("enclosures", *_CONTACT),
        LetterKind.PROCEDURAL_ACCEPTANCE: ("query_way",),
        LetterKind.ACCEPTANCE: ("via", "query_way"),
        LetterKind.STATUTORY_ROUTE: ("via",),
        LetterKind.JURISDICTION: ("co_units", "notice_due_on", "copies_to"),
        LetterKind.EXTENSION: ("assigner_approval",),
        LetterKind.INVESTIGATION_REPORT: ("accepted_on", "due_on", "claims", "disputes", "enclosures"),
        LetterKind.OPINION: ("via", "copies_to"),
        LetterKind.COMPLETION_REPORT: ("enclosures",),
        LetterKind.DELIVERY_PROOF: ("delivered_on", "receiver", "absence_reason", "deliverer"),
        LetterKind.HEARING_REQUEST: ("case_number", "opinion_number", "representatives", *_APPLICANT),
        LetterKind.HEARING_NOTICE: ("case_number", "recorder", "publicity", *_CONTACT),
        LetterKind.HEARING_RECORD: ("case_number", "ended_at", "publicity"),
        LetterKind.HEARING_REPORT: ("case_number", "minority", "suggestion", "notice_on"),
        LetterKind.MEDIATION_AGREEMENT: ("case_number", "mediated_on", "mediation_place", "recorder", "copies_count"),
        LetterKind.SETTLEMENT_AGREEMENT: ("case_number", "disputes", "liability", "witness", "copies_count"),
        LetterKind.REVIEW_REQUEST: ("case_number", *_APPLICANT),
        LetterKind.REVIEW_OPINION: _ANSWER,
        LetterKind.RECHECK_REQUEST: ("case_number", *_APPLICANT),
        LetterKind.RECHECK_OPINION: _ANSWER,
        LetterKind.SUPERVISION_LETTER: ("times", "enclosures", "copies_to", *_CONTACT),
        LetterKind.RISK_LETTER: ("enclosures", "copies_to", *_CONTACT),
        LetterKind.ACCOUNTABILITY_LETTER: ("earlier_letters", "enclosures", *_CONTACT),
        LetterKind.IMPROVEMENT_PROPOSAL: ("cases", "enclosures", "copies_to", *_CONTACT),
        LetterKind.POLICY_PROPOSAL: ("cases", "enclosures", "copies_to", *_CONTACT),
        LetterKind.LIABILITY_PROPOSAL: ("cases", "enclosures", *_CONTACT),
        LetterKind.RESOLUTION_REPORT: ("leader", "aid", "commitment", "enclosures"),
        LetterKind.COMMITMENT: ("case_number", "document_number"),
        LetterKind.ANNUAL_REPORT: ("others", "rows", "copies_to"),
        LetterKind.LEADER_READING: ("place", "topic", "visits", "instruction", "instructed_on", "registrar"),
        LetterKind.FILE_CATALOGUE: (
            "responsible_unit", "retention", "closed_on", "archived_on", "pages_total", "filed_by", "checked_by",
        ),
    }
)  # fmt: skip
