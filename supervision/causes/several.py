"""Steps that are taken with several 督办件 at once: they ask of one nothing that they would not ask of the next."""

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.process.ahead import Ahead
from supervision.causes.steps import CauseStep
from supervision.models import Measure, SupervisionCase

TOGETHER = (CauseStep.DRAFT, CauseStep.DROP, CauseStep.RECEIPT)


def why_alone(step: CauseStep, cause: SupervisionCase) -> str:
    """Say why the step is taken with this one alone, "" when it is not: any letter but a reminder says what a person
    has judged."""
    if step is CauseStep.DRAFT and cause.measure != Measure.RISK:
        return "只有风险提醒函可以成批拟制，其他函件请逐件拟制。"
    return ""


def steps_together(ahead: Ahead[SupervisionCase], cause: SupervisionCase, post: Post) -> list[str]:
    """List the steps that the post may take now with this one together with others."""
    open_to = [CauseStep(offer.row.key) for offer in ahead.offers(cause, post) if not offer.gap]
    return [step.value for step in open_to if step in TOGETHER and not why_alone(step, cause)]
