"""Pages of those who keep the system: the work calendar, periods and parameters, the log of look-ups."""

from django.urls import path

from cases.views import audit, letter_templates, settings, work_calendar

urlpatterns = [
    path("calendar/", work_calendar.work_calendar, name="work-calendar"),
    path("calendar/<int:pk>/remove/", work_calendar.remove_entry, name="work-calendar-remove"),
    path("calendar/recalculate/", work_calendar.recalculate_clocks, name="work-calendar-recalculate"),
    path("letter-templates/", letter_templates.letter_templates, name="letter-templates"),
    path("letter-templates/<slug:kind>/", letter_templates.letter_template, name="letter-template"),
    path("letter-templates/<slug:kind>/withdraw/", letter_templates.withdraw, name="letter-template-withdraw"),
    path("letter-templates/<slug:kind>/preview/", letter_templates.preview, name="letter-template-preview"),
    path("letter-templates/<slug:kind>/delivered/", letter_templates.delivered, name="letter-template-delivered"),
    path("letter-templates/<slug:kind>/own/<int:pk>/", letter_templates.own, name="letter-template-own"),
    path("settings/", settings.settings, name="settings"),
    path("settings/<slug:name>/", settings.setting, name="setting"),
    path("audit/", audit.audit, name="audit"),
]
