"""Addresses of those who keep the system: the work calendar, periods and parameters, operations, the log of
look-ups."""

from django.urls import path

from cases.web.keeping import (
    audit_page as audit,
)
from cases.web.keeping import (
    calendar_page as work_calendar,
)
from cases.web.keeping import (
    letter_templates_pages as letter_templates,
)
from cases.web.keeping import (
    operations_page as operations,
)
from cases.web.keeping import (
    settings_pages as settings,
)

urlpatterns = [
    path("calendar/", work_calendar.work_calendar, name="work-calendar"),
    path("calendar/<int:pk>/remove/", work_calendar.remove_entry, name="work-calendar-remove"),
    path("calendar/<int:year>/whole/", work_calendar.say_whole, name="work-calendar-whole"),
    path("calendar/<int:year>/take-back/", work_calendar.take_word_back, name="work-calendar-take-back"),
    path("calendar/recalculate/", work_calendar.recalculate_clocks, name="work-calendar-recalculate"),
    path("letter-templates/", letter_templates.letter_templates, name="letter-templates"),
    path("letter-templates/<slug:kind>/", letter_templates.letter_template, name="letter-template"),
    path("letter-templates/<slug:kind>/withdraw/", letter_templates.withdraw, name="letter-template-withdraw"),
    path("letter-templates/<slug:kind>/preview/", letter_templates.preview, name="letter-template-preview"),
    path("letter-templates/<slug:kind>/delivered/", letter_templates.delivered, name="letter-template-delivered"),
    path("letter-templates/<slug:kind>/own/<int:pk>/", letter_templates.own, name="letter-template-own"),
    path("settings/", settings.settings, name="settings"),
    path("settings/<slug:name>/", settings.setting, name="setting"),
    path("operations/", operations.operations, name="operations"),
    path("operations/workers/", operations.workers, name="workers"),
    path("operations/stuck/", operations.stuck, name="stuck"),
    path("operations/unit-data/", operations.unit_data, name="unit-data"),
    path("operations/clocks/<int:pk>/", operations.take_up_clock, name="take-up-clock"),
    path("operations/messages/", operations.send_all_again, name="send-all-again"),
    path("operations/messages/<int:pk>/", operations.send_message_again, name="send-again"),
    path("audit/", audit.audit, name="audit"),
]
