"""Loading a city's units: Binzhou whole, another city's mistakes named by row, nothing half done."""

from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from binzhou_xinfang.accounts.loading import Loaded, UnitsRefused, load
from binzhou_xinfang.accounts.models import Unit, UnitKind, final_unit
from cases.management.commands.load_units import BINZHOU
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db

HEAD = "code,name,short_name,kind,parent,letter_mark,region_code,address,phone,valid_from,valid_to,moved_to\n"
TOWN_SUFFIXES = ("街道办事处", "镇", "乡")
COUNTIES = ["滨城区", "沾化区", "惠民县", "阳信县", "无棣县", "博兴县", "邹平市"]


@pytest.fixture
def city(tmp_path: Path):
    """Writes rows into a folder and answers the folder."""

    def write(*rows: str) -> Path:
        (tmp_path / "units.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def binzhou():
    load(BINZHOU)


def towns_by_suffix(name: str) -> list[int]:
    county = Unit.objects.get(kind=UnitKind.AREA, name=name)
    names = Unit.objects.under(county).filter(kind=UnitKind.TOWNSHIP).values_list("name", flat=True)
    count = Counter(next(suffix for suffix in TOWN_SUFFIXES if town.endswith(suffix)) for town in names)
    return [count[suffix] for suffix in TOWN_SUFFIXES]


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(UnitsRefused) as refused:
        load(folder)
    return refused.value.problems


def test_binzhou_has_its_seven_counties_three_zones_and_two_areas_of_old_names(binzhou):
    areas = Unit.objects.filter(kind=UnitKind.AREA, parent__code="371600")
    assert list(
        areas.filter(valid_to=None).exclude(region_code="").order_by("code").values_list("name", flat=True)
    ) == (COUNTIES)
    assert set(areas.filter(region_code="").values_list("name", flat=True)) == {
        "滨州经济技术开发区",
        "滨州高新技术产业开发区",
        "滨州北海经济开发区",
    }
    assert set(areas.exclude(valid_to=None).values_list("code", flat=True)) == {"371624", "371626"}


def test_binzhou_has_the_streets_towns_and_townships_of_each_county(binzhou):
    assert {name: towns_by_suffix(name) for name in COUNTIES} == {
        "滨城区": [12, 2, 1],
        "沾化区": [2, 7, 2],
        "惠民县": [3, 12, 0],
        "阳信县": [2, 7, 1],
        "无棣县": [2, 10, 0],
        "博兴县": [3, 9, 0],
        "邹平市": [5, 11, 0],
    }
    assert towns_by_suffix("滨州市") == [29, 58, 4]


def test_the_town_of_sunzhen_is_not_called_sunzhen_twice(binzhou):
    assert Unit.objects.get(code="371681110").name == "孙镇"


def test_every_area_has_a_petition_office_and_every_county_a_review_body_and_a_discipline_body(binzhou):
    areas = Unit.objects.filter(kind=UnitKind.AREA, valid_to=None)
    below = {area.name: set(area.children.values_list("kind", flat=True)) for area in areas}
    assert {name for name, kinds in below.items() if UnitKind.PETITION_OFFICE not in kinds} == set()
    assert {name for name, kinds in below.items() if {UnitKind.REVIEW, UnitKind.DISCIPLINE} <= kinds} == {
        "滨州市",
        *COUNTIES,
    }


def test_an_old_area_code_rolls_up_to_the_area_of_today(binzhou):
    assert {code: final_unit(Unit.objects.get(code=code)).name for code in ("371624", "371626")} == {
        "371624": "沾化区",
        "371626": "邹平市",
    }


def test_loading_twice_changes_nothing(binzhou):
    before = list(Unit.objects.values())
    assert load(BINZHOU) == Loaded(added=0, present=len(before), changed={})
    assert list(Unit.objects.values()) == before


def test_another_city_loads_its_own_folder_whatever_the_order_of_its_rows(city):
    folder = city("b,乙局,乙局,department,a,乙,,,,,,", "a,甲市,甲市,area,,,,,,,,")
    call_command("load_units", str(folder), stdout=StringIO())
    assert list(Unit.objects.values_list("path", flat=True)) == ["a/", "a/b/"]


def test_a_changed_file_renames_and_moves_what_is_there_and_keeps_the_rest(city):
    load(city("a,甲市,甲市,area,,,,,,,,", "b,乙局,乙局,department,a,乙,,,,,,", "c,丙局,丙局,department,b,,,,,,,"))
    loaded = load(city("a,甲市,甲市,area,,,,,,,,", "d,丁区,丁区,area,a,,,,,,,", "b,乙委,乙委,department,d,乙,,,,,,"))
    assert (loaded.added, loaded.present) == (1, 2)
    assert loaded.changed["b"] == {"名称": ("乙局", "乙委"), "简称": ("乙局", "乙委"), "上级": ("甲市", "丁区")}
    assert dict(Unit.objects.values_list("name", "path")) == {
        "甲市": "a/",
        "丁区": "a/d/",
        "乙委": "a/d/b/",
        "丙局": "a/d/b/c/",
    }


def test_what_the_office_has_entered_and_the_file_does_not_know_stays(city):
    folder = city("a,甲局,甲局,department,,甲,,,,,,", "b,乙局,乙局,department,,乙,,旧址,0543-1,,,")
    load(folder)
    Unit.objects.filter(code="a").update(phone="0543-3160000", address="黄河五路", aliases="老甲局")
    assert load(folder).changed == {}
    assert Unit.objects.values_list("phone", "address", "aliases").get(code="a") == (
        "0543-3160000", "黄河五路", "老甲局",
    )  # fmt: skip
    # What the file knows is brought to its state.
    load(city("a,甲局,甲局,department,,甲,,,,,,", "b,乙局,乙局,department,,乙,,新址,0543-2,,,"))
    assert Unit.objects.values_list("phone", "address").get(code="b") == ("0543-2", "新址")


def test_a_unit_is_closed_and_leads_on_when_the_file_says_so(city):
    load(city("a,甲局,甲局,department,,,,,,,,", "b,乙局,乙局,department,,,,,,,,"))
    load(city("a,甲局,甲局,department,,,,,,,2024-12-31,b", "b,乙局,乙局,department,,,,,,,,"))
    assert final_unit(Unit.objects.get(code="a")).code == "b"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("b,乙局,乙局,department,x,,,,,,,", "第3行：上级“x”不存在"),
        ("b,乙局,乙局,department,,,,,,,2024-12-31,x", "第3行：职能并入“x”不存在"),
        ("b,乙局,乙局,department,b,,,,,,,", "第3行：上级“b”绕回了本机构"),
        ("b,乙局,乙局,department,,,,,,,2024-12-31,b", "第3行：职能并入“b”绕回了本机构"),
        ("b,乙局,乙局,department,,,,,,,,a", "第3行：填写了职能并入，却没有撤销前最后一日"),
        ("b,乙局,乙局,department,,,,,,2024-01-02,2024-01-01,", "第3行：撤销日期不能早于设立日期"),
        ("b/c,乙局,乙局,department,,,,,,,,", "第3行：代码：代码只能用字母、数字和连字符"),
        ("b,,乙局,department,,,,,,,,", "第3行：名称：此字段不能为空。"),
        ("b,乙局,乙局,office,,,,,,,,", "第3行：类别：值 'office' 不是有效选项。"),
        (
            "b,乙局,乙局,department,,,,,,13月1日,,",
            "第3行：设立日期：“13月1日”的值有一个错误的日期格式。它的格式应该是YYYY-MM-DD",
        ),
    ],
)
def test_a_wrong_row_is_named_by_number_and_reason_and_nothing_is_written(city, row, problem):
    assert problems_of(city("a,甲市,甲市,area,,,,,,,,", row)) == [problem]
    assert list(Unit.objects.all()) == []


