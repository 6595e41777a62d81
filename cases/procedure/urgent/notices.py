"""Notices of something urgent: they ring at any hour, and name no petitioner."""

from collections.abc import Iterator, Sequence

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import HEADS, LEADERS, OFFICE_HEADS
from binzhou_xinfang.notices.outbox import Note, Topic
from binzhou_xinfang.typed import shortened
from cases.models import PetitionCase, UrgentCall, UrgentReport, UrgentTold
from cases.queries import visible_to


def _note(subject: int, post: Post, case: PetitionCase, words: str) -> Note:
    text = f"【滨州信访】{case.number}：{words}"
    return Note(
        subject, post.user, f"{case.number} {words}", text, case.get_absolute_url(), is_urgent=True, matter=case.pk,
        at_any_hour=True,
    )  # fmt: skip


def _sees(post: Post, case: PetitionCase) -> bool:
    return visible_to(post).filter(pk=case.pk).exists()


def _posts_of(call: UrgentCall) -> Iterator[Post]:
    held = Post.objects.held(timezone.localdate()).filter(user=call.user_id, unit=call.unit_id)
    yield from held.select_related("user", "unit__parent")


def write_calls(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell who is called; not for a report that was taken back meanwhile."""
    calls = UrgentCall.objects.filter(pk__in=subjects, report__taken_back_at=None)
    for call in calls.select_related("report__case").order_by("pk"):
        case = call.report.case
        if any(_sees(post, case) for post in _posts_of(call)):
            post = next(iter(_posts_of(call)))
            yield _note(call.pk, post, case, "重大紧急，请立即打开阅处（第二十五条）。")


def write_climbed(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell who stands above and has read already that nobody below has, so that it lies with them now."""
    calls = UrgentCall.objects.filter(pk__in=subjects, report__taken_back_at=None)
    for call in calls.select_related("report__case").order_by("pk"):
        post = next((post for post in _posts_of(call) if _sees(post, call.report.case)), None)
        if post is not None:
            yield _note(
                call.pk, post, call.report.case, "重大紧急通知下级逾时无人阅看，已上报到您，请督促办理（第二十五条）。"
            )


def write_taken_back(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell everybody who was called that the report was a mistake."""
    for report in UrgentReport.objects.filter(pk__in=subjects).select_related("case"):
        for call in report.calls.order_by("pk"):
            post = next((post for post in _posts_of(call) if _sees(post, report.case)), None)
            if post is not None:
                yield _note(
                    report.pk, post, report.case, f"重大紧急报告已撤回：{shortened(report.taken_back_reason, 100)}"
                )


def write_owed(subjects: Sequence[int]) -> Iterator[Note]:
    """Tell the heads of the reporting unit, of the petition office and the leaders that a body was not told in time."""
    rows = UrgentTold.objects.filter(pk__in=subjects, told_at=None, report__taken_back_at=None)
    for row in rows.select_related("report__case__registered_unit__parent", "report__unit").order_by("pk"):
        case, known = row.report.case, set()
        units = {row.report.unit_id, case.registered_unit_id, case.registered_unit.area.pk}
        held = Post.objects.held(timezone.localdate()).filter(unit__in=units, role__in=HEADS | OFFICE_HEADS | LEADERS)
        for post in held.select_related("user", "unit__parent").order_by("pk"):
            if post.user_id not in known and _sees(post, case):
                known.add(post.user_id)
                yield _note(
                    row.pk, post, case, f"重大紧急事项逾期未报告、通报{row.get_receiver_display()}（第二十五条）。"
                )


CALL = Topic("urgent-call", write_calls)
CLIMBED_TO = Topic("urgent-climbed-to", write_climbed)
TAKEN_BACK = Topic("urgent-taken-back", write_taken_back)
OWED = Topic("urgent-owed", write_owed)
