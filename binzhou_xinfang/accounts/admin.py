"""Models with a page of their own: the administration site offers nothing of them, and says where they are kept."""

from typing import TYPE_CHECKING

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from binzhou_xinfang.accounts.models import ApiToken, Post, Unit, User

# Django's own class takes a type parameter in the stubs only.
if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Model]
else:
    _Admin = admin.ModelAdmin


class Elsewhere(_Admin):
    """A model kept on a page of the house, with reason, second hand and event: here it is neither shown nor changed,
    for superusers too."""

    page = ""
    search_fields = ("pk",)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, str] | None = None) -> HttpResponse:
        """Send on to the page."""
        messages.info(request, f"{self.model._meta.verbose_name}不在系统管理中维护，请在本页办理。")
        return redirect(self.page)

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Leave the model out of the site's front page."""
        return {}


def keep_elsewhere(model: type[Model], page: str) -> None:
    """Close the administration site for a model that is kept on the page of this name."""
    if admin.site.is_registered(model):
        admin.site.unregister(model)
    admin.site.register(model, type(f"{model.__name__}Elsewhere", (Elsewhere,), {"page": page}))


# Rights hang on posts; a second system of groups would only be a way round them.
admin.site.unregister(Group)
# Who is locked out is let in again by two hands, and what the lock has seen is not deleted.
for seen in (AccessAttempt, AccessFailureLog, AccessLog):
    if admin.site.is_registered(seen):
        admin.site.unregister(seen)
keep_elsewhere(Unit, "cases:house-units")
for kept in (User, Post, ApiToken):
    keep_elsewhere(kept, "cases:house-people")
