"""维护 by a program: the lists, and every act of the tables, through the forms of the pages."""

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

from django import forms
from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from binzhou_xinfang.accounts.models import ApiToken, Grant, Post, Unit, UnitChange, User
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.records import ledger
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.form_serializers import FormSerializer, serializer_for
from binzhou_xinfang.web.paging import capped_count, page_answer, page_of
from binzhou_xinfang.web.staff_api import CURSORS, NOT_SIGNED_IN, READ, REFUSED, WRONG, StaffView
from cases.house import change_acts, changes, grants, people, routes, tokens, topics, units
from cases.house.acts import Act, offered, refuse, take
from cases.models import LegalRoute, Topic
from cases.web.house.people_pages import POST_ACTS, USER_ACTS, found_people
from cases.web.house.serializers import (
    DoneSerializer,
    HouseChangeSerializer,
    HouseGrantSerializer,
    HousePersonSerializer,
    HouseUnitSerializer,
    ThingSerializer,
)
from cases.web.house.units_pages import found_units

_TAG = ["维护"]


class HouseList(StaffView):
    """The base of the lists: the newest filter of the page by words, in pages."""

    serializer: ClassVar[type[serializers.Serializer[Any]]]
    order: ClassVar[tuple[str, ...]]

    def rows(self, said: dict[str, str]) -> QuerySet[Any]:
        raise NotImplementedError

    def get(self, request: Request) -> Response:
        if not has_right(self.by, Right.READ_HOUSE):
            raise NotPermitted(f"您当前的岗位不能{Right.READ_HOUSE.label}。")
        rows = self.rows({"q": request.query_params.get("q", "")[:60].replace("\x00", "")})
        page = page_of(rows, by=self.order, query=request.query_params)
        return Response(_page_of(self.serializer)(page_answer(page, capped_count(rows))).data)


class UnitRows(HouseList):
    serializer, order = HouseUnitSerializer, ("path",)

    def rows(self, said: dict[str, str]) -> QuerySet[Unit]:
        return found_units(said)


class PersonRows(HouseList):
    serializer, order = HousePersonSerializer, ("name", "pk")

    def rows(self, said: dict[str, str]) -> QuerySet[User]:
        return found_people(said)


class GrantRows(HouseList):
    serializer, order = HouseGrantSerializer, ("-pk",)

    def rows(self, said: dict[str, str]) -> QuerySet[Grant]:
        return Grant.objects.select_related("user", "unit__parent", "post__unit", "asked_by", "decided_by")


class ChangeRows(HouseList):
    serializer, order = HouseChangeSerializer, ("-pk",)

    def rows(self, said: dict[str, str]) -> QuerySet[UnitChange]:
        return UnitChange.objects.select_related(*changes.RELATED)


def _page_of(serializer: type[serializers.Serializer[Any]]) -> type[serializers.Serializer[Any]]:
    """Make the serializer of a page of these rows."""
    fields = {
        "count": serializers.CharField(label="合计"),
        "after": serializers.CharField(label="下一页游标"),
        "before": serializers.CharField(label="上一页游标"),
        "rows": serializer(many=True, label="本页"),
    }
    name = serializer.__name__.replace("Serializer", "PageSerializer")
    return type(name, (serializers.Serializer,), {**fields, "__doc__": "一页记录。", "__module__": __name__})


class ActView(StaffView):
    """One act on one thing. `_acts` makes a subclass for each row of the tables."""

    act: ClassVar[Act[Any]]
    model: ClassVar[type[Model]]

    def post(self, request: Request, pk: int | str | None = None) -> Response:
        act: Act[Any] = self.act
        refuse_right(act, self.by)
        obj: Any = self.model() if pk is None else get_object_or_404(self.model._default_manager, pk=pk)
        refuse(act, obj, self.by, timezone.localdate())
        given: FormSerializer = _input(act, is_new=pk is None)(data=request.data)
        given.is_valid(raise_exception=True)
        said = dict(given.validated_data)
        done = take(act, obj, said, by=self.by, at=timezone.now(), seen=said.pop("version", None))
        answer = {"id": obj.pk, "name": done.label, "told": done.told or f"已{act.label}。", "secret": done.secret}
        return Response(DoneSerializer(answer).data)


class ThingView(StaffView):
    """One thing: what of it an act has to send back, and which acts there are now."""

    acts: ClassVar[Mapping[str, Act[Any]]]
    model: ClassVar[type[Model]]
    looks: ClassVar[Right]

    def get(self, request: Request, pk: int | str) -> Response:
        if not has_right(self.by, self.looks):
            raise NotPermitted(f"您当前的岗位不能{self.looks.label}。")
        obj: Any = get_object_or_404(self.model._default_manager, pk=pk)
        now = [act.key for act in offered(self.acts, obj, self.by, timezone.localdate())]
        version = ledger.version_of(next(iter(self.acts.values())).of(obj))
        return Response(ThingSerializer({"id": obj.pk, "name": str(obj), "version": version, "acts": now}).data)


