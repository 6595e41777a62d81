"""The page for what must not happen."""

import logging
import re

import pytest
from django.test import RequestFactory

from binzhou_xinfang.web.views import server_error


def test_a_failure_shows_the_number_that_stands_in_the_log(
    rf: RequestFactory, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="binzhou_xinfang.web.views"):
        response = server_error(rf.post("/cases/7/accept/?q=张三"))
    shown = re.findall(r"编号 <strong class=\"num\">(\w{8})</strong>", response.content.decode())
    assert (response.status_code, caplog.messages) == (500, [f"reference {shown[0]}: POST /cases/7/accept/ failed"])
