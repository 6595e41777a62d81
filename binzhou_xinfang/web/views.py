"""Page of a server error: Chinese words and a number by which the log line is found."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.template import loader

logger = logging.getLogger(__name__)


def server_error(request: HttpRequest) -> HttpResponse:
    """Log a reference number beside the failure and show it, never the trace (`handler500`).

    The page is rendered without the request, for a context processor may be what has failed.
    """
    reference = secrets.token_hex(4).upper()
    logger.error("reference %s: %s %s failed", reference, request.method, request.path)
    page = loader.get_template("500.html").render({"reference": reference})
    return HttpResponse(page, status=500)
