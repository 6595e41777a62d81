"""App of 听证, 调解, 评理, 心理疏导, with what it hangs onto matters and the apps below."""

from django.apps import AppConfig


class HearingsConfig(AppConfig):
    name = "hearings"
    verbose_name = "听证"

    def ready(self) -> None:
        from binzhou_xinfang.api_description import ENUM_NAMES
        from binzhou_xinfang.web.menu import MENU
        from cases.covers import COVERS
        from cases.handover.belongings import BELONGINGS
        from cases.hooks import DEMO, PANELS
        from hearings import covered, hand_over
        from hearings.calendar.entries import BOOKINGS, SOURCES
        from hearings.made_up import pool, timetable
        from hearings.web import api_names, menu
        from hearings.web.calendar import booking_door, place_door  # noqa: F401  doors open when they are imported
        from hearings.web.mediation import point_door  # noqa: F401  doors open when they are imported
        from hearings.web.pool import draw_door, expert_door, panel  # noqa: F401  doors open when they are imported

        ENUM_NAMES.add_all(api_names.NAMES)
        COVERS.add_all(covered.HEARINGS)
        BELONGINGS.add_all(hand_over.HEARINGS)
        PANELS.add(panel.panel, order=40)
        SOURCES.add("booking", BOOKINGS)
        DEMO.add(pool.play, order=40)
        DEMO.add(timetable.play, order=50)
        MENU.add(menu.build, order=40)
