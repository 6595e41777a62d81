"""API of the moves: one address and one input each, made from the table of moves and the forms of the pages."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from binzhou_xinfang.statute.wording import cite
from binzhou_xinfang.web.api import JsonReader
from binzhou_xinfang.web.form_serializers import FormSerializer, serializer_for
from binzhou_xinfang.web.input_serializers import InputSerializer
from binzhou_xinfang.web.staff_api import READ, REFUSED, WRONG
from cases.casefile.dossier import RELATED
from cases.engine import refuse_actor
from cases.models import PetitionCase
from cases.procedure import perform
from cases.queries import visible_to
from cases.states import MAY, TRANSITIONS, Move, State, target_of
from cases.web.casefile.cases_api import file_answer
from cases.web.casefile.cases_serializer import CaseFileSerializer
from cases.web.finding import CaseView
from cases.web.procedure.forms import MOVE_FORMS


class VersionSerializer(InputSerializer):
    """Input of the version of the matter that the program has read."""

    version = serializers.IntegerField(min_value=1, required=False, allow_null=True)


class MoveInput(FormSerializer):
    """办理动作的填写内容。"""

    version = serializers.IntegerField(
        min_value=1,
        required=False,
        allow_null=True,
        write_only=True,
        label="版本",
        help_text="读取事项时得到的 version；此后他人已办理的，不予办理并回答409。不填则不核对。",
    )

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """Build `{"version": … or None, "fields": the form's cleaned_data}`."""
        if not isinstance(data, Mapping):
            return super().run_validation(data)
        given = data.copy() if isinstance(data, QueryDict) else dict(data)
        given.pop("version", None)
        seen = VersionSerializer(data={"version": data.get("version")})
        seen.is_valid(raise_exception=True)
        return {"version": seen.validated_data["version"], "fields": super().run_validation(given)}


def _input_of(move: Move) -> type[MoveInput]:
    """Derive the input of one move, a component of its own in the schema: `SIGN_FOR` → `SignForInput`."""
    name = f"{move.name.title().replace('_', '')}InputSerializer"
    return type(name, (MoveInput, serializer_for(MOVE_FORMS[move])), {"__doc__": move.label})


class MoveView(CaseView):
    """One move of one matter. A subclass names the move and its input."""

    move: ClassVar[Move]
    input_class: ClassVar[type[MoveInput]]

    def post(self, request: Request, number: str) -> Response:
        case = self.find(number)
        refuse_actor(self.by, self.move, case)
        target_of(self.move, State(case.state), None)
        given = self.read(self.input_class, case=case).validated_data
        seen = PetitionCase(pk=case.pk, version=given["version"] or case.version)
        perform(self.move, seen, by=self.by, at=timezone.now(), **given["fields"])
        # Who hands a report of wrongdoing over no longer sees it.
        after = visible_to(self.by).select_related(*RELATED).filter(pk=case.pk).first()
        return file_answer(self, after) if after else Response(status=status.HTTP_204_NO_CONTENT)


def _described(view: type[MoveView]) -> type[MoveView]:
    move, row = view.move, TRANSITIONS[view.move]
    sources = "、".join(state.label for state in State if state in row.sources)
    roles = "、".join(sorted(str(role.label) for role in MAY[move].roles))
    desks = "、".join(str(desk.label) for desk in MAY[move].desks)
    hand = "，拟稿人本人除外" if MAY[move].other_hand else ""
    leads = f"办理后为“{row.target.label}”" if row.target else "办理后回到此前的状态"
    described = extend_schema(
        operation_id=f"move_{move.name.lower()}",
        summary=str(move.label),
        description=f"依据：{cite(row.article)}。可以办理的状态：{sources}；{leads}。可以办理的岗位：{roles}（{desks}）{hand}。",
        tags=["办理"],
        request=view.input_class,
        responses={
            200: OpenApiResponse(CaseFileSerializer, "办理后的事项"),
            204: OpenApiResponse(description="已经办理；该事项此后不在本岗位可以看到的范围内"),
        }
        | WRONG
        | READ
        | REFUSED,
    )
    return extend_schema_view(post=described)(view)


def _view_of(move: Move) -> type[MoveView]:
    name = f"{move.name.title().replace('_', '')}Move"
    body: dict[str, Any] = {"move": move, "input_class": _input_of(move), "__module__": __name__}
    if TRANSITIONS[move].papers:
        body["parser_classes"] = [JsonReader, MultiPartParser]
    return _described(type(name, (MoveView,), body))


MOVE_VIEWS: Mapping[Move, type[MoveView]] = {move: _view_of(move) for move in MOVE_FORMS}
