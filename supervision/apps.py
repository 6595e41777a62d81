"""App of 期限督办, 三函, 三项建议, 积案, 督查, 考核, with what it hangs onto matters and the apps below."""

from django.apps import AppConfig
from django.core.checks import register


class SupervisionConfig(AppConfig):
    name = "supervision"
    verbose_name = "督查督办"

    def ready(self) -> None:
        import supervision.causes.event_kinds  # noqa: F401  its kinds of events join the course of a matter

        self._follow_matters()
        self._tell_and_show()

    def _follow_matters(self) -> None:
        from cases.handover.belongings import BELONGINGS
        from cases.hooks import (
            AFTER_EVALUATION,
            AFTER_HEALING,
            AFTER_MOVE,
            AFTER_RUNGS,
            AFTER_SEALING,
            AFTER_UNSEALING,
            DEMO,
            HOME,
            HOME_PARTS,
            PANELS,
        )
        from cases.queries import TAKEN_UP
        from supervision import hand_over, queries
        from supervision.causes import sealing, sweeping, triggers, unfounded, verbs  # noqa: F401  verbs follow letters
        from supervision.made_up import demo, measures, reports
        from supervision.web import home_cards, panels

        TAKEN_UP.add(queries.taken_up, order=10)
        AFTER_SEALING.add(sealing.end_causes, order=30)
        AFTER_UNSEALING.add(sealing.open_again, order=10)
        AFTER_MOVE.add(triggers.follow_move, order=10)
        AFTER_MOVE.add(unfounded.follow_move, order=20)
        AFTER_HEALING.add(unfounded.end_unfounded, order=10)
        AFTER_EVALUATION.add(triggers.follow_evaluation, order=10)
        AFTER_RUNGS.add(sweeping.open_causes, order=10)
        PANELS.add(panels.panel, order=10)
        HOME.add(home_cards.waiting, order=10)
        HOME_PARTS.add(home_cards.parts, order=10)
        BELONGINGS.add_all(hand_over.SUPERVISION)
        # The inspections propose what `measures` then writes.
        DEMO.add(demo.play, order=10)
        DEMO.add(reports.play, order=20)
        DEMO.add(measures.play, order=30)

    def _tell_and_show(self) -> None:
        from binzhou_xinfang.api_description import ENUM_NAMES
        from binzhou_xinfang.notices.outbox import know
        from binzhou_xinfang.web.menu import MENU
        from cases.covers import COVERS, PLAIN
        from supervision.causes.notices import ANSWER, LETTER, RETURNED, RISEN, TO_SIGN, UNFOUNDED
        from supervision.circulars.notices import CIRCULAR
        from supervision.covered import PLAIN_SUPERVISION, SUPERVISION
        from supervision.figures.checks import check_reports
        from supervision.web import api_names, menu

        register(check_reports, "xinfang")
        COVERS.add_all(SUPERVISION)
        PLAIN.add_all(PLAIN_SUPERVISION)
        know(LETTER, ANSWER, TO_SIGN, RETURNED, RISEN, UNFOUNDED, CIRCULAR)
        MENU.add(menu.build, order=30)
        ENUM_NAMES.add_all(api_names.NAMES)
