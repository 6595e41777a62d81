"""督办 on the home page: what is the post's own turn (to be sent, answered, judged), and a leader's figures."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import LEADERS
from binzhou_xinfang.process.ahead import Ahead
from binzhou_xinfang.records.masking import mask_numbers
from binzhou_xinfang.web.lights import Light, due_light
from binzhou_xinfang.web.paging import Count, capped_count
from cases.hooks import Act, Card, Waiting
from cases.looks import log_lines
from supervision.causes.life import causes
from supervision.causes.turns import Turn, turns
from supervision.models import SupervisionCase
from supervision.permissions import READERS
from supervision.queries import RELATED, known_matters, visible_supervisions

MOST = 4
_LONGEST = 120


def parts(post: Post) -> Sequence[str]:
    """Show a leader the figures of the month, after the page."""
    return [reverse("supervision:morning")] if post.role in LEADERS else ()


def waiting(post: Post, on: date, ip: str | None) -> Sequence[Waiting]:
    """List the 督办件 of which it is the turn of the post's unit; one of the groups of the home page."""
    if post.role not in READERS:
        return ()
    mine = visible_supervisions(post).filter(turns(post.unit_id)[Turn.MINE])
    found = list(
        mine.select_related(*RELATED).prefetch_related("answers").order_by("clock__legal_on", "pk")[: MOST + 1]
    )
    size = capped_count(mine) if len(found) > MOST else Count(len(found), capped=False)
    shown, url = found[:MOST], f"{reverse('supervision:letters')}?turn={Turn.MINE}"
    log_lines(post, shown, ip=ip)
    ahead = Ahead(causes, shown, on) if shown else None
    known = known_matters(post, shown) if shown else set()
    cards = [_card(one, post, ahead, on, is_known=one.case_id in known) for one in shown if ahead]
    return [Waiting("督办", url, size, cards)]


def _card(one: SupervisionCase, post: Post, ahead: Ahead[SupervisionCase], on: date, *, is_known: bool) -> Card:
    url = reverse("supervision:letter", args=[one.pk])
    acts = [
        Act(str(offer.row.key.label), f"{url}{offer.row.key.value}/", in_sheet=False)
        for offer in ahead.offers(one, post)
        if not offer.gap
    ]
    beside = f"{one.unit.short_name or one.unit.name} · {one.get_stage_display()}"
    # Who was only sent a letter learns no more of the matter than its number.
    title = f"{one.get_measure_display()}：{one.case.title}" if is_known else str(one.get_measure_display())
    return Card(title, url, one.case.number, beside, list(_said(one)), acts, _light(one, on))


def _said(one: SupervisionCase) -> Iterable[str]:
    yield mask_numbers(one.problem)
    given = next((answer for answer in one.answers.all() if answer.is_accepted is None), None)
    if given is not None:
        text = mask_numbers(given.text)
        yield f"书面反馈：{text[:_LONGEST]}{'…' if len(text) > _LONGEST else ''}"


def _light(one: SupervisionCase, on: date) -> Light | None:
    return due_light(one.clock.legal_on, on=on) if one.is_awaited and one.clock else None
