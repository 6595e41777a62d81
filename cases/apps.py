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
        from binzhou_xinfang.notices.outbox import know
        from binzhou_xinfang.web.menu import MENU
        from cases import checks
        from cases.facts import GATHERERS
        from cases.handover import declared, holding, notices
        from cases.handover.belongings import BELONGINGS
        from cases.hooks import AFTER_MOVE
        from cases.papers.checks import check_papers
        from cases.procedure.letters import GATHER
        from cases.procedure.letters.checks import check_owners
        from cases.procedure.telling_units import UNIT_TOLD, tell_units
        from cases.watch.alert_notices import ALERT
        from cases.watch.sweep.pulse import check_sweep
        from cases.web import api_names, menu

        self._fill_tables()
        register(checks.check_tables, "xinfang")
        register(check_owners, "xinfang")
        register(check_papers, "xinfang")
        GATHERERS.add_all(GATHER)
        AFTER_MOVE.add(tell_units, order=5)
        BELONGINGS.add_all({**declared.ACCOUNTS, **declared.CASES})
        STILL_HOLDS.add(holding.held_by, order=10)
        know(ALERT, UNIT_TOLD, notices.HANDED_OVER_TO)
        MENU.add(menu.build, order=10)
        PARTS.add("sweep", check_sweep)
        ENUM_NAMES.add_all(api_names.NAMES)

    def _fill_tables(self) -> None:
        """Have each room put its moves, its event kinds and its forms into the tables of the core."""
        import cases.attaching
        import cases.casefile.take_over
        import cases.drafts.verbs
        import cases.evaluation.verbs
        import cases.handover.matters
        import cases.keeping.recalculation
        import cases.papers.printing
        import cases.procedure
        import cases.watch.sweep.rights
        import cases.web.procedure.forms  # noqa: F401
