"""The kinds of official letters (reference §10.1) and the word of each in its number: 滨信告〔2026〕12号."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from django.db import models


class LetterKind(models.TextChoices):
    """One printed document. The value names its wording file: `templates/letters/<value>.txt`."""

    REGISTRATION_FORM = "registration-form", "信访登记表"
    RECEIPT = "receipt", "接收回执"
    REFERRAL = "referral", "转送函"
    ASSIGNMENT = "assignment", "交办函"
    PROCEDURAL_ACCEPTANCE = "procedural-acceptance", "程序性受理告知书"
    ACCEPTANCE = "acceptance", "受理告知书"
    DECLINE = "decline", "不予受理告知书"
    NO_FURTHER_ACCEPTANCE = "no-further-acceptance", "不再受理告知书"
    STATUTORY_ROUTE = "statutory-route", "导入法定途径告知书"
    OBJECTION = "objection", "异议申请"
    JURISDICTION = "jurisdiction", "管辖决定书"
    EXTENSION = "extension", "延长办理期限告知书"
    INVESTIGATION_REPORT = "investigation-report", "调查报告"
    OPINION = "opinion", "信访处理意见书"
    COMPLETION_REPORT = "completion-report", "办结报告"
    DELIVERY_PROOF = "delivery-proof", "送达回证"
    HEARING_REQUEST = "hearing-request", "听证申请书"
    HEARING_NOTICE = "hearing-notice", "听证通知书"
    HEARING_RECORD = "hearing-record", "听证笔录"
    HEARING_REPORT = "hearing-report", "听证报告"
    MEDIATION_AGREEMENT = "mediation-agreement", "调解协议书"
    SETTLEMENT_AGREEMENT = "settlement-agreement", "和解协议书"
    REVIEW_REQUEST = "review-request", "复查申请书"
    REVIEW_OPINION = "review-opinion", "复查意见书"
    RECHECK_REQUEST = "recheck-request", "复核申请书"
    RECHECK_OPINION = "recheck-opinion", "复核意见书"
    SUPERVISION_LETTER = "supervision-letter", "督办函"
    RISK_LETTER = "risk-letter", "风险提醒函"
    ACCOUNTABILITY_LETTER = "accountability-letter", "问责建议函"
    IMPROVEMENT_PROPOSAL = "improvement-proposal", "改进工作建议书"
    POLICY_PROPOSAL = "policy-proposal", "完善政策建议书"
    LIABILITY_PROPOSAL = "liability-proposal", "追究责任建议书"
    RESOLUTION_REPORT = "resolution-report", "化解报告"
    COMMITMENT = "commitment", "息诉罢访承诺书"
    ANNUAL_REPORT = "annual-report", "年度报告"
    LEADER_READING = "leader-reading", "阅信单"
    FILE_CATALOGUE = "file-catalogue", "案卷目录"


class Mark(NamedTuple):
    """Where a kind stands in the register of §10.1 and which word its number carries."""

    code: str
    word: str


# Each word belongs to one kind only: two series with one word would give two letters the same number.
MARKS: Mapping[LetterKind, Mark] = MappingProxyType(
    {
        LetterKind.REGISTRATION_FORM: Mark("D01", "登"),
        LetterKind.RECEIPT: Mark("D02", "收"),
        LetterKind.REFERRAL: Mark("D03", "转"),
        LetterKind.ASSIGNMENT: Mark("D04", "交"),
        LetterKind.PROCEDURAL_ACCEPTANCE: Mark("D05", "程"),
        LetterKind.ACCEPTANCE: Mark("D06", "告"),
        LetterKind.DECLINE: Mark("D07", "不"),
        LetterKind.NO_FURTHER_ACCEPTANCE: Mark("D08", "再"),
        LetterKind.STATUTORY_ROUTE: Mark("D09", "导"),
        LetterKind.OBJECTION: Mark("D10", "异"),
        LetterKind.JURISDICTION: Mark("D11", "辖"),
        LetterKind.EXTENSION: Mark("D12", "延"),
        LetterKind.INVESTIGATION_REPORT: Mark("D13", "调"),
        LetterKind.OPINION: Mark("D14", "意"),
        LetterKind.COMPLETION_REPORT: Mark("D15", "结"),
        LetterKind.DELIVERY_PROOF: Mark("D16", "送"),
        LetterKind.HEARING_REQUEST: Mark("D17", "听申"),
        LetterKind.HEARING_NOTICE: Mark("D17", "听通"),
        LetterKind.HEARING_RECORD: Mark("D17", "听录"),
        LetterKind.HEARING_REPORT: Mark("D17", "听报"),
        LetterKind.MEDIATION_AGREEMENT: Mark("D18", "解"),
        LetterKind.SETTLEMENT_AGREEMENT: Mark("D18", "和"),
        LetterKind.REVIEW_REQUEST: Mark("D19", "查申"),
        LetterKind.REVIEW_OPINION: Mark("D19", "查"),
        LetterKind.RECHECK_REQUEST: Mark("D20", "核申"),
        LetterKind.RECHECK_OPINION: Mark("D20", "核"),
        LetterKind.SUPERVISION_LETTER: Mark("D21", "督"),
        LetterKind.RISK_LETTER: Mark("D21", "险"),
        LetterKind.ACCOUNTABILITY_LETTER: Mark("D21", "责"),
        LetterKind.IMPROVEMENT_PROPOSAL: Mark("D22", "改"),
        LetterKind.POLICY_PROPOSAL: Mark("D22", "政"),
        LetterKind.LIABILITY_PROPOSAL: Mark("D22", "究"),
        LetterKind.RESOLUTION_REPORT: Mark("D23", "化"),
        LetterKind.COMMITMENT: Mark("D23", "诺"),
        LetterKind.ANNUAL_REPORT: Mark("D24", "年"),
        LetterKind.LEADER_READING: Mark("D25", "阅"),
        LetterKind.FILE_CATALOGUE: Mark("D26", "卷"),
    }
)


# Drawn up by the office, signed by the people who speak in them: no office stands below their text.
SIGNED_BY_PARTIES = frozenset(
    {
        LetterKind.REGISTRATION_FORM,
        LetterKind.HEARING_REQUEST,
        LetterKind.HEARING_RECORD,
        LetterKind.SETTLEMENT_AGREEMENT,
        LetterKind.REVIEW_REQUEST,
        LetterKind.RECHECK_REQUEST,
        LetterKind.COMMITMENT,
    }
)


def letter_kinds() -> list[tuple[str, str]]:
    """Choices as a callable, so that a new kind needs no migration."""
    return LetterKind.choices
