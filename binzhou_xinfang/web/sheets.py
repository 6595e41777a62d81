"""Side sheets with a page around them, and the version that a form was made from."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from binzhou_xinfang.web.middleware import is_htmx

# What has not been changed yet is of version 0.
NO_VERSION = -1


def sheet_or_page(request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Render `<name>_sheet.html` for the side sheet, `<name>.html` around it for a browser without scripts."""
    template = f"{name}_sheet.html" if is_htmx(request) else f"{name}.html"
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def version_of(data: QueryDict, *, of: str = "version") -> int:
    """Read the version of the row that a form was made from; `NO_VERSION` when none was sent."""
    text = data.get(of, "")
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else NO_VERSION
