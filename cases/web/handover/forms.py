"""Forms of a hand-over: of a body, of a person, and of its correction."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind, User
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.fields import LinesField, PickField, day, line
from binzhou_xinfang.web.sought import note_all_sought
from cases.handover.orders import Order, Share
from cases.models import ENDING_KINDS, HandOver, HandOverKind, Topic
from cases.queries import visible_to

BODIES = Unit.objects.exclude(kind=UnitKind.AREA)
# Further successors beside the one that takes what is left.
FURTHER = (1, 2, 3)
_KINDS = [(kind.value, kind.label) for kind in HandOverKind if kind in ENDING_KINDS or kind == HandOverKind.TRANSFERRED]


def _topics() -> list[tuple[str, str]]:
    levels = Topic.objects.filter(is_current=True).order_by("level_1").values_list("level_1", flat=True).distinct()
    return [(level, level) for level in levels]


def _unit(label: str, *, required: bool = True, help_text: str = "") -> PickField:
    return PickField(
        BODIES, source="cases:units", takes_ended=True, label=label, required=required, help_text=help_text
    )


def _on(help_text: str) -> forms.DateField:
    return day("移交日期", required=False, help_text=help_text)


def _topics_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="其承接的内容分类", required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )


def _numbers_field() -> LinesField:
    return LinesField(
        label="其承接的事项编号", required=False, max_lines=500, max_length=40,
        widget=forms.Textarea(attrs={"rows": 2}), help_text="一行一个；编号先于分类",
    )  # fmt: skip


def _other_unit(place: int) -> PickField:
    return _unit(f"另由其承接（{place}）", required=False)


def _other_person(place: int) -> "forms.ModelChoiceField[User]":
    return forms.ModelChoiceField(
        User.objects.none(), label=f"另由其接办（{place}）", required=False, to_field_name="username"
    )


_FURTHER_FIELDS = tuple(name for place in FURTHER for name in (f"other_{place}", f"topics_{place}", f"numbers_{place}"))


class SharesForm(OfficeForm):
    """The base: divides the matters among several successors by their topics or by their numbers."""

    topics_1, numbers_1 = _topics_field(), _numbers_field()
    topics_2, numbers_2 = _topics_field(), _numbers_field()
    topics_3, numbers_3 = _topics_field(), _numbers_field()

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post = post
        for place in FURTHER:
            self.fields[f"topics_{place}"].choices = _topics()  # type: ignore[attr-defined]  # a choice

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for place in FURTHER:
            divided = said.get(f"topics_{place}") or said.get(f"numbers_{place}")
            if said.get(f"other_{place}") and not divided:
                self.add_error(f"topics_{place}", "请选择由其承接的内容分类，或者填写事项编号。")
            if divided and not said.get(f"other_{place}"):
                self.add_error(f"other_{place}", "请填写由谁承接。")
            self._refuse_unknown(f"numbers_{place}", said.get(f"numbers_{place}") or [])
        return said

    def _refuse_unknown(self, name: str, numbers: list[str]) -> None:
        known = visible_to(self.post).filter(number__in=numbers).values_list("number", flat=True)
        if unknown := sorted(set(numbers) - set(known)):
            note_all_sought(unknown)
            self.add_error(name, f"没有找到这些编号的事项：{'、'.join(unknown)}。")

    def further(self) -> Iterator[Share]:
        """Build the shares that topics and numbers make."""
        for place in FURTHER:
            other = self.cleaned_data.get(f"other_{place}")
            if other:
                topics = frozenset(self.cleaned_data[f"topics_{place}"])
                numbers = frozenset(self.cleaned_data[f"numbers_{place}"])
                yield self.share(other, topics=topics, numbers=numbers)

    def share(self, other: Any, **rest: Any) -> Share:
        """Build the share of a successor."""
        raise NotImplementedError

    @property
    def order(self) -> Order:
        """The order that was written; the form is valid."""
        raise NotImplementedError


class UnitHandOverForm(SharesForm):
    """机构撤销、合并、分立、职能划转的承接移交。"""

    kind = forms.ChoiceField(label="情形", choices=_KINDS)
    unit = _unit("移交单位", help_text="撤销、并入其他单位或者划出职能的单位；已撤销的填写代码或者全称")
    last_on = day(
        "最后一日", required=False, help_text="该单位存在的最后一天；晚于今天的，登记为计划，次日自动移交；职能划转不填"
    )
    on = _on("只用于职能划转：不填为今天；晚于今天的，登记为计划，到日自动移交")
    basis = line("依据", help_text="机构改革方案、编办文件等，写入事项的办理经过和告知书")
    successor = _unit("承接单位", required=False, help_text="没有另行分出的事项都由它承接；职能划转可以不填")
    tells_petitioners = forms.BooleanField(
        label="制发承办单位变更告知书", required=False, initial=True,
        help_text="以承接单位名义告知在办事项的信访人；期限不变",
    )  # fmt: skip
    other_1, other_2, other_3 = _other_unit(1), _other_unit(2), _other_unit(3)
    field_order = ["kind", "unit", "last_on", "on", "basis", "successor", "tells_petitioners", *_FURTHER_FIELDS]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("kind") == HandOverKind.TRANSFERRED:
            said["last_on"] = None
        else:
            said["on"] = None
        return said

    def share(self, other: Unit, **rest: Any) -> Share:
        return Share(other, **rest)

    @property
    def order(self) -> Order:
        said, shares = self.cleaned_data, [*self.further()]
        if said["successor"]:
            shares.append(Share(said["successor"], takes_rest=True))
        return Order(
            HandOverKind(said["kind"]), said["unit"], said["basis"], tuple(shares), last_on=said["last_on"],
            on=said["on"], tells_petitioners=said["tells_petitioners"],
        )  # fmt: skip


class PersonHandOverForm(SharesForm):
    """人员离岗的承接移交。"""

    person = forms.ModelChoiceField(User.objects.none(), label="离岗人员", to_field_name="username")
    on = _on("不填为现在；晚于今天的，登记为计划，到日自动移交")
    basis = line("事由", help_text="例如：调离、退休、长期病假；写入事项的办理经过")
    successors = forms.ModelMultipleChoiceField(
        User.objects.none(), label="接办人", to_field_name="username", widget=forms.CheckboxSelectMultiple,
        help_text="选择几人的，按到期日先后平均分给各人",
    )  # fmt: skip
    other_1, other_2, other_3 = _other_person(1), _other_person(2), _other_person(3)
    field_order = ["person", "on", "basis", "successors", *_FURTHER_FIELDS]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here, today = Post.objects.filter(unit=self.post.unit_id), timezone.localdate()
        everybody = User.objects.filter(posts__in=here).distinct().order_by("name")
        there = User.objects.filter(posts__in=Post.objects.held(today).filter(unit=self.post.unit_id)).distinct()
        self._offer("person", everybody)
        for name in ("successors", *(f"other_{place}" for place in FURTHER)):
            self._offer(name, there.order_by("name"))

    def _offer(self, name: str, people: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared above
        field.queryset = people

    def share(self, other: User, **rest: Any) -> Share:
        return Share(self.post.unit, other, **rest)

    @property
    def order(self) -> Order:
        said = self.cleaned_data
        rest = [self.share(person, takes_rest=True) for person in said["successors"]]
        shares = (*self.further(), *rest)
        return Order(HandOverKind.LEFT, self.post.unit, said["basis"], shares, person=said["person"], on=said["on"])


class CancelForm(OfficeForm):
    """取消承接移交计划。"""

    reason = line("取消的理由")


class CorrectionForm(OfficeForm):
    """更正承接移交：移交错了的，改由正确的单位或者人员承接。"""

    wrong = forms.ChoiceField(label="移交错了的一方")
    right = _unit("应当承接的单位", required=False, help_text="原单位没有撤销的，填写原单位，恢复其设立")
    right_person = forms.ModelChoiceField(
        User.objects.none(), label="应当接办的人员", required=False, to_field_name="username"
    )
    basis = line("更正的理由")

    def __init__(self, *args: Any, act: HandOver, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.act = act
        given = (
            act.items.exclude(moved={}).select_related("to_unit", "to_person").order_by("to_unit_id", "to_person_id")
        )
        self.given = {
            (item.to_person.username if item.to_person else item.to_unit.code): Share(item.to_unit, item.to_person)
            for item in given.distinct("to_unit_id", "to_person_id")
        }
        self.fields["wrong"].choices = [(key, share.name) for key, share in self.given.items()]  # type: ignore[attr-defined]  # a choice
        unwanted = "right_person" if act.person_id is None else "right"
        del self.fields[unwanted]
        if act.person_id is not None:
            held = Post.objects.held(timezone.localdate()).filter(unit=act.unit_id)
            self.fields["right_person"].queryset = User.objects.filter(posts__in=held).distinct()  # type: ignore[attr-defined]  # a choice of rows

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not (said.get("right") or said.get("right_person")) and not self.errors:
            raise ValidationError("请填写应当由谁承接。")
        return said

    @property
    def wrong_share(self) -> Share:
        return self.given[self.cleaned_data["wrong"]]

    @property
    def right_share(self) -> Share:
        person = self.cleaned_data.get("right_person")
        return Share(self.act.unit if person else self.cleaned_data["right"], person, takes_rest=True)
