"""A letter goes to the body whose name is printed on it, and is not signed where nobody there could answer it."""

from typing import Any

import pytest
import time_machine

from binzhou_xinfang.accounts.models import Post, UnitKind
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.supervision import IMPROVEMENT_PROPOSAL, SUPERVISION_LETTER
from cases.drafts.receiver import Readers, receiver_of, unread
from cases.drafts.verbs import check, draft_letter, sign
from cases.models import LetterDraft, PetitionCase
from cases.states import State
from tests.cases.api_client import program, url_of
from tests.cases.pages import signed_in
from tests.factories import PostFactory, UnitFactory
from tests.office import MONDAY, Office, case_in

ON = MONDAY.date()
GIVEN: dict[str, Any] = {
    "case_number": "x", "matter": "车库漏水", "problem": "超期未办结", "findings": ["没有答复"], "basis": "第三十四条",
    "demands": ["立即办结"], "feedback_due_on": "2025-03-17", "proposals": ["建立台账"],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(MONDAY, tick=False):
        yield


def named(name: str) -> dict[str, Any]:
    return GIVEN | {"addressee": name}


def checked(office: Office, case: PetitionCase, name: str) -> LetterDraft:
    draft = draft_letter(case, kind=SUPERVISION_LETTER, facts=named(name), by=office.registrar, at=MONDAY)
    return check(draft, by=PostFactory(unit=office.bureau, role=Role.REGISTRAR), at=MONDAY)


def leave(office: Office) -> None:
    """Nobody holds a post at the unit any longer."""
    Post.objects.filter(unit=office.housing).update(to_on="2025-03-01")


def test_the_receiver_is_found_by_the_name_on_the_letter(office: Office) -> None:
    assert receiver_of(named(office.housing.name), on=ON) == office.housing
    assert receiver_of(named("省自然资源厅"), on=ON) is None
    office.water.valid_to = ON
    office.water.save()
    assert receiver_of(named(office.water.name), on=ON) == office.water
    assert receiver_of(named(office.water.name), on=ON.replace(day=4)) is None


def test_a_letter_that_nobody_reads_is_not_signed(office: Office) -> None:
    draft = checked(office, case_in(office, State.HANDLING), office.housing.name)
    leave(office)
    with pytest.raises(Refusal, match="市住房和城乡建设局没有在岗人员") as refused:
        sign(draft, by=office.head, at=MONDAY)
    assert refused.value.field == "addressee"


def test_page_and_api_say_so_before_the_signature_in_the_same_words(office: Office) -> None:
    case = case_in(office, State.HANDLING)
    draft = checked(office, case, office.housing.name)
    leave(office)
    said = unread(SUPERVISION_LETTER, draft.facts, on=ON)
    page = signed_in(office.head).get(f"{case.get_absolute_url()}drafts/{draft.pk}/").content.decode()
    assert said in page
    assert "sign/" not in page
    told = program(office.head).get(url_of(case, f"drafts/{draft.pk}/")).json()
    assert (told["unread"], told["gaps"], "sign" in told["steps"]) == (said, {"sign": said}, False)


def test_a_proposal_to_a_body_without_people_may_be_answered_on_paper(office: Office) -> None:
    said = unread(IMPROVEMENT_PROPOSAL, named("省自然资源厅"), on=ON)
    assert said == "省自然资源厅不是系统中的机构，函件须另行送达，其书面反馈由本单位登记。"
    assert Readers([], ON).hindrance(IMPROVEMENT_PROPOSAL, named("省自然资源厅")) == ""


def test_a_body_with_somebody_there_reads_it(office: Office) -> None:
    government = UnitFactory(name="滨州市人民政府", kind=UnitKind.GOVERNMENT, parent=office.city)
    assert unread(IMPROVEMENT_PROPOSAL, named(government.name), on=ON) != ""
    PostFactory(unit=government)
    assert unread(IMPROVEMENT_PROPOSAL, named(government.name), on=ON) == ""
