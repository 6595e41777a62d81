"""调解和解、听证、会商: dated, with a result, without a pause of the 60 days (第三十一条、第三十三条)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.hearing import HEARING_NOTICE, HEARING_RECORD, HEARING_REPORT
from binzhou_xinfang.letters.kinds.mediation import MEDIATION_AGREEMENT, SETTLEMENT_AGREEMENT
from binzhou_xinfang.records.event_fields import Ask, EventField, chosen, lines
from binzhou_xinfang.statute.models import current_calendar, current_rulebook
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.reckoning import reckon
from cases.attaching import Papers
from cases.engine import Effect, action, refuse_future, refuse_impossible, running_clock
from cases.models import PetitionCase
from cases.procedure.grounds import CALLS, NOT_HEARING
from cases.procedure.shared_fields import CONSENTED, HAPPENED_ON, HEARD, NOTE, OTHER_PARTY, REASON, SUMMONED
from cases.states import AT_WORK, HANDLERS, HEADS, Duty, Group, Move, Paper, PaperKind, Place, State, Transition
from cases.vocabulary import NoHearing

# What both sides have signed, or a record of what they said.
CONSENT = Paper(PaperKind.OTHER_PROOF, help_text="双方签名的同意调解书；口头同意的，附经其签名的笔录")


@action(
    Move.MEDIATE,
    # 条例 knows no pause of the 60 days for mediation, hearing or conference.
    Transition(AT_WORK, State.MEDIATING, "第三十三条", papers=(CONSENT,)),
    Duty(HANDLERS),
    Place(Group.SETTLING, beside=True),
    {**CONSENTED},
)
def mediate(
    case: PetitionCase,
    *,
    other_party: str,
    mediator: str,
    both_consent: bool,
    consented_on: date,
    papers: Papers,
    by: Post,
    at: datetime,
) -> Effect:
    """启动调解和解. Raises Refusal without the consent of both parties (第三十三条), which both have signed."""
    if not both_consent:
        raise Refusal("调解应当经争议双方当事人同意（第三十三条）。", field="both_consent")
    refuse_impossible(case, consented_on, at=at, field="consented_on")
    told = {"other_party": other_party, "mediator": mediator, "happened_on": consented_on.isoformat()}
    return Effect(told)


_AGREED = {"other_party": OTHER_PARTY, "happened_on": HAPPENED_ON, "terms": EventField("协议内容：", lines)}


@dataclass(frozen=True)
class Terms:
    """Terms that the parties agreed on; the mediator's name is empty when they settled by themselves."""

    other_party: str
    findings: str
    disputes: str
    liability: str
    terms: list[str]
    performance: str
    performance_time: str
    mediator: str = ""


@action(
    Move.REACH_AGREEMENT,
    Transition(
        frozenset({State.MEDIATING}), State.HANDLING, "第三十三条、人民调解法第三十三条",
        starts=(Rule.JUDICIAL_CONFIRMATION,), letters=(MEDIATION_AGREEMENT,),
    ),
    Duty(HANDLERS),
    Place(Group.SETTLING, road=270),
    {**_AGREED},
)  # fmt: skip
def reach_agreement(case: PetitionCase, *, agreed: Terms, signed_on: date, by: Post, at: datetime) -> Effect:
    """达成调解协议. The 30 days for the court's confirmation count from its effect (人民调解法第三十三条)."""
    return _agreed(case, agreed, signed_on, at=at)


@action(
    Move.REACH_SETTLEMENT,
    Transition(frozenset({State.MEDIATING}), State.HANDLING, "第三十三条", letters=(SETTLEMENT_AGREEMENT,)),
    Duty(HANDLERS),
    Place(Group.SETTLING),
    {**_AGREED},
)
def reach_settlement(case: PetitionCase, *, agreed: Terms, signed_on: date, by: Post, at: datetime) -> Effect:
    """达成和解协议 between the parties themselves."""
    return _agreed(case, agreed, signed_on, at=at)


