"""检举控告 found out late: what had been ordinary, known and supervised, exists for nobody but those who are named."""

import json
from typing import Any

import pytest
from django.urls import reverse

from binzhou_xinfang.accounts.models import Unit, UnitKind
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds.handling import INVESTIGATION_REPORT
from binzhou_xinfang.notices.models import Channel as By
from binzhou_xinfang.notices.models import Message
from binzhou_xinfang.notices.sending import send_due
from binzhou_xinfang.notices.sight import bells_of
from binzhou_xinfang.notices.writing import write_due
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.models import AccessLog
from cases.covers import COVERS, PLAIN, Door, check_words, of_a_matter
from cases.drafts.kinds import kinds_for
from cases.drafts.verbs import draft_letter
from cases.models import LetterDraft, Petition, PetitionCase
from cases.queries import visible_to
from cases.states import EVENTS, Move, OfMatter, State
from cases.states.drafts import DraftState
from cases.vocabulary import Kind, LegalWay, Purpose
from cases.worklists.search import find
from supervision.causes.verbs import bring_up
from supervision.models import Measure, Stage, SupervisionCase
from tests.cases.api_client import on_monday, program, registration
from tests.cases.pages import signed_in
from tests.factories import PostFactory, UnitFactory
from tests.lives.story import Life, assert_whole, begins, hour
from tests.office import Office, register
from tests.told import telling

__all__ = ["on_monday"]

REPORT = {"kind": Kind.REPORT, "legal_way": LegalWay.DISCIPLINE, "legal_basis": "干部管理权限"}
NAMED = {"head"}


def ordinary(office: Office) -> Life:
    """A matter that others know, help with, write in and are urged about; it has come back to the office."""
    life = begins(office, "2026-09-21", accused_unit=office.housing)
    life.do(Move.TRIAGE, "2026-09-22")
    life.do(Move.REFER, "2026-09-22")
    life.do(Move.SIGN_FOR, "2026-09-23")
    life.do(Move.CALL_IN, "2026-09-23")
    draft_letter(life.case, kind=INVESTIGATION_REPORT, facts={}, by=office.handler, at=hour("2026-09-23"))
    bring_up(
        life.case, measure=Measure.SUPERVISION, unit=office.housing, problem="告知不及时", article="第四十条",
        by=office.head, at=hour("2026-09-24"),
    )  # fmt: skip
    life.do(Move.OBJECT, "2026-09-24", reason="经核对职责分工，该事项不属于本单位的职权范围。")
    life.do(Move.AGREE_OBJECTION, "2026-09-25")
    return life


def sealed(office: Office) -> Life:
    life = ordinary(office)
    life.do(Move.TRIAGE, "2026-09-28", by=office.registrar, **REPORT)
    return life


def told(life: Life) -> set[str]:
    """List whose bells still tell of it."""
    mine = Message.objects.filter(matter=life.case.pk)
    posts = life.office.every_post()
    return {post.user.username for post in posts if bells_of(post.user, [post]).filter(pk__in=mine).exists()}


@pytest.fixture
def helped(office: Office) -> Office:
    for post in (office.handler, office.registrar, office.head):
        post.user.phone = "13912340000"
        post.user.save(update_fields=["phone"])
    return office


def test_of_a_matter_sealed_late_nothing_is_left_for_who_knew_it(helped: Office) -> None:
    office, life = helped, ordinary(helped)
    life.until("2026-10-12")
    write_due(at=hour("2026-10-12"))
    before = told(life)
    life.do(Move.TRIAGE, "2026-10-13", by=office.registrar, **REPORT)
    assert before > NAMED
    assert (life.seen_by(), told(life)) == (NAMED, NAMED & before)
    for post in office.every_post():
        found = any(find(post, text).exists() for text in (life.case.number, life.case.title, "刘某"))
        assert found == (post.user.username in NAMED)
    assert_whole()


