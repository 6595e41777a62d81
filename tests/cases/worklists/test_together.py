"""Several matters at once, filters kept as tabs, and what has no duty below a rule."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from binzhou_xinfang.accounts.models import UnitKind
from cases.models import PetitionCase, SavedFilter
from cases.procedure import perform
from cases.states import Move, State
from tests.cases.desk import numbers_in, registered_on, worklist
from tests.cases.pages import signed_in
from tests.factories import UnitFactory
from tests.office import MONDAY, Office, case_in, register

LIST = "/work/desk/"


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        yield


def url(move: Move) -> str:
    return reverse("cases:together", args=[move.value])


def chosen(*cases: PetitionCase) -> dict[str, Any]:
    return {"n": [case.number for case in cases]} | {f"version-{case.pk}": case.version for case in cases}


def test_several_are_signed_for_at_once_each_with_its_event(office: Office) -> None:
    first, second = (case_in(office, State.REFERRED) for _ in range(2))
    client = signed_in(office.handler)
    assert "签收 2 件" in client.get(url(Move.SIGN_FOR), chosen(first, second)).content.decode()

    html = client.post(url(Move.SIGN_FOR), chosen(first, second)).content.decode()
    assert "签收：办好 2 件" in html
    for case in (first, second):
        case.refresh_from_db()
        assert (case.state, case.events.filter(kind=Move.SIGN_FOR).count()) == (State.SIGNED_FOR, 1)


def test_several_are_assigned_at_once_by_the_head_of_the_office(office: Office) -> None:
    first, second = (case_in(office, State.TRIAGED) for _ in range(2))
    given = chosen(first, second) | {"to_unit": office.housing.code, "days": 30, "note": ""}
    assert (
        "不能交办的 2 件" in signed_in(office.registrar).get(url(Move.ASSIGN), chosen(first, second)).content.decode()
    )
    assert "交办：办好 2 件" in signed_in(office.head).post(url(Move.ASSIGN), given).content.decode()
    assert list(PetitionCase.objects.values_list("state", flat=True)) == [State.ASSIGNED] * 2


def test_several_are_passed_down_at_once(office: Office) -> None:
    first, second = (case_in(office, State.TRIAGED) for _ in range(2))
    for case in (first, second):
        referred = perform(Move.REFER, case, by=office.head, at=MONDAY, to_unit=office.county_office)
        perform(Move.SIGN_FOR, referred, by=office.county_head, at=MONDAY)
    first, second = PetitionCase.objects.order_by("pk")
    township = UnitFactory(name="某街道", kind=UnitKind.TOWNSHIP, parent=office.county)
    given = chosen(first, second) | {"to_unit": township.code, "note": ""}
    html = signed_in(office.county_head).post(url(Move.PASS_DOWN), given).content.decode()
    assert "转下级办理：办好 2 件" in html


def test_one_that_is_refused_leaves_the_others_done_and_says_why(office: Office) -> None:
    first, second = (case_in(office, State.REFERRED) for _ in range(2))
    given = chosen(first, second) | {f"version-{second.pk}": second.version - 1}

    html = signed_in(office.handler).post(url(Move.SIGN_FOR), given).content.decode()
    assert "签收：办好 1 件，未能办理 1 件" in html
    assert "他人" in html
    assert sorted(PetitionCase.objects.values_list("state", flat=True)) == [State.REFERRED, State.SIGNED_FOR]


def test_what_the_move_is_not_open_for_is_named_before(office: Office) -> None:
    able, unable = case_in(office, State.REFERRED), case_in(office, State.ACCEPTED)
    html = signed_in(office.handler).get(url(Move.SIGN_FOR), chosen(able, unable)).content.decode()
    assert ("签收 1 件" in html, "不能签收的 1 件" in html, "现在“已受理”" in html) == (True, True, True)


def test_one_form_asks_once_for_all(office: Office) -> None:
    cases = [case_in(office, State.TRIAGED) for _ in range(2)]
    given = chosen(*cases) | {"to_unit": office.handler.unit.code}
    html = signed_in(office.registrar).post(url(Move.REFER), given).content.decode()
    assert "转送：办好 2 件" in html
    assert set(PetitionCase.objects.values_list("holder", flat=True)) == {office.handler.unit_id}


def test_what_is_not_filled_in_is_asked_for_once_and_nothing_typed_is_lost(office: Office) -> None:
    cases = [case_in(office, State.TRIAGED) for _ in range(2)]
    answer = signed_in(office.registrar).post(url(Move.REFER), chosen(*cases) | {"note": "请一并研究"})
    html = answer.content.decode()
    assert (answer.status_code, html.count("请选择责任单位。"), "请一并研究" in html) == (422, 1, True)
    assert set(PetitionCase.objects.values_list("state", flat=True)) == {State.TRIAGED}


@pytest.mark.parametrize("who", ["water_handler", "clerk"])
def test_a_stranger_moves_nothing_and_sees_nothing(office: Office, who: str) -> None:
    case = case_in(office, State.REFERRED)
    signed_in(getattr(office, who)).post(url(Move.SIGN_FOR), chosen(case))
    case.refresh_from_db()
    assert case.state == State.REFERRED


def test_a_move_about_one_matter_alone_is_made_for_one_alone(office: Office) -> None:
    assert signed_in(office.handler).get(url(Move.DRAFT)).status_code == 404


def test_each_row_says_what_can_be_done_with_it_together_with_others(office: Office) -> None:
    case_in(office, State.REFERRED)
    html = worklist(office.handler, "desk")
    assert 'data-moves="sign-for"' in html
    assert f'formaction="{url(Move.SIGN_FOR)}"' in html


def test_the_way_back_leads_to_no_other_house(office: Office) -> None:
    html = signed_in(office.handler).get(url(Move.SIGN_FOR), {"back": "https://example.org/"}).content.decode()
    assert "example.org" not in html


def test_what_has_no_duty_stands_below_a_rule(office: Office) -> None:
    waiting = registered_on(office, 40)[0]
    PetitionCase.objects.filter(number=waiting).update(due_rule="")
    owed = register(office).case.number

    html = worklist(office.registrar, "desk")
    assert numbers_in(html) == [owed, waiting]
    assert html.index(owed) < html.index('class="rule"') < html.index(waiting)


def test_the_pages_of_a_list_lead_over_the_rule_and_back(office: Office) -> None:
    numbers = registered_on(office, *range(60))
    PetitionCase.objects.filter(number__in=numbers[:20]).update(due_rule="")
    client = signed_in(office.registrar)
    first = client.get(LIST)
    second = client.get(LIST, {"after": first.context["page"].after})
    back = client.get(LIST, {"before": second.context["page"].before})

    shown = [[case.number for case in answer.context["page"].rows] for answer in (first, second, back)]
    assert (len(shown[0]), len(shown[1]), shown[2]) == (50, 10, shown[0])
    assert sorted(shown[0] + shown[1]) == sorted(numbers)
    assert set(shown[1]) <= set(numbers[:20])


@pytest.mark.parametrize("cursor", ["2~x", "~", "1~", "x", "0~2025-03-03", "9" * 9])
def test_a_cursor_that_is_none_shows_the_first_page(office: Office, cursor: str) -> None:
    number = register(office).case.number
    assert numbers_in(worklist(office.registrar, "desk", f"?after={cursor}")) == [number]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("place=371602", 1), ("since=2025-03-03", 1), ("since=2025-03-04", 0),
        ("until=2025-03-03", 1), ("until=2025-03-02", 0), ("person=无此人", 0), ("unit=no-such", 1),
    ],
)  # fmt: skip
def test_the_rarer_filters_let_their_own_through(office: Office, query: str, found: int) -> None:
    register(office)
    assert len(numbers_in(worklist(office.registrar, "desk", f"?{query}"))) == found


def test_a_filter_is_kept_as_a_tab_of_one_s_own_and_taken_away(office: Office) -> None:
    client = signed_in(office.registrar)
    client.post(reverse("cases:save-filter"), {"list": f"{LIST}?channel=visit&after=x", "name": "来访"})
    (tab,) = SavedFilter.objects.all()
    assert (tab.path, tab.query) == (LIST, "channel=visit")
    assert "来访</a>" in client.get(LIST).content.decode()
    assert "删去标签来访" not in worklist(office.head, "desk")

    signed_in(office.head).post(reverse("cases:forget-filter", args=[tab.pk]), {"list": LIST})
    assert SavedFilter.objects.count() == 1
    client.post(reverse("cases:forget-filter", args=[tab.pk]), {"list": LIST})
    assert SavedFilter.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"list": LIST, "name": "空"}, "请先选好筛选条件"),
        ({"list": f"{LIST}?channel=visit", "name": ""}, "请填写标签名称。"),
        ({"list": f"{LIST}?channel=letter", "name": "来访"}, "请换个名称"),
        ({"list": "https://example.org/?a=b", "name": "别处"}, "请先选好筛选条件"),
        ({"list": "/admin/?a=b", "name": "别处"}, "请先选好筛选条件"),
    ],
)
def test_a_tab_that_cannot_be_kept_says_why(office: Office, given: dict[str, str], sentence: str) -> None:
    client = signed_in(office.registrar)
    client.post(reverse("cases:save-filter"), {"list": f"{LIST}?channel=visit", "name": "来访"})
    answer = client.post(reverse("cases:save-filter"), given, follow=True)
    assert sentence in answer.content.decode()