def _agreed(case: PetitionCase, agreed: Terms, signed_on: date, *, at: datetime) -> Effect:
    refuse_future(signed_on, at=at, field="signed_on")
    started = case.events.filter(kind=Move.MEDIATE.value).order_by("-seq").first()
    if started is not None and signed_on < date.fromisoformat(started.detail["happened_on"]):
        raise Refusal("协议日期不能早于双方同意调解的日期。", field="signed_on")
    parties = [f"甲方：{case.lead.name}", f"乙方：{agreed.other_party}"]
    facts = asdict(agreed) | {"parties": parties, "mediated_on": signed_on}
    detail = {"other_party": agreed.other_party, "terms": agreed.terms, "happened_on": signed_on.isoformat()}
    return Effect(detail, day=signed_on, facts=facts)


@action(
    Move.FAIL_MEDIATION,
    Transition(frozenset({State.MEDIATING}), State.HANDLING, "第三十三条"),
    Duty(HANDLERS),
    Place(Group.SETTLING),
    {"note": NOTE},
)
def fail_mediation(case: PetitionCase, *, note: str, by: Post, at: datetime) -> Effect:
    """调解不成: the handling goes on, its clock has run all the time."""
    return Effect({"note": note})


def refuse_late_notice(hearing_on: date, *, on: date) -> None:
    """Raise Refusal when the last day has passed on which the notice of a hearing may be delivered, by Shandong's rule
    and as the office has set it; and for a hearing that would be over before its notice.
    """
    regime = current_rulebook().on(on)
    period = regime.period(Rule.HEARING_NOTICE)
    # Also says that the year is none that a calendar knows.
    latest = reckon(Rule.HEARING_NOTICE, hearing_on, calendar=current_calendar(), period=period).legal
    if not regime.is_in_force(Rule.HEARING_NOTICE):
        if hearing_on <= on:
            raise Refusal("听证应当在通知送达之后举行，请改期。", field="hearing_on")
    elif on > latest:
        raise Refusal(
            f"听证通知书应当在听证会举行{period.length}{period.unit.value}前送达；定于{hearing_on:%Y年%m月%d日}举行的，"
            f"最迟应在{latest:%Y年%m月%d日}送达，请改期。",
            field="hearing_on",
        )


@dataclass(frozen=True)
class Summons:
    """Summons to a hearing: time, place and panel, as its notice says them."""

    hearing_on: date
    hour: str
    place: str
    host: str
    recorder: str
    members: list[str]
    materials: str


@dataclass(frozen=True)
class Minutes:
    """Minutes of a hearing, as its record and its report say them."""

    held_on: date
    attendees: list[str]
    record: str
    disputes: str
    findings: str
    deliberation: str
    minority: str
    conclusion: str


def summon(case: PetitionCase, summons: Summons, *, at: datetime) -> Effect:
    """Build the notice of a hearing. Raises Refusal for too late a notice or a panel that is even or below three."""
    refuse_late_notice(summons.hearing_on, on=timezone.localdate(at))
    if len(summons.members) < _SMALLEST_PANEL or len(summons.members) % 2 == 0:
        raise Refusal(
            f"听证员应当为{_SMALLEST_PANEL}人以上单数（山东一般{_PANEL_OF_SHANDONG}人以上），请核对名单。",
            field="members",
        )
    case.is_hearing_asked = False
    day = summons.hearing_on
    detail = {
        "hearing_at": f"{day.year}年{day.month}月{day.day}日{summons.hour}",
        "hearing_place": summons.place,
        "host": summons.host,
        "recorder": summons.recorder,
        "members": summons.members,
    }
    return Effect(detail | {"hearing_on": day.isoformat()}, facts=detail | {"materials": summons.materials})


_SMALLEST_PANEL = 3
_PANEL_OF_SHANDONG = 5
_SUMMONED = ("hearing_at", "hearing_place", "host", "recorder", "members")


def conclude(case: PetitionCase, minutes: Minutes, *, at: datetime) -> Effect:
    """Build record and report of a hearing that was held. Raises Refusal for a day before its notice or to come."""
    refuse_future(minutes.held_on, at=at, field="held_on")
    called = case.events.filter(kind__in=CALLS).order_by("-seq").first()
    if called is None:
        raise Refusal("没有找到听证通知。")
    if minutes.held_on < timezone.localdate(called.happened_at):
        raise Refusal("听证日期不能早于听证通知的日期。", field="held_on")
    facts = asdict(minutes) | {name: called.detail[name] for name in _SUMMONED}
    on = minutes.held_on.isoformat()
    detail = {"happened_on": on, "conclusion": minutes.conclusion, "vote": minutes.deliberation}
    return Effect(detail, facts=facts | {"notice_on": timezone.localdate(called.happened_at)})


