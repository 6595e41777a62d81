"""Setting periods and thresholds: appended with effect from a day, never overwritten, touching no clock that runs."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Right, has_right
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.statute.models import SettingChange, current_rulebook
from binzhou_xinfang.statute.parameters import PARAMETERS
from binzhou_xinfang.statute.shapes import Value
from binzhou_xinfang.statute.wording import say_day

FARTHEST = timedelta(days=731)


@transaction.atomic
def change_settings(
    values: Mapping[str, object], *, effective_from: date, reason: str, by: Post, at: datetime
) -> list[SettingChange]:
    """Write down those of `values` (by key) that differ from what would be in force on `effective_from`.

    What decides a due day counts from tomorrow at the earliest, so that no clock that has started can move; anything
    else from today. Raises NotPermitted without MANAGE_SETTINGS, Refusal (`field`: the key, effective_from or reason)
    for a value that the law does not allow, a day that has passed, and for what changes nothing.
    """
    if not has_right(by, Right.MANAGE_SETTINGS):
        raise NotPermitted(f"您当前的岗位不能{Right.MANAGE_SETTINGS.label}。")
    if not reason.strip():
        raise Refusal("请填写设定的理由。", field="reason")
    read = {key: read_setting(key, raw) for key, raw in values.items()}
    regime = current_rulebook().on(effective_from)
    changed = {key: value for key, value in read.items() if value != regime.value(key)}
    if not changed:
        raise Refusal("与届时执行的设定相同，没有需要记录的变化。")
    refuse_day(changed, effective_from, on=timezone.localdate(at))
    return [
        SettingChange.objects.create(
            key=key, value=value, effective_from=effective_from, reason=reason.strip(), by_user=by.user,
            by_post=by.label, at=at,
        )
        for key, value in changed.items()
    ]  # fmt: skip


def read_setting(key: str, raw: object) -> Value:
    """The value of a setting that is offered. Raises Refusal at the key."""
    parameter = PARAMETERS.get(key)
    if parameter is None or parameter.awaits:
        raise Refusal("没有这一项设定，请核对名称。", field=key)
    try:
        return parameter.shape.read(raw)
    except ValueError as fault:
        raise Refusal(f"{parameter.label}{fault}", field=key) from fault


def refuse_day(changed: Mapping[str, object], effective_from: date, *, on: date) -> None:
    """Raise Refusal when a change of these settings, written on day `on`, cannot count from `effective_from`."""
    if any(PARAMETERS[key].reckons for key in changed) and effective_from <= on:
        earliest = say_day(on + timedelta(days=1), on)
        raise Refusal(
            f"影响届满日的设定最早从次日（{earliest}）起生效，已经开始的期限不受影响。", field="effective_from"
        )
    if effective_from < on:
        raise Refusal("生效日期不能早于今天。", field="effective_from")
    if effective_from > on + FARTHEST:
        raise Refusal(f"生效日期最晚为{say_day(on + FARTHEST, on)}。", field="effective_from")
