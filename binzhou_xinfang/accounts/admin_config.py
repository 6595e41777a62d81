"""Configuration of the administration site; apart from it, because settings read this before any model can be
imported."""

from django.contrib.admin.apps import AdminConfig


class BureauAdminConfig(AdminConfig):
    """Django's admin with the site of `admin_site`."""

    default_site = "binzhou_xinfang.accounts.admin_site.BureauAdminSite"
