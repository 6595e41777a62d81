"""通报 as a life: the petition office that circulates, and who has written in the draft."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet

from binzhou_xinfang.accounts.models import Post, UnitKind
from binzhou_xinfang.process.life import Life, Taking
from binzhou_xinfang.process.owed import OwedIn, debts
from binzhou_xinfang.process.steps import Hand
from supervision.circulars.permissions import visible_circulars
from supervision.models import Circular, CircularEvent, CircularStage


class CircularLife(Life[Circular]):
    """Its events are a chain of its own."""

    def lock(self, seen: Circular) -> Circular:
        locked = Circular.objects.select_for_update(of=("self",))
        return locked.select_related("office", "area").get(pk=seen.pk)

    def visible(self, post: Post) -> "QuerySet[Circular]":
        return visible_circulars(post)

    def users(self, hand: Hand, obj: Circular) -> Collection[int | None]:
        return list(obj.hands)

    def admits(self, post: Post, obj: Circular) -> bool:
        return post.unit.kind == UnitKind.PETITION_OFFICE

    def this(self, obj: Circular) -> str:
        return "这份通报"

    def record(self, obj: Circular, kind: str, taking: Taking[Circular], detail: Mapping[str, Any]) -> None:
        said = {"title": obj.title, "since": obj.since, "until": obj.until}
        super().record(obj, kind, taking, {**said, **detail})


_OWED: OwedIn[Circular] = {
    CircularStage.DRAFTED: debts(nothing="是否通报、何时印发由印发单位决定，法规没有规定期限"),
    CircularStage.ISSUED: debts(nothing="已经印发"),
    CircularStage.DISCARDED: debts(nothing="已经作废"),
}
circulars = CircularLife(
    "circular", "通报", Circular, CircularStage, final={CircularStage.ISSUED, CircularStage.DISCARDED}, state="stage",
    chain=CircularEvent, kinds=CircularEvent.kinds, owed=_OWED,
    marks={"figures": "统计数据", "items": "统计明细", "hands": "经手拟稿、修改的人员"}, page="supervision:circular",
)  # fmt: skip
