"""System checks: every kind that is printed at the counter is in the table of papers, and no other."""

from typing import Any

from django.core import checks

from binzhou_xinfang.letters.kinds import AtTheCounter, LetterKind
from cases.papers.kinds import PAPERS


def check_papers(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Report the kinds whose owner and table differ."""
    declared = {kind for kind in LetterKind if isinstance(kind.owner, AtTheCounter)}
    return [
        checks.Error(
            f"{kind.label}（{kind.value}）：窗口出具的文书须同时列入 cases.papers.kinds.PAPERS", id="cases.E011"
        )
        for kind in sorted(declared ^ set(PAPERS))
    ]
