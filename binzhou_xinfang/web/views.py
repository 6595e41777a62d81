"""Answers where no view is reached: a server error with a number by which the log line is found, and an address that
there is not."""

import logging
import secrets
import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.views.defaults import page_not_found

from binzhou_xinfang.web.api import NOTHING
from binzhou_xinfang.web.outage import API, outage_of, unavailable

logger = logging.getLogger(__name__)


def server_error(request: HttpRequest) -> HttpResponse:
    """Log a reference number beside the failure and show it, never the trace (`handler500`).

    The page is rendered without the request, for a context processor may be what has failed. What fails because the
    database or the disk is away is no error of ours: it is answered as an `outage`, wherever in the request it failed.
    """
    if (outage := outage_of(sys.exception())) is not None:
        return unavailable(request, outage)
    reference = secrets.token_hex(4).upper()
    logger.error("reference %s: %s %s failed", reference, request.method, request.path)
    page = loader.get_template("500.html").render({"reference": reference})
    return HttpResponse(page, status=500)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that there is not (`handler404`): a program by JSON, a person by a page."""
    if not request.path.startswith(API):
        return page_not_found(request, exception)
    said = {"detail": NOTHING, "field": ""}
    return JsonResponse(said, status=404, json_dumps_params={"ensure_ascii": False})
