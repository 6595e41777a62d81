"""The administration site, open to the administrator's post and to superusers alone."""

from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from binzhou_xinfang.accounts.roles import Right, has_right


class BureauAdminSite(AdminSite):
    """The admin site behind everybody's sign-in, so that lock-out and password change hold here too."""

    site_header = site_title = "滨州信访 · 系统管理"
    index_title = "机构、账号和基础资料"

    def has_permission(self, request: HttpRequest) -> bool:
        """Admit superusers, and whoever is just now in an administrator's post."""
        if not request.user.is_active:
            return False
        return request.user.is_superuser or has_right(getattr(request, "post", None), Right.MANAGE_USERS)

    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponse:
        if request.user.is_authenticated:
            raise PermissionDenied
        wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
        is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
        return redirect_to_login(wanted if is_ours else request.path)
