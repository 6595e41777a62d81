"""The next higher body (第三十五条、第三十六条), read off the tree of Binzhou; others are refused with the reason."""

from datetime import date

import pytest

from binzhou_xinfang.accounts.hierarchy import bodies_above, body_above, refuse_not_above
from binzhou_xinfang.accounts.loading import load
from binzhou_xinfang.accounts.models import Unit, UnitKind
from binzhou_xinfang.errors import Refusal
from cases.management.commands.load_units import BINZHOU
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _binzhou() -> None:
    load(BINZHOU)


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def above(code: str) -> list[str]:
    return [body.code for body in bodies_above(unit(code), on=TODAY)]


@pytest.mark.parametrize(
    ("code", "bodies"),
    [
        # A department of the city: the city's government, for which its review office acts.
        ("371600-zj", ["371600-fc", "371600-rmzf"]),
        # One of a county besides: the city's department of its line.
        ("371602-zj", ["371602-fc", "371602-rmzf", "371600-zj"]),
        # A department without one in the city.
        ("371602-zf", ["371602-fc", "371602-rmzf"]),
        # A township, and a body of the county as a whole.
        ("371602003", ["371602-fc", "371602-rmzf"]),
        ("371602-rmzf", ["371600-fc", "371600-rmzf"]),
        ("371602-fc", ["371600-fc", "371600-rmzf"]),
        # A branch: the body that set it up.
        ("371600-jj", ["371600-ga"]),
        # A zone is governed by the city.
        ("BZ-KFQ-gw", ["371600-fc", "371600-rmzf"]),
        # The party's departments and committees: no government stands over them.
        ("371600-zzb", ["371600-fc", "371600-dw"]),
        ("371602-dw", ["371600-dw", "371600-fc"]),
        # What is led from above: the body above in its line alone.
        ("371600-shui", ["370000-shui"]),
        # Courts and discipline bodies have a line of their own.
        ("371602-jw", ["371600-jw"]),
        ("371602-fy", ["371600-fy"]),
        # Above the city: outside its tree; above that nothing is known.
        ("371600-fc", ["370000-fc"]),
        ("371600-rmzf", ["370000-fc"]),
        ("370000-fc", []),
    ],
)
def test_the_next_higher_bodies_are_those_of_the_law_and_the_tree(code: str, bodies: list[str]) -> None:
    assert above(code) == bodies


def test_a_department_of_the_province_stands_above_the_citys_of_its_line() -> None:
    province = UnitFactory(code="370000-zj", name="山东省住房和城乡建设厅")
    Unit.objects.filter(code="371600-zj").update(guided_by=province)
    assert above("371600-zj") == ["371600-fc", "371600-rmzf", "370000-zj"]
    assert above("370000-zj") == ["370000-fc"]


def test_a_body_that_has_ended_reviews_nothing_from_the_day_after_its_last() -> None:
    Unit.objects.filter(code="371600-fc").update(valid_to=TODAY)
    assert body_above(unit("371600-zj"), on=TODAY) == unit("371600-fc")
    assert body_above(unit("371600-zj"), on=date(2026, 12, 1)) == unit("371600-rmzf")


@pytest.mark.parametrize(
    ("body", "of", "why"),
    [
        ("371600-zj", "371600-zj", "滨州市住房和城乡建设局就是作出原意见的机关、单位"),
        ("371600-jj", "371600-ga", "滨州市公安局交通警察支队是其下级单位"),
        ("371600-cg", "371600-zj", "滨州市城市管理局不是其上一级"),
        ("371681-fc", "371602-zj", "邹平市信访事项复查复核委员会办公室不是其上一级"),
        ("370000-fc", "371602-zj", "山东省信访事项复查复核委员会办公室不是其上一级"),
        ("370000-fc", "371600-zj", "山东省信访事项复查复核委员会办公室越过了上一级"),
        ("371600-rmzf", "371600-zzb", "滨州市人民政府不是其上一级"),
        ("371600-fc", "371600-shui", "滨州市信访事项复查复核委员会办公室不是其上一级"),
    ],
)
def test_another_body_is_refused_with_the_reason_and_those_that_may_be_chosen(body: str, of: str, why: str) -> None:
    with pytest.raises(Refusal, match=why) as refused:
        refuse_not_above(unit(body), unit(of), on=TODAY, role="复查机关", article="第三十五条", field="review_body")
    assert refused.value.field == "review_body"
    assert body_above(unit(of), on=TODAY).name in str(refused.value)  # type: ignore[union-attr]


def test_who_has_nobody_above_is_told_that_the_administrator_has_to_enter_it() -> None:
    with pytest.raises(Refusal, match="没有登记山东省信访事项复查复核委员会办公室的上一级机关、单位"):
        refuse_not_above(
            unit("371600-fc"), unit("370000-fc"), on=TODAY, role="复核机关", article="第三十六条", field="above"
        )


def test_every_body_of_binzhou_but_those_at_the_top_has_one_above_it() -> None:
    alone = [one.code for one in Unit.objects.exclude(kind=UnitKind.AREA) if not bodies_above(one, on=TODAY)]
    # Above the city's own court, procuratorate and discipline body stand those of the province.
    assert alone == ["370000-fc", "370000-shui", "371600-fy", "371600-jc", "371600-jw"]
