"""Every move, on one matter that waits for it: who may not, its form, and both doors, which leave the same behind."""

import re
from typing import Any

import pytest
from django import forms

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from cases.models import CaseEvent, Deadline, PetitionCase
from cases.queries import visible_to
from cases.states import CLOSED_STATES, TRANSITIONS, Move, State, target_of
from cases.web.procedure.forms import MOVE_FORMS
from tests.access.law import MOVERS
from tests.cases.api_client import program, url_of
from tests.cases.pages import HTMX, move_url, signed_in, typed, version_in, wrong_in
from tests.decided import decided_in
from tests.office import Office, Ready, ready_for, undone

pytestmark = pytest.mark.usefixtures("on_monday")
SHARES = 4
NEVER_SEES = (Role.ADMINISTRATOR, Role.SECURITY, Role.AUDITOR, Role.COUNSELLOR)


@pytest.mark.parametrize("move", MOVE_FORMS, ids=lambda move: move.value)
def test_a_move(office: Office, move: Move, subtests: pytest.Subtests) -> None:
    ready = ready_for(office, move)
    with subtests.test("who may not is refused or sees nothing"):
        who_may_not_is_refused(office, ready, move)
    with subtests.test("its form says what it sets going"):
        its_form_says_what_it_sets_going(ready, move)
    with subtests.test("a wrong value is refused at its field"):
        a_wrong_value_is_refused(ready, move)
    with subtests.test("texts as long as the form takes make nothing fail"), undone():
        the_longest_texts_make_nothing_fail(ready, move)
    left = {}
    for door in (by_page, by_api):
        with subtests.test(door.__name__), undone():
            door(ready, move)
            now = PetitionCase.objects.get(pk=ready.case.pk)
            assert (now.version, now.state) == (ready.case.version + 1, target(ready.case, move))
            assert now.last_move == last_move(ready.case, move)
            left[door] = trace(now)
    with subtests.test("page and API leave the same behind"):
        assert left[by_page] == left[by_api]


def who_may_not_is_refused(office: Office, ready: Ready, move: Move) -> None:
    """People of other roles, with all that the move needs, by the page and by the API; who is not there at all for the
    matter finds nothing. Each move is asked by one in four of them, other moves by others."""
    strangers = [post for post in office.every_post() if post.role not in MOVERS[move]]
    for post in strangers[list(Move).index(move) % SHARES :: SHARES]:
        sees = visible_to(post).filter(pk=ready.case.pk).exists()
        assert sees <= (post.role not in NEVER_SEES)
        page = signed_in(post)
        answers = [
            page.get(move_url(ready.case, move)), page.post(move_url(ready.case, move), by_hand(ready)),
            by_program(ready, move, post),
        ]  # fmt: skip
        assert (post.user.username, [answer.status_code for answer in answers]) == (
            post.user.username, [403 if sees else 404] * 3,
        )  # fmt: skip
    assert version(ready) == ready.case.version


def its_form_says_what_it_sets_going(ready: Ready, move: Move) -> None:
    html = signed_in(ready.by).get(move_url(ready.case, move)).content.decode()
    assert version_in(html) == str(ready.case.version)
    # The full page of an opinion names the matter as well.
    assert f'<h1 class="place-title">{move.label}' in html
    assert "提交后" in html
    assert decided_in(html) == set()
    said = re.findall(r"<li>(.+?)</li>", html[html.index("提交后") :])
    assert [words for words in said if said.count(words) > 1] == []


def a_wrong_value_is_refused(ready: Ready, move: Move) -> None:
    wrong = wrong_in(move)
    if wrong is None:
        return
    answer = signed_in(ready.by).post(move_url(ready.case, move), by_hand(ready) | wrong, headers=HTMX)
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert version(ready) == ready.case.version


def the_longest_texts_make_nothing_fail(ready: Ready, move: Move) -> None:
    """A column that is shorter than the box that fills it makes the database refuse what the form has taken."""
    fields = MOVE_FORMS[move](case=ready.case, post=ready.by).fields
    longest = {
        name: "长" * field.max_length
        for name, field in fields.items()
        if type(field) is forms.CharField and field.max_length and isinstance(ready.sent.get(name), str)
    }
    answer = signed_in(ready.by).post(move_url(ready.case, move), by_hand(ready) | longest)
    assert answer.status_code in (302, 422)


def by_page(ready: Ready, move: Move) -> None:
    answer = signed_in(ready.by).post(move_url(ready.case, move), by_hand(ready))
    assert (answer.status_code, answer.headers.get("Location")) == (302, ready.case.get_absolute_url())


def by_api(ready: Ready, move: Move) -> None:
    answer = by_program(ready, move, ready.by)
    assert answer.status_code == 200, answer.json()
    assert answer.json()["head"]["last_move"] == last_move(ready.case, move)


def by_program(ready: Ready, move: Move, post: Post) -> Any:
    """Send all that the move needs as a program of the post."""
    with_files = bool(TRANSITIONS[move].papers)
    sent = (typed(ready.sent) if with_files else ready.sent) | {"version": ready.case.version}
    url = url_of(ready.case, f"moves/{move}/")
    return program(post).post(url, sent, format="multipart" if with_files else "json")


def by_hand(ready: Ready) -> dict[str, Any]:
    """All that is typed into the form, and the version it was made from."""
    return typed(ready.sent) | {"version": str(ready.case.version)}


def version(ready: Ready) -> int:
    return PetitionCase.objects.get(pk=ready.case.pk).version


def target(case: PetitionCase, move: Move) -> State:
    return target_of(move, State(case.state), State(case.previous_state) if case.previous_state else None)


def last_move(case: PetitionCase, move: Move) -> str:
    """Find the last move afterwards: what is added to a closed file leaves it as it ended."""
    stays = case.state in CLOSED_STATES and target(case, move) == case.state
    return case.last_move if stays else move.value


def trace(case: PetitionCase) -> list[Any]:
    """Gather what a move leaves behind, without the keys of rows."""
    clocks = Deadline.objects.filter(case=case).order_by("pk")
    events = CaseEvent.objects.filter(case=case).order_by("seq")
    told = ("from", "to", "clocks", "note", "papers")
    return [
        (case.holder_id, case.responsible_id, case.assignee_id, case.due_on),
        [(clock.rule, clock.legal_on, clock.met_on, clock.cancelled_on) for clock in clocks],
        [(event.kind, event.actor_id, {k: v for k, v in event.detail.items() if k in told}) for event in events],
        [(link.letter.kind, link.letter.number) for link in case.letters.select_related("letter")],
    ]


def test_nearly_every_move_has_a_value_that_is_refused_at_its_field() -> None:
    assert sum(wrong_in(move) is not None for move in MOVE_FORMS) > 0.8 * len(MOVE_FORMS)
