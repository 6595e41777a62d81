"""API of matters for reading: the list, the file, the course, and the reckoning of a due day."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from binzhou_xinfang.web.paging import capped_count, page_answer, page_of
from binzhou_xinfang.web.staff_api import CURSORS, NOT_SIGNED_IN, READ, WRONG, StaffView
from cases.casefile.charts.read import RELATED as CHART_RELATED
from cases.casefile.charts.read import read_charts
from cases.casefile.dossier import RELATED, read_dossier
from cases.casefile.event_text import unseen
from cases.clocks.moving import reckoning_of
from cases.looks import log_lines
from cases.models import PetitionCase
from cases.procedure.urgent import read_calls
from cases.queries import QUEUES, Queue, queues_of, visible_to
from cases.states import OPEN_STATES, State
from cases.vocabulary import Channel
from cases.web.casefile.cases_serializer import CaseFile, CaseFileSerializer, CasePageSerializer, EventPageSerializer
from cases.web.casefile.charts_serializer import ChartsSerializer
from cases.web.finding import CaseView, note_empty
from cases.web.parts_serializers import ReckoningSerializer
from cases.worklists.filters import CaseFilters, Due, Flag

# What a row shows; long texts and encrypted columns stay in the database.
_ROW = (
    "number", "title", "state", "kind", "channel", "topic", "region__code", "region__name", "lead__name",
    "lead__is_organisation", "people", "holder__code", "holder__name", "responsible__code", "responsible__name",
    "received_on", "due_on", "due_rule",
    "is_sealed", "is_urgent", "is_assigned", "is_simple", "threat", "is_skip_level", "is_cross_border",
    "petition_count", "closed_on", "is_group", "is_supervised", "is_delivery_doubted", "is_sent",
)  # fmt: skip
_ROW_RELATED = ("topic", "region", "lead", "holder", "responsible")


def _choice(name: str, choices: list[tuple[str, str]], description: str) -> OpenApiParameter:
    words = "；".join(f"{value} {label}" for value, label in choices)
    return OpenApiParameter(name, str, enum=[value for value, _ in choices], description=f"{description}：{words}")


_FILTERS = [
    _choice("queue", [(queue.slug, queue.label) for queue in QUEUES], "本岗位的工作清单，按到期日排序；不填为全部事项"),
    OpenApiParameter("text", str, description="事项编号或信访人姓名；证件号码和电话不得写在网址里"),
    _choice("state", State.choices, "状态"),
    _choice("due", Due.choices, "期限"),
    OpenApiParameter("topic", str, description="内容分类的前两位代码"),
    _choice("channel", Channel.choices, "信访形式"),
    _choice("flag", Flag.choices, "标记"),
]


class CaseList(StaffView):
    @extend_schema(
        operation_id="cases_list",
        summary="查询信访事项",
        description="本岗位可以看到的信访事项，每页50件。总数最多数到10,000。",
        tags=["事项"],
        parameters=[*_FILTERS, *CURSORS],
        responses={200: CasePageSerializer} | WRONG | NOT_SIGNED_IN,
    )
    def get(self, request: Request) -> Response:
        today = timezone.localdate()
        queue = self._queue()
        states = (queue.states or OPEN_STATES) if queue else tuple(State)
        filters = CaseFilters(request.query_params, states=states)
        if filters.errors:
            raise ValidationError({name: [str(error) for error in errors] for name, errors in filters.errors.items()})
        matters = filters.narrow(queue.cases(self.by) if queue else visible_to(self.by), today)
        rows = matters.select_related(*_ROW_RELATED).only(*_ROW)
        page = page_of(rows, by=("due_on", "pk") if queue else ("-pk",), query=request.query_params)
        log_lines(self.by, page.rows, ip=self.ip)
        note_empty(page.rows, str(filters.cleaned_data.get("text", "")))
        return Response(CasePageSerializer(page_answer(page, capped_count(matters)), context={"today": today}).data)

    def _queue(self) -> Queue | None:
        slug = self.request.query_params.get("queue", "")
        match = next((queue for queue in queues_of(self.by) if queue.slug == slug), None)
        if slug and match is None:
            raise ValidationError({"queue": ["您的岗位没有这个工作清单。"]})
        return match


def file_answer(view: StaffView, case: PetitionCase) -> Response:
    """Answer with the file of a matter that was read with `RELATED`, as the request's post sees it today."""
    today = timezone.localdate()
    file = CaseFile(case, read_dossier(case, view.by, on=today, query={}))
    return Response(CaseFileSerializer(file, context={"today": today, "number": case.number}).data)


class CaseDetail(CaseView):
    @extend_schema(
        operation_id="case_read",
        summary="读取信访事项",
        description="基本情况、诉求和答复、信访件、期限、文书、附件，以及本岗位现在可以办理的动作。"
        "身份信息均已脱敏；查看检举控告留有日志。",
        tags=["事项"],
        responses={200: CaseFileSerializer} | READ,
    )
    def get(self, request: Request, number: str) -> Response:
        case = self.find(number, *RELATED)
        if case.is_urgent:
            read_calls(case, self.by.user_id, at=timezone.now())
        return file_answer(self, case)


class CaseEvents(CaseView):
    @extend_schema(
        operation_id="case_events",
        summary="读取流转记录",
        description="新的在前，每页50条。",
        tags=["事项"],
        parameters=CURSORS,
        responses={200: EventPageSerializer} | READ,
    )
    def get(self, request: Request, number: str) -> Response:
        case = self.find(number)
        events = case.events.select_related("unit").defer("hash", "previous_hash")
        page = page_of(events, by=("-seq",), query=request.query_params)
        context = {"today": timezone.localdate(), "hidden": unseen(self.by, page.rows)}
        return Response(EventPageSerializer(page, context=context).data)


class CaseCharts(CaseView):
    @extend_schema(
        operation_id="case_charts",
        summary="流程图、责任图、时限图",
        description="三张图所依据的事实：已经办理的和以后可以办理的、各项责任由谁承担、各个期限的起止。",
        tags=["事项"],
        responses={200: ChartsSerializer} | READ,
    )
    def get(self, request: Request, number: str) -> Response:
        charts = read_charts(self.find(number, *CHART_RELATED), self.by, on=timezone.localdate())
        return Response(ChartsSerializer(charts).data)


class CaseDeadline(CaseView):
    @extend_schema(
        operation_id="case_deadline",
        summary="期限的计算过程",
        description="按现行工作日历，逐步说明该期限的届满日是怎样得出的。",
        tags=["期限"],
        responses={200: ReckoningSerializer} | READ,
    )
    def get(self, request: Request, number: str, pk: int) -> Response:
        clock = get_object_or_404(self.find(number).deadlines, pk=pk)
        return Response(ReckoningSerializer(reckoning_of(clock)).data)
