"""The light of a list line tells, on a click, how its day was found."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.states import State
from tests.office import Office, case_in, register


def visit(office: Office, who: str, number: str) -> tuple[int, str]:
    client = Client()
    client.force_login(getattr(office, who).user)
    answer = client.get(reverse("cases:due", args=[number]))
    return answer.status_code, answer.content.decode()


def test_the_clock_that_matters_now_is_explained(office: Office) -> None:
    case = case_in(office, State.HANDLING, at=timezone.now() - timedelta(days=3))
    status, page = visit(office, "handler", case.number)
    assert (status, "第三十四条" in page) == (200, True)


@pytest.mark.parametrize(("who", "status"), [("registrar", 200), ("handler", 404), ("county_head", 404)])
def test_only_who_sees_the_matter_is_told(office: Office, who: str, status: int) -> None:
    assert visit(office, who, register(office).case.number)[0] == status


def test_without_a_running_clock_there_is_nothing_to_explain(office: Office) -> None:
    assert visit(office, "registrar", case_in(office, State.WITHDRAWN).number)[0] == 404