def test_codes_and_letter_marks_that_stand_twice_are_named_in_both_rows(city):
    folder = city("a,甲,甲,area,,字,,,,,,", "a,乙,乙,area,,字,,,,,,")
    assert problems_of(folder) == [
        "第2行：代码“a”重复",
        "第2行：发文代字“字”重复",
        "第3行：代码“a”重复",
        "第3行：发文代字“字”重复",
    ]


def test_a_circle_of_several_rows_is_named(city):
    folder = city("a,甲,甲,area,c,,,,,,,", "b,乙,乙,area,a,,,,,,,", "c,丙,丙,area,b,,,,,,,")
    assert problems_of(folder) == [
        "第2行：上级“c”绕回了本机构",
        "第3行：上级“a”绕回了本机构",
        "第4行：上级“b”绕回了本机构",
    ]


def test_a_letter_mark_of_a_unit_outside_the_file_is_refused(city):
    UnitFactory(code="z", letter_mark="字")
    assert problems_of(city("a,甲,甲,area,,字,,,,,,")) == ["第2行：发文代字“字”重复"]


def test_a_letter_mark_passes_from_one_unit_of_the_file_to_another(city):
    load(city("a,甲,甲,area,,字,,,,,,", "b,乙,乙,area,,,,,,,,"))
    load(city("b,乙,乙,area,,字,,,,,,", "a,甲,甲,area,,,,,,,,"))
    assert dict(Unit.objects.values_list("code", "letter_mark")) == {"a": "", "b": "字"}


def test_a_file_with_other_columns_is_refused(tmp_path):
    (tmp_path / "units.csv").write_text("code,name\na,甲\n", encoding="utf-8")
    assert problems_of(tmp_path)[0].startswith("第1行：列名应为")


def test_the_command_ends_with_status_1_and_the_problems(city):
    with pytest.raises(CommandError, match="第2行：上级“x”不存在") as refused:
        call_command("load_units", str(city("a,甲,甲,area,x,,,,,,,")))
    assert refused.value.returncode == 1


def test_a_folder_without_a_file_is_refused(tmp_path):
    assert problems_of(tmp_path) == [f"没有文件 {tmp_path / 'units.csv'}。"]
