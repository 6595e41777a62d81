"""内容分类: the list with the words by which people call each topic."""

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.offers import LONGEST, like
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.doors import holds
from cases.house import topics
from cases.models import Topic
from cases.web.house.act_page import act_page
from cases.web.house.list_page import Listing, list_page


class TopicFilter(OfficeForm):
    """Filter of the list; kept in the address."""

    q = forms.CharField(label="分类、俗称、代码", max_length=LONGEST, required=False)


def found_topics(said: dict[str, str]) -> QuerySet[Topic]:
    """Select the topics in use that a filter asks for."""
    rows = Topic.objects.filter(is_current=True)
    return like(rows, said["q"], also=("code",)) if said.get("q") else rows


TOPICS = Listing("cases/house/topics.html", TopicFilter, found_topics, ("code",), Right.MANAGE_LISTS)


@require_safe
@never_cache
@holds(Right.MANAGE_LISTS)
def all_topics(request: StaffRequest) -> HttpResponse:
    """List the topics by code."""
    return list_page(request, TOPICS)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@holds(Right.MANAGE_LISTS)
def topic_words(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask for the words of a topic; POST writes them. The number is the code without its leading nought."""
    topic = get_object_or_404(Topic, code=f"{pk:06d}")
    return act_page(request, topics.ACTS["words"], topic, back=reverse("cases:house-topics"))
