"""法定途径导引图: one sheet for each way of the table, to be shown at the window and given to the petitioner."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.web.doors import staff
from cases.legal_routes import routes_for
from cases.models import LegalRoute, Topic
from cases.vocabulary import LegalWay


@require_safe
@staff
def ways(request: StaffRequest) -> HttpResponse:
    """Show the table of legal ways; `?topic=<code>` those for one content, which makes one sheet of its own."""
    code = request.GET.get("topic", "")
    topic = Topic.objects.filter(code=code).first() if code else None
    routes = routes_for(topic) if topic else list(LegalRoute.objects.filter(is_current=True))
    grouped = [(way, mine) for way in LegalWay if (mine := [route for route in routes if route.way == way.value])]
    context = {"groups": grouped, "topic": topic, "today": timezone.localdate()}
    return render(request, "cases/window/ways.html", context)


@require_safe
@staff
def way(request: StaffRequest, code: str) -> HttpResponse:
    """Show the sheet of one procedure, as it is printed."""
    route = get_object_or_404(LegalRoute, code=code, is_current=True)
    topics = Topic.objects.filter(is_current=True).order_by("code")
    named = [str(topic) for topic in topics if route.fits(topic.code)]
    context = {"route": route, "topics": named, "today": timezone.localdate()}
    return render(request, "cases/window/way.html", context)
