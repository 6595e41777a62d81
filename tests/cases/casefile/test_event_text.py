"""Events in the words of the office."""

from datetime import date
from typing import Any

import pytest

from cases.casefile.event_text import results, tell
from cases.models import CaseEvent
from tests.office import MONDAY

TODAY = date(2025, 3, 3)


def event(move: str, **detail: Any) -> CaseEvent:
    return CaseEvent(seq=1, kind=move, actor_name="孙承办", happened_at=MONDAY, detail=detail)


@pytest.mark.parametrize(
    ("move", "detail", "lines"),
    [
        ("triage", {"kind": "claim", "way": "a31-6", "basis": "谁主管、谁负责", "topic": "030504"},
         ["事项性质：申诉求决类", "方式：信访程序办理（第三十一条第六项）", "管辖依据：谁主管、谁负责"]),
        ("assign", {"to_unit": "bzzj", "to_name": "市住建局", "days": 45, "note": "请依法办理"},
         ["责任单位：市住建局", "天数：45日", "说明：请依法办理"]),
        ("investigate", {"heard_petitioner": False, "happened_on": "2025-03-01", "note": ""}, ["日期：3月1日(周六)"]),
        ("deliver", {"delivered_on": "2024-12-31", "way": "post", "recipient": "刘小芳"},
         ["送达日期：2024年12月31日(周二)", "方式：邮寄送达", "签收人：刘*芳"]),
        ("close", {"outcomes": ["solved", "helped"], "note": "满意"},
         ["办理结果：诉求合理的解决问题到位、生活困难的帮扶救助到位", "说明：满意"]),
        ("right-ended", {"rule": "handling", "strict": "2025-05-02", "legal": "2025-05-06"},
         ["60日办理期限至5月6日(周二)"]),
        ("warned", {"rule": "handling", "legal": "2025-05-06", "left": 3},
         ["60日办理期限至5月6日(周二)", "还剩：3日"]),
        ("refer", {"clocks": [{"rule": "notice", "legal": "2025-03-18"}, {"rule": "objection", "legal": "2025-03-10"}]},
         ["期限：15日告知期限至3月18日(周二)、5个工作日异议期限至3月10日(周一)"]),
        ("study", {"note": "电话13812345678，证件371602199003077526"},
         ["说明：电话138****5678，证件3716**********7526"]),
        ("draft", {"opinion": 7, "from": "handling", "to": "drafted", "results": ["support", "reject"]},
         ["处理意见：予以支持、不予支持"]),
        ("register", {"channel": "an-old-word"}, ["信访形式：an-old-word"]),
        ("register", {"channel": "visit", "follows": "BZXF-2025-000001"},
         ["接续原事项BZXF-2025-000001", "信访形式：来访"]),
        ("repeat", {"petition": "BZXF-2025-000002", "channel": "visit", "unit": "滨州市信访局"},
         ["信访件：BZXF-2025-000002", "信访形式：来访", "登记机构：滨州市信访局"]),
        ("supervision-recorded", {"problem": "逾期", "held_on": "2025-03-01", "findings": ["未告知", "未答复"]},
         ["督办事由：逾期", "督查日期：3月1日(周六)", "发现的问题：未告知、未答复"]),
        ("supervision-listed", {"level": "市级", "document": "挂牌督办"}, ["挂牌级别：市级", "文书：挂牌督办"]),
        ("investigate", {"note": "看过", "an_old_key": "旧内容"}, ["说明：看过", "其他：旧内容"]),
        ("restart", {}, []),
    ],
)  # fmt: skip
def test_the_detail_of_an_event_is_told_in_sentences(move: str, detail: dict[str, Any], lines: list[str]) -> None:
    assert tell(CaseEvent(seq=1, kind=move, happened_at=MONDAY, detail=detail), on=TODAY).lines == lines


def test_an_event_names_who_and_when() -> None:
    told = tell(event("investigate"), on=TODAY)
    assert (told.title, told.who, told.when) == ("记录调查", "孙承办", "3月3日(周一) 09:00")


def test_what_nobody_did_the_system_did() -> None:
    told = tell(CaseEvent(seq=1, kind="right-ended", happened_at=MONDAY, detail={}), on=TODAY)
    assert (told.title, told.who, told.tone) == ("权利期限届满", "系统", "")


@pytest.mark.parametrize(
    ("done", "sentence"),
    [
        (event("accept", clocks=[{"rule": "handling", "legal": "2025-05-06"}], letters=["滨住建告〔2025〕1号"]),
         "60日办理期限至5月6日(周二)；生成滨住建告〔2025〕1号"),
        (event("approve-extension", legal="2025-06-03", letters=["滨住建延〔2025〕1号"]),
         "60日办理期限延长至6月3日(周二)；生成滨住建延〔2025〕1号"),
        (event("investigate", note="到现场查看"), ""),
    ],
)  # fmt: skip
def test_the_results_of_a_move_are_one_sentence(done: CaseEvent, sentence: str) -> None:
    assert results(done, on=TODAY) == sentence
