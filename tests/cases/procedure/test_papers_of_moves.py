"""Papers that come with a move: needed or not, a new file or one that is there, by page and by API."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.made_up.demo.scans import scan
from cases.models import CaseAttachment, CaseEvent, PetitionCase
from cases.states import TRANSITIONS, Move, PaperKind, State
from tests.cases.api_client import program, url_of
from tests.cases.pages import HTMX, move_url, signed_in, typed
from tests.office import Office, Ready, case_in, ready_for

pytestmark = pytest.mark.usefixtures("on_monday")
FIELD = "paper_withdrawal"


@pytest.fixture
def ready(office: Office) -> Ready:
    return ready_for(office, Move.WITHDRAW)


def by_page(ready: Ready, **changes: Any) -> Any:
    data = typed(ready.sent) | {"version": str(ready.case.version)} | changes
    return signed_in(ready.by).post(move_url(ready.case, Move.WITHDRAW), data, headers=HTMX)


def state(ready: Ready) -> str:
    return PetitionCase.objects.get(pk=ready.case.pk).state


def test_the_paper_is_kept_with_its_kind_and_told_in_the_course(ready: Ready) -> None:
    by_page(ready)
    kept = CaseAttachment.objects.get(case=ready.case)
    assert (kept.kind, kept.name) == (PaperKind.WITHDRAWAL, "撤回申请书.png")
    assert CaseEvent.objects.get(case=ready.case, kind=Move.WITHDRAW).detail["papers"] == [
        "撤回申请书（撤回申请书.png）"
    ]
    html = signed_in(ready.by).get(ready.case.get_absolute_url()).content.decode()
    assert "附：撤回申请书（撤回申请书.png）" in html


def test_without_the_paper_nothing_is_done_and_its_field_says_so(ready: Ready) -> None:
    ready.sent.pop(FIELD)
    answer = by_page(ready)
    assert answer.status_code == 422
    assert "请附上撤回申请书。" in answer.content.decode()
    assert (state(ready), CaseAttachment.objects.count()) == (ready.case.state, 0)


def test_the_verb_itself_wants_the_paper(ready: Ready) -> None:
    answer = program(ready.by).post(url_of(ready.case, "moves/withdraw/"), {**ready.sent, FIELD: None}, format="json")
    assert (answer.status_code, list(answer.json())) == (400, [FIELD])


def test_a_file_that_is_not_taken_is_refused_at_the_paper_and_leaves_nothing(ready: Ready) -> None:
    answer = by_page(ready, **{FIELD: SimpleUploadedFile("撤回.exe", b"MZ")})
    assert answer.status_code == 422
    assert 'data-field="paper_withdrawal"' in answer.content.decode()
    assert (state(ready), CaseAttachment.objects.count()) == (ready.case.state, 0)


def test_a_file_of_the_matter_may_be_chosen_instead(ready: Ready) -> None:
    signed_in(ready.by).post(f"{ready.case.get_absolute_url()}attachments/", {"file": scan("来件")})
    there = CaseAttachment.objects.get(case=ready.case)
    ready.sent.pop(FIELD)
    form = signed_in(ready.by).get(move_url(ready.case, Move.WITHDRAW)).content.decode()
    assert f'<option value="{there.pk}">来件.png</option>' in form
    by_page(ready, **{f"{FIELD}-kept": str(there.pk)})
    assert state(ready) == State.WITHDRAWN
    assert list(CaseAttachment.objects.values_list("pk", "kind")) == [(there.pk, PaperKind.WITHDRAWAL)]


def test_a_program_names_a_file_of_the_matter_by_its_id(ready: Ready) -> None:
    signed_in(ready.by).post(f"{ready.case.get_absolute_url()}attachments/", {"file": scan("来件")})
    there = CaseAttachment.objects.get(case=ready.case)
    answer = program(ready.by).post(
        url_of(ready.case, "moves/withdraw/"), {**ready.sent, FIELD: there.pk}, format="json"
    )
    assert answer.status_code == 200, answer.json()
    assert state(ready) == State.WITHDRAWN


@pytest.mark.parametrize("wrong", ["x", 10**30, -1, True, [1], {"a": 1}])
def test_what_is_no_paper_is_refused_at_its_field(ready: Ready, wrong: Any) -> None:
    answer = program(ready.by).post(url_of(ready.case, "moves/withdraw/"), {**ready.sent, FIELD: wrong}, format="json")
    assert (answer.status_code, list(answer.json())) == (400, [FIELD])


def test_a_file_of_another_matter_cannot_be_chosen(office: Office, ready: Ready) -> None:
    other = case_in(office, State.HANDLING)
    signed_in(office.handler).post(f"{other.get_absolute_url()}attachments/", {"file": scan("别件")})
    there = CaseAttachment.objects.get(case=other)
    answer = program(ready.by).post(
        url_of(ready.case, "moves/withdraw/"), {**ready.sent, FIELD: there.pk}, format="json"
    )
    assert (answer.status_code, answer.json()) == (400, {FIELD: ["没有找到这个附件，请重新选择。"]})


def test_each_verb_with_papers_takes_them_and_each_paper_has_a_field_of_its_own() -> None:
    for move, row in TRANSITIONS.items():
        fields = [paper.field for paper in row.papers]
        assert len(fields) == len(set(fields)), move
