"""The pages of templates: what is in force, what is taken or refused, and who keeps them."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from docx import Document

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.letters import own_templates, rendering
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.kinds.handing_over import REFERRAL
from binzhou_xinfang.letters.kinds.registration import RECEIPT
from binzhou_xinfang.letters.models import LetterTemplate
from binzhou_xinfang.records.models import AccessLog
from cases.states import State
from tests.cases.pages import signed_in, version_in
from tests.office import Office, case_in

pytestmark = pytest.mark.usefixtures("on_monday")
KIND = REFERRAL
QUERIES = 4


def url(name: str, *rest: str | int) -> str:
    return reverse(f"cases:{name}", args=rest)


def document(*lines: str) -> SimpleUploadedFile:
    made = Document()
    for line in lines:
        made.add_paragraph(line)
    written = io.BytesIO()
    made.save(written)
    return SimpleUploadedFile("本局转送函.docx", written.getvalue())


def seen(post: Post) -> dict[str, str]:
    """The version that the form of the kind was made from."""
    return {"version": version_in(signed_in(post).get(url("letter-template", KIND.value)).content.decode())}


def upload(post: Post, file: SimpleUploadedFile, *, follow: bool = True) -> HttpResponse:
    return signed_in(post).post(
        url("letter-template", KIND.value), {"file": file, "reason": "新的文书格式"} | seen(post), follow=follow
    )


def test_the_list_names_every_kind_and_what_is_in_force(office: Office) -> None:
    upload(office.administrator, document("本局格式 {{ petitioner }}"))
    page = signed_in(office.head).get(url("letter-templates")).content.decode()
    assert all(kind.label in page for kind in LetterKind)
    assert page.count("系统模板</td>") == len(LetterKind) - 1
    assert "本局转送函.docx" in page


@pytest.mark.parametrize("many", [1, 4])
def test_the_list_costs_the_same_for_one_template_and_for_many(
    office: Office, django_assert_num_queries: Callable[[int], Any], many: int
) -> None:
    for kind in list(LetterKind)[:many]:
        own_templates.put(kind, document("{{ number }}"), by=office.head)
    client = signed_in(office.head)
    client.get(url("letter-templates"))
    with django_assert_num_queries(QUERIES):
        client.get(url("letter-templates"))


def test_a_template_is_taken_with_a_warning_and_the_next_letter_is_made_from_it(office: Office) -> None:
    answer = upload(office.head, document("本局格式", "{{ petitioner }}反映{{ matter }}"))
    page = answer.content.decode()
    assert "检查通过，转送函已启用自备模板" in page
    assert "没有用到这些必备内容" in page
    case = case_in(office, State.REFERRED)
    link = case.letters.get(letter__kind=KIND)
    shown = signed_in(office.handler).get(url("letter", case.number, link.pk)).content.decode()
    assert "本局格式" in shown
    assert "<h1>" not in shown


def test_a_refused_template_says_why_at_its_field_and_changes_nothing(office: Office) -> None:
    answer = upload(office.head, document("{{ petitioner_name }}"))
    assert answer.status_code == 422
    assert "没有的字段：petitioner_name" in str(answer.context["form"].errors["file"])
    assert not LetterTemplate.objects.exists()


def test_the_fields_of_the_kind_are_explained(office: Office) -> None:
    page = signed_in(office.head).get(url("letter-template", KIND.value)).content.decode()
    for name in own_templates.fields_of(KIND):
        assert f"<code>{name}</code>" in page


def test_the_delivered_and_the_own_template_can_be_downloaded(office: Office) -> None:
    sent = document("{{ petitioner }}")
    content = sent.read()
    sent.seek(0)
    upload(office.head, sent)
    client = signed_in(office.head)
    assert client.get(url("letter-template-delivered", KIND.value)).content == rendering.base()
    own = LetterTemplate.objects.get()
    assert client.get(url("letter-template-own", KIND.value, own.pk)).content == content
    assert client.get(url("letter-template-own", RECEIPT.value, own.pk)).status_code == 404
    assert list(AccessLog.objects.values_list("subject", flat=True)) == ["文书模板 本局转送函.docx"]


def test_the_preview_shows_the_template_in_force_with_made_up_facts(office: Office) -> None:
    client = signed_in(office.head)
    before = client.get(url("letter-template-preview", KIND.value)).content.decode()
    assert "关于转送刘某反映地下车库漏水信访事项的函" in before
    upload(office.head, document("本局格式 {{ petitioner }}"))
    after = client.get(url("letter-template-preview", KIND.value)).content.decode()
    assert "本局格式 刘某" in after
    file = client.get(url("letter-template-preview", KIND.value) + "?docx")
    assert own_templates.text_of(file.content) == ["本局格式 刘某"]


def test_every_kind_can_be_previewed(office: Office, subtests: pytest.Subtests) -> None:
    head = signed_in(office.head)
    for kind in LetterKind:
        with subtests.test(f"{kind.value}"):
            page = head.get(url("letter-template-preview", kind.value))
            assert page.status_code == 200
            assert "｜" not in page.content.decode()


def test_a_withdrawn_template_is_kept_in_the_history(office: Office) -> None:
    upload(office.head, document("{{ petitioner }}"))
    said = seen(office.head) | {"reason": "格式有误"}
    page = signed_in(office.head).post(url("letter-template-withdraw", KIND.value), said, follow=True).content.decode()
    assert "转送函已改回系统模板" in page
    assert "本局转送函.docx" in page
    again = signed_in(office.head).post(url("letter-template-withdraw", KIND.value), seen(office.head) | said)
    assert again.status_code == 409


def test_of_two_who_keep_the_templates_at_one_moment_the_second_is_told_what_the_first_has_done(office: Office) -> None:
    before = seen(office.administrator)
    upload(office.head, document("{{ petitioner }}"))
    said = {"file": document("{{ number }}"), "reason": "另一格式"} | before
    answer = signed_in(office.administrator).post(url("letter-template", KIND.value), said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert [word in page for word in ("打开本页以后", office.head.user.name, "启用自备模板", "没有保存")] == [True] * 4
    assert LetterTemplate.objects.count() == 1


def test_why_a_template_was_changed_stands_in_its_history(office: Office) -> None:
    upload(office.head, document("{{ petitioner }}"))
    signed_in(office.head).post(url("letter-template-withdraw", KIND.value), seen(office.head) | {"reason": "格式有误"})
    history = signed_in(office.head).get(url("house-history", "template", KIND.value)).content.decode()
    assert [word in history for word in ("新的文书格式", "格式有误", "停用自备模板")] == [True] * 3


def test_an_unknown_kind_is_not_found(office: Office) -> None:
    assert signed_in(office.head).get(url("letter-template", "will")).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("head", 200), ("administrator", 200), ("unit_head", 403), ("clerk", 403)])
def test_who_keeps_the_templates(office: Office, who: str, status: int) -> None:
    client = signed_in(getattr(office, who))
    assert client.get(url("letter-templates")).status_code == status
    assert (url("letter-templates") in client.get("/").content.decode()) is (status == 200)
