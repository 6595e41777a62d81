"""Notices of a letter of supervision, of its answer, of one that was sent back, and of a unit urged again."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import LEADERS, Role
from binzhou_xinfang.notices.outbox import Note, Topic
from supervision.models import Answer, SupervisionCase
from supervision.permissions import ANSWER_SIGNERS, BODIES, OFFICE, UNIT
from supervision.queries import visible_supervisions


def write_letters(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell the people of the unit that a letter was signed, by telephone too."""
    for supervision in SupervisionCase.objects.filter(pk__in=subjects).select_related("case", "unit", "clock"):
        due = f"，请于{supervision.clock.legal_on:%m月%d日}前书面反馈" if supervision.clock else ""
        yield from _tell(
            supervision,
            supervision.pk,
            supervision.unit_id,
            UNIT | BODIES,
            f"收到{supervision.get_measure_display()}{due}",
            is_urgent=True,
        )


def write_answers(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell the office that the unit has answered."""
    for given in Answer.objects.filter(pk__in=subjects).select_related("supervision__case", "unit"):
        supervision = given.supervision
        yield from _tell(
            supervision,
            given.pk,
            supervision.office_id,
            OFFICE,
            f"{given.unit.name}已反馈{supervision.get_measure_display()}",
        )


def write_to_sign(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell the heads of the unit that an answer waits for their signature."""
    for given in Answer.objects.filter(pk__in=subjects).select_related("supervision__case", "unit"):
        words = f"{given.supervision.get_measure_display()}的反馈待签发"
        yield from _tell(given.supervision, given.pk, given.unit_id, ANSWER_SIGNERS, words)


def write_returned(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell the unit that the answer was sent back."""
    for given in Answer.objects.filter(pk__in=subjects).select_related("supervision__case", "unit"):
        supervision = given.supervision
        words = f"{supervision.get_measure_display()}的反馈被退回补充"
        yield from _tell(supervision, given.pk, supervision.unit_id, UNIT | BODIES, words, is_urgent=True)


def write_unfounded(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell the office, and the unit that had a letter, that the duty was done in time and nothing is urged any more."""
    for supervision in SupervisionCase.objects.filter(pk__in=subjects).select_related("case"):
        words = f"期限没有逾期，{supervision.get_measure_display()}终止"
        yield from _tell(supervision, supervision.pk, supervision.office_id, OFFICE, words)
        if supervision.issued_on is not None:
            yield from _tell(supervision, supervision.pk, supervision.unit_id, UNIT | BODIES, words)


def write_risen(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell the leaders of the area that a unit had to be urged again."""
    for supervision in SupervisionCase.objects.filter(pk__in=subjects).select_related("case", "unit", "office"):
        area = supervision.office.area or supervision.office
        words = f"{supervision.unit.name}{supervision.problem}，列入约谈、挂牌督办"
        yield from _tell(supervision, supervision.pk, area.pk, LEADERS, words)


def _tell(
    supervision: SupervisionCase,
    subject: int,
    unit: int,
    roles: frozenset[Role],
    words: str,
    *,
    is_urgent: bool = False,
) -> Iterator[Note]:
    held = Post.objects.held(timezone.localdate()).filter(unit=unit, role__in=roles).select_related("user", "unit")
    url, known = reverse("supervision:letter", args=[supervision.pk]), set()
    for post in held:
        if post.user_id not in known and visible_supervisions(post).filter(pk=supervision.pk).exists():
            known.add(post.user_id)
            text = f"【滨州信访】{supervision.case.number}：{words}。"
            title, matter = f"{supervision.case.number} {words}", supervision.case_id
            yield Note(subject, post.user, title, text, url, is_urgent=is_urgent, matter=matter)


LETTER = Topic("supervision-letter", write_letters)
ANSWER = Topic("supervision-answer", write_answers)
TO_SIGN = Topic("supervision-answer-to-sign", write_to_sign)
RETURNED = Topic("supervision-returned", write_returned)
UNFOUNDED = Topic("supervision-unfounded", write_unfounded)
RISEN = Topic("supervision-risen", write_risen)
