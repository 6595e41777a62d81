"""Settings of the API's own description."""

from typing import Any

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "滨州信访接口",
    "DESCRIPTION": "与页面同一套办理动作：登记、受理、办理、答复、送达。以令牌或登录会话访问。",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    # One component for each code list, under its own name.
    "ENUM_NAME_OVERRIDES": {
        "State": "cases.states.State",
        "Move": "cases.states.Move",
        "Rule": "binzhou_xinfang.statute.periods.Rule",
        "Kind": "cases.vocabulary.Kind",
        "ChannelEnum": "cases.vocabulary.Channel",
        "AnswerChannel": "cases.models.AnswerChannel",
        "Verdict": "cases.models.Verdict",
        "AnswerResult": "cases.vocabulary.Answer",
        "ReviewResult": "cases.vocabulary.ReviewResult",
        "DeclineReason": "cases.vocabulary.DeclineReason",
        "FileReason": "cases.vocabulary.FileReason",
        "EndGround": "cases.vocabulary.EndGround",
        "ReopenReason": "cases.vocabulary.ReopenReason",
        "ReviewRefusal": "cases.vocabulary.ReviewRefusal",
        "SupervisionMeasure": "supervision.models.vocabulary.Measure",
        "ProposalAdoption": "supervision.models.vocabulary.Adoption",
        "DeliveryWay": "cases.vocabulary.DeliveryWay",
        "SupervisionStage": "supervision.models.vocabulary.Stage",
        "CircularStage": "supervision.models.circular.CircularStage",
        "InspectionStanding": "supervision.inspections.items.Standing",
        "InspectionFulfilment": "supervision.inspections.items.Fulfilment",
        "InspectionPart": "supervision.inspections.items.Part",
        "InspectionWay": "supervision.models.vocabulary.WAY_CHOICES",
        "LetterKind": "binzhou_xinfang.letters.kinds.LetterKind",
    },
}
