"""Units, users, posts and tokens in the administration site."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest

from binzhou_xinfang.accounts.forms import NewUserForm, ResetPasswordForm
from binzhou_xinfang.accounts.models import ApiToken, Post, Unit, User, path_below
from binzhou_xinfang.accounts.tree import rebuild_paths

# Rights hang on posts; a second system of groups would only be a way round them.
admin.site.unregister(Group)


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin[Unit]):
    """A unit is never deleted: it gets a last day and a successor."""

    list_display = ("name", "code", "kind", "parent", "letter_mark", "valid_from", "valid_to", "moved_to")
    list_filter = ("kind",)
    list_select_related = ("parent", "moved_to")
    search_fields = ("name", "short_name", "code", "letter_mark")
    autocomplete_fields = ("parent", "guided_by", "moved_to")

    def save_model(self, request: HttpRequest, obj: Unit, form: ModelForm[Unit], change: bool) -> None:
        obj.path = obj.path or path_below(obj.parent, obj.code)
        if change and "code" in form.changed_data:
            obj.path = path_below(obj.parent, obj.code)
        super().save_model(request, obj, form, change)
        rebuild_paths()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class PostInline(admin.TabularInline[Post, User]):
    model = Post
    extra = 0
    autocomplete_fields = ("unit",)


@admin.register(User)
class UserAdmin(DjangoUserAdmin[User]):
    """An account is closed, not deleted: what its owner did stays signed."""

    add_form = NewUserForm
    change_password_form = ResetPasswordForm
    add_fieldsets = ((None, {"fields": ("username", "name", "phone", "password1", "password2")}),)
    fieldsets = (
        (None, {"fields": ("username", "password", "must_change_password")}),
        ("个人", {"fields": ("name", "phone")}),
        ("状态", {"fields": ("is_active", "last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")
    list_display = ("username", "name", "phone", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("username", "name")
    filter_horizontal = ()
    inlines = (PostInline,)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Reserve a superuser's account to superusers, or an administrator could make himself one."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Post)
class PostAdmin(admin.ModelAdmin[Post]):
    list_display = ("user", "unit", "role", "from_on", "to_on", "reads_sealed")
    list_filter = ("role", "reads_sealed")
    list_select_related = ("user", "unit")
    search_fields = ("user__name", "user__username", "unit__name")
    autocomplete_fields = ("user", "unit")


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin[ApiToken]):
    """Tokens are made by `manage.py make_token` and taken back by deleting them here."""

    list_display = ("name", "user", "post", "created_at", "expires_at", "last_used_at")
    list_select_related = ("user", "post__user", "post__unit")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
