"""Addresses of the office's pages: the desk (what waits, what comes in), the matter, the keeping of the system."""

from cases.web import case_urls, desk_urls, house_urls, keeping_urls

app_name = "cases"
urlpatterns = [*desk_urls.urlpatterns, *case_urls.urlpatterns, *keeping_urls.urlpatterns, *house_urls.urlpatterns]
