"""文书送达 over the holidays: notices that have to reach the petitioner, each with its day and its proof."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from binzhou_xinfang.letters.kinds.handing_over import PROCEDURAL_ACCEPTANCE
from binzhou_xinfang.letters.kinds.notices import ACCEPTANCE, EXTENSION
from cases.attaching import Papers
from cases.models import LetterDelivery
from cases.procedure.delivery_entry import DeliveryEntry
from cases.serving.standing import served_letters
from cases.serving.verbs import record_delivery
from cases.states import Move, PaperKind
from tests.lives.story import assert_whole, begins, hour
from tests.office import Office

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


def test_notices_of_a_life_over_national_day_have_their_records_and_move_no_clock(office: Office) -> None:
    life = begins(office, "2026-09-21")
    for move, day in ((Move.TRIAGE, "2026-09-21"), (Move.REFER, "2026-09-22"), (Move.SIGN_FOR, "2026-09-23")):
        life.do(move, day)
    life.do(Move.ACCEPT, "2026-09-29")
    life.do(Move.ASK_EXTENSION, "2026-11-20")
    life.do(Move.APPROVE_EXTENSION, "2026-11-23")
    state, clocks = life.case.state, life.clocks()
    assert [one.link.letter.kind for one in served_letters(life.case)] == [
        PROCEDURAL_ACCEPTANCE, ACCEPTANCE, EXTENSION,
    ]  # fmt: skip

    notice = life.case.letters.get(letter__kind=ACCEPTANCE)
    posted = DeliveryEntry(
        way="post", delivered_on=date(2026, 10, 9), posted_on=date(2026, 9, 30), item_number="1234567890123",
        recipient="刘某", relation="self", address="登记的住址",
    )  # fmt: skip
    proof = Papers({PaperKind.POST_RECORD: SimpleUploadedFile("妥投记录.png", PNG)})
    record_delivery(notice, delivery=posted, papers=proof, by=office.handler, at=hour("2026-10-10"))
    told = life.case.letters.get(letter__kind=EXTENSION)
    by_hand = DeliveryEntry(
        way="direct", delivered_on=date(2026, 11, 24), recipient="刘某", relation="self", place="局接待室",
        no_proof="信访人不愿签字，有录音",
    )  # fmt: skip
    record_delivery(told, delivery=by_hand, by=office.handler, at=hour("2026-11-24"))

    served = {one.link.letter.kind: one.delivery for one in served_letters(life.reload())}
    assert served[PROCEDURAL_ACCEPTANCE] is None
    assert [served[kind].worth for kind in (ACCEPTANCE, EXTENSION) if served[kind]] == [  # type: ignore[union-attr]
        "有送达凭证", "没有凭证：信访人不愿签字，有录音",
    ]  # fmt: skip
    assert (life.case.state, life.clocks()) == (state, clocks)
    assert LetterDelivery.objects.filter(entered_unit=office.housing).count() == 2
    assert_whole()
