"""指标口径: the table of figures as people read it, one definition for every page and paper."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.web.doors import holds
from supervision.figures.reaches import opens
from supervision.figures.table import CHAPTERS


@require_safe
@holds(Right.SEE_STATISTICS)
def figure_words(request: StaffRequest) -> HttpResponse:
    """Show every figure with its word, formula, month and source; it opens its list of the present month."""
    chapters = [
        (chapter, [(figure, opens(request.post, figure)) for figure in figures.values()])
        for chapter, figures in CHAPTERS.items()
    ]
    return render(request, "supervision/figures/words.html", {"chapters": chapters})
