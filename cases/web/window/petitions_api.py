"""API of arrivals: registering, and reading one."""

from collections.abc import Callable
from typing import cast

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.web.api import FormReader, JsonReader
from binzhou_xinfang.web.staff_api import NOT_SIGNED_IN, READ, REFUSED, WRONG, StaffView, input_of
from cases.models import Petition
from cases.queries import visible_to
from cases.states import MAY, Move
from cases.web.finding import CaseView
from cases.web.window.petitions_serializer import PetitionSerializer, RegisteredSerializer
from cases.web.window.registration_form import RegistrationForm, RepeatForm
from cases.window.earlier_matters import case_to_join
from cases.window.one_registration import new_token, register_once
from cases.window.registration import Arrival, register, register_repeat

RegistrationInput = input_of(RegistrationForm, "登记一件来访、来信等，并开立信访事项。")
RepeatInput = input_of(RepeatForm, "登记一件来访、来信等，并入未办结的信访事项。")
KEY_HEADER = "Idempotency-Key"
_KEY = OpenApiParameter(
    KEY_HEADER, str, OpenApiParameter.HEADER, description="本次登记的唯一标识，由程序自定；重发同一登记时不会重复登记"
)
_REGISTERED = {201: OpenApiResponse(RegisteredSerializer, "已登记。查询码只在此处和回执上出现")}


class RegisteringView(StaffView):
    """The base of the two ways to register; with files in one body of several parts."""

    parser_classes = [JsonReader, FormReader]

    def refuse_without_right(self) -> None:
        if self.by.role not in MAY[Move.REGISTER].roles:
            raise NotPermitted("您当前的岗位不能登记信访件。")

    def once(self, arrival: Arrival, save: Callable[[Arrival], Petition]) -> Petition:
        """Register once: `save` makes the arrival; sent again under the same key, it is the same petition."""
        return register_once(arrival, self.request.headers.get(KEY_HEADER) or new_token(), save, by=self.by)

    def registered(self, petition: Petition) -> Response:
        answer = RegisteredSerializer(petition, context={"today": timezone.localdate()})
        return Response(answer.data, status=status.HTTP_201_CREATED)


class PetitionList(RegisteringView):
    @extend_schema(
        operation_id="petition_register",
        summary="登记信访件",
        description="登记一件来访、来信等，并开立信访事项；自收到之日起15日内甄别转办（第二十二条）。"
        "代码：内容分类见 /api/topics/，属地和单位见 /api/units/。",
        tags=["登记"],
        parameters=[_KEY],
        request=RegistrationInput,
        responses=_REGISTERED | WRONG | NOT_SIGNED_IN | REFUSED,
    )
    def post(self, request: Request) -> Response:
        self.refuse_without_right()
        form = cast(RegistrationForm, self.read(RegistrationInput).form)

        def save(arrival: Arrival) -> Petition:
            return register(arrival, form.matter(), by=self.by, at=timezone.now())

        return self.registered(self.once(form.arrival(form.cleaned_data["requests"]), save))


class RepeatList(RegisteringView):
    @extend_schema(
        operation_id="petition_repeat",
        summary="登记重复来件",
        description="就未办结的事项再次来访、来信的，并入原事项，期限不重新计算（第十九条）。",
        tags=["登记"],
        parameters=[_KEY],
        request=RepeatInput,
        responses=_REGISTERED | WRONG | READ | REFUSED,
    )
    def post(self, request: Request) -> Response:
        self.refuse_without_right()
        form = cast(RepeatForm, self.read(RepeatInput).form)
        data = form.cleaned_data

        def save(arrival: Arrival) -> Petition:
            case = case_to_join(self.by, data["case"], id_number=data["id_number"], phone=data["phone"])
            return register_repeat(arrival, case, by=self.by, at=timezone.now())

        return self.registered(self.once(form.arrival(), save))


class PetitionDetail(CaseView):
    @extend_schema(
        operation_id="petition_read",
        summary="读取信访件",
        description="一次来访、来信的登记内容；身份信息已脱敏。",
        tags=["登记"],
        responses={200: PetitionSerializer} | READ,
    )
    def get(self, request: Request, number: str) -> Response:
        related = ("case", "unit", "lead__address_region")
        visible = Petition.objects.filter(case__in=visible_to(self.by)).select_related(*related)
        petition = get_object_or_404(visible, number=number)
        self.log_sealed(petition.case)
        return Response(PetitionSerializer(petition).data)
