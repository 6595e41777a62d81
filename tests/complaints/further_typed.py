"""Made-up inputs of the kinds that people type or that stand outside: what is given, and what is right."""

from collections.abc import Mapping
from datetime import timedelta

from tests.complaints.further import Kind

# The tail of a resident's number of a county, with its right check sign.
RESIDENT = "371602198001011235"

TYPED: Mapping[str, Kind] = {
    # Full-width digits and signs of an input method: changes of the registration, and what is kept.
    "full width": Kind(
        ("R1a", "R1b", "R1c", "R1d", "R1e"),
        (
            ({"phone": "１３８ ０５４３ ００１１"}, {"phone": "13805430011"}),
            ({"phone": "＋８６１３８０５４３００１１"}, {"phone": "13805430011"}),
            ({"id_number": "３７１６０２　１９８００１０１　１２３５"}, {"id_number": RESIDENT}),
            ({"id_number": "37160219800101003ｘ"}, {"id_number": "37160219800101003X"}),
            ({"phone": "（０５４３）３３６１２３４"}, {"phone": "05433361234"}),
        ),
    ),
    # Signs that nobody sees, around and inside.
    "unseen signs": Kind(
        ("R2a", "R2b", "R2c"),
        (
            ({"phone": "\u206613805430011\u2069"}, {"phone": "13805430011"}),
            ({"phone": "138\u200d0543\u200c0011"}, {"phone": "13805430011"}),
            ({"id_number": f"\ufeff{RESIDENT}"}, {"id_number": RESIDENT}),
            ({"id_number": "371602\u00ad19800101\u00ad1235"}, {"id_number": RESIDENT}),
            ({"name": "张\u2060测试\u200e"}, {"name": "张测试"}),
        ),
    ),
    # The number of a resident, and where it was given out.
    "home": Kind(
        ("R4",),
        (
            ({"id_number": "110101199001010015"}, {"household_region": "北京市东城区"}),
            ({"id_number": "371625199001010012"}, {"household_region": "山东省滨州市博兴县"}),
            ({"id_number": "37010219900101001X"}, {"household_region": "山东省济南市历下区"}),
            ({"id_number": "440305199001010018"}, {"household_region": "广东省深圳市南山区"}),
            ({"id_number": "650102199001010017"}, {"household_region": "新疆维吾尔自治区乌鲁木齐市天山区"}),
        ),
    ),
    "telephones": Kind(
        ("R5a", "R5b", "R5c", "R5d"),
        (
            ({"phone": "0086 13805430011"}, {"phone": "13805430011"}),
            ({"phone": "", "landline": "（0543）3361234转8"}, {"landline": "05433361234转8"}),
            ({"phone": "", "landline": "0543—3361234"}, {"landline": "05433361234"}),
            ({"phone": "+853 6612 3456", "id_kind": "516", "id_number": "M12345678"}, {"phone": "+85366123456"}),
            ({"phone": "+1 (212) 555-0123", "id_kind": "414", "id_number": "P1234567"}, {"phone": "+12125550123"}),
        ),
    ),
    # Nothing that can be seen, and the field at which it is said.
    "nothing visible": Kind(
        ("R8", "R8b"),
        (
            ({"content": "\u2800\u2800\u2800"}, "content"), ({"content": "\u3164\u115f"}, "content"),
            ({"requests": ["\u00ad"]}, "requests"), ({"content": "\u3000\u3000\n\t"}, "content"),
            ({"requests": ["\ufeff", "\u2060"]}, "requests"),
        ),
    ),
    # How a number is asked for: of 371600-XF-2026-000382 `n` is the whole, `y` the year, `s` the serial.
    "numbers": Kind(
        (
            "371600-XF-2026-000382\u200b", "371600－XF－2026－000382", "３７１６００－ＸＦ－２０２６－０００３８２",
            "编号371600-XF-2026-000382",
        ),
        ("编号： {n}", "{n}。", "\ufeff{n}\u202c", "信访编号{n}", "{y}—{s}"),
    ),
    # How somebody who came along is asked for.
    "people": Kind(
        ("13805431234",),
        ("１３８０５４３１２３４", "138 0543 1234", "+86-13805431234", "37160219800101003X", "37160219800101003ｘ"),
    ),
    # A text to be signed, what stays in it, and what does not.
    "numbers in a text": Kind(
        ("32_letter_masks.json",),
        (
            ("订单号13912345678已退款。", "13912345678", ""),
            ("拖欠工程款13800000000.00元。", "13800000000.00元", ""),
            ("联系人电话：139-1234-5678。", "联系人电话", "139-1234-5678"),
            ("身份证号 ３７１６０２１９８００１０１１２３５。", "身份证号", "３７１６０２１９８００１０１１２３５"),
            ("文号鲁建字〔2026〕第13812号。", "鲁建字〔2026〕第13812号", ""),
        ),
    ),
    # What the gateway has to say (`SMS_GATEWAY_TAKEN`), what it says, and what becomes of the message.
    "gateways": Kind(
        ("33_sms_200_error.json",),
        (
            ("success=true", '{"success": false, "reason": "签名未报备"}', "failed"),
            ("code=0", '{"code": "0", "id": 7}', "sent"),
            ("data.status=OK", '{"data": null}', "failed"),
            ("success=true", "<html>登录已过期</html>", "failed"),
            ("result.0=ok", '["ok"]', "failed"),
        ),
    ),
    # How far a clock was ahead.
    "clocks": Kind(
        ("34_clock_was_ahead.txt",),
        (timedelta(seconds=61), timedelta(hours=8), timedelta(days=7), timedelta(days=31), timedelta(days=3650)),
    ),
    # Days of 2027 that somebody has entered: its festivals by name, which are not all of them.
    "half calendars": Kind(
        ("36_calendar_one_day.txt",),
        (
            ("春节",), ("元旦", "春节", "清明节"), ("元旦", "春节", "清明节", "劳动节", "端午节"),
            ("元旦", "春节", "清明节", "劳动节", "中秋节", "国庆节"),
            ("元旦", "春节", "扫墓节", "劳动节", "端午节", "中秋节"),
        ),
    ),
    # The limit in megabytes, a file's size, and whether it is taken.
    "limits": Kind(
        ("37_upload_limit.txt",), ((2, 2, True), (2, 3, False), (5, 6, False), (25, 25, True), (50, 21, True)),
    ),
    # Other ends of a unit, each a life of its own in tests/lives/test_hand_over.py.
    "units that end": Kind(
        ("35_unit_abolished.txt",),
        (
            "test_a_split_divides_the_matters_by_topic_and_by_number",
            "test_a_transfer_of_some_powers_leaves_the_body_and_its_other_matters",
            "test_a_body_that_did_not_end_after_all_stands_again_with_its_posts",
            "test_reports_go_over_without_being_shown_to_whoever_may_not_see_them",
            "test_what_comes_to_the_body_on_its_last_day_follows_the_day_after",
        ),
    ),
}  # fmt: skip
