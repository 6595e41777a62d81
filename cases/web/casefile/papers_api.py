"""API of a matter's letters and attachments: out by a logged download, attachments in by upload."""

from typing import IO, Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.letters import storage
from binzhou_xinfang.records import access, files
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.file_types import DOCX
from binzhou_xinfang.records.files import limit_words
from binzhou_xinfang.web.staff_api import READ, REFUSED, WRONG, FileNegotiation, input_of
from cases.attaching import attach
from cases.casefile.disclosure import open_letter
from cases.casefile.whole_file import take_out_file, take_out_letters
from cases.merged import attachments_of
from cases.models import CaseLetter
from cases.permissions import may_attach
from cases.web.casefile.papers_forms import AttachForm, WholeFileForm
from cases.web.finding import CaseView
from cases.web.parts_serializers import AttachmentSerializer

AttachInput = input_of(AttachForm, "一个附件。")
WholeFileInput = input_of(WholeFileForm, "是否写明完整身份信息，以及事由。")
ZIP = "application/zip"


class LetterDownload(CaseView):
    content_negotiation_class = FileNegotiation

    @extend_schema(
        operation_id="case_letter",
        summary="下载文书",
        description="按党政机关公文格式排版的文书（docx）；下载留有日志。内容与签发时的校验值不一致的，不能下载。",
        tags=["文书和附件"],
        responses={(200, DOCX.content_type): OpenApiTypes.BINARY} | READ | REFUSED,
    )
    def get(self, request: Request, number: str, pk: int) -> HttpResponse:
        case = self.find(number)
        link = get_object_or_404(CaseLetter.objects.select_related("letter"), case=case, pk=pk)
        link.case = case
        letter = open_letter(link, by=self.by, act=AccessAct.EXPORT, ip=self.ip)
        name = content_disposition_header(as_attachment=True, filename=f"{letter.reference}.docx")
        headers = {"Content-Disposition": str(name)}
        return HttpResponse(storage.read(letter), content_type=DOCX.content_type, headers=headers)


class LetterPackage(CaseView):
    content_negotiation_class = FileNegotiation

    @extend_schema(
        operation_id="case_letters",
        summary="下载全部文书",
        description="该事项的全部文书（docx）和校验值，一个压缩包；下载留有日志。",
        tags=["文书和附件"],
        responses={(200, ZIP): OpenApiTypes.BINARY} | READ | REFUSED,
    )
    def get(self, request: Request, number: str) -> FileResponse:
        case = self.find(number)
        return zipped(take_out_letters(case, by=self.by, ip=self.ip), f"{case.number}文书")


class FilePackage(CaseView):
    content_negotiation_class = FileNegotiation

    @extend_schema(
        operation_id="case_file",
        summary="下载案卷",
        description="案卷目录、全部文书和附件、办理经过，一个压缩包；导出留有日志。写明完整身份信息须有事由。",
        tags=["文书和附件"],
        request=WholeFileInput,
        responses={(200, ZIP): OpenApiTypes.BINARY} | WRONG | READ | REFUSED,
    )
    def post(self, request: Request, number: str) -> FileResponse:
        case = self.find(number, "lead")
        given = WholeFileInput(data=request.data)
        given.is_valid(raise_exception=True)
        content = take_out_file(case, by=self.by, ip=self.ip, on=timezone.localdate(), **given.validated_data)
        return zipped(content, f"{case.number}案卷")


class AttachmentList(CaseView):
    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="case_attach",
        summary="上传附件",
        description=f"可以上传 PDF、JPG、PNG、Word、Excel、TXT、MP3、WAV、MP4，每个不超过{limit_words()}。",
        tags=["文书和附件"],
        request={"multipart/form-data": AttachInput},
        responses={201: OpenApiResponse(AttachmentSerializer, "已上传")} | WRONG | READ | REFUSED,
    )
    def post(self, request: Request, number: str) -> Response:
        case = self.find(number)
        if not may_attach(self.by, case):
            raise NotPermitted("您当前的岗位不能给该事项上传附件；已作废的登记也不上传。")
        given = AttachInput(data=request.data)
        given.is_valid(raise_exception=True)
        attached = attach(case, upload=given.validated_data["file"], by=self.by, at=timezone.now())
        return Response(AttachmentSerializer(attached).data, status=status.HTTP_201_CREATED)


class AttachmentDownload(CaseView):
    content_negotiation_class = FileNegotiation

    @extend_schema(
        operation_id="case_attachment",
        summary="下载附件",
        description="原样下载；下载留有日志。",
        tags=["文书和附件"],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY} | READ | REFUSED,
    )
    def get(self, request: Request, number: str, pk: int) -> Any:
        case = self.find(number)
        attached = get_object_or_404(attachments_of(case, reader=self.by), pk=pk)
        try:
            content = files.open_file(attached.file)
        except FileNotFoundError as fault:
            raise Refusal("文件库中找不到这个文件，请联系系统管理员。") from fault
        access.log(self.by, AccessAct.DOWNLOAD, f"{case.number} 附件{attached.pk}", ip=self.ip)
        return FileResponse(
            content, as_attachment=True, filename=attached.name, content_type=attached.file.content_type
        )


def zipped(content: IO[bytes], name: str) -> FileResponse:
    """Send a package as a download."""
    return FileResponse(content, as_attachment=True, filename=f"{name}.zip", content_type=ZIP)