def refuse_right(act: Act[Any], by: Post) -> None:
    """Raise NotPermitted without the right, before anything is looked for."""
    if not has_right(by, act.right):
        raise NotPermitted(f"您当前的岗位不能{act.label}，{act.right.label}的岗位才能办理。")


class SeenForm(OfficeForm):
    """读到的版本；此后他人已改动的，不予办理并回答409。"""

    version = forms.IntegerField(label="版本", min_value=0, max_value=2**31 - 1, help_text="读取时得到的version")


@cache
def _input(act: Act[Any], *, is_new: bool) -> type[FormSerializer]:
    """Ask what the page asks, and of what there is already the version that was read."""
    if is_new:
        return serializer_for(act.form)
    name = "".join(word.title() for word in f"{act.event}-form".split("-"))
    return serializer_for(type(name, (act.form, SeenForm), {"__doc__": act.form.__doc__}))


def _view(act: Act[Any], model: type[Model], *, is_new: bool = False) -> Any:
    described = extend_schema(
        operation_id=f"house_{act.event.replace('-', '_')}",
        summary=act.label,
        description=(act.form.__doc__ or "").strip(),
        tags=_TAG,
        request=_input(act, is_new=is_new),
        responses={200: OpenApiResponse(DoneSerializer, "已办理")} | WRONG | READ | REFUSED,
    )
    about = {"act": act, "model": model, "__module__": __name__}
    view: type[ActView] = extend_schema_view(post=described)(type(f"{act.event.title()}View", (ActView,), about))
    return view.as_view()


def _acts(
    room: str, model: type[Model], acts: Mapping[str, Act[Any]], *, by: str = "int", read: Right = Right.READ_HOUSE
) -> list[URLPattern]:
    """List the addresses of a thing and of its acts; `by`: "slug" for things that are known by a code."""
    return [
        path(f"house/{room}/<{by}:pk>/", _thing(room, model, acts, read), name=f"house-{room}-one"),
        *(
            path(f"house/{room}/<{by}:pk>/{key}/", _view(act, model), name=f"house-{room}-{key}")
            for key, act in acts.items()
        ),
    ]


def _thing(room: str, model: type[Model], acts: Mapping[str, Act[Any]], read: Right) -> Any:
    described = extend_schema(
        operation_id=f"house_{room}_read",
        summary=f"读取{model._meta.verbose_name}的版本和可以办理的维护",
        tags=_TAG,
        responses={200: ThingSerializer} | READ,
    )
    about = {"acts": acts, "model": model, "looks": read, "__module__": __name__}
    view: type[ThingView] = extend_schema_view(get=described)(type(f"{room.title()}ThingView", (ThingView,), about))
    return view.as_view()


def _rows(room: str, view: type[HouseList], summary: str) -> URLPattern:
    described = extend_schema(
        operation_id=f"house_{room}_list",
        summary=summary,
        tags=_TAG,
        parameters=CURSORS,
        responses={200: _page_of(view.serializer)} | NOT_SIGNED_IN,
    )
    return path(f"house/{room}/", extend_schema_view(get=described)(view).as_view(), name=f"house-{room}")


urlpatterns = [
    _rows("units", UnitRows, "机构"),
    path("house/units/new/", _view(units.CREATE, Unit, is_new=True), name="house-units-new"),
    *_acts("units", Unit, units.ACTS),
    _rows("people", PersonRows, "用户和岗位"),
    path("house/people/new/", _view(people.CREATE, User, is_new=True), name="house-people-new"),
    *_acts("people", User, USER_ACTS),
    *_acts("posts", Post, POST_ACTS),
    *_acts("tokens", ApiToken, tokens.ACTS),
    _rows("grants", GrantRows, "授权申请"),
    *_acts("grants", Grant, grants.ACTS),
    _rows("changes", ChangeRows, "机构变更"),
    *_acts("changes", UnitChange, change_acts.ACTS),
    *_acts("topics", Topic, topics.ACTS, by="slug", read=Right.MANAGE_LISTS),
    path("house/routes/new/", _view(routes.CREATE, LegalRoute, is_new=True), name="house-routes-new"),
    *_acts("routes", LegalRoute, routes.ACTS, by="slug", read=Right.MANAGE_LISTS),
]
