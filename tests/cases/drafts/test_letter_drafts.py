"""文书拟制: letters that no move owns, drafted, checked and signed by three hands."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import NotPermitted, Refusal, Stale
from binzhou_xinfang.letters.kinds import FACTS, LetterKind
from binzhou_xinfang.letters.kinds.ending import COMMITMENT, FILE_CATALOGUE
from binzhou_xinfang.letters.kinds.handling import INVESTIGATION_REPORT
from binzhou_xinfang.letters.kinds.registration import RECEIPT
from binzhou_xinfang.letters.kinds.reports import ANNUAL_REPORT, LEADER_READING
from binzhou_xinfang.letters.kinds.supervision import POLICY_PROPOSAL, RISK_LETTER, SUPERVISION_LETTER
from binzhou_xinfang.process.ahead import Ahead
from binzhou_xinfang.process.taking import take
from cases.drafts.kinds import kinds_by_hand, kinds_for
from cases.drafts.life import drafts, likely_step, visible_drafts, waiting_for
from cases.drafts.prefill import prefill
from cases.drafts.steps import DraftStep
from cases.drafts.verbs import check, draft_letter
from cases.models import LetterDraft, PetitionCase
from cases.states import TRANSITIONS, State
from cases.states.drafts import DraftState
from cases.vocabulary import Purpose
from cases.web.drafts.draft_form import ASK_WHY, form_for
from tests.cases.api_client import program, url_of
from tests.cases.pages import HTMX, signed_in, version_in
from tests.factories import PostFactory
from tests.office import MONDAY, Office, case_in, register

KIND = SUPERVISION_LETTER
FACTS_GIVEN: dict[str, Any] = {
    "addressee": "市住房和城乡建设局",
    "case_number": "x",
    "matter": "地下车库漏水无人维修",
    "problem": "超期未办结",
    "findings": ["60日已满，没有答复"],
    "basis": "《信访工作条例》第三十四条",
    "demands": ["立即办结", "说明原因"],
    "feedback_due_on": "2025-03-17",
}


@pytest.fixture(autouse=True)
def _monday() -> object:
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def case(office: Office) -> PetitionCase:
    return case_in(office, State.HANDLING)


@pytest.fixture
def checker(office: Office) -> Post:
    """A second registrar of the bureau."""
    return PostFactory(unit=office.bureau, role=Role.REGISTRAR, user__username="checker", user__name="何审稿")


def drafted(case: PetitionCase, by: Post, **changes: Any) -> LetterDraft:
    return draft_letter(case, kind=KIND, facts=FACTS_GIVEN | changes, by=by, at=MONDAY)


def step(draft: LetterDraft, chosen: DraftStep, by: Post, **given: Any) -> LetterDraft:
    reason = {"note": given.pop("note", "")} if chosen in ASK_WHY else {}
    given.pop("note", None)
    return take(drafts, chosen, LetterDraft.objects.get(pk=draft.pk), by=by, at=MONDAY, **given, **reason)


def steps_now(post: Post, draft: LetterDraft) -> list[str]:
    offers = Ahead(drafts, [draft], MONDAY.date()).offers(draft, post)
    return [offer.row.key.value for offer in offers if not offer.gap]


def kinds(case: PetitionCase) -> list[str]:
    return list(case.events.order_by("seq").values_list("kind", flat=True))


def test_no_kind_that_a_move_owns_is_written_by_hand() -> None:
    owned = {kind for row in TRANSITIONS.values() for kind in row.letters}
    assert owned & set(kinds_by_hand()) == set()
    assert {KIND, RISK_LETTER, POLICY_PROPOSAL, LEADER_READING} <= set(kinds_by_hand())


def test_what_is_printed_at_the_window_or_written_by_the_petitioner_is_not_drafted() -> None:
    others = {RECEIPT, ANNUAL_REPORT, COMMITMENT, FILE_CATALOGUE}
    assert others & set(kinds_by_hand()) == set()


def test_the_office_supervises_and_the_handling_unit_reports(office: Office, case: PetitionCase) -> None:
    assert KIND in kinds_for(office.registrar, case)
    assert INVESTIGATION_REPORT not in kinds_for(office.registrar, case)
    assert KIND not in kinds_for(office.handler, case)
    assert INVESTIGATION_REPORT in kinds_for(office.handler, case)


def test_who_drafts(office: Office, case: PetitionCase) -> None:
    writers = [post.user.username for post in office.every_post() if kinds_for(post, case)]
    # Whether they see this very matter is asked besides.
    assert writers == [
        "registrar", "head", "handler", "colleague", "unit-head", "county-head", "inspector", "housing-registrar",
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["county_clerk", "water_handler", "leader", "administrator", "handler"])
def test_others_do_not_draft_a_letter_of_the_office(office: Office, case: PetitionCase, who: str) -> None:
    with pytest.raises(NotPermitted):
        drafted(case, getattr(office, who))


def test_an_inspector_who_does_not_see_the_matter_does_not_draft(office: Office, case: PetitionCase) -> None:
    with pytest.raises(NotPermitted):
        drafted(case, office.inspector)


def test_three_hands_make_a_numbered_letter_of_the_matter(office: Office, case: PetitionCase, checker: Post) -> None:
    before = kinds(case)
    draft = drafted(case, office.registrar)
    step(draft, DraftStep.CHECK, checker)
    done = step(draft, DraftStep.SIGN, office.head)
    link = case.letters.order_by("pk").last()
    event = case.events.order_by("seq").last()
    assert link is not None
    assert event is not None
    assert (done.state, done.letter, link.letter.number, link.move) == (
        DraftState.SIGNED, link.letter, "滨信督〔2025〕1号", "",
    )  # fmt: skip
    assert "请最迟于2025年3月17日整改到位" in "".join(link.letter.paragraphs)
    assert kinds(case)[len(before) :] == ["letter-drafted", "letter-checked", "letter-signed"]
    assert (event.actor, event.detail["letters"]) == (office.head.user, ["滨信督〔2025〕1号"])


def test_a_letter_changes_neither_state_nor_version_of_the_matter(
    office: Office, case: PetitionCase, checker: Post
) -> None:
    draft = drafted(case, office.registrar)
    step(draft, DraftStep.CHECK, checker)
    step(draft, DraftStep.SIGN, office.head)
    now = PetitionCase.objects.get(pk=case.pk)
    assert (now.state, now.version) == (case.state, case.version)


@pytest.mark.parametrize("chosen", [DraftStep.CHECK, DraftStep.RETURN])
def test_the_drafter_does_not_check(office: Office, case: PetitionCase, chosen: DraftStep) -> None:
    draft = drafted(case, office.head)
    with pytest.raises(NotPermitted, match="三个人"):
        step(draft, chosen, office.head, note="x")


def test_neither_drafter_nor_checker_signs(office: Office, case: PetitionCase, checker: Post) -> None:
    second_head, _third = (PostFactory(unit=office.bureau, role=Role.OFFICE_HEAD) for _ in range(2))
    draft = drafted(case, second_head)
    step(draft, DraftStep.CHECK, office.head)
    for hand in (second_head, office.head):
        with pytest.raises(NotPermitted):
            step(draft, DraftStep.SIGN, hand)


def test_who_is_no_head_does_not_sign(office: Office, case: PetitionCase, checker: Post) -> None:
    PostFactory(unit=office.bureau, role=Role.OFFICE_HEAD)
    draft = step(drafted(case, office.head), DraftStep.CHECK, office.registrar)
    with pytest.raises(NotPermitted):
        step(draft, DraftStep.SIGN, checker)


NOBODY_SIGNS = "本单位除拟稿人、审核人外没有可以签发的人员，请先由管理员配置岗位。"


def test_the_only_head_is_not_offered_a_check_after_which_nobody_could_sign(
    office: Office, case: PetitionCase, checker: Post
) -> None:
    draft = drafted(case, office.registrar)
    assert (steps_now(office.head, draft), steps_now(checker, draft)) == (["return", "discard"], ["check", "return"])
    with pytest.raises(Refusal, match=NOBODY_SIGNS):
        step(draft, DraftStep.CHECK, office.head)
    url = reverse("cases:draft-step", args=[case.number, draft.pk, "check"])
    browser = signed_in(office.head)
    pages = [browser.get(url), browser.get(reverse("cases:draft", args=[case.number, draft.pk]))]
    assert [(page.status_code, NOBODY_SIGNS in page.content.decode()) for page in pages] == [(409, True), (200, True)]
    told = program(office.head).get(url_of(case, f"drafts/{draft.pk}/")).json()
    assert (told["steps"], told["gaps"]) == (["return", "discard"], {"check": NOBODY_SIGNS})


def test_of_a_sealed_matter_only_a_named_head_counts_as_somebody_who_signs(office: Office) -> None:
    case = register(office, purpose=Purpose.EXPOSE).case
    PostFactory(unit=office.bureau, role=Role.OFFICE_HEAD)
    named = PostFactory(unit=office.bureau, role=Role.REGISTRAR, reads_sealed=True)
    draft = drafted(case, office.head)
    assert steps_now(named, draft) == ["return"]


def test_who_is_alone_at_the_unit_begins_no_letter(office: Office) -> None:
    # Nobody else there reads the report of wrongdoing.
    case = register(office, purpose=Purpose.EXPOSE).case
    words = "本单位除拟稿人外没有可以审核通过的人员，请先由管理员配置岗位。"
    with pytest.raises(Refusal, match=words):
        drafted(case, office.head)
    page = signed_in(office.head).get(new_url(case))
    assert (page.status_code, words in page.content.decode()) == (409, True)


def test_a_missing_fact_is_named_at_the_signature_and_takes_no_number(
    office: Office, case: PetitionCase, checker: Post
) -> None:
    draft = drafted(case, office.registrar, demands=[])
    step(draft, DraftStep.CHECK, checker)
    with pytest.raises(Refusal, match="督办要求"):
        step(draft, DraftStep.SIGN, office.head)
    assert LetterDraft.objects.get(pk=draft.pk).state == DraftState.CHECKED
    assert case.letters.filter(letter__kind=KIND).count() == 0


def test_what_is_returned_goes_through_all_hands_again(office: Office, case: PetitionCase, checker: Post) -> None:
    draft = drafted(case, office.registrar)
    step(draft, DraftStep.CHECK, checker)
    step(draft, DraftStep.RETURN, office.head, note="补充依据")
    assert LetterDraft.objects.get(pk=draft.pk).note == "补充依据"
    done = step(draft, DraftStep.REVISE, office.registrar, facts=FACTS_GIVEN | {"basis": "新依据"})
    assert (done.state, done.checked_by, done.facts["basis"]) == (DraftState.DRAFTED, None, "新依据")


@pytest.mark.parametrize("chosen", [DraftStep.RETURN, DraftStep.DISCARD])
def test_no_draft_is_put_back_without_a_reason(office: Office, case: PetitionCase, chosen: DraftStep) -> None:
    with pytest.raises(Refusal, match="理由"):
        step(drafted(case, office.registrar), chosen, office.head, note=" ")


def test_a_draft_is_discarded_by_its_drafter_or_a_head_alone(office: Office, case: PetitionCase, checker: Post) -> None:
    draft = drafted(case, office.registrar)
    hands = (office.registrar, checker, office.head)
    assert [DraftStep.DISCARD in steps_now(post, draft) for post in hands] == [True, False, True]


def test_the_one_primary_step_leads_on_and_back_when_a_fact_is_missing() -> None:
    at_signature, at_check = [DraftStep.RETURN, DraftStep.SIGN], [DraftStep.CHECK, DraftStep.RETURN]
    assert likely_step(at_signature, is_complete=True) == DraftStep.SIGN
    assert likely_step(at_signature, is_complete=False) == DraftStep.RETURN
    assert likely_step(at_check, is_complete=False) == DraftStep.CHECK
    assert likely_step([], is_complete=True) is None


def test_only_the_drafter_revises(office: Office, case: PetitionCase, checker: Post) -> None:
    with pytest.raises(NotPermitted):
        step(drafted(case, office.registrar), DraftStep.REVISE, checker, facts={})


def test_what_is_signed_or_discarded_takes_no_step_more(office: Office, case: PetitionCase, checker: Post) -> None:
    draft = drafted(case, office.registrar)
    step(draft, DraftStep.DISCARD, office.head, note="不再需要")
    now = LetterDraft.objects.get(pk=draft.pk)
    assert [steps_now(post, now) for post in office.every_post()] == [[] for _ in office.every_post()]
    with pytest.raises(Refusal, match="已作废"):
        step(draft, DraftStep.CHECK, checker)


def test_a_second_draft_of_a_kind_waits_until_the_first_is_done(office: Office, case: PetitionCase) -> None:
    drafted(case, office.registrar)
    with pytest.raises(Refusal, match="已有一份"):
        drafted(case, office.head)


def test_a_step_on_a_draft_that_somebody_has_changed_is_stale(
    office: Office, case: PetitionCase, checker: Post
) -> None:
    seen = drafted(case, office.registrar)
    step(seen, DraftStep.REVISE, office.registrar, facts=FACTS_GIVEN)
    with pytest.raises(Stale):
        check(seen, by=checker, at=MONDAY)


def test_a_draft_is_seen_and_worked_on_at_its_own_unit_alone(office: Office, case: PetitionCase) -> None:
    draft = drafted(case, office.registrar)
    seers = [post.user.username for post in office.every_post() if visible_drafts(post).exists()]
    assert seers == ["registrar", "head"]
    with pytest.raises(NotPermitted):
        step(draft, DraftStep.CHECK, office.unit_head)


def test_a_draft_waits_for_those_who_can_take_the_next_step(office: Office, case: PetitionCase, checker: Post) -> None:
    posts, road = (office.registrar, checker, office.head), []
    draft = drafted(case, office.registrar)
    for chosen, by in ((None, None), (DraftStep.CHECK, checker), (DraftStep.RETURN, office.head)):
        if chosen and by:
            step(draft, chosen, by, note="补充")
        road.append([post.user.username for post in posts if waiting_for(post).exists()])
    assert road == [["checker", "head"], ["head"], ["registrar"]]


def test_of_a_sealed_matter_only_those_named_draft_and_see(office: Office) -> None:
    case = register(office, purpose=Purpose.EXPOSE).case
    PostFactory(unit=office.bureau, role=Role.REGISTRAR, reads_sealed=True)
    drafted(case, office.head)
    assert [post.user.username for post in office.every_post() if visible_drafts(post).exists()] == ["head"]
    with pytest.raises(NotPermitted):
        drafted(case, office.registrar)


def test_the_matter_fills_in_what_it_knows(office: Office, case: PetitionCase) -> None:
    known = prefill(KIND, case, by=office.registrar, on=date(2025, 3, 3))
    assert known["addressee"] == office.housing.name
    assert (known["case_number"], known["feedback_due_on"]) == (case.number, "2025-03-17")
    report = prefill(INVESTIGATION_REPORT, case, by=office.handler, on=date(2025, 3, 3))
    assert (report["process"], report["requests"]) == (["到现场查看"], [r.text for r in case.requests.all()])


@pytest.mark.parametrize("kind", kinds_by_hand(), ids=lambda kind: kind.value)
def test_every_kind_can_be_filled_in_read_and_signed(office: Office, case: PetitionCase, kind: LetterKind) -> None:
    at_unit = kind in kinds_for(office.handler, case)
    hands = (office.handler, office.colleague, office.unit_head) if at_unit else (office.registrar, None, office.head)
    second = hands[1] or PostFactory(unit=office.bureau, role=Role.REGISTRAR)
    texts = {name: FACTS[name].example for name in kind.required}
    if "addressee" in texts:
        texts["addressee"] = (office.city if kind is POLICY_PROPOSAL else office.housing).name
    form = form_for(kind)({name: "\n".join(v) if isinstance(v, list) else v for name, v in texts.items()})
    assert form.is_valid(), form.errors
    draft = draft_letter(case, kind=kind, facts=form.cleaned_data, by=hands[0], at=MONDAY)
    html = signed_in(hands[0]).get(reverse("cases:draft", args=[case.number, draft.pk])).content.decode()
    assert "未填" not in html
    step(draft, DraftStep.CHECK, second)
    assert step(draft, DraftStep.SIGN, hands[2]).letter is not None


def new_url(case: PetitionCase, kind: LetterKind = KIND) -> str:
    return reverse("cases:draft-new", args=[case.number, kind.value])


def test_the_page_offers_the_kinds_and_fills_the_form(office: Office, case: PetitionCase) -> None:
    browser = signed_in(office.registrar)
    choose = reverse("cases:draft-choose", args=[case.number])
    assert choose in browser.get(case.get_absolute_url()).content.decode()
    assert new_url(case) in browser.get(choose, headers=HTMX).content.decode()
    form = browser.get(new_url(case)).content.decode()
    assert 'value="2025-03-17"' in form
    assert case.number in form


def test_a_half_filled_form_is_kept_and_the_page_marks_what_is_missing(office: Office, case: PetitionCase) -> None:
    browser = signed_in(office.registrar)
    answer = browser.post(new_url(case), {"addressee": "市住建局", "findings": "甲\n乙"})
    html = browser.get(answer.headers["Location"]).content.decode()
    assert "还缺 6 项" in html
    assert "〔未填：督办要求〕" in html
    assert "〔未填：反馈期限〕" in html


def test_the_page_takes_the_steps_and_shows_the_number(office: Office, case: PetitionCase, checker: Post) -> None:
    draft = drafted(case, office.registrar)

    def send(post: Post, chosen: str, **data: str) -> Any:
        url, browser = reverse("cases:draft-step", args=[case.number, draft.pk, chosen]), signed_in(post)
        version = version_in(browser.get(url, headers=HTMX).content.decode())
        return browser.post(url, {"version": version, **data}, follow=True)

    send(checker, "check")
    html = send(office.head, "sign").content.decode()
    assert "滨信督〔2025〕1号" in html
    assert "尚未生效" not in html


def test_a_stale_step_of_the_page_is_refused_and_keeps_the_reason(
    office: Office, case: PetitionCase, checker: Post
) -> None:
    draft = drafted(case, office.registrar)
    step(draft, DraftStep.CHECK, checker)
    url = reverse("cases:draft-step", args=[case.number, draft.pk, "return"])
    answer = signed_in(office.head).post(url, {"version": "1", "note": "依据不足"}, headers=HTMX)
    html = answer.content.decode()
    assert (answer.status_code, version_in(html)) == (422, "2")
    assert "刚刚已由他人办理" in html
    assert "依据不足" in html


def test_the_course_names_no_letter_before_it_is_signed(office: Office, case: PetitionCase) -> None:
    drafted(case, office.registrar)
    html = signed_in(office.handler).get(case.get_absolute_url()).content.decode()
    assert "拟制文书" in html
    assert "督办函" not in html


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_many(office: Office, django_assert_num_queries: Any, rows: int) -> None:
    for _ in range(rows):
        drafted(case_in(office, State.HANDLING), office.registrar)
    browser = signed_in(office.head)
    browser.get(reverse("cases:drafts"))
    with django_assert_num_queries(5):
        html = browser.get(reverse("cases:drafts")).content.decode()
    assert html.count("督办函</a>") == rows


@pytest.mark.parametrize("rows", [1, 50])
def test_a_program_s_list_looks_ahead_for_all_drafts_at_once(
    office: Office, django_assert_num_queries: Any, rows: int
) -> None:
    # The only head: for each draft it is asked whether somebody else could sign.
    made = [drafted(case_in(office, State.HANDLING), office.registrar).pk for _ in range(rows)]
    browser = program(office.head)
    with django_assert_num_queries(7):
        answer = browser.get("/api/letter-drafts/").json()
    assert [row["gaps"] for row in answer] == [{"check": NOBODY_SIGNS}] * len(made)


def test_a_program_drafts_checks_and_signs(office: Office, case: PetitionCase, checker: Post) -> None:
    made = program(office.registrar).post(url_of(case, "drafts/"), {"kind": KIND, "facts": FACTS_GIVEN}, format="json")
    assert made.status_code == 201, made.json()
    url = url_of(case, f"drafts/{made.json()['id']}/")
    waiting = program(checker).get("/api/letter-drafts/").json()
    assert [(row["id"], row["missing"], row["steps"]) for row in waiting] == [
        (made.json()["id"], {}, ["check", "return"])
    ]
    program(checker).post(url, {"step": "check", "version": 1}, format="json")
    signed = program(office.head).post(url, {"step": "sign", "version": 2}, format="json")
    assert (signed.status_code, signed.json()["number"]) == (200, "滨信督〔2025〕1号")


def test_a_program_is_told_of_a_wrong_fact_at_its_name(office: Office, case: PetitionCase) -> None:
    given = {"kind": KIND, "facts": FACTS_GIVEN | {"feedback_due_on": "some day", "unknown": "x"}}
    answer = program(office.registrar).post(url_of(case, "drafts/"), given, format="json")
    assert (answer.status_code, list(answer.json()["facts"])) == (400, ["unknown"])
    given["facts"] = FACTS_GIVEN | {"feedback_due_on": "some day"}
    answer = program(office.registrar).post(url_of(case, "drafts/"), given, format="json")
    assert (answer.status_code, list(answer.json()["facts"])) == (400, ["feedback_due_on"])


def test_a_program_of_another_unit_finds_no_draft(office: Office, case: PetitionCase) -> None:
    draft = drafted(case, office.registrar)
    statuses = [
        program(post)
        .post(url_of(case, f"drafts/{draft.pk}/"), {"step": "check", "version": 1}, format="json")
        .status_code
        for post in (office.handler, office.water_handler, office.registrar)
    ]
    assert statuses == [404, 404, 403]
