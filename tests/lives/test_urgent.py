"""重大紧急 (第二十五条): told to each body by name, read inside at any hour, climbing where nobody reads."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.health import NotWellError
from binzhou_xinfang.notices.models import Channel as By
from binzhou_xinfang.notices.models import Message
from binzhou_xinfang.notices.sending import send_due
from binzhou_xinfang.notices.writing import write_due
from cases.models import UrgentCall, UrgentReport, UrgentTold
from cases.procedure.urgent import rounds
from cases.states import Move
from cases.vocabulary import Kind, LegalWay
from cases.watch.sweep import sweep
from tests.cases.api_client import program
from tests.cases.pages import signed_in
from tests.factories import PostFactory
from tests.lives.story import Life, assert_whole, begins, hour
from tests.office import Office
from tests.told import telling

NIGHT = hour("2026-10-02", 23)


@pytest.fixture
def watched(office: Office) -> Office:
    """The leader, the head of the office and the head of the unit have telephones."""
    for post in (office.leader, office.head, office.unit_head):
        post.user.phone = "13912340000"
        post.user.save(update_fields=["phone"])
    return office


def at_the_unit(office: Office) -> Life:
    """A matter that is handled over National Day."""
    life = begins(office, "2026-09-28")
    for move, day in (
        (Move.TRIAGE, "2026-09-28"), (Move.REFER, "2026-09-28"), (Move.SIGN_FOR, "2026-09-29"),
        (Move.ACCEPT, "2026-09-29"),
    ):  # fmt: skip
        life.do(move, day)
    return life


def report(life: Life, *, by: Post | None = None, **changes: Any) -> None:
    life.do(Move.REPORT_URGENT, "2026-10-02", by=by, o_clock=23, **changes)


def called(life: Life) -> dict[str, str]:
    calls = UrgentCall.objects.filter(report__case=life.case).order_by("pk")
    return {one.user.username: one.called for one in calls}


def told() -> dict[str, bool]:
    return {row.receiver: row.told_at is not None for row in UrgentTold.objects.order_by("pk")}


def test_every_body_is_told_or_owed_by_name(office: Office) -> None:
    life = at_the_unit(office)
    report(life)
    assert told() == {
        "government": True, "authority": False, "conference": False, "above": False, "nation": False,
    }  # fmt: skip
    life.do(Move.TELL_URGENT, "2026-10-03")
    assert [name for name, is_told in told().items() if is_told] == ["government", "conference"]
    assert UrgentTold.objects.get(receiver="conference").told_by == "值班员"
    assert_whole()


def test_a_unit_owes_three_and_the_petition_office_the_ones_above_too(office: Office) -> None:
    life = at_the_unit(office)
    report(life, by=office.handler)
    assert list(told()) == ["government", "authority", "conference"]


def test_a_moment_to_come_and_half_an_answer_are_refused_at_their_field(office: Office) -> None:
    life = at_the_unit(office)
    life.refused(Move.REPORT_URGENT, "2026-10-02", "不能晚于现在", government_at="2026-10-02T23:59")
    life.refused(Move.REPORT_URGENT, "2026-10-02", "由谁告知", government_by="")
    life.refused(Move.TELL_URGENT, "2026-10-02", "请至少登记一个")


def test_leader_duty_head_and_unit_head_are_rung_at_night_on_a_holiday(watched: Office) -> None:
    life = at_the_unit(watched)
    report(life)
    assert called(life) == {"unit-head": "head", "head": "duty", "leader": "leader"}
    write_due(at=NIGHT)
    send_due(at=NIGHT)
    rung = Message.objects.filter(matter=life.case.pk, channel=By.SMS, sent_at__isnull=False)
    assert set(rung.values_list("user__username", flat=True)) == {"unit-head", "head", "leader"}


def test_who_opens_the_matter_has_read_it_and_the_others_climb(watched: Office) -> None:
    life = at_the_unit(watched)
    report(life)
    for post in (watched.head, watched.leader):
        signed_in(post).get(life.case.get_absolute_url())
    assert set(UrgentCall.objects.filter(read_at__isnull=False).values_list("user__username", flat=True)) == {
        "head", "leader",
    }  # fmt: skip
    sweep(at=NIGHT + timedelta(minutes=29))
    assert "urgent-climbed" not in life.events()
    sweep(at=NIGHT + timedelta(minutes=30))
    climbed = life.case.events.filter(kind="urgent-climbed")
    assert climbed.count() == 1
    sweep(at=NIGHT + timedelta(minutes=31))
    assert [event.detail["minutes"] for event in climbed] == [30]
    # The head of the petition office stands above the head of a department, and has read already.
    assert UrgentCall.objects.get(user=watched.unit_head.user).climbed_at is not None
    # He is told that it lies with him now; the leader, to whom nothing climbed, is not.
    write_due(at=NIGHT + timedelta(minutes=31))
    told_on = telling("已上报到您", matter=life.case.pk)
    assert set(told_on.values_list("user__username", flat=True)) == {"head"}


def test_what_is_urgent_and_waits_in_vain_is_told_to_the_watcher_of_the_machine(
    watched: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = at_the_unit(watched)
    report(life)

    def failing(found: UrgentReport, at: Any) -> int:
        raise ValueError("a fault of ours")

    monkeypatch.setattr(rounds, "_climb", failing)
    with time_machine.travel(NIGHT + timedelta(minutes=41), tick=False):
        sweep(at=NIGHT + timedelta(minutes=41))
        with pytest.raises(NotWellError, match="1 urgent"):
            rounds.check_urgent()
        for post in (watched.head, watched.leader, watched.unit_head):
            signed_in(post).get(life.case.get_absolute_url())
        rounds.check_urgent()


def test_nobody_at_a_desk_is_nobody_told_so_the_one_above_is_called(office: Office) -> None:
    Post.objects.filter(pk=office.unit_head.pk).update(to_on=office.unit_head.from_on)
    life = at_the_unit(office)
    report(life)
    assert called(life) == {"head": "duty", "leader": "leader"}


def test_unread_in_the_county_goes_to_the_city(office: Office) -> None:
    county_leader = PostFactory(unit=office.county, role="leader", user__username="county-leader")
    life = begins(office, "2026-10-01", by=office.county_clerk)
    life.do(Move.REPORT_URGENT, "2026-10-02", by=office.county_clerk, o_clock=23)
    assert set(called(life)) == {"county-head", county_leader.user.username}
    sweep(at=NIGHT + timedelta(minutes=45))
    assert {"head", "leader"} <= set(called(life))


def test_what_is_not_told_in_its_hours_lapses_and_is_told_on(office: Office) -> None:
    life = at_the_unit(office)
    report(life)
    sweep(at=NIGHT + timedelta(hours=2))
    assert "urgent-lapsed" not in life.events()
    sweep(at=NIGHT + timedelta(hours=2, minutes=1))
    sweep(at=NIGHT + timedelta(hours=3))
    assert life.events().count("urgent-lapsed") == 4
    write_due(at=NIGHT + timedelta(hours=3))
    owed = telling("逾期未报告", matter=life.case.pk)
    assert {"head", "leader"} <= set(owed.values_list("user__username", flat=True))


def test_a_mistaken_report_is_taken_back_with_its_trace(office: Office) -> None:
    life = at_the_unit(office)
    report(life)
    life.do(Move.TAKE_BACK_URGENT, "2026-10-02", by=office.head, o_clock=23)
    kept = UrgentReport.objects.get()
    assert (kept.taken_back_by, life.case.is_urgent, life.events()[-1]) == (
        office.head.user, False, "take-back-urgent",
    )  # fmt: skip
    sweep(at=hour("2026-10-04"))
    assert not {"urgent-climbed", "urgent-lapsed"} & set(life.events())
    write_due(at=hour("2026-10-04"))
    back = telling("已撤回", matter=life.case.pk)
    assert set(back.values_list("user__username", flat=True)) == {"unit-head", "head", "leader"}


def test_a_clerk_of_the_window_reports_and_takes_nothing_back(office: Office) -> None:
    life = at_the_unit(office)
    report(life, by=office.clerk)
    answers = [
        program(post).post(f"/api/cases/{life.case.number}/moves/take-back-urgent/", {"reason": "误报"}, format="json")
        for post in (office.clerk, office.handler, office.water_head)
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 404]


def test_urgent_at_the_registration_is_owed_to_everybody_at_once(office: Office) -> None:
    life = begins(office, "2026-10-02", is_urgent=True)
    assert set(told().values()) == {False}
    assert {"head", "leader"} <= set(called(life))


def test_a_sealed_matter_calls_only_who_may_know_of_it(office: Office) -> None:
    life = begins(office, "2026-10-02", is_urgent=True, purpose="expose")
    assert set(called(life)) == {"head"}


def test_page_and_program_show_who_was_told_and_who_has_read(office: Office) -> None:
    life = at_the_unit(office)
    report(life)
    page = signed_in(office.registrar).get(life.case.get_absolute_url()).content.decode()
    urgent = program(office.registrar).get(f"/api/cases/{life.case.number}/").json()["urgent"]
    assert ("尚待报告" in page or "逾期未报告" in page, "未阅" in page) == (True, True)
    assert [one["receiver"] for one in urgent[0]["told"]][:2] == ["government", "authority"]
    assert len(urgent[0]["calls"]) == 3


def test_who_is_called_finds_it_on_top_of_the_home_page_until_it_is_opened(watched: Office) -> None:
    life = at_the_unit(watched)
    report(life)
    assert "重大紧急，请立即打开阅处" in home(watched.leader)
    assert "请立即打开阅处" not in home(watched.inspector)
    signed_in(watched.leader).get(life.case.get_absolute_url())
    assert "请立即打开阅处" not in home(watched.leader)


def home(post: Post) -> str:
    return signed_in(post).get("/").content.decode()


def test_a_body_that_was_written_down_as_told_by_mistake_is_owed_again(office: Office) -> None:
    life = at_the_unit(office)
    report(life)
    assert told()["government"]
    life.refused(Move.UNTELL_URGENT, "2026-10-02", "岗位|可选的范围", by=office.handler)
    life.refused(Move.UNTELL_URGENT, "2026-10-02", "登记有误的机关不在可选的范围内", receivers=["authority"])
    life.do(Move.UNTELL_URGENT, "2026-10-03")
    assert not told()["government"]
    event = life.case.events.get(kind="untell-urgent")
    assert event.detail["before"][0].startswith("本级党委和政府（")
    sweep(at=hour("2026-10-03", 12))
    assert "urgent-lapsed" in life.events()


@pytest.mark.parametrize("end", [Move.ANSWER_DIRECTLY, Move.DECLINE, Move.ROUTE, Move.MERGE])
def test_what_is_owed_outlives_the_file_and_can_be_told_when_it_is_closed(office: Office, end: Move) -> None:
    master = begins(office, "2026-09-30").case
    life = begins(office, "2026-09-30", is_urgent=True, purpose="advise" if end is Move.ANSWER_DIRECTLY else "settle")
    sorted_as: dict[Move, dict[str, object]] = {
        Move.ANSWER_DIRECTLY: {"kind": Kind.ADVICE, "legal_way": LegalWay.ADVICE},
        Move.ROUTE: {"legal_way": LegalWay.ADMINISTRATIVE},
    }
    life.do(Move.TRIAGE, "2026-09-30", **sorted_as.get(end, {}))
    life.do(end, "2026-09-30", o_clock=10, **({"into": master.number} if end is Move.MERGE else {}))
    assert not life.case.is_open
    life.do(Move.TELL_URGENT, "2026-09-30", o_clock=11)
    report = life.case.urgent_reports.get()
    told = set(report.told.exclude(told_at=None).values_list("receiver", flat=True))
    life.until("2026-10-08")
    assert told
    assert set(report.told.exclude(lapsed_at=None).values_list("receiver", flat=True)) == (
        set(report.told.values_list("receiver", flat=True)) - told
    )
    life.do(Move.TAKE_BACK_URGENT, "2026-10-08", by=office.head)
    assert_whole()


def test_an_entry_with_an_urgent_report_is_void_only_after_the_report_was_taken_back(office: Office) -> None:
    life = begins(office, "2026-09-30", is_urgent=True)
    life.refused(Move.VOID, "2026-09-30", "请先“撤回重大紧急报告”")
    life.do(Move.TAKE_BACK_URGENT, "2026-09-30", by=office.head)
    life.do(Move.VOID, "2026-09-30", by=office.head)
    life.until("2026-10-08")
    assert [event for event in life.events() if event.startswith("urgent")] == []
