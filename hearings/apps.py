"""App of 听证, 调解, 评理, 心理疏导, with what it hangs onto matters and the apps below."""

from django.apps import AppConfig


class HearingsConfig(AppConfig):
    name = "hearings"
    verbose_name = "听证"

    def ready(self) -> None:
        from binzhou_xinfang.api_description import ENUM_NAMES
        from binzhou_xinfang.web.menu import MENU
        from cases.covers import COVERS, PLAIN
        from cases.handover.belongings import BELONGINGS
        from cases.hooks import DEMO, PANELS
        from hearings import covered, hand_over
        from hearings.calendar.entries import BOOKINGS, SOURCES
        from hearings.made_up import mediation, pool, timetable
        from hearings.web import api_names, menu
        from hearings.web.calendar import booking_door, place_door  # noqa: F401  doors open when they are imported
        from hearings.web.mediation import mediation_door, point_door  # noqa: F401  doors open when they are imported
        from hearings.web.mediation.panel import panel as mediation_panel
        from hearings.web.pool import draw_door, expert_door, panel  # noqa: F401  doors open when they are imported

        ENUM_NAMES.add_all(api_names.NAMES)
        COVERS.add_all(covered.HEARINGS)
        PLAIN.add_all(covered.PLAIN_HEARINGS)
        BELONGINGS.add_all(hand_over.HEARINGS)
        PANELS.add(panel.panel, order=40)
        PANELS.add(mediation_panel, order=30)
        self._follow_matters()
        SOURCES.add("booking", BOOKINGS)
        DEMO.add(pool.play, order=40)
        DEMO.add(timetable.play, order=50)
        DEMO.add(mediation.play, order=60)
        MENU.add(menu.build, order=40)

    def _follow_matters(self) -> None:
        """Let mediations follow the matters that they stand beside, and tell those who take part."""
        from binzhou_xinfang.notices.outbox import know
        from cases.casefile.whole_file.chapters import FURTHER
        from cases.hooks import AFTER_MOVE, AFTER_RUNGS, AFTER_SEALING, PROPOSALS
        from cases.states import Move
        from hearings.mediation import chapter, following, notices, results

        FURTHER.add(chapter.MEDIATIONS.key, chapter.MEDIATIONS)
        know(notices.TOLD, notices.DAYS)
        AFTER_MOVE.add(following.follow_move, order=30)
        AFTER_SEALING.add(following.follow_sealing, order=40)
        AFTER_RUNGS.add(notices.follow_rungs, order=20)
        for move in (Move.REACH_AGREEMENT, Move.REACH_SETTLEMENT, Move.FAIL_MEDIATION):
            PROPOSALS.add(move, results.proposed)
