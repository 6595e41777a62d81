"""Table of legal ways in the administration site; what else the site would offer has a page of its own."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import HttpRequest

from binzhou_xinfang.accounts.admin import keep_elsewhere
from binzhou_xinfang.statute.models import Holiday
from cases.models import LegalRoute, Topic

# Django's own class takes a type parameter in the stubs only.
if TYPE_CHECKING:
    _LegalRouteAdmin = admin.ModelAdmin[LegalRoute]
else:
    _LegalRouteAdmin = admin.ModelAdmin


@admin.register(LegalRoute)
class LegalRouteAdmin(_LegalRouteAdmin):
    """An entry is never deleted: it goes out of use, and what was led by it keeps its words."""

    list_display = ("name", "way", "organ", "topics", "time_limit", "is_current")
    list_filter = ("way", "is_current")
    search_fields = ("name", "organ", "topics", "code")

    def has_delete_permission(self, request: HttpRequest, obj: LegalRoute | None = None) -> bool:
        return False


keep_elsewhere(Topic, "cases:house-topics")
keep_elsewhere(Holiday, "cases:work-calendar")
