"""System check of the doors: every life has pages, and what they ask is what its verbs take."""

import inspect
from collections.abc import Iterator
from typing import Any

from django.core import checks
from django.urls import get_resolver

from binzhou_xinfang.process.life import LIVES, Life
from binzhou_xinfang.process.pages import DOORS, Door

# What the house says by itself.
_SAID = frozenset({"by", "at"})


@checks.register("xinfang")
def check_doors(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Check that people reach each life, by a door or by pages of its own; that a door knows its steps, that each step
    asks all that its verb wants and nothing else, and that the events of the life say what they tell."""
    faults = [(life, fault) for life in LIVES.values() for fault in _unreached(life)]
    faults += [(door.life, fault) for door in DOORS.values() for fault in faults_of_door(door)]
    return [checks.Error(f"{life.label}（{life.name}）：{fault}", id="process.E002") for life, fault in faults]


def _unreached(life: Life[Any]) -> Iterator[str]:
    if life.name in DOORS:
        return
    if not life.page:
        yield "没有页面：既没有通用的页面（Door），也没有写明自己的页面（page）"
    elif not _is_address(life.page):
        yield f"写明的页面不存在：{life.page}"


def _is_address(name: str) -> bool:
    *namespaces, view = name.split(":")
    resolver = get_resolver()
    for namespace in namespaces:
        if namespace not in resolver.namespace_dict:
            return False
        resolver = resolver.namespace_dict[namespace][1]
    return view in resolver.reverse_dict


def faults_of_door(door: Door[Any]) -> Iterator[str]:
    """List the faults of a door, a sentence each."""
    steps = door.life.steps
    if stray := sorted(set(door.forms) - steps.keys()):
        yield f"表单对应的步骤不存在：{stray}"
    if door.begins not in steps or not steps[door.begins].begins:
        yield f"不是新建的步骤：{door.begins}"
    if door.life.chain is not None and door.life.kinds is None:
        yield "事件没有声明内容，页面上讲不出来（kinds）"
    for key, row in steps.items():
        if row.who:
            yield from _misasked(door, key, begins=row.begins)


def _misasked(door: Door[Any], key: str, *, begins: bool) -> Iterator[str]:
    wanted, needed = _arguments(door, key, begins=begins)
    asked = set(door.form_of(key).base_fields)
    if stray := sorted(asked - wanted):
        yield f"{key} 的表单填写了动作不用的内容：{stray}"
    if missing := sorted(needed - asked):
        yield f"{key} 的表单没有填写动作需要的内容：{missing}"


def _arguments(door: Door[Any], key: str, *, begins: bool) -> tuple[set[str], set[str]]:
    """List the arguments of the verb of a step beside its object, and those of them that have no default."""
    taken = list(inspect.signature(door.life.verbs[key]).parameters.values())
    told = [one for one in (taken if begins else taken[1:]) if one.name not in _SAID]
    return {one.name for one in told}, {one.name for one in told if one.default is one.empty}
