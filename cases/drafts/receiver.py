"""Receiver of a letter written by hand: the body whose name is printed on it, and whoever there would read it."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.statute.periods import Rule

# The one field that says where a letter goes.
ADDRESSEE = "addressee"


def _name(facts: Mapping[str, Any]) -> str:
    return str(facts.get(ADDRESSEE) or "").strip()


class Readers:
    """Bodies that letters name, and those of them where somebody holds a post on the day: for all letters at once."""

    def __init__(self, letters: Iterable[Mapping[str, Any]], on: date) -> None:
        self.names, self.on = {_name(facts) for facts in letters} - {""}, on

    @cached_property
    def bodies(self) -> dict[str, Unit]:
        """The bodies by the names on the letters, whole or short. One query."""
        bears_it = Q(name__in=self.names) | Q(short_name__in=self.names)
        units = list(Unit.objects.current(self.on).filter(bears_it).order_by("-pk"))
        return {unit.short_name: unit for unit in units} | {unit.name: unit for unit in units}

    @cached_property
    def manned(self) -> frozenset[int]:
        """Those of them where somebody holds a post. One query."""
        held = Post.objects.held(self.on).filter(unit__in=self.bodies.values())
        return frozenset(held.values_list("unit_id", flat=True))

    def unread(self, kind: LetterKind, facts: Mapping[str, Any]) -> str:
        """Say that nobody at the receiver would read the letter in the system; "" when somebody does, or it goes to no
        body that has to answer."""
        name = _name(facts)
        if not name or kind.answer is None:
            return ""
        unit = self.bodies.get(name)
        if unit is not None and unit.pk in self.manned:
            return ""
        where = f"{unit.name}没有在岗人员" if unit else f"{name}不是系统中的机构"
        if may_answer_on_paper(kind):
            return f"{where}，函件须另行送达，其书面反馈由本单位登记。"
        return f"{where}，没有人能签收和反馈，请先由管理员配置岗位，或者核对主送对象。"

    def hindrance(self, kind: LetterKind, facts: Mapping[str, Any]) -> str:
        """Say why the letter may not be signed: who alone can answer it does not read it. "" when nothing hinders."""
        return "" if may_answer_on_paper(kind) else self.unread(kind, facts)


def may_answer_on_paper(kind: LetterKind) -> bool:
    """Tell whether the answer may come on paper and be entered by the office, as of a proposal (第四十条第四款)."""
    return kind.answer is not None and kind.answer.rule is Rule.PROPOSAL_FEEDBACK


def receiver_of(facts: Mapping[str, Any], *, on: date) -> Unit | None:
    """Find the body to which the letter goes by the name on it; None for one outside of the system."""
    return Readers([facts], on).bodies.get(_name(facts))


def unread(kind: LetterKind, facts: Mapping[str, Any], *, on: date) -> str:
    """Say the same of one letter."""
    return Readers([facts], on).unread(kind, facts)


def refuse_unread(kind: LetterKind, facts: Mapping[str, Any], *, on: date) -> None:
    """Raise Refusal for what `hindrance` says."""
    if why := Readers([facts], on).hindrance(kind, facts):
        raise Refusal(why, field=ADDRESSEE)
