"""Generic doors of a life whose objects stand for themselves: list, one of them, a beginning, a step of one.

A life whose pages have a look of their own has views of its own and takes only what it needs (`doors`, `ahead`). So do
all lives of today, whose objects belong to a matter or to a 督办件. A room to come whose objects stand for themselves
(number in the queue, appointment, decision of a conference) is its table, its verbs and one `Door`, imported when
Django starts: addresses, menu, course and flow chart follow from it, and what it forgets is found by `doors_check`.
Until the first of them is there, `tests/process/test_doors.py` walks through these doors and those of `programs` with
a life of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.process.ahead import Ahead, refuse_now
from binzhou_xinfang.process.doors import row_of
from binzhou_xinfang.process.life import Life
from binzhou_xinfang.process.permissions import refuse_post
from binzhou_xinfang.process.steps import M, Step
from binzhou_xinfang.process.taking import take
from binzhou_xinfang.process.telling import consequences, course, flow, onward
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.doors import staff
from binzhou_xinfang.web.menu import MenuEntry
from binzhou_xinfang.web.paging import page_of
from binzhou_xinfang.web.refusals import refusals_at
from binzhou_xinfang.web.sheets import version_of

# Every door by the name of its life: for addresses, menu and checks.
DOORS: "dict[str, Door[Any]]" = {}


class PlainForm(OfficeForm):
    """A step that asks nothing."""


@dataclass(frozen=True)
class Finder(Generic[M]):
    """A filter over the list: its form, which stays in the address, and what it selects."""

    form: type[Form]
    select: "Callable[[QuerySet[M], dict[str, Any]], QuerySet[M]]"


@dataclass(frozen=True)
class Door(Generic[M]):
    """Pages and API through which people and programs come to the objects of a life.

    `namespace`: of its addresses, and the head of them; the API's begins with `api-`; `facts`: what stands on the page
    of one, by its label; `begins`: the key of the step by which a person begins one, `beginning`: the words of its
    button; `forms`: what each step asks, where it asks anything; `icon` and `group`: of its entry in the menu.
    `readers`: roles that look and take no step. `columns`: what the list tells of one beside its state; `finder`: the
    filter over the list; `prepare`: gives a form its choices and what stands there first (of an object, or of None for
    a new one); `part`: a template on the page of one, with what `beside` gives it.
    """

    life: Life[M]
    namespace: str
    facts: Callable[[M], dict[str, str]]
    begins: str
    forms: Mapping[str, type[Form]] = field(default_factory=dict)
    beginning: str = ""
    icon: str = "list-details"
    group: str = ""
    readers: frozenset[Role] = frozenset()
    columns: Callable[[M], dict[str, str]] | None = None
    finder: "Finder[M] | None" = None
    prepare: Callable[[Form, M | None, Post], None] | None = None
    part: str = ""
    beside: Callable[[M, Post], dict[str, Any]] | None = None

    def __post_init__(self) -> None:
        DOORS[self.life.name] = self

    def works(self, post: Post, key: str | None = None) -> bool:
        """Check that the post's role takes this step, or any step, wherever an object may lie."""
        rows = [self.life.steps[key]] if key else self.life.steps.values()
        return any(post.role in seat.roles for row in rows for seat in row.who)

    def refuse_beginner(self, post: Post) -> None:
        """Raise NotPermitted unless the post begins one."""
        if not self.begins_for(post):
            raise NotPermitted(f"您当前的岗位不能办理{self.life.label}的“{self.life.steps[self.begins].key.label}”。")

    def begins_for(self, post: Post) -> bool:
        """Check that the post begins one."""
        return self.works(post, self.begins) and self.life.may_begin(post)

    def find(self, post: Post, pk: int) -> M:
        """Find the object, if it exists for the post. Raises Http404."""
        return get_object_or_404(self.life.visible(post), pk=pk)

    def form_of(self, key: str) -> type[Form]:
        """Choose what the step asks."""
        return self.forms.get(key, PlainForm)

    def url(self, name: str, *args: Any) -> str:
        """Reverse one of its pages: all, new, one, step."""
        return reverse(f"{self.namespace}:{self.life.name}-{name}", args=args)

    def urls(self) -> list[URLPattern]:
        """List the addresses of its pages, to be put below one of the room's."""
        name = self.life.name
        return [
            path("", self._page(self.all, require_safe), name=f"{name}-all"),
            path("new/", self._page(self.new, _FORM), name=f"{name}-new"),
            path("<int:pk>/", self._page(self.one, require_safe), name=f"{name}-one"),
            path("<int:pk>/<slug:slug>/", self._page(self.step, _FORM), name=f"{name}-step"),
        ]

    def _page(self, view: Callable[..., HttpResponse], methods: Callable[..., Any]) -> Any:
        def page(request: StaffRequest, /, **kwargs: Any) -> HttpResponse:
            return view(request, **kwargs)

        return methods(never_cache(staff(page)))

    def all(self, request: StaffRequest) -> HttpResponse:
        """Show the objects that exist for the post, the newest first."""
        rows, asked = self.found(request.post, request.GET)
        page = page_of(rows, by=("-pk",), query=request.GET)
        told = [
            (row, self.columns(row) if self.columns else {}, self.life.state_of(row).label, self.url("one", row.pk))
            for row in page.rows
        ]
        new = self.url("new") if self.begins_for(request.post) else ""
        heads = list(told[0][1]) if told else []
        context = {"door": self, "page": page, "rows": told, "heads": heads, "new": new, "filter": asked}
        return render(request, "process/all.html", context)

    def found(self, post: Post, query: Mapping[str, str]) -> "tuple[QuerySet[M], Form | None]":
        """Select what exists for the post and is asked for; the filter, where there is one. What it cannot read selects
        nothing away."""
        rows = self.life.visible(post)
        if self.finder is None:
            return rows, None
        asked = self.finder.form(query)
        return (self.finder.select(rows, asked.cleaned_data) if asked.is_valid() else rows), asked

    def _form(self, key: str, request: StaffRequest, obj: M | None = None) -> Form:
        """Make the form of a step; what stands in the address stands in it at first."""
        form = self.form_of(key)(request.POST if request.method == "POST" else None)
        form.initial.update({name: value for name, value in request.GET.items() if name in form.fields})
        if self.prepare:
            self.prepare(form, obj, request.post)
        return form

    def one(self, request: StaffRequest, pk: int) -> HttpResponse:
        """Show one of them: its facts, where it stands, the steps that the post may take, who is missing, the course of
        its events, and the flow chart."""
        obj = self.find(request.post, pk)
        page, told = course(self.life, obj, query=request.GET, on=timezone.localdate())
        offers = Ahead(self.life, [obj], timezone.localdate()).offers(obj, request.post)
        steps = [(offer.row.key.label, self.url("step", pk, offer.row.key.value)) for offer in offers if not offer.gap]
        state = self.life.state_of(obj)
        context = {
            "door": self, "obj": obj, "facts": self.facts(obj), "state": state, "offers": offers, "steps": steps,
            "back": self.url("all"), "page": page, "course": told, "flow": flow(self.life),
            "flow_on": onward(self.life, state),
        }  # fmt: skip
        if self.beside:
            context |= self.beside(obj, request.post)
        return render(request, "process/one.html", context)

    def new(self, request: StaffRequest) -> HttpResponse:
        """Ask what begins one; POST begins it."""
        row = self.life.steps[self.begins]
        self.refuse_beginner(request.post)
        form = self._form(self.begins, request)
        if form.is_valid():
            with refusals_at(form):
                made = self.life.verbs[self.begins](by=request.post, at=timezone.now(), **form.cleaned_data)
                return self._done(request, row, made)
        return self._ask(request, row, form, back=self.url("all"))

    def step(self, request: StaffRequest, pk: int, slug: str) -> HttpResponse:
        """Ask what the step asks; POST with the `version` that was read takes it."""
        obj, row = self.find(request.post, pk), row_of(self.life, slug)
        form = self._form(slug, request, obj)
        if not form.is_bound:
            refuse_now(self.life, row, obj, request.post, timezone.localdate())
        else:
            refuse_post(self.life, row, obj, request.post)
        if form.is_bound and self.life.version:
            setattr(obj, self.life.version, version_of(request.POST))
        if form.is_valid():
            with refusals_at(form):
                taken = take(self.life, slug, obj, by=request.post, at=timezone.now(), **form.cleaned_data)
                return self._done(request, row, taken)
        return self._ask(request, row, form, back=self.url("one", pk), obj=self.find(request.post, pk))

    def _done(self, request: StaffRequest, row: Step[M], obj: M) -> HttpResponse:
        messages.success(request, f"已{row.key.label}。")
        return redirect(self.url("one", obj.pk))

    def _ask(self, request: StaffRequest, row: Step[M], form: Form, *, back: str, obj: M | None = None) -> HttpResponse:
        version = getattr(obj, self.life.version) if obj is not None and self.life.version else ""
        told = consequences(self.life, row, obj) if obj is not None else []
        context = {"door": self, "row": row, "form": form, "back": back, "version": version, "told": told}
        return render(request, "process/step.html", context, status=422 if form.is_bound else 200)


_FORM = require_http_methods(["GET", "HEAD", "POST"])


def door_pages() -> list[URLResolver]:
    """List the addresses of every door's pages, each below its namespace."""
    return [path(f"{door.namespace}/", include((door.urls(), door.namespace))) for door in DOORS.values()]


def build_menu(request: HttpRequest) -> list[MenuEntry]:
    """Build the entries of the doors for who works behind them, as one of the menu's builders."""
    post: Post | None = getattr(request, "post", None)
    doors = [door for door in DOORS.values() if post is not None and (door.works(post) or post.role in door.readers)]
    urls = [(door, door.url("all")) for door in doors]
    return [
        MenuEntry(door.life.label, door.icon, url, active=request.path.startswith(url), group=door.group)
        for door, url in urls
    ]
