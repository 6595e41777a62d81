"""Acts on the table of 法定途径: entered, put right, taken out of use and back.

An entry is never deleted: what was led by it keeps its words.
"""

from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.errors import Refusal
from cases.house.acts import Act, Done, Hand, Said, change, table
from cases.house.forms import AmendRouteForm, NewRouteForm, ReasonForm
from cases.models import LegalRoute

_KEEP = Right.MANAGE_LISTS


def _create(route: LegalRoute, said: Said, hand: Hand) -> Done:
    if LegalRoute.objects.filter(code=said["code"]).exists():
        raise Refusal("这个代码已经使用，请另取一个。", field="code")
    changes = change(route, _entered(said))
    route.save(force_insert=True)
    return Done(str(route), changes)


def _amend(route: LegalRoute, said: Said, hand: Hand) -> Done:
    changes = change(route, _entered(said))
    if not changes:
        raise Refusal("没有改动，无需保存。")
    route.save()
    return Done(str(route), changes)


def _entered(said: Said) -> Said:
    return {name: value for name, value in said.items() if name != "reason"}


def _retire(route: LegalRoute, said: Said, hand: Hand) -> Done:
    return _use(route, is_current=False)


def _restore(route: LegalRoute, said: Said, hand: Hand) -> Done:
    return _use(route, is_current=True)


def _use(route: LegalRoute, *, is_current: bool) -> Done:
    changes = change(route, {"is_current": is_current})
    route.save(update_fields=["is_current"])
    return Done(str(route), changes)


def _foretell(route: LegalRoute, said: Said, on: object) -> list[str]:
    return ["此后引导、不予受理时按新的内容提出", "已经制发的文书和已经引导的事项不变"]


def _foretell_retired(route: LegalRoute, said: Said, on: object) -> list[str]:
    return ["此后不再提出这一途径，导引图中不再列出", "已经按它引导的事项不变，可以随时恢复使用"]


def _out_of_use(route: LegalRoute, on: object) -> str:
    return "" if route.is_current else "这一途径已停用，请先恢复使用。"


def _in_use(route: LegalRoute, on: object) -> str:
    return "这一途径没有停用。" if route.is_current else ""


CREATE = Act[LegalRoute]("route", "create", "新增法定途径", _KEEP, NewRouteForm, _create)
ACTS = table(
    Act[LegalRoute]("route", "amend", "更正", _KEEP, AmendRouteForm, _amend, _foretell, _out_of_use),
    Act[LegalRoute]("route", "retire", "停用", _KEEP, ReasonForm, _retire, _foretell_retired, _out_of_use, is_end=True),
    Act[LegalRoute]("route", "restore", "恢复使用", _KEEP, ReasonForm, _restore, shut=_in_use),
)
