"""Registration of imported messages as 信访件; a reply becomes acceptance, opinion and delivery on their real days."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.records.masking import NAMELESS, mask_numbers
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.typed import shortened
from cases.importing.desks import ReplyDesk
from cases.importing.messages import Message, Reply
from cases.models import PetitionCase, Petitioner
from cases.procedure import perform
from cases.procedure.delivery_entry import DeliveryEntry
from cases.states import Move
from cases.vocabulary import Answer, Channel, DeliveryWay, Kind, LegalWay, Purpose
from cases.watch.sweep import let_reach, run_out
from cases.watch.sweep.claiming import Ladders
from cases.window.registration import Arrival, register

TITLE_LENGTH = PetitionCase._meta.get_field("title").max_length or 0
_BASIS = "《信访工作条例》第三十一条第六项、第三十二条"
_BOARD = "人民网留言板"
_LATE = "依据留言板公开答复补录，实际答复日期在期限之后。"
_JURISDICTION = "属地管理、分级负责，谁主管、谁负责"


def register_message(message: Message, *, area: Unit, by: Post) -> PetitionCase:
    """登记 the message as it arrived, at the moment it was posted. Raises what `register` raises."""
    posted_on = timezone.localdate(message.posted_at)
    title = message.title or message.text.splitlines()[0]
    is_cut = len(title) > TITLE_LENGTH
    content = f"{title}\n{message.text}" if is_cut and message.title else message.text
    arrival = Arrival(
        channel=Channel.MESSAGE_BOARD,
        arrived_on=posted_on,
        content=content,
        # The board passes on a number instead of the name; the person is known to the board alone.
        lead=Petitioner(**message.person, name=message.user or NAMELESS, is_anonymous=not message.user),
        requests=[shortened(title, 500)],
        petition={**message.petition, "external_id": message.number},
    )
    matter = PetitionCase(
        **{"purpose": Purpose.OTHER, **message.matter},
        title=shortened(mask_numbers(title), TITLE_LENGTH),
        summary=shortened(content, 2000),
        region=area,
    )
    return register(arrival, matter, by=by, at=message.posted_at).case


@transaction.atomic
def replay_reply(
    case: PetitionCase, message: Message, reply: Reply, *, by: Post, desk: ReplyDesk, now: datetime
) -> None:
    """Make the moves from 甄别 to 送达, and 办结 when the time for a review has passed by `now`. All or nothing.

    The export knows two moments only: what leads to acceptance is dated at the message, what the reply shows at the
    reply. A clock that ran out on the way is written as the watch would have written it. Raises what a move raises.
    """
    posted, replied = message.posted_at, reply.replied_at
    case = _accept(case, at=posted, by=by, desk=desk)
    _let_run_out(case, Rule.HANDLING, until=replied)
    case = _answer(case, reply, desk=desk)
    delivery = DeliveryEntry(
        way=DeliveryWay.TOLD, delivered_on=timezone.localdate(replied), no_proof=f"依据{_BOARD}公开答复补录"
    )
    case = perform(Move.DELIVER, case, by=desk.handler, at=replied, delivery=delivery, late_reason=_LATE)
    rights = case.deadlines.running().filter(rule__in=(Rule.REVIEW_REQUEST, Rule.EVALUATION))
    for clock in rights.order_by("legal_on", "pk"):
        _let_run_out(case, Rule(clock.rule), until=now)


def _accept(case: PetitionCase, *, at: datetime, by: Post, desk: ReplyDesk) -> PetitionCase:
    unit = desk.handler.unit
    case = perform(
        Move.TRIAGE,
        case,
        by=by,
        at=at,
        kind=Kind.CLAIM,
        legal_way=LegalWay.PETITION,
        legal_basis=_JURISDICTION,
        topic=desk.topic,
    )
    case = perform(Move.REFER, case, by=by, at=at, to_unit=unit, note="依据留言板答复记录补录")
    case = perform(Move.SIGN_FOR, case, by=desk.handler, at=at)
    return perform(Move.ACCEPT, case, by=desk.handler, at=at, contact_phone=unit.phone or "见留言板答复")


def _answer(case: PetitionCase, reply: Reply, *, desk: ReplyDesk) -> PetitionCase:
    at = reply.replied_at
    case = perform(
        Move.INVESTIGATE, case, by=desk.handler, at=at, note="依据留言板公开答复补录，调查过程未在系统中记录。"
    )
    case = perform(
        Move.DRAFT,
        case,
        by=desk.handler,
        at=at,
        facts="本意见书依据留言板公开答复补录，事实认定见对各项请求的处理意见。",
        basis=_BASIS,
        review_body=desk.review_body,
        answers={request.pk: (Answer.EXPLAIN.value, reply.text) for request in case.requests.all()},
    )
    case = perform(Move.CHECK, case, by=desk.head, at=at)
    return perform(Move.SIGN, case, by=desk.head, at=at, late_reason=_LATE, published_in=_BOARD)


def _let_run_out(case: PetitionCase, rule: Rule, *, until: datetime) -> None:
    clock = case.deadlines.running().filter(rule=rule).first()
    if clock is None or clock.legal_on >= timezone.localdate(until):
        return
    ended = _start_of(clock.legal_on + timedelta(days=1))
    if clock.gives_right:
        run_out(clock, at=ended)
        return
    # What is entered afterwards is marked as it would have been; nobody is told of it now.
    ladders = Ladders.of(current_rulebook().on(timezone.localdate(until)))
    for at in (ended, until):
        let_reach([clock.pk], ladders, at=at, send_after=None)


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())
