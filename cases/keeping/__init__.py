"""系统维护: setting periods and parameters, their preview, and moving clocks after a change of the calendar.

`settings.change_settings` writes (Right MANAGE_SETTINGS), `in_force.items(on)` reads what stands, since when, by whom
and what is to come; `setting_preview.foretell` says what a change will do.
"""
