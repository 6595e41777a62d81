"""The tags and filters of every template, as they come out."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.paging import Count, Page
from cases.models import Petitioner


class VisitForm(OfficeForm):
    name = forms.CharField(label="姓名", max_length=20)
    phone = forms.CharField(label="电话", required=False, help_text="手机或座机")
    count = forms.IntegerField(label="人数", min_value=1)
    sex = forms.ChoiceField(label="性别", choices=[("m", "男"), ("f", "女")], widget=forms.RadioSelect)
    topic = forms.ChoiceField(label="类别", choices=[("a", "住房")], widget=forms.Select(attrs={"class": "wide"}))
    is_joint = forms.BooleanField(label="联名", required=False)


def shown(source: str, **context: Any) -> str:
    return Template(source).render(Context(context)).strip()


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 10, 8, 20, 0, tzinfo=UTC), tick=False)


def test_the_light_counts_from_today_here() -> None:
    assert shown("{% due_light day %}", day=date(2026, 10, 9)) == '<span class="due due-amber">今天到期</span>'


def test_the_light_takes_its_day_and_its_end_from_the_page() -> None:
    source = "{% due_light day on=on %}{% due_light day done=met_on %}"
    assert shown(source, day=date(2026, 10, 9), on=date(2026, 10, 11), met_on=date(2026, 10, 8)) == (
        '<span class="due due-red">逾期 2 天</span>\n<span class="due due-green">已办结</span>'
    )


def test_a_day_is_one_piece_that_a_machine_can_read() -> None:
    assert (
        shown("{{ day|day }}", day=date(2025, 10, 9))
        == '<time datetime="2025-10-09" class="num">2025年10月9日(周四)</time>'
    )


def test_a_moment_has_its_minute() -> None:
    moment = datetime(2026, 10, 8, 16, 5, tzinfo=UTC)
    assert shown("{{ moment|moment }}", moment=moment) == (
        '<time datetime="2026-10-09T00:05:00+08:00" class="num">10月9日(周五) 00:05</time>'
    )


def test_the_words_of_a_moment_can_stand_alone() -> None:
    moment = datetime(2026, 10, 8, 16, 5, tzinfo=UTC)
    assert shown("{{ moment|moment_text }}|{{ moment|day_text }}", moment=moment) == (
        "10月9日(周五) 00:05|10月9日(周五)"
    )


@pytest.mark.parametrize("name", ["day", "moment", "day_text", "moment_text", "capped"])
def test_nothing_shows_as_nothing(name: str) -> None:
    assert shown(f"{{{{ value|{name} }}}}", value=None) == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (1234, "1,234"), (10_000, "10,000"), (10_001, "10,000+"), (Count(50, capped=True), "50+")],
)
def test_a_large_count_stops_at_the_cap(value: int | Count, words: str) -> None:
    assert shown("{{ value|capped }}", value=value) == words


def test_names_and_numbers_are_masked() -> None:
    source = "{{ name|mask_name }} {{ phone|mask_phone }}"
    assert shown(source, name="刘小芳", phone="13812345678") == "刘*芳 138****5678"


@pytest.mark.parametrize(
    ("tag", "address"),
    [
        ('{% query_string topic="住房" %}', "?unit=3&amp;q=a+b&amp;topic=%E4%BD%8F%E6%88%BF"),
        ("{% query_string unit=None q='' %}", "?topic=x"),
        ('{% query_string after="2026-10-09,7" %}', "?unit=3&amp;q=a+b&amp;topic=x&amp;after=2026-10-09%2C7"),
        ("{% query_string unit=units %}", "?q=a+b&amp;topic=x&amp;unit=1&amp;unit=2"),
    ],
)
def test_one_filter_changes_and_the_list_begins_anew(tag: str, address: str, rf: RequestFactory) -> None:
    request = rf.get("/?unit=3&q=a b&topic=x&after=2026-10-01,2&before=z")
    assert shown(tag, request=request, units=[1, 2]) == address


def test_a_field_has_its_label_its_help_and_its_error_tied_to_it() -> None:
    form = VisitForm({"phone": "1"})
    html = shown("{% field form.phone %}{% field form.name %}", form=form)
    for part in [
        '<label class="form-label" for="id_phone">电话</label>',
        'aria-describedby="id_phone_helptext"',
        'id="id_phone_helptext">手机或座机</div>',
        '<label class="form-label is-required" for="id_name">姓名</label>',
        'class="form-control is-invalid"',
        'aria-invalid="true"',
        'aria-describedby="id_name_error"',
        'id="id_name_error">请填写姓名。</div>',
        '<div class="field" data-field="name">',
    ]:
        assert part in html


def test_a_choice_of_few_is_a_group_with_a_legend() -> None:
    html = shown("{% field form.sex %}", form=VisitForm({}))
    assert '<legend class="form-label is-required">性别</legend>' in html
    assert 'aria-describedby="id_sex_error"' in html
    assert html.count('type="radio"') == html.count('class="form-check-input"') == 2


def test_a_box_to_tick_stands_before_its_words() -> None:
    html = shown("{% field form.is_joint %}", form=VisitForm())
    assert (
        '<label class="form-check" for="id_is_joint"><input type="checkbox" name="is_joint" class="form-check-input"'
        in html
    )


def test_a_field_keeps_its_own_classes_and_takes_label_and_unit_from_the_page() -> None:
    html = shown('{% field form.topic %}{% field form.count label="同行" unit="人" %}', form=VisitForm())
    assert 'class="wide form-select"' in html
    assert '<span class="input-group-text">人</span>' in html
    assert "同行</label>" in html


def test_a_whole_form_shows_what_concerns_the_act_first() -> None:
    form = VisitForm({})
    form.add_error(None, "事项已办结。")
    html = shown('{% include "parts/form.html" %}', form=form)
    assert html.startswith(
        '<div class="form-errors" data-refusals><div class="refusal" role="alert">事项已办结。</div></div>'
    )
    assert html.count("data-field=") == 6


def test_the_pager_keeps_the_filters(rf: RequestFactory) -> None:
    context = {"page": Page([], "2026-10-09,7", ""), "total": Count(10_000, capped=True), "request": rf.get("/?unit=3")}
    html = shown('{% include "parts/pager.html" %}', **context)
    assert 'href="?unit=3&amp;after=2026-10-09%2C7" rel="next"' in html
    assert "共 10,000+ 条" in html
    assert "上一页" not in html


def test_people_units_and_states_have_one_look() -> None:
    unit = SimpleNamespace(name="滨城区住房和城乡建设局", short_name="滨城区住建局")
    of = SimpleNamespace(get_state_display="已受理")
    source = (
        '{% include "parts/person.html" with who=who others=4 %}|{% include "parts/unit.html" %}|'
        '{% include "parts/state.html" with tone="done" %}'
    )
    assert "".join(shown(source, unit=unit, of=of, who=Petitioner(name="刘小芳")).split("\n")) == (
        '<span class="person">刘*芳<span class="text-secondary"> 等 5 人</span></span>|'
        '<span class="unit" title="滨城区住房和城乡建设局">滨城区住建局</span>|'
        '<span class="state state-done">已受理</span>'
    )


def test_an_empty_list_says_why_and_what_fills_it() -> None:
    html = shown('{% include "parts/empty.html" with why="没有待办。" how="收到转送后列在这里。" %}')
    assert html == '<div class="empty-list"><p>没有待办。</p><p class="text-secondary">收到转送后列在这里。</p></div>'


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("2026-10-09", '<time datetime="2026-10-09" class="num">10月9日(周五)</time>'),
        (date(2025, 10, 9), '<time datetime="2025-10-09" class="num">2025年10月9日(周四)</time>'),
        ("2026-10-09号", "2026-10-09号"),
        (12, "12"),
    ],
)
def test_a_day_among_other_facts_is_told_as_a_day(value: object, told: str) -> None:
    assert shown("{{ value|days_told }}", value=value) == told
