"""Facts of the letters that moves leave behind, one module a stage."""

from collections.abc import Mapping

from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.kinds.ending import COMMITMENT, FILE_CATALOGUE, RESOLUTION_REPORT
from binzhou_xinfang.letters.kinds.handing_over import (
    ASSIGNMENT,
    JURISDICTION,
    OBJECTION,
    PROCEDURAL_ACCEPTANCE,
    REFERRAL,
    TAKING_BACK,
)
from binzhou_xinfang.letters.kinds.handling import COMPLETION_REPORT, DELIVERY_PROOF, OPINION, OWN_WAY_REPLY
from binzhou_xinfang.letters.kinds.hearing import HEARING_NOTICE, HEARING_RECORD, HEARING_REPORT
from binzhou_xinfang.letters.kinds.notices import (
    ACCEPTANCE,
    DECLINE,
    EXTENSION,
    MERGE_NOTICE,
    NO_FURTHER_ACCEPTANCE,
    OWN_WAY_NOTICE,
    SPLIT_NOTICE,
    STATUTORY_ROUTE,
)
from binzhou_xinfang.letters.kinds.refusals import REVIEW_REFUSAL, REVIEW_WITHDRAWAL
from binzhou_xinfang.letters.kinds.review import RECHECK_OPINION, RECHECK_REQUEST, REVIEW_OPINION, REVIEW_REQUEST
from cases.facts import Gather
from cases.procedure.letters import handing_over, handling, review
from cases.procedure.letters.file_catalogue import catalogue_facts

GATHER: Mapping[LetterKind, Gather] = {
    REFERRAL: handing_over.referral,
    ASSIGNMENT: handing_over.assignment,
    PROCEDURAL_ACCEPTANCE: handing_over.procedural,
    TAKING_BACK: handing_over.taking_back,
    OBJECTION: handing_over.objection,
    JURISDICTION: handing_over.jurisdiction,
    ACCEPTANCE: handling.acceptance,
    OWN_WAY_NOTICE: handling.own_way,
    OWN_WAY_REPLY: handling.own_way_reply,
    STATUTORY_ROUTE: handling.notice,
    MERGE_NOTICE: handling.notice,
    SPLIT_NOTICE: handling.notice,
    DECLINE: handling.notice,
    NO_FURTHER_ACCEPTANCE: handling.notice,
    EXTENSION: handling.extension,
    OPINION: handling.opinion,
    DELIVERY_PROOF: handling.proof,
    COMPLETION_REPORT: handling.report,
    HEARING_NOTICE: review.hearing,
    HEARING_RECORD: review.hearing,
    HEARING_REPORT: review.hearing,
    REVIEW_REFUSAL: review.refusal,
    REVIEW_WITHDRAWAL: review.refusal,
    REVIEW_REQUEST: review.request,
    RECHECK_REQUEST: review.request,
    REVIEW_OPINION: review.opinion,
    RECHECK_OPINION: review.opinion,
    RESOLUTION_REPORT: review.resolution,
    COMMITMENT: review.resolution,
    FILE_CATALOGUE: catalogue_facts,
}
