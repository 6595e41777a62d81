"""文书送达 by a program: the same act, through the same form, as the page's."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from binzhou_xinfang.web.api import JsonReader
from binzhou_xinfang.web.staff_api import READ, REFUSED, WRONG, input_of
from cases.models import CaseLetter
from cases.serving.standing import served_letters
from cases.serving.verbs import record_delivery, refuse_recorder
from cases.vocabulary import DeliveryWay
from cases.web.finding import CaseView
from cases.web.parts_serializers import CaseLetterSerializer
from cases.web.serving.serving_form import ServeForm

ServeInput = input_of(ServeForm, "一件文书的送达。")


class LetterDeliverySerializer(serializers.Serializer[Any]):
    """一次送达。"""

    way = serializers.ChoiceField(choices=DeliveryWay.choices, label="送达方式")
    delivered_on = serializers.DateField(label="送达日期")
    recipient = serializers.CharField(label="签收人")
    worth = serializers.CharField(label="凭证情况")
    entered_by = serializers.CharField(source="entered_by.name", label="登录人")
    entered_at = serializers.DateTimeField(label="登录时间")


class ServedLetterSerializer(serializers.Serializer[Any]):
    """一件须有送达记录的文书。"""

    letter = CaseLetterSerializer(source="link", label="文书")
    why = serializers.CharField(label="须有送达记录的依据")
    delivery = LetterDeliverySerializer(allow_null=True, label="送达；还没有登记的为空")


class ServedLetters(CaseView):
    @extend_schema(
        operation_id="case_deliveries",
        summary="读取文书送达",
        description="须有送达记录的文书（告知书、通知书等）和各自的送达；意见书的送达见办理动作。",
        tags=["文书和附件"],
        responses={200: ServedLetterSerializer(many=True)} | READ,
    )
    def get(self, request: Request, number: str) -> Response:
        return Response(ServedLetterSerializer(served_letters(self.find(number)), many=True).data)


class ServeLetter(CaseView):
    parser_classes = [JsonReader, MultiPartParser]

    @extend_schema(
        operation_id="case_letter_delivery",
        summary="登记文书送达",
        description="由制发机关登记。再次登记的，以最后一次为准，此前的保留。不改变事项的状态和期限。",
        tags=["文书和附件"],
        request=ServeInput,
        responses={201: OpenApiResponse(LetterDeliverySerializer, "已登记")} | WRONG | READ | REFUSED,
    )
    def post(self, request: Request, number: str, pk: int) -> Response:
        case = self.find(number, "lead")
        link = get_object_or_404(CaseLetter.objects.select_related("letter__unit"), case=case, pk=pk)
        refuse_recorder(self.by, link, case)
        given = self.read(ServeInput, case=case).validated_data
        row = record_delivery(link, by=self.by, at=timezone.now(), **given)
        return Response(LetterDeliverySerializer(row).data, status=status.HTTP_201_CREATED)