def test_a_notice_of_a_correction_or_of_what_is_asked_goes_with_the_seal(office: Office) -> None:
    life = begins(office, "2026-09-21", accused_unit=office.housing)
    life.do(Move.TRIAGE, "2026-09-22")
    life.do(Move.REFER, "2026-09-22")
    life.do(Move.AMEND, "2026-09-22")
    life.do(Move.TAKE_BACK, "2026-09-23")
    write_due(at=hour("2026-09-23"))
    of_it = telling(life.case.number, user=office.handler.user)
    assert bells_of(office.handler.user, [office.handler]).filter(pk__in=of_it).count() == 2
    life.do(Move.TRIAGE, "2026-09-24", by=office.registrar, **REPORT)
    assert not bells_of(office.handler.user, [office.handler]).filter(pk__in=of_it).exists()


def test_what_others_owed_and_wrote_ends_with_the_seal(office: Office) -> None:
    life = sealed(office)
    assert set(LetterDraft.objects.values_list("state", flat=True)) == {DraftState.DISCARDED}
    assert set(SupervisionCase.objects.values_list("stage", flat=True)) == {Stage.DROPPED}
    assert not life.case.co_handlings.filter(fed_back_on=None, released_on=None).exists()
    running = life.case.deadlines.running()
    assert set(running.values_list("rule", "unit")) == {("triage", office.bureau.pk)}
    assert (life.case.is_supervised, life.case.co_handlers) == (False, [])
    # 09-21 + 15 = Tue 10-06, National Day: legal Thu 10-08. The office's own first day was kept.
    assert life.clock("triage") == "triage from 2026-09-21 until 2026-10-06 (legal 2026-10-08): runs"


def test_a_text_message_that_waits_is_not_sent_to_who_may_no_longer_know(helped: Office) -> None:
    life = ordinary(helped)
    note = Message.objects.filter(matter=life.case.pk)
    life.until("2026-10-09")
    write_due(at=hour("2026-10-09"))
    waiting = note.filter(channel=By.SMS, sent_at=None)
    assert waiting.exists()
    life.do(Move.TRIAGE, "2026-10-09", by=helped.registrar, o_clock=10, **REPORT)
    send_due(at=hour("2026-10-09", 11))
    reached = set(note.filter(channel=By.SMS, sent_at__isnull=False).values_list("user__username", flat=True))
    assert reached <= NAMED
    assert not note.filter(next_try_at__isnull=False).exclude(user__username__in=NAMED).exists()


def test_what_was_merged_into_it_is_sealed_with_it(office: Office) -> None:
    master, life = begins(office, "2026-09-21"), begins(office, "2026-09-22")
    life.do(Move.TRIAGE, "2026-09-22")
    life.do(Move.MERGE, "2026-09-22", into=master.case.number)
    master.reload()
    master.do(Move.TRIAGE, "2026-09-23", by=office.head, **REPORT)
    life.reload()
    assert (life.case.is_sealed, life.seen_by()) == (True, {"clerk", "head"})


def test_what_was_written_in_a_merged_matter_ends_with_the_seal_of_its_master(office: Office) -> None:
    master, life = begins(office, "2026-09-21"), begins(office, "2026-09-22")
    life.do(Move.TRIAGE, "2026-09-22")
    draft_letter(
        life.case, kind=kinds_for(office.registrar, life.case)[0], facts={}, by=office.registrar,
        at=hour("2026-09-22"),
    )  # fmt: skip
    life.do(Move.MERGE, "2026-09-22", into=master.case.number)
    master.reload()
    master.do(Move.TRIAGE, "2026-09-23", by=office.head, **REPORT)
    assert LetterDraft.objects.get().state == DraftState.DISCARDED


def test_another_matter_no_longer_tells_its_number(office: Office) -> None:
    master, joined = begins(office, "2026-09-21"), begins(office, "2026-09-21")
    joined.do(Move.TRIAGE, "2026-09-22")
    joined.do(Move.MERGE, "2026-09-22", into=master.case.number)
    joined.do(Move.SPLIT, "2026-09-23")
    page = signed_in(office.registrar).get(master.reload().get_absolute_url()).content.decode()
    joined.do(Move.TRIAGE, "2026-09-24", by=office.registrar, **REPORT)
    after = signed_in(office.registrar).get(master.case.get_absolute_url()).content.decode()
    events = signed_in(office.registrar).get(reverse("api:events", args=[master.case.number])).json()
    number = joined.case.number
    assert (number in page, number in after, number in json.dumps(events)) == (True, False, False)


