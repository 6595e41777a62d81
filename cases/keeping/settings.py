"""Changes of periods and thresholds: appended with effect from a day, never overwritten, touching no clock that
runs."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.records import ledger
from binzhou_xinfang.statute.models import SettingChange, current_rulebook
from binzhou_xinfang.statute.parameters import PARAMETERS, Key
from binzhou_xinfang.statute.setting_types import Value
from binzhou_xinfang.statute.wording import say_day

FARTHEST = timedelta(days=731)


@transaction.atomic
def change_settings(
    values: Mapping[str, object], *, effective_from: date, reason: str, by: Post, at: datetime, seen: int | None = None
) -> list[SettingChange]:
    """Write down those of `values` (by key) that differ from what would be in force on `effective_from`.

    What decides a due day counts from tomorrow at the earliest, so that no clock that has started can move, and so do
    numbers and masks, which each process reads once a day; anything else from today. Raises NotPermitted without
    MANAGE_SETTINGS, Stale when they were set after the event `seen`, Refusal (`field`: the key, effective_from or
    reason) for a value that the law does not allow, a day that has passed, and for what changes nothing.
    """
    if not has_right(by, Right.MANAGE_SETTINGS):
        raise NotPermitted(f"您当前的岗位不能{Right.MANAGE_SETTINGS.label}。")
    if not reason.strip():
        raise Refusal("请填写设定的理由。", field="reason")
    ledger.lock()
    ledger.refuse_stale(*things_of(values), seen=seen)
    read = {key: read_setting(key, raw) for key, raw in values.items()}
    regime = current_rulebook().on(effective_from)
    changed = {key: value for key, value in read.items() if value != regime.value(key)}
    if not changed:
        raise Refusal("与届时执行的设定相同，没有需要记录的变化。")
    refuse_day(changed, effective_from, on=timezone.localdate(at))
    if Key.CASE_NUMBER in changed:
        _refuse_words_of_a_code(str(changed[Key.CASE_NUMBER]))
    changes = [
        SettingChange.objects.create(
            key=key, value=value, effective_from=effective_from, reason=reason.strip(), by_user=by.user,
            by_post=by.label, at=at,
        )
        for key, value in changed.items()
    ]  # fmt: skip
    for change in changes:
        _note(change, regime.value(change.key), by=by, at=at)
    return changes


def things_of(keys: Iterable[str]) -> list[str]:
    """Name the settings as the ledger does."""
    return [f"setting:{key}" for key in keys]


def _note(change: SettingChange, before: Value, *, by: Post, at: datetime) -> None:
    """Write the change into the ledger of the house, which the auditor reads."""
    said = PARAMETERS[change.key].shape.say
    ledger.note(
        ledger.SETTING_CHANGED, by=by, at=at, of=f"setting:{change.key}", label=change.label, reason=change.reason,
        changes=[ledger.Changed("设定值", said(before), change.said)], effective_on=change.effective_from,
    )  # fmt: skip


def read_setting(key: str, raw: object) -> Value:
    """Read the value of a setting that is offered. Raises Refusal at the key."""
    parameter = PARAMETERS.get(key)
    if parameter is None or parameter.awaits:
        raise Refusal("没有这一项设定，请核对名称。", field=key)
    try:
        return parameter.shape.read(raw)
    except ValueError as fault:
        raise Refusal(f"{parameter.label}{fault}", field=key) from fault


def _refuse_words_of_a_code(pattern: str) -> None:
    """Raise Refusal for letters that are part of a unit's code: two units could then write the same number."""
    words = set(re.findall("[A-Z]+", pattern))
    for code in Unit.objects.values_list("code", flat=True) if words else ():
        if same := words & set(code.upper().split("-")):
            raise Refusal(f"机构代码“{code}”中已有“{same.pop()}”，编号会混淆，请换用其他字母。", field=Key.CASE_NUMBER)


def refuse_day(changed: Mapping[str, object], effective_from: date, *, on: date) -> None:
    """Raise Refusal when a change of these settings, written on day `on`, cannot count from `effective_from`."""
    earliest = say_day(on + timedelta(days=1), on)
    if any(PARAMETERS[key].reckons for key in changed) and effective_from <= on:
        raise Refusal(
            f"影响届满日的设定最早从次日（{earliest}）起生效，已经开始的期限不受影响。", field="effective_from"
        )
    if any(PARAMETERS[key].is_kept for key in changed) and effective_from <= on:
        raise Refusal(f"编号和遮盖的设定最早从次日（{earliest}）起生效。", field="effective_from")
    if effective_from < on:
        raise Refusal("生效日期不能早于今天。", field="effective_from")
    if effective_from > on + FARTHEST:
        raise Refusal(f"生效日期最晚为{say_day(on + FARTHEST, on)}。", field="effective_from")
