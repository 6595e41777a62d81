"""Notices of a mediation: to the point, to the unit that referred, and of the days that run on. None names a party."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.notices.outbox import Note, Topic, tell
from binzhou_xinfang.process.life import Taking
from binzhou_xinfang.process.taking import follows
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.wording import say_day
from cases.models import Alert
from hearings.mediation.life import mediations, visible_mediations
from hearings.mediation.steps import MediationStep
from hearings.models import OPEN_MEDIATIONS, Mediation, MediationEvent
from hearings.permissions import MEDIATORS, REFER

# Who is told of a step, and in what words.
_POINT: Mapping[str, str] = {
    MediationStep.REFER: "收到委派调解，请接收或者写明理由不予接收", MediationStep.RECALL: "委派调解已撤回",
    MediationStep.RETURN: "报送的调解结果被退回", MediationStep.CONCLUDE: "委派调解已有结果",
    MediationStep.END: "委派调解已终止", MediationStep.DECIDE: "法院已就司法确认作出决定",
}  # fmt: skip
_UNIT: Mapping[str, str] = {
    MediationStep.ACCEPT: "委派调解已接收", MediationStep.DECLINE: "调解点不予接收，请另行委派或者登记调解不成",
    MediationStep.TELL_AGREEMENT: "已报送调解协议，请核对后登记", MediationStep.TELL_FAILURE: "已报送调解不成，请登记",
    MediationStep.DECIDE: "法院已就司法确认作出决定",
}  # fmt: skip
_URGENT = frozenset({MediationStep.REFER, MediationStep.DECLINE, MediationStep.RETURN})
# The days of the matter that run on while it is mediated.
_OF_MATTER = (Rule.HANDLING, Rule.REDO)


def write_told(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell the people of the point, or of the unit, what the others have done; nobody is told of his own act."""
    events = MediationEvent.objects.filter(pk__in=subjects).select_related("mediation__case", "mediation__point")
    for event in events:
        mediation, kind = event.mediation, event.kind
        told = [(mediation.point.unit_id, MEDIATORS, _POINT), (mediation.unit_id, REFER, _UNIT)]
        for unit, roles, words in told:
            if unit and kind in words:
                yield from _notes(event.pk, mediation, unit, roles, words[kind], event.actor_id, kind in _URGENT)


def _notes(
    subject: int, mediation: Mediation, unit: int, roles: frozenset[Role], words: str, actor: int | None, urgent: bool
) -> Iterator[Note]:
    if mediation.case.is_sealed:
        return
    held = Post.objects.held(timezone.localdate()).filter(unit=unit, role__in=roles).select_related("user", "unit")
    case, known = mediation.case, {actor}
    text = f"【滨州信访】{case.number}：{words}。"
    for post in held:
        if post.user_id in known or post.user_id in case.recused:
            continue
        known.add(post.user_id)
        sees = visible_mediations(post).filter(pk=mediation.pk).exists()
        url = reverse("mediations:mediation-one", args=[mediation.pk]) if sees else reverse("mediations:mediation-all")
        yield Note(subject, post.user, f"{case.number} {words}", text, url, matter=case.pk, is_urgent=urgent)


TOLD = Topic("mediation-told", write_told)


@follows(mediations, *{**_POINT, **_UNIT}, takes=(), of="mediation")
def tell_others(mediation: Mediation, taking: Taking[Mediation]) -> None:
    """Order the notices of the step that was just written."""
    tell(TOLD, mediation.events.latest("seq").pk, at=taking.at)


def write_days(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell the people of the point that its answer is due, or that the days of the matter run out: they do not see the
    matter, whose own notices go to the unit."""
    alerts = Alert.objects.filter(pk__in=subjects).select_related("deadline")
    for alert in alerts:
        clock, today = alert.deadline, timezone.localdate()
        open_here = Mediation.objects.filter(case=clock.case_id, state__in=OPEN_MEDIATIONS)
        mediation = open_here.select_related("case", "point").first()
        if mediation is None or not clock.is_running or mediation.point.unit_id is None:
            continue
        left = (clock.legal_on - today).days
        when = f"{say_day(clock.legal_on, today)}届满" + (f"，还剩{left}天" if left > 0 else "")
        what = (
            "请抓紧调解，届满前达不成协议的报送调解不成" if clock.rule in _OF_MATTER else "请接收或者写明理由不予接收"
        )
        words = f"{clock.get_rule_display()}{when}，{what}"
        yield from _notes(alert.pk, mediation, mediation.point.unit_id, MEDIATORS, words, None, urgent=left <= 1)


DAYS = Topic("mediation-days", write_days)


def follow_rungs(keys: Sequence[int], at: datetime) -> int:
    """Order the notices of the rungs that were just reached by clocks of mediations; hangs on `AFTER_RUNGS`."""
    mediated = Q(deadline__rule__in=_OF_MATTER, deadline__case__mediations__state__in=OPEN_MEDIATIONS)
    reached = Alert.objects.filter(deadline__in=keys, recorded_at=at)
    for key in reached.filter(mediated | Q(deadline__rule=Rule.MEDIATION_ACCEPTANCE)).values_list("pk", flat=True):
        tell(DAYS, key, at=at)
    return 0
