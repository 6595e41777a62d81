"""听证专家: listed, corrected and ended; shown with its facts and without its secrets."""

from datetime import date, timedelta
from typing import Any

import pytest

from binzhou_xinfang.errors import NotPermitted, Refusal
from hearings.models import Expert, ExpertState
from hearings.pool import experts
from hearings.pool.experts import experts as life
from tests.cases.api_client import program
from tests.cases.pages import signed_in, version_in
from tests.hearings.pool.conftest import listed
from tests.office import MONDAY, Office

pytestmark = pytest.mark.usefixtures("on_monday")


def typed(office: Office, **changes: str) -> dict[str, Any]:
    """Typed input that lists somebody."""
    return {
        "name": "周学勤", "kind": "lawyer", "specialities": ["law"], "region": office.county.code,
        "organisation": "渤海律师事务所", "former": "滨州市交通运输局 2024-06-30", "relatives": "周小妹",
        "phone": "13805430001", "term_from": "2025-01-01", "term_to": "2026-12-31",
    } | changes  # fmt: skip


def test_the_office_lists_somebody_and_the_relatives_stand_on_no_page(office: Office) -> None:
    browser = signed_in(office.registrar)
    made = browser.post("/experts/new/", typed(office))
    expert = Expert.objects.get()
    assert (made.status_code, expert.former, expert.relatives) == (
        302, [["滨州市交通运输局", "2024-06-30"]], ["周小妹"],
    )  # fmt: skip
    page = browser.get(f"/experts/{expert.pk}/").content.decode()
    assert ("已申报1人" in page, "周小妹" in page, "13805430001" in page) == (True, False, False)


def test_what_the_database_holds_of_relatives_and_telephone_is_encrypted(office: Office) -> None:
    listed(office, relatives=["周小妹"], phone="13805430001")
    told = Expert.objects.get().events.get().detail
    assert "周小妹" not in str(told)
    assert "13805430001" not in str(told)


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"former": "滨州市交通运输局"}, "former", "应写明单位和离任日期"),
        ({"term_to": "2024-12-31"}, "term_to", "聘期止不能早于聘期起"),
        ({"name": ""}, "name", "请填写姓名"),
        ({"specialities": []}, "specialities", "请选择专业领域"),
    ],
)
def test_bad_input_is_said_at_its_field(office: Office, changes: dict[str, Any], field: str, says: str) -> None:
    answer = program(office.registrar).post(
        "/api/experts/", typed(office) | {"former": ["滨州市交通运输局 2024-06-30"], "relatives": []} | changes,
        format="json",
    ) if field != "former" else None  # fmt: skip
    page = signed_in(office.registrar).post("/experts/new/", typed(office) | changes)
    assert (page.status_code, says in page.content.decode()) == (422, True)
    assert answer is None or (answer.status_code in {400, 409} and says in answer.content.decode())
    assert not Expert.objects.exists()


def test_the_same_person_of_the_same_organisation_is_listed_once(office: Office) -> None:
    listed(office)
    with pytest.raises(Refusal, match="同名专家"):
        listed(office)
    assert listed(office, organisation="滨州学院").pk


def test_others_read_the_pool_and_list_nobody(office: Office) -> None:
    expert = listed(office)
    reader = signed_in(office.handler)
    assert "周学勤" in reader.get("/experts/").content.decode()
    assert reader.get("/experts/new/").status_code == 403
    assert reader.get(f"/experts/{expert.pk}/end/").status_code == 403
    assert signed_in(office.administrator).get(f"/experts/{expert.pk}/").status_code == 404
    with pytest.raises(NotPermitted):
        experts.end(expert, reason="误录", by=office.handler, at=MONDAY)


def test_a_correction_tells_what_was_changed_and_the_old_words_stay(office: Office) -> None:
    expert = listed(office)
    browser, url = signed_in(office.registrar), f"/experts/{expert.pk}/correct/"
    form = browser.get(url).content.decode()
    assert 'value="渤海律师事务所"' in form
    given = typed(office, organisation="黄河律师事务所", reason="调动") | {
        "former": "", "relatives": "", "phone": "", "version": version_in(form),
    }  # fmt: skip
    browser.post(url, given)
    page = browser.get(f"/experts/{expert.pk}/").content.decode()
    assert "改动的项目：工作单位；理由：调动" in page
    assert "工作单位：渤海律师事务所" in page


def test_a_certificate_is_valid_until_its_last_day_and_is_withdrawn_with_a_trace(office: Office) -> None:
    expert = listed(office)
    until = date(2025, 4, 1)
    expert = experts.certify(
        expert, certificate="律师执业证", number="A1", valid_to=until, by=office.registrar, at=MONDAY
    )
    paper = expert.certificates.get()
    days = [until - timedelta(days=1), until, until + timedelta(days=1)]
    assert [paper.holds_on(day) for day in days] == [True, True, False]
    with pytest.raises(Refusal, match="已经登记"):
        experts.certify(expert, certificate="律师执业证", number="A1", valid_to=None, by=office.registrar, at=MONDAY)
    expert = experts.decertify(expert, number="A1", reason="登记错误", by=office.registrar, at=MONDAY)
    assert not expert.certificates.get().holds_on(MONDAY.date())


def test_who_has_ended_comes_back_for_a_new_term(office: Office) -> None:
    expert = experts.end(listed(office), reason="调离", by=office.registrar, at=MONDAY)
    assert expert.state == ExpertState.ENDED
    assert [row.key.value for row in life.rows_from(ExpertState.ENDED)] == ["restore"]
    expert = experts.restore(
        expert, term_from=date(2025, 3, 3), term_to=date(2027, 3, 2), reason="误操作", by=office.registrar, at=MONDAY
    )
    assert expert.serves_on(date(2027, 3, 2))


def test_the_list_is_found_by_field_and_by_a_term_that_has_ended(office: Office) -> None:
    listed(office)
    listed(office, "吴文清", specialities=["land"], term_to=date(2025, 3, 2))
    browser = signed_in(office.registrar)
    by_field = browser.get("/experts/?field=land").content.decode()
    lapsed = browser.get("/experts/?standing=lapsed").content.decode()
    assert [("吴文清" in page, "周学勤" in page) for page in (by_field, lapsed)] == [(True, False)] * 2


@pytest.mark.parametrize("number", [1, 40])
def test_the_list_costs_the_same_for_one_and_forty(office: Office, number: int, django_assert_num_queries: Any) -> None:
    for place in range(number):
        listed(office, f"周学勤{place}")
    browser = signed_in(office.registrar)
    browser.get("/experts/")
    with django_assert_num_queries(4):
        browser.get("/experts/")
