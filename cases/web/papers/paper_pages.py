"""Papers printed at the counter: choosing one, filling in what the petitioner says, and the numbered paper."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.refusals import refusals_at
from binzhou_xinfang.web.sheets import sheet_or_page
from cases.models import Petition, PetitionCase
from cases.papers.kinds import PAPERS, Offer, arrival_of, offers_for, refuse_printer
from cases.papers.printing import FACTS, print_paper
from cases.web.finding import open_case
from cases.web.papers.paper_forms import PAPER_FORMS


@require_safe
@never_cache
@staff
def choose(request: StaffRequest, number: str) -> HttpResponse:
    """List the papers that the post may print of this matter."""
    case = open_case(request, number)
    offers = offers_for(request.post, case, _arrival(request, case))
    if not offers:
        raise NotPermitted("您当前的岗位不能为该事项出具登记表、回执、申请书。")
    return sheet_or_page(request, "cases/papers/paper_choose", {"case": case, "offers": offers})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@staff
def paper_page(request: StaffRequest, number: str, paper: str) -> HttpResponse:
    """Show by GET what the paper asks for; number it by POST and go on to the sheet that is printed."""
    case = open_case(request, number)
    petition = _arrival(request, case)
    offer = _find_offer(request, case, petition, paper)
    form_class = PAPER_FORMS[offer.kind]
    if request.method != "POST":
        return _form_page(request, petition, offer, form_class(initial=_initial(form_class, case, petition, offer)))
    form = form_class(request.POST)
    if form.is_valid():
        with refusals_at(form):
            given = {name: value for name, value in form.cleaned_data.items() if value}
            link = print_paper(petition, kind=offer.kind, by=request.post, at=timezone.now(), given=given)
            messages.success(request, f"已出具{offer.kind.label}（{link.letter.reference}），请打印。")
            return redirect("cases:letter", number, link.pk)
    return _form_page(request, petition, offer, form, status=422)


def _arrival(request: StaffRequest, case: PetitionCase) -> Petition:
    """Find the arrival that the address names by its number, else the one that papers of the matter tell of."""
    arrivals = list(case.petitions.select_related("lead", "registrar", "unit").order_by("-pk"))
    wanted = request.GET.get("petition")
    if wanted is None:
        return arrival_of(request.post, arrivals)
    named = next((arrival for arrival in arrivals if arrival.number == wanted), None)
    if named is None:
        raise Http404
    return named


def _find_offer(request: StaffRequest, case: PetitionCase, petition: Petition, slug: str) -> Offer:
    wanted = next((kind for kind in PAPERS if kind.value == slug), None)
    if wanted is None:
        raise Http404
    refuse_printer(request.post, wanted, case, petition)
    return Offer(wanted, PAPERS[wanted].hindrance(case, petition))


def _initial(form_class: type[Form], case: PetitionCase, petition: Petition, offer: Offer) -> dict[str, str]:
    if not form_class.base_fields:
        return {}
    known = FACTS[offer.kind](case, petition)
    return {
        name: "\n".join(known[name]) if isinstance(known[name], list) else known[name]
        for name in form_class.base_fields
        if known.get(name)
    }


def _form_page(
    request: StaffRequest, petition: Petition, offer: Offer, form: Form, *, status: int = 200
) -> HttpResponse:
    context = {"case": petition.case, "petition": petition, "offer": offer, "kind": offer.kind, "form": form}
    return sheet_or_page(request, "cases/papers/paper", context, status=status)
