"""期限与参数: the settings in force, and setting them."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.records import ledger
from binzhou_xinfang.web.staff_api import NOT_SIGNED_IN, REFUSED, WRONG, StaffView
from cases.keeping.in_force import items
from cases.keeping.settings import change_settings
from cases.web.keeping.settings_serializer import SettingInputSerializer, SettingSerializer, SettingsQuerySerializer


class SettingList(StaffView):
    @extend_schema(
        operation_id="settings_list",
        summary="查询期限与参数",
        description="某一天执行的全部期限与参数：规定的值、本局执行的值、待生效的设定。",
        tags=["期限"],
        parameters=[SettingsQuerySerializer],
        responses={200: SettingSerializer(many=True)} | WRONG | NOT_SIGNED_IN,
    )
    def get(self, request: Request) -> Response:
        if not has_right(self.by, Right.READ_SETTINGS):
            raise NotPermitted(f"您当前的岗位不能{Right.READ_SETTINGS.label}。")
        asked = SettingsQuerySerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        day = asked.validated_data.get("on") or timezone.localdate()
        lines = [line for item in items(day) for line in item.lines]
        return Response(SettingSerializer(lines, many=True, context=_versions()).data)

    @extend_schema(
        operation_id="settings_change",
        summary="设定期限或者参数",
        description="自生效日期起执行；已经开始和已经结束的期限不受影响。读取以后他人已经改动的，不予设定并回答409。每次设定都留有历史，不能修改或者删除。",
        tags=["期限"],
        request=SettingInputSerializer,
        responses={201: SettingSerializer} | WRONG | NOT_SIGNED_IN | REFUSED,
    )
    def post(self, request: Request) -> Response:
        if not has_right(self.by, Right.MANAGE_SETTINGS):
            raise NotPermitted(f"您当前的岗位不能{Right.MANAGE_SETTINGS.label}。")
        given = SettingInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        asked = dict(given.validated_data)
        values = {asked.pop("key"): asked.pop("value")}
        seen = asked.pop("version")
        (change,) = change_settings(values, by=self.by, at=timezone.now(), seen=seen, **asked)
        lines = [line for item in items(timezone.localdate()) for line in item.lines]
        line = next(line for line in lines if line.parameter.key == change.key)
        return Response(SettingSerializer(line, context=_versions()).data, status=201)


def _versions() -> dict[str, Any]:
    return {"versions": ledger.versions_of("setting:")}
