"""Handlers: who has a matter by another's act is told, and who has it no longer; nobody is told of his own act."""

import pytest
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.notices.models import Message
from binzhou_xinfang.notices.writing import write_due
from cases.casefile.take_over import take_over
from cases.models import Recusal
from cases.states import Move, State
from tests.office import MONDAY, Office, case_in, ready_for, step

pytestmark = pytest.mark.usefixtures("on_monday")


def told() -> dict[str, list[str]]:
    """Take out the texts by which each person was told of handlers."""
    write_due(at=MONDAY)
    messages = Message.objects.filter(outbox__topic="hands").select_related("user").order_by("pk")
    found: dict[str, list[str]] = {}
    for message in messages:
        found.setdefault(message.user.username, []).append(message.text)
    messages.delete()
    return found


def test_a_colleague_who_is_made_the_handler_is_told_and_who_made_him_is_not(office: Office) -> None:
    case = case_in(office, State.SIGNED_FOR)
    told()
    case = step(office, case, Move.ACCEPT, at=MONDAY, assignee="colleague")
    text = f"【滨州信访】市住房和城乡建设局孙承办办理“告知受理”后，{case.number}由您承办，请登录系统办理。"
    assert told() == {"colleague": [text]}


def test_nobody_is_told_that_he_has_taken_a_matter_himself(office: Office) -> None:
    case = case_in(office, State.SIGNED_FOR)
    told()
    step(office, case, Move.ACCEPT, at=MONDAY)
    assert told() == {}


def test_who_had_the_matter_is_told_that_a_colleague_has_taken_it_over(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    told()
    take_over(case, taken_from="handler", reason="休假", by=office.colleague, at=MONDAY)
    text = f"【滨州信访】市住房和城乡建设局周审核办理“接手办理”后，{case.number}不再由您承办，改由周审核承办。"
    assert told() == {"handler": [text]}


def test_who_has_withdrawn_is_told_with_no_way_in_and_the_successor_too(office: Office) -> None:
    ready = ready_for(office, Move.GRANT_RECUSAL)
    Recusal.objects.update(person=office.handler.user)
    told()
    step(office, ready.case, Move.GRANT_RECUSAL, at=MONDAY, by=office.unit_head, successor="colleague")
    write_due(at=MONDAY)
    ways = dict(Message.objects.filter(outbox__topic="hands").values_list("user__username", "url"))
    assert ways == {"handler": reverse("cases:home"), "colleague": ready.case.get_absolute_url()}


def test_who_had_a_matter_that_was_opened_again_is_told(office: Office) -> None:
    case = case_in(office, State.CLOSED)
    told()
    step(office, case, Move.REOPEN, at=MONDAY)
    (said,) = told()["handler"]
    assert said.endswith(f"{case.number}不再由您承办。")


def test_who_has_left_is_told_nothing(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    told()
    Post.objects.filter(pk=office.handler.pk).update(to_on=MONDAY.date().replace(day=1))
    take_over(case, taken_from="handler", reason="离岗", by=office.colleague, at=MONDAY)
    assert told() == {}


def test_where_the_unit_is_told_of_the_act_itself_nobody_hears_it_twice(office: Office) -> None:
    ready = ready_for(office, Move.TAKE_BACK)
    told()
    step(office, ready.case, Move.TAKE_BACK, at=MONDAY)
    assert told() == {}