@action(
    Move.CALL_HEARING,
    Transition(AT_WORK, State.HEARING, "第三十一条第六项", letters=(HEARING_NOTICE,)),
    Duty(HEADS),
    Place(Group.SETTLING, beside=True),
    {**SUMMONED},
)
def call_hearing(case: PetitionCase, *, summons: Summons, by: Post, at: datetime) -> Effect:
    """决定听证 in the handling of a 重大、复杂、疑难 matter; the 60 days run on.

    Raises as `summon`, and for a hearing after the last day on which the opinion is due.
    """
    clock = running_clock(case, Rule.HANDLING) or running_clock(case, Rule.REDO)
    if clock is not None and summons.hearing_on > clock.legal_on:
        raise Refusal(
            f"办理期限于{clock.legal_on:%Y年%m月%d日}届满，不因听证中止；请在此前举行听证，或者先申请延期。",
            field="hearing_on",
        )
    return summon(case, summons, at=at)


_HEARD_IN = frozenset({State.HEARING})


@action(
    Move.CONCLUDE_HEARING,
    Transition(_HEARD_IN, State.HANDLING, "第三十一条第六项", letters=(HEARING_RECORD, HEARING_REPORT)),
    Duty(HANDLERS),
    Place(Group.SETTLING, road=290),
    {**HEARD},
)
def conclude_hearing(case: PetitionCase, *, minutes: Minutes, by: Post, at: datetime) -> Effect:
    """听证结束 with 笔录 and 报告, which are the main basis of the opinion."""
    return conclude(case, minutes, at=at)


# What the petitioner has written who gives a hearing up.
WAIVER = Paper(PaperKind.OTHER_PROOF, is_needed=False, help_text="信访人书面放弃听证的，附其书面意见")


@action(
    Move.CANCEL_HEARING,
    Transition(
        frozenset({State.HEARING}),
        State.HANDLING,
        "第三十一条第六项",
        papers=(WAIVER,),
        grounds=NOT_HEARING,
        alone="听证由办理的机关、单位举行（第三十一条第六项）；不听证的，意见照样可以申请复查",
    ),
    Duty(HEADS),
    Place(Group.SETTLING),
    {"ground": EventField("情形：", chosen(NoHearing), ask=Ask("取消的情形")), "reason": REASON},
)
def cancel_hearing(case: PetitionCase, *, ground: str, reason: str, papers: Papers, by: Post, at: datetime) -> Effect:
    """取消听证: waived in writing, dropped, or the petitioner stayed away without a reason, which gives it up."""
    return Effect({"ground": ground, "reason": reason})


@action(
    Move.CONFER,
    Transition(AT_WORK, State.CONFERRING, "第十三条、第二十四条"),
    Duty(HANDLERS),
    Place(Group.SETTLING, beside=True),
    {
        "bodies": EventField("参加单位：", lines, ask=Ask("参加会商的单位", "一行一个", most=20, longest=100)),
        "question": EventField("会商问题：", ask=Ask("会商的问题", rows=3)),
    },
)
def confer(case: PetitionCase, *, bodies: list[str], question: str, by: Post, at: datetime) -> Effect:
    """提请会商, or the joint conference."""
    return Effect({"bodies": bodies, "question": question})


@action(
    Move.CONCLUDE_CONFERENCE,
    Transition(frozenset({State.CONFERRING}), State.HANDLING, "第十三条、第二十四条"),
    Duty(HANDLERS),
    Place(Group.SETTLING, road=280),
    {"happened_on": HAPPENED_ON, "decision": EventField("会商意见：")},
)
def conclude_conference(case: PetitionCase, *, held_on: date, decision: str, by: Post, at: datetime) -> Effect:
    """会商结束 with its minutes."""
    refuse_impossible(case, held_on, at=at, field="held_on")
    return Effect({"happened_on": held_on.isoformat(), "decision": decision})
