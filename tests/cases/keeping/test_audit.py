"""安全审计: the auditor sees who looked, never at which sealed report."""

import pytest
from django.test import Client
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.models import AccessLog
from cases.vocabulary import Purpose
from cases.web.keeping.audit_page import COVERED, covered
from tests.factories import PostFactory
from tests.office import Office, register

URL = reverse("cases:audit")


@pytest.fixture
def auditor(office: Office) -> Post:
    return PostFactory(unit=office.bureau, role=Role.AUDITOR, user__username="auditor")


def page(post: Post, **query: str) -> str:
    client = Client()
    client.force_login(post.user)
    return client.get(URL, query).content.decode()


def test_a_look_up_is_shown_with_its_reason(office: Office, auditor: Post) -> None:
    access.log(office.handler, AccessAct.UNMASK, register(office).case.number, reason="核对身份")
    shown = page(auditor)
    assert [word in shown for word in ("核对身份", "BZXF-2025-000001", "孙承办")] == [True, True, True]


def test_a_sealed_report_s_numbers_are_covered(office: Office) -> None:
    petition = register(office, purpose=Purpose.EXPOSE)
    for subject in (petition.case.number, f"接收回执 {petition.number}", f"{petition.case.number} 滨信转〔2025〕1号"):
        access.log(office.head, AccessAct.OPEN_SEALED, subject)
    assert [line.subject for line in covered(AccessLog.objects.all())] == [COVERED] * 3


def test_the_log_is_narrowed_by_act_user_and_day(office: Office, auditor: Post) -> None:
    access.log(office.handler, AccessAct.PRINT, "甲")
    access.log(office.head, AccessAct.EXPORT, "乙")
    assert ("甲" in page(auditor, act="print"), "乙" in page(auditor, act="print")) == (True, False)
    assert ("甲" in page(auditor, username="head"), "乙" in page(auditor, username="head")) == (False, True)
    assert "甲" not in page(auditor, on="2001-01-01")


def test_reading_the_log_is_logged(office: Office, auditor: Post) -> None:
    page(auditor)
    assert list(AccessLog.objects.values_list("act", "user__username")) == [("read-audit", "auditor")]


@pytest.mark.parametrize("who", ["head", "administrator", "leader"])
def test_only_the_auditor_reads_the_log(office: Office, who: str) -> None:
    client = Client()
    client.force_login(getattr(office, who).user)
    assert client.get(URL).status_code == 403
