"""Generic API of a life whose objects stand for themselves: the list, one of them, a beginning, a view of each step.

For which lives: see `pages`.
"""

from typing import Any, ClassVar

from django import forms
from django.urls import URLPattern, URLResolver, include, path
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from binzhou_xinfang.process.ahead import Ahead
from binzhou_xinfang.process.api import StepView, step_views, whatever
from binzhou_xinfang.process.pages import DOORS, Door
from binzhou_xinfang.process.telling import course
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.form_serializers import FormSerializer, serializer_for
from binzhou_xinfang.web.paging import page_of
from binzhou_xinfang.web.staff_api import CURSORS, NOT_SIGNED_IN, READ, REFUSED, WRONG


class ObjectSerializer(serializers.Serializer[Any]):
    """一件，及本岗位现在可以办理的步骤。"""

    id = serializers.IntegerField(label="编号")
    state = serializers.CharField(label="状态")
    version = serializers.IntegerField(label="版本：办理时原样送回")
    facts = serializers.DictField(child=serializers.CharField(), label="内容")
    steps = serializers.ListField(child=serializers.CharField(), label="本岗位现在可以办理的步骤")
    gaps = serializers.DictField(child=serializers.CharField(), label="因没有后续办理人员而不能办理的步骤，及原因")


class ToldSerializer(serializers.Serializer[Any]):
    """经过中的一件事。"""

    kind = serializers.CharField(label="事件")
    name = serializers.CharField(source="label", label="事件名称")
    who = serializers.CharField(label="经办单位和人员")
    happened_at = serializers.DateTimeField(label="发生时间")
    lines = serializers.ListField(child=serializers.CharField(), label="内容")


class ObjectFileSerializer(ObjectSerializer):
    """一件，及其经过。"""

    course = ToldSerializer(many=True, label="经过，新的在前，最多50件")


class ObjectPageSerializer(serializers.Serializer[Any]):
    """一页。游标原样送回即得相邻页，空表示没有。"""

    after = serializers.CharField(allow_blank=True, label="下一页的游标")
    before = serializers.CharField(allow_blank=True, label="上一页的游标")
    rows = ObjectSerializer(many=True, label="各件")


class ObjectView(StepView):
    """The base: answers objects of the door's life as they exist for the post."""

    door: ClassVar[Door[Any]]

    def answer(self, pk: int, *, code: int = status.HTTP_200_OK) -> Response:
        obj = self.find_one(pk)
        _, told = course(self.life, obj, query={}, on=timezone.localdate())
        return Response(self.told([obj])[0] | {"course": ToldSerializer(told, many=True).data}, status=code)

    def told(self, objects: list[Any]) -> list[dict[str, Any]]:
        """Word the objects, with the steps of each; the posts are read once for all."""
        ahead = Ahead(self.life, objects, timezone.localdate())
        return [self._told(obj, ahead) for obj in objects]

    def _told(self, obj: Any, ahead: Ahead[Any]) -> dict[str, Any]:
        offers = ahead.offers(obj, self.by)
        return {
            "id": obj.pk,
            "state": getattr(obj, self.life.state),
            "version": getattr(obj, self.life.version or "", 1),
            "facts": self.door.facts(obj),
            "steps": [offer.row.key.value for offer in offers if not offer.gap],
            "gaps": {offer.row.key.value: offer.gap for offer in offers if offer.gap},
        }


class _All(ObjectView):
    def get(self, request: Request) -> Response:
        rows, _ = self.door.found(self.by, request.query_params)
        page = page_of(rows, by=("-pk",), query=request.query_params)
        return Response({"after": page.after, "before": page.before, "rows": self.told(page.rows)})

    def post(self, request: Request, pk: int = 0) -> Response:
        self.door.refuse_beginner(self.by)
        given = serializer_for(self.door.form_of(self.door.begins))(data=request.data)
        given.is_valid(raise_exception=True)
        made = self.life.verbs[self.door.begins](by=self.by, at=timezone.now(), **given.validated_data)
        return self.answer(made.pk, code=status.HTTP_201_CREATED)


class _One(ObjectView):
    http_method_names = ["get", "head", "options"]

    def get(self, request: Request, pk: int) -> Response:
        return self.answer(pk)


class VersionForm(OfficeForm):
    """读到的版本；此后他人已办理的，不予办理并回答409。"""

    version = forms.IntegerField(label="版本", min_value=1, max_value=2**31 - 1, help_text="读取时得到的version")


def api_urls(door: Door[Any], *, tag: str) -> list[URLPattern]:
    """List the addresses of the API of a life, described from its table."""
    life, about = door.life, {"life": door.life, "door": door, "__module__": __name__}
    base = type(f"{life.name.title()}View", (ObjectView,), about)
    one = extend_schema(
        operation_id=f"{life.name}_read", summary=f"读取{life.label}", tags=[tag],
        responses={200: ObjectFileSerializer} | READ,
    )  # fmt: skip
    shown: type[ObjectView] = extend_schema_view(get=one)(type("One", (_One, base), {}))
    steps = {slug: whatever(_input(door, slug)) for slug, row in life.steps.items() if row.who and not row.begins}
    views = step_views(base, steps, prefix=life.name, tag=tag, answer=ObjectFileSerializer)
    return [
        path("", _described_all(door, base, tag).as_view(), name=f"{life.name}-all"),
        path("<int:pk>/", shown.as_view(), name=f"{life.name}-one"),
        *(path(f"<int:pk>/{slug}/", view.as_view(), name=f"{life.name}-{slug}") for slug, view in views.items()),
    ]


def door_programs() -> list[URLResolver]:
    """List the addresses of every door's API."""
    return [
        path(f"api/{door.namespace}/", include((api_urls(door, tag=door.life.label), f"api-{door.namespace}")))
        for door in DOORS.values()
    ]


def _described_all(door: Door[Any], base: type[ObjectView], tag: str) -> type[ObjectView]:
    life, begun = door.life, serializer_for(door.form_of(door.begins))
    listing = extend_schema(
        operation_id=f"{life.name}_list", summary=f"查询{life.label}", tags=[tag], parameters=[*CURSORS],
        responses={200: ObjectPageSerializer} | WRONG | NOT_SIGNED_IN,
    )  # fmt: skip
    beginning = extend_schema(
        operation_id=f"{life.name}_begin", summary=str(life.steps[door.begins].key.label), tags=[tag],
        request=begun,
        responses={201: OpenApiResponse(ObjectFileSerializer, "已新建")} | WRONG | NOT_SIGNED_IN | REFUSED,
    )  # fmt: skip
    view: type[ObjectView] = extend_schema_view(get=listing, post=beginning)(type("All", (_All, base), {}))
    return view


def _input(door: Door[Any], slug: str) -> type[FormSerializer]:
    if not door.life.version:
        return serializer_for(door.form_of(slug))
    asked = door.form_of(slug)
    return serializer_for(
        type(f"{door.life.name.title()}{slug.title()}Form", (asked, VersionForm), {"__doc__": VersionForm.__doc__})
    )