def test_the_matter_that_an_arrival_left_no_longer_tells_its_number(office: Office) -> None:
    life = begins(office, "2026-09-21")
    life.do(Move.TRIAGE, "2026-09-22")
    life.comes_again("2026-09-22", content="物业经理收了施工队的钱，请查处。")
    number = life.case.petitions.order_by("pk").reverse()[0].number
    life.do(Move.CORRECT_ARRIVAL, "2026-09-22", arrival=number, phone="13911112222", people="")
    life.do(Move.DETACH, "2026-09-22", arrival=number, region="371602", requests=["查处"])
    reader, pages = (
        signed_in(office.registrar),
        (life.case.get_absolute_url(), f"/api/cases/{life.case.number}/events/"),
    )
    before = [number in reader.get(page).content.decode() for page in pages]
    own = Life(office, PetitionCase.objects.get(number=number), life.watched)
    own.do(Move.TRIAGE, "2026-09-23", by=office.registrar, **REPORT)
    assert (before, [number in reader.get(page).content.decode() for page in pages]) == ([True, True], [False, False])


def test_the_number_of_an_arrival_or_a_matter_stands_in_a_field_that_covers_it() -> None:
    named = {"arrival", "petition", "case", "earlier", "follows"}
    plain = [
        f"{kind.name}.{name}"
        for kind in EVENTS
        for name, field in kind.fields.items()
        if name in named and not isinstance(field, OfMatter) and field.say is not None
    ]
    assert plain == []


@pytest.mark.parametrize(("who", "is_told"), [("registrar", True), ("housing_registrar", False)])
def test_the_form_of_a_merge_tells_of_matters_that_its_reader_may_read_alone(
    office: Office, who: str, is_told: bool
) -> None:
    other, report = register(office), register(office, purpose=Purpose.EXPOSE)
    reader = getattr(office, who)
    mine = Life(office, register(office, by=reader).case, hour("2026-09-21").date())
    mine.do(Move.TRIAGE, "2026-09-22", by=reader)
    page = signed_in(reader).get(f"{mine.case.get_absolute_url()}moves/merge/").content.decode()
    assert (other.number in page, report.number in page) == (is_told, False)


def test_every_table_of_a_matter_has_its_cover() -> None:
    assert of_a_matter() - set(COVERS) == set()


def test_a_column_of_text_that_stands_plain_without_a_reason_is_refused_at_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert check_words(None) == []
    monkeypatch.setitem(PLAIN.entries, Petition, {"number": "a key", "nothing": "no such column"})
    assert [fault.msg.partition(":")[0] for fault in check_words(None)] == [
        "cases.Petition.external_id", "cases.Petition.nothing",
    ]  # fmt: skip


@pytest.mark.parametrize("label", sorted(model._meta.label for model, cover in COVERS.items() if cover.scope))
def test_no_scope_of_a_stranger_holds_a_row_of_it(office: Office, label: str) -> None:
    life = sealed(office)
    model = next(model for model in COVERS if model._meta.label == label)
    scope = COVERS[model].scope
    assert scope is not None
    keys = {"cases.PetitionCase": "pk", "notices.Message": "matter"}.get(label, "case_id")
    for post in office.every_post():
        if post.user.username not in NAMED:
            assert not scope(post).filter(**{keys: life.case.pk}).exists(), f"{post}: {label}"


def test_a_door_of_its_own_is_read_through_a_scope() -> None:
    assert [model for model, cover in COVERS.items() if (cover.door is Door.SCOPE) is (cover.scope is None)] == []


# --- lists are looked at too


