"""No dead end: in every open state every kind of keeper has a way on, or page and 运行状况 name who is missing."""

from dataclasses import replace

import pytest

from binzhou_xinfang.accounts.models import Post, UnitKind
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import Refusal
from cases import checks
from cases.keeping.stuck import stuck_matters
from cases.models import PetitionCase
from cases.states import KEEPERS, OPEN_STATES, STAFF, Keeper, Move, State, may_keep, table, ways_out
from tests.cases.pages import signed_in
from tests.factories import PostFactory, UnitFactory
from tests.office import MONDAY, Office, case_in, step

CELLS = [(state, kind) for state in OPEN_STATES for kind in STAFF[KEEPERS[state]]]


@pytest.mark.parametrize(("state", "kind"), CELLS)
def test_every_kind_of_keeper_has_a_way_on_in_every_open_state(state: State, kind: UnitKind) -> None:
    assert ways_out(state, kind) != []


def test_the_start_finds_a_state_that_its_keeper_cannot_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    # As it was: an objection agreed to by a department led to a triage, for which a department has nobody.
    duty = replace(table.MAY[Move.TRIAGE], roles=frozenset({Role.OFFICE_HEAD}))
    monkeypatch.setitem(table._duties, Move.TRIAGE, duty)
    said = [str(fault.msg) for fault in checks.check_tables(None) if fault.id == "cases.E006"]
    assert "registered: 登记机构为工作部门的，没有可以继续办理的动作" in said
    assert not [words for words in said if "登记机构为信访部门" in words]


@pytest.mark.parametrize("state", OPEN_STATES)
def test_the_unit_that_has_the_matter_is_the_keeper_of_its_state(office: Office, state: State) -> None:
    case = case_in(office, state)
    part = {
        Keeper.TAKER: case.registered_unit, Keeper.RECEIVER: case.responsible, Keeper.WORKER: case.responsible,
        Keeper.PASSER: case.sender, Keeper.ASSIGNER: case.assigner,
    }.get(KEEPERS[state], case.holder)  # fmt: skip
    assert (case.holder, may_keep(state, case.holder.kind)) == (part, True)


@pytest.mark.parametrize("kind", [UnitKind.REVIEW, UnitKind.AREA])
def test_a_matter_is_not_passed_on_to_a_body_that_handles_none(office: Office, kind: UnitKind) -> None:
    case, body = case_in(office, State.TRIAGED), UnitFactory(kind=kind, parent=office.city)
    with pytest.raises(Refusal, match=r"请选择|可选的范围") as refused:
        step(office, case, Move.REFER, at=MONDAY, to_unit=body.code)
    assert PetitionCase.objects.get(pk=case.pk).state == State.TRIAGED
    assert body.name in str(refused.value) or "to_unit" in str(refused.value)


def test_the_page_names_who_is_missing_to_whoever_cannot_go_on(office: Office) -> None:
    case = case_in(office, State.REFERRED)
    url, head = case.get_absolute_url(), signed_in(office.head)
    words = "市住房和城乡建设局现在没有可以签收的人员"
    assert words not in head.get(url).content.decode()
    Post.objects.filter(unit=office.housing).update(to_on="2025-01-01")
    assert words in head.get(url).content.decode()
    PostFactory(unit=office.housing, role=Role.UNIT_HEAD)
    assert words not in head.get(url).content.decode()


def test_operations_list_where_nobody_can_go_on_without_the_matters(office: Office) -> None:
    keeper = signed_in(office.administrator)
    case = case_in(office, State.REFERRED)
    case_in(office, State.REFERRED)
    sealed = case_in(office, State.REFERRED)
    PetitionCase.objects.filter(pk=sealed.pk).update(is_sealed=True)
    assert "没有。每件在办事项" in keeper.get("/operations/stuck/").content.decode()
    Post.objects.filter(unit=office.housing).update(to_on="2025-01-01")
    piles = stuck_matters(MONDAY.date())
    assert [(pile.unit, pile.state, pile.number, pile.steps) for pile in piles] == [
        (office.housing, State.REFERRED, 2, "签收")
    ]
    html = keeper.get("/operations/stuck/").content.decode()
    assert "市住房和城乡建设局" in html
    assert "单位负责人" in html
    assert case.number not in html


def test_a_draft_that_only_its_drafter_could_sign_is_listed(office: Office) -> None:
    case = case_in(office, State.CHECKED)
    PetitionCase.objects.filter(pk=case.pk).update(drafter=office.unit_head.user)
    assert [pile.state for pile in stuck_matters(MONDAY.date())] == [State.CHECKED]
    PostFactory(unit=office.housing, role=Role.UNIT_HEAD)
    assert stuck_matters(MONDAY.date()) == []
