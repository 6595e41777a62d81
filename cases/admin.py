"""Tables of legal ways and of what people call a topic, in the administration site."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import HttpRequest

from cases.models import LegalRoute, Topic

# Django's own class takes a type parameter in the stubs only.
if TYPE_CHECKING:
    _LegalRouteAdmin = admin.ModelAdmin[LegalRoute]
    _TopicAdmin = admin.ModelAdmin[Topic]
else:
    _LegalRouteAdmin = _TopicAdmin = admin.ModelAdmin


@admin.register(LegalRoute)
class LegalRouteAdmin(_LegalRouteAdmin):
    """An entry is never deleted: it goes out of use, and what was led by it keeps its words."""

    list_display = ("name", "way", "organ", "topics", "time_limit", "is_current")
    list_filter = ("way", "is_current")
    search_fields = ("name", "organ", "topics", "code")

    def has_delete_permission(self, request: HttpRequest, obj: LegalRoute | None = None) -> bool:
        return False


@admin.register(Topic)
class TopicAdmin(_TopicAdmin):
    """An entry stands as its list has it; what people call it is the bureau's to write."""

    list_display = ("code", "level_1", "level_2", "level_3", "aliases", "is_current")
    list_filter = ("is_current", "level_1")
    search_fields = ("level_3", "aliases", "code")
    readonly_fields = ("code", "level_1", "level_2", "level_3", "is_current")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Topic | None = None) -> bool:
        return False