@pytest.mark.parametrize("address", ["cases:list", "cases:home", "cases:drafts", "notices:list"])
def test_a_look_at_a_line_of_it_is_logged_with_its_number(helped: Office, address: str) -> None:
    life = sealed(helped)
    life.until("2026-10-12")
    write_due(at=hour("2026-10-12"))
    page = signed_in(helped.head).get(reverse(address)).content.decode()
    lines = AccessLog.objects.filter(act=AccessAct.LIST_SEALED, user=helped.head.user)
    assert (life.case.number in page) == any(life.case.number in line.reason for line in lines)
    assert lines.count() <= 1


def test_a_list_of_a_program_is_logged_and_one_without_it_is_not(office: Office) -> None:
    life = sealed(office)
    signed_in(office.head).get(reverse("api:cases"))
    signed_in(office.registrar).get(reverse("api:cases"))
    lines = AccessLog.objects.filter(act=AccessAct.LIST_SEALED)
    assert [(line.user.username, line.reason) for line in lines if line.user] == [("head", life.case.number)]


def test_the_auditor_reads_that_a_list_was_seen_without_its_numbers(office: Office) -> None:
    life, auditor = sealed(office), PostFactory(unit=office.bureau, role="auditor")
    signed_in(office.head).get(reverse("cases:list"))
    page = signed_in(auditor).get(reverse("cases:audit")).content.decode()
    assert ("列表中看到检举控告" in page, life.case.number in page) == (True, False)


# --- a report against the office itself


def against(office: Office, **changes: Any) -> PetitionCase:
    return register(office, at=hour("2026-09-21"), purpose=Purpose.EXPOSE, **changes).case


def readers(office: Office, case: PetitionCase) -> set[str]:
    return {post.user.username for post in office.every_post() if visible_to(post).filter(pk=case.pk).exists()}


def test_a_report_against_the_office_goes_to_the_organ_of_discipline_by_being_registered(office: Office) -> None:
    case = against(office, accused_unit=office.bureau)
    assert (case.state, case.holder, case.kind) == (State.REFERRED, office.discipline_unit, Kind.REPORT)
    assert readers(office, case) == {"discipline", "discipline-head"}
    # 第二十三条第四款: the organ tells by rules of its own.
    assert not case.deadlines.running().exists()


def test_a_named_head_who_is_accused_by_name_never_reads_it(office: Office) -> None:
    other = PostFactory(unit=office.bureau, role="office-head", reads_sealed=True, user__name="钱副局")
    case = against(office, accused="市信访局赵局长", accused_unit=None)
    assert (case.state, visible_to(other).filter(pk=case.pk).exists()) == (State.REGISTERED, True)
    assert readers(office, case) == {"clerk"}


def test_when_every_named_person_is_accused_it_leaves_at_once(office: Office) -> None:
    case = against(office, accused="市信访局赵局长")
    assert readers(office, case) == {"discipline", "discipline-head"}


@pytest.mark.parametrize(
    ("accused", "leaves"),
    [
        ("滨州市信访局", True), ("滨州市信访局办公室主任", True), ("市信访局", True), ("钱某", False),
        ("邹平市信访局", False), ("滨州市某公司", False),
    ],
)  # fmt: skip
def test_a_report_whose_words_name_the_office_leaves_it_at_once(office: Office, accused: str, leaves: bool) -> None:
    Unit.objects.filter(pk=office.bureau.pk).update(short_name="市信访局")
    UnitFactory(code="zpxf", name="邹平市信访局", kind=UnitKind.PETITION_OFFICE, parent=office.city, letter_mark="")
    case = against(office, accused=accused, accused_unit=None)
    assert readers(office, case) == ({"discipline", "discipline-head"} if leaves else {"clerk", "head"})


def test_who_ticks_that_it_leaves_is_told_when_it_would_not(office: Office, on_monday: None) -> None:
    sent = registration(office, purpose="expose", accused="钱某") | {"knows_of_leaving": True}
    refused = program(office.clerk).post("/api/petitions/", sent, format="json")
    assert (refused.status_code, "不会移送" in refused.content.decode()) == (400, True)
    assert not PetitionCase.objects.exists()


