"""App of 信访件 and 信访事项, with its checks and what it adds to the apps below."""

from django.apps import AppConfig
from django.core.checks import register


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "信访事项"

    def ready(self) -> None:
        from binzhou_xinfang.accounts.models import STILL_HOLDS
        from binzhou_xinfang.api_description import ENUM_NAMES
        from binzhou_xinfang.health import PARTS
        from binzhou_xinfang.web.menu import MENU
        from cases import checks
        from cases.covered import CASES, PLAIN_CASES
        from cases.covers import COVERS, PLAIN, check_covers, check_words
        from cases.facts import GATHERERS
        from cases.handover import declared, holding
        from cases.handover.belongings import BELONGINGS
        from cases.handover.pulse import HAND_OVERS
        from cases.papers.checks import check_papers
        from cases.procedure.letters import GATHER
        from cases.procedure.letters.checks import check_owners
        from cases.procedure.urgent.rounds import URGENT
        from cases.watch.sweep.pulse import SWEEP
        from cases.web import api_names, menu

        self._fill_tables()
        for check in (checks.check_tables, check_owners, check_papers, check_covers, check_words):
            register(check, "xinfang")
        COVERS.add_all(CASES)
        PLAIN.add_all(PLAIN_CASES)
        GATHERERS.add_all(GATHER)
        BELONGINGS.add_all({**declared.ACCOUNTS, **declared.CASES})
        STILL_HOLDS.add(holding.held_by, order=10)
        self._tell()
        self._follow()
        MENU.add(menu.build, order=10)
        PARTS.add_all({"sweep": SWEEP, "urgent": URGENT, "hand-overs": HAND_OVERS})
        ENUM_NAMES.add_all(api_names.NAMES)

    def _tell(self) -> None:
        """Add the topics of matters to the outbox, and who may read what was told."""
        from binzhou_xinfang.notices.outbox import know
        from binzhou_xinfang.notices.sight import HIDES, SHOWN, TITLES
        from cases.handover import notices
        from cases.house.notices import TOPICS as HOUSE_TOPICS
        from cases.logbook.after_care import AFTER_CARE
        from cases.procedure.telling_hands import HANDS
        from cases.procedure.telling_units import UNIT_TOLD
        from cases.procedure.urgent.notices import CALL, CLIMBED_TO, OWED, TAKEN_BACK
        from cases.serving.dues import STILL, UNDELIVERED
        from cases.watch.alert_notices import ALERT
        from cases.watch.notice_sight import hides, log_shown, titles_of

        know(
            ALERT,
            UNIT_TOLD,
            HANDS,
            notices.HANDED_OVER_TO,
            notices.PLAN_DONE,
            notices.PLAN_FAILED,
            CALL,
            CLIMBED_TO,
            TAKEN_BACK,
            OWED,
            AFTER_CARE,
            *HOUSE_TOPICS,
            UNDELIVERED,
            STILL,
        )
        HIDES.add(hides, order=10)
        SHOWN.add(log_shown, order=10)
        TITLES.add(titles_of, order=10)

    def _follow(self) -> None:
        """Let rooms follow the moves of others, and show themselves on the page of a matter."""
        from cases.drafts.sealing import discard_drafts
        from cases.hooks import AFTER_MOVE, AFTER_SEALING, PANELS
        from cases.logbook.after_care import follow_end
        from cases.procedure.parting import part
        from cases.procedure.sealing import end_duties, seal_merged
        from cases.procedure.telling_hands import tell_hands
        from cases.procedure.telling_units import tell_units
        from cases.procedure.urgent.verbs import follow_registration
        from cases.web.casefile import urgent_panel
        from cases.web.logbook import log_panel
        from cases.web.serving import serving_panel
        from cases.window.own_office import leave_office

        followers = (tell_units, tell_hands, follow_registration, follow_end, leave_office)
        for order, follow in enumerate(followers, start=5):
            AFTER_MOVE.add(follow, order=order)
        # Last: it writes events after the move's own, which the others read.
        AFTER_MOVE.add(part, order=90)
        PANELS.add(urgent_panel.panel, order=1)
        PANELS.add(log_panel.panel, order=20)
        PANELS.add(serving_panel.panel, order=15)
        for place, ends in enumerate((end_duties, discard_drafts, seal_merged)):
            AFTER_SEALING.add(ends, order=10 + place)

    def _fill_tables(self) -> None:
        """Have each room put its moves, its event kinds and its forms into the tables of the core."""
        import cases.attaching
        import cases.casefile.take_over
        import cases.drafts.verbs
        import cases.evaluation.verbs
        import cases.handover.matters
        import cases.keeping.recalculation
        import cases.logbook.verbs
        import cases.papers.printing
        import cases.procedure
        import cases.serving.verbs
        import cases.watch.sweep.rights
        import cases.web.procedure.forms  # noqa: F401
