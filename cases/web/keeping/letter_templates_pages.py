"""Templates of letters: those in force for each kind, and the bureau's own in place of the delivered ones."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters import own_templates as templates
from binzhou_xinfang.letters import rendering
from binzhou_xinfang.letters.blocks import blocks_of
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.models import LetterTemplate
from binzhou_xinfang.records import access, files, ledger
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.file_types import DOCX
from binzhou_xinfang.web.doors import holds
from binzhou_xinfang.web.refusals import refusals_at
from binzhou_xinfang.web.sheets import version_of
from cases.web.casefile.papers_forms import TemplateForm, WithdrawForm


@dataclass(frozen=True)
class Line:
    """One kind in the list; `own` is the bureau's template in force, if any."""

    kind: LetterKind
    code: str
    own: LetterTemplate | None


@require_safe
@holds(Right.MANAGE_TEMPLATES)
def letter_templates(request: StaffRequest) -> HttpResponse:
    """Show all kinds in the order of the register (reference §10.1)."""
    own = templates.all_in_force()
    lines = [Line(kind, kind.code, own.get(kind)) for kind in LetterKind]
    return render(request, "cases/keeping/letter_templates.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@holds(Right.MANAGE_TEMPLATES)
def letter_template(request: StaffRequest, kind: str) -> HttpResponse:
    """Show one kind: its fields, its history; a template sent to it is checked and put in force."""
    letter_kind = _kind(kind)
    form = TemplateForm(request.POST, request.FILES) if request.method == "POST" else TemplateForm()
    if form.is_valid():
        with refusals_at(form):
            file, reason = form.cleaned_data["file"], form.cleaned_data["reason"]
            seen = version_of(request.POST)
            _say(request, letter_kind, templates.put(letter_kind, file, by=request.post, reason=reason, seen=seen))
            return redirect("cases:letter-template", letter_kind.value)
    context = {
        "kind": letter_kind,
        "form": form,
        "fields": templates.explain(letter_kind),
        "history": templates.history(letter_kind)[:50],
    }
    version = ledger.version_of(templates.thing_of(letter_kind))
    context |= {"own": templates.in_force(letter_kind), "version": version, "withdrawal": WithdrawForm()}
    return render(request, "cases/keeping/letter_template.html", context, status=422 if form.is_bound else 200)


def _say(request: StaffRequest, kind: LetterKind, findings: templates.Findings) -> None:
    messages.success(request, f"检查通过，{kind.label}已启用自备模板。此前签发的文书不变。")
    if findings.missing:
        messages.warning(request, f"模板中没有用到这些必备内容，请核对：{'、'.join(findings.missing)}。")


@require_POST
@holds(Right.MANAGE_TEMPLATES)
def withdraw(request: StaffRequest, kind: str) -> HttpResponse:
    """Put the delivered template in force again."""
    letter_kind = _kind(kind)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        raise Refusal("请填写停用的理由。")
    reason = form.cleaned_data["reason"]
    templates.withdraw(letter_kind, by=request.post, reason=reason, seen=version_of(request.POST))
    messages.success(request, f"{letter_kind.label}已改回系统模板。此前签发的文书不变。")
    return redirect("cases:letter-template", letter_kind.value)


@require_safe
@holds(Right.MANAGE_TEMPLATES)
def preview(request: StaffRequest, kind: str) -> HttpResponse:
    """Show the template in force filled with made-up facts: as a page, or with `?docx` as a file."""
    letter_kind = _kind(kind)
    content = templates.trial(letter_kind, _in_force(letter_kind))
    if "docx" in request.GET:
        return _document(content, f"{letter_kind.label}（示例）.docx")
    said = blocks_of(templates.text_of(content))
    return render(request, "cases/keeping/letter_template_preview.html", {"kind": letter_kind, "blocks": said})


@require_safe
@holds(Right.MANAGE_TEMPLATES)
def delivered(request: StaffRequest, kind: str) -> HttpResponse:
    """Send the delivered template, as a start for the bureau's own."""
    return _document(rendering.base(), f"{_kind(kind).label}（系统模板）.docx")


@require_safe
@holds(Right.MANAGE_TEMPLATES)
def own(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    """Send a template of the bureau's own, in force or of the history; logged as an export."""
    template = get_object_or_404(
        LetterTemplate.objects.select_related("file"), kind=_kind(kind), pk=pk, file__isnull=False
    )
    access.log(request.post, AccessAct.EXPORT, f"文书模板 {template.name}", ip=request.META.get("REMOTE_ADDR"))
    return _document(_content(template), template.name)


def _kind(slug: str) -> LetterKind:
    if slug not in LetterKind.values:
        raise Http404
    return LetterKind(slug)


def _in_force(kind: LetterKind) -> bytes:
    template = templates.in_force(kind)
    return rendering.base() if template is None else _content(template)


def _content(template: LetterTemplate) -> bytes:
    if template.file is None:
        raise Http404
    try:
        with files.open_file(template.file) as content:
            return content.read()
    except FileNotFoundError as fault:
        raise Refusal("文件库中找不到这个模板，请停用后重新上传。") from fault


def _document(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)}
    return HttpResponse(content, content_type=DOCX.content_type, headers=headers)