def test_it_is_said_before_it_is_registered(office: Office, on_monday: None) -> None:
    sent = registration(office, purpose="expose", accused_unit="bzxf")
    refused = program(office.clerk).post("/api/petitions/", sent, format="json")
    assert (refused.status_code, "市纪委监委" in refused.content.decode()) == (400, True)
    taken = program(office.clerk).post("/api/petitions/", sent | {"knows_of_leaving": True}, format="json")
    case = PetitionCase.objects.get()
    assert (taken.status_code, readers(office, case)) == (201, {"discipline", "discipline-head"})


def test_without_an_organ_that_may_take_it_the_petitioner_is_told_where_to_go(office: Office) -> None:
    with pytest.raises(Refusal, match="向有管理权限的纪检监察机关提出"):
        against(office, accused_unit=office.city)
    assert not PetitionCase.objects.exists()


def test_the_accused_unit_s_own_organ_of_discipline_never_gets_it(office: Office) -> None:
    case = register(office, at=hour("2026-09-21"), purpose=Purpose.EXPOSE, accused_unit=office.discipline_unit).case
    assert readers(office, case) == {"clerk", "head"}


# --- what proves later to be a report against the office itself


def accuses_the_office(office: Office) -> Life:
    return begins(office, "2026-09-21", purpose=Purpose.SETTLE, accused_unit=office.bureau)


DISCIPLINE = {"discipline", "discipline-head"}


def test_triaged_as_a_report_against_the_office_it_leaves_by_that_very_act(office: Office) -> None:
    life = accuses_the_office(office)
    life.do(Move.TRIAGE, "2026-09-22", by=office.registrar, **REPORT)
    assert (life.reload().state, life.case.holder, life.seen_by()) == (
        State.REFERRED, office.discipline_unit, DISCIPLINE,
    )  # fmt: skip
    assert_whole()


@pytest.mark.parametrize("state", [State.REGISTERED, State.TRIAGED, State.AWAITING_DATA])
def test_corrected_to_a_report_against_the_office_it_leaves_by_that_very_act(office: Office, state: State) -> None:
    life = accuses_the_office(office)
    if state is not State.REGISTERED:
        life.do(Move.ASK_DATA if state is State.AWAITING_DATA else Move.TRIAGE, "2026-09-22")
    life.do(Move.CORRECT, "2026-09-23", purpose="expose", knows_of_leaving="on")
    assert (life.reload().state, life.case.holder, life.seen_by()) == (
        State.REFERRED, office.discipline_unit, DISCIPLINE,
    )  # fmt: skip
    assert_whole()


def test_a_report_found_later_to_accuse_its_only_named_person_leaves_by_the_correction(office: Office) -> None:
    case = against(office, accused_unit=None)
    life = Life(office, case, hour("2026-09-21").date())
    life.do(Move.CORRECT, "2026-09-22", by=office.clerk, accused="市信访局赵局长", knows_of_leaving="on")
    assert (life.reload().holder, life.seen_by()) == (office.discipline_unit, DISCIPLINE)


def test_a_correction_asks_for_the_tick_where_it_would_send_the_matter_away_and_only_there(office: Office) -> None:
    life = accuses_the_office(office)
    clerk, url = signed_in(office.clerk), f"{life.case.get_absolute_url()}moves/correct/"
    sent = {"version": life.case.version, "correction_reason": "信访人反映的是举报", "purpose": "expose"}
    assert "knows_of_leaving" not in clerk.get(url).content.decode()
    answer = clerk.post(url, sent)
    assert (answer.status_code, 'name="knows_of_leaving"' in answer.content.decode()) == (422, True)
    assert "直接移送市纪委监委" in answer.content.decode()
    assert clerk.post(url, sent | {"knows_of_leaving": "on"}).status_code == 302
    assert life.reload().holder == office.discipline_unit


def test_what_is_unsealed_is_sorted_anew(office: Office) -> None:
    life = sealed(office)
    assert (life.case.kind, life.case.state) == (Kind.REPORT, State.TRIAGED)
    life.do(Move.UNSEAL, "2026-09-29", by=office.head)
    assert (life.case.kind, life.case.legal_way, life.case.state) == ("", "", State.REGISTERED)
