"""Steps by a program: an address for each row, described in the schema from the table."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from binzhou_xinfang.process.ahead import refuse_now
from binzhou_xinfang.process.life import Life
from binzhou_xinfang.process.steps import Step
from binzhou_xinfang.process.taking import take
from binzhou_xinfang.statute.wording import cite
from binzhou_xinfang.web.form_serializers import FormSerializer
from binzhou_xinfang.web.staff_api import READ, REFUSED, WRONG, StaffView

Inputs = Callable[[Any], type[FormSerializer]]


class StepView(StaffView):
    """One step of an object. `step_views` makes a subclass of the room's own for each row."""

    life: ClassVar[Life[Any]]
    row: ClassVar[Step[Any]]

    def find_one(self, pk: int) -> Any:
        """Find the object, if it exists for the post. Raises Http404."""
        return get_object_or_404(self.life.visible(self.by), pk=pk)

    def answer(self, pk: int) -> Response:
        """Answer with the object as it stands now."""
        raise NotImplementedError

    def input_for(self, obj: Any) -> type[FormSerializer]:
        """Choose what the step asks of this object."""
        raise NotImplementedError

    def arguments(self, said: dict[str, Any]) -> dict[str, Any]:
        """Turn what was sent into the arguments of the verb."""
        return said

    def post(self, request: Request, pk: int) -> Response:
        obj, life = self.find_one(pk), self.life
        refuse_now(life, self.row, obj, self.by, timezone.localdate())
        given = self.input_for(obj)(data=request.data)
        given.is_valid(raise_exception=True)
        said: dict[str, Any] = dict(given.validated_data)
        if life.version:
            setattr(obj, life.version, said.pop("version"))
        take(life, self.row.key, obj, by=self.by, at=timezone.now(), **self.arguments(said))
        return self.answer(pk)


def whatever(given: type[FormSerializer]) -> tuple[Inputs, type[FormSerializer]]:
    """Ask the same of every object."""

    def ask(obj: Any) -> type[FormSerializer]:
        return given

    return ask, given


def step_views(
    base: type[StepView],
    inputs: Mapping[str, tuple[Inputs, type[FormSerializer]]],
    *,
    prefix: str,
    tag: str,
    answer: type[Serializer[Any]],
) -> dict[str, type[StepView]]:
    """Make a view of each row, by its address; `inputs`: what each asks of an object, and what the schema shows."""
    return {
        slug: _described(base, base.life.steps[slug], ask, shown, prefix=prefix, tag=tag, answer=answer)
        for slug, (ask, shown) in inputs.items()
    }


def _described(
    base: type[StepView],
    row: Step[Any],
    ask: Inputs,
    shown: type[FormSerializer],
    *,
    prefix: str,
    tag: str,
    answer: type[Serializer[Any]],
) -> type[StepView]:
    slug, states = str(row.key.value), "、".join(str(state.label) for state in base.life.states if state in row.sources)
    about = {"row": row, "input_for": staticmethod(ask), "__module__": base.__module__}
    described = extend_schema(
        operation_id=f"{prefix}_{slug.replace('-', '_')}",
        summary=str(row.key.label),
        description=f"状态为“{states}”时办理。" + (f"依据：{cite(row.article)}。" if row.article else ""),
        tags=[tag],
        request=shown,
        responses={200: OpenApiResponse(answer, f"办理后的{base.life.label}")} | WRONG | READ | REFUSED,
    )
    view: type[StepView] = extend_schema_view(post=described)(type(f"{slug.title()}{base.__name__}", (base,), about))
    return view
