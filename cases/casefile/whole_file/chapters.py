"""Chapters of the file besides its papers: each is told to programs as JSON, and to a reader in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from binzhou_xinfang.hooks import Registry
from binzhou_xinfang.letters.blocks import row_of
from binzhou_xinfang.letters.wording import day, numeral
from cases.casefile.whole_file.answers import Content
from cases.casefile.whole_file.contents import Teller, say_moment


@dataclass(frozen=True)
class Chapter:
    """One part of the file. `key`: its name in the JSON; `tell`: the part as data; `say`: the same as paragraphs of a
    document, none where there is nothing to say."""

    key: str
    title: str
    tell: Callable[[Teller], Any]
    say: Callable[[Teller, Any], Sequence[str]]


# What apps above keep beside the matter and inside its file, each under the key of its chapter.
FURTHER: Registry[str, Chapter] = Registry("FURTHER")


def data_of_file(teller: Teller) -> dict[str, Any]:
    """Tell every chapter as data."""
    return {chapter.key: chapter.tell(teller) for chapter in chapters_of_file()}


def paragraphs_of_file(teller: Teller, told: Mapping[str, Any]) -> list[str]:
    """Say the same to a reader, the chapters numbered as they come; one with nothing in it is left out."""
    said = [(chapter.title, chapter.say(teller, told[chapter.key])) for chapter in chapters_of_file()]
    paragraphs: list[str] = []
    for place, (title, lines) in enumerate(((title, lines) for title, lines in said if lines), start=1):
        paragraphs += [f"{numeral(place)}、{title}", *lines]
    return paragraphs


def chapters_of_file() -> Sequence[Chapter]:
    """List the chapters in the order of the file: what stands beside the matter comes before its clocks and events."""
    return (*OWN, *FURTHER.values(), *COURSE)


def _line(text: Any) -> str:
    return " ".join(str(text or "").split())


def _when(value: Any) -> str:
    return say_moment(value) if value else ""


def say_day(value: date | None) -> str:
    return day(value) if value else ""


def form_of(pairs: Iterable[tuple[str, Any]]) -> list[str]:
    """Write a form of those pairs that hold something."""
    return [row_of([label, _line(value)]) for label, value in pairs if value]


def list_of(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[str]:
    """Write a list under its names, numbered; none when it is empty."""
    lines = [row_of([str(place), *map(_line, row)]) for place, row in enumerate(rows, start=1)]
    return [row_of(["序号", *names]), *lines] if lines else []


def _cover(teller: Teller, head: Content) -> list[str]:
    return [
        row_of(["信访事项编号", head["number"], "状态", head["state"]]),
        row_of(["标题", head["title"]]),
        row_of(["事项性质", head["kind"], "办理途径", head["legal_way"]]),
        row_of(["登记机构", head["registered_unit"], "责任单位", head["responsible_unit"]]),
        row_of(["办理结果", "；".join(head["outcomes"])]),
        row_of(["概况信息", _line(head["summary"])]),
        *(row_of([line.label, _line(line.text)]) for line in teller.matter()),
    ]


def _arrivals(teller: Teller, arrivals: Sequence[Content]) -> list[str]:
    rows = [row_of(["信访件编号", "形式", "日期", "信访人", "住址", "联系电话"])]
    for arrival, words in zip(arrivals, teller.registered(), strict=True):
        lead, came_on = arrival["lead"], f"{arrival['arrived_on']:%Y-%m-%d}"
        home = f"{lead['address_region']} {lead['address']}".strip()
        rows += [
            row_of([arrival["number"], arrival["channel"], came_on, lead["name"], home, lead["phone"]]),
            row_of(["登记内容", _line(words)]),
            row_of(["投诉内容", _line(arrival["content"])]),
        ]
    return rows


def _requests(teller: Teller, requests: Sequence[Content]) -> list[str]:
    from_others = {one["merged_from"]: f"（并入的{one['merged_from']}提出）" for one in requests if one["merged_from"]}
    rows = (
        (f"{from_others.get(one['merged_from'], '')}{one['text']}", one["result"], one["answer"]) for one in requests
    )
    return list_of(("诉求", "处理意见", "答复"), rows)


def _opinion(teller: Teller, opinion: Content | None) -> list[str]:
    if opinion is None:
        return []
    return form_of((
        ("查明的事实", opinion["facts"]),
        ("依据", opinion["basis"]),
        ("复查机关", opinion["review_body"]),
        ("签发日期", say_day(opinion["signed_on"])),
        ("送达日期", say_day(opinion["delivered_on"])),
    ))  # fmt: skip


def _deliveries(teller: Teller, deliveries: Sequence[Content]) -> list[str]:
    rows = []
    for one in deliveries:
        taker = "，".join(filter(None, (one["recipient"], one["relation"], one["place"])))
        sent = f"邮件号{one['item_number']}" if one["item_number"] else ""
        proof = one["proof"] or (f"没有凭证：{one['no_proof']}" if one["no_proof"] else "")
        how = "；".join(filter(None, (one["way_label"], taker, sent, one["cause"])))
        worth = "；".join(filter(None, (one["standing_label"], proof, one["verdict"])))
        rows.append((one["answer_label"], say_day(one["delivered_on"]), how, worth, say_day(one["counts_from"])))
    return list_of(("送达的意见", "送达日期", "方式和签收", "凭证", "期限起算日"), rows)


def _letter_deliveries(teller: Teller, letters: Sequence[Content]) -> list[str]:
    rows = (
        (f"{one['letter']}{one['number']}", say_day(one["issued_on"]), *_said_of(one["delivery"])) for one in letters
    )
    return list_of(("文书", "成文日期", "送达日期", "方式和签收", "凭证"), rows)


def _said_of(delivery: Content | None) -> tuple[str, str, str]:
    if delivery is None:
        return "未登记送达", "", ""
    sent = f"邮件号{delivery['item_number']}" if delivery["item_number"] else ""
    parts = (delivery["way"], delivery["recipient"], delivery["relation"], delivery["place"], sent, delivery["cause"])
    return say_day(delivery["delivered_on"]), "，".join(filter(None, parts)), delivery["proof"] or delivery["no_proof"]


def _reviews(teller: Teller, reviews: Sequence[Content]) -> list[str]:
    return [line for review in reviews for line in _review(review)]


def _review(review: Content) -> list[str]:
    redo = f"{review['redo_days']}日" if review["redo_days"] else ""
    return [
        row_of(["级别", review["kind"], "机关", review["body"]]),
        *form_of((
            ("收到申请", say_day(review["requested_on"])),
            ("投邮日期", say_day(review["posted_on"])),
            ("凭证", review["proof"] or (f"没有凭证：{review['no_proof']}" if review["no_proof"] else "")),
            ("申请请求", review["claim"]),
            ("事实和理由", review["grounds"]),
            ("逾期的理由", review["excuse"]),
            ("受理", say_day(review["accepted_on"])),
            ("不予受理", f"{say_day(review['declined_on'])} {review['refusal']}".strip()),
            ("听证结论", review["hearing"]),
            ("查明的事实", review["facts"]),
            ("依据", review["basis"]),
            ("结论", review["result"]),
            ("意见", review["decision"]),
            ("变更为", review["changed_to"]),
            ("重新处理期限", redo),
            ("复核机关", review["recheck_body"]),
            ("签发日期", say_day(review["signed_on"])),
            ("送达日期", say_day(review["delivered_on"])),
            ("公示日期", say_day(review["published_on"])),
        )),
    ]  # fmt: skip


def _clocks(teller: Teller, clocks: Sequence[Content]) -> list[str]:
    rows = (
        (one["label"], one["unit"], say_day(one["started_on"]), say_day(one["legal_on"]), _end_of(one))
        for one in clocks
    )
    return list_of(("期限", "单位", "起算", "届满", "结果"), rows)


def _end_of(clock: Content) -> str:
    if clock["met_on"]:
        return f"{say_day(clock['met_on'])}完成"
    return f"{say_day(clock['cancelled_on'])}终止" if clock["cancelled_on"] else ""


def _events(teller: Teller, events: Sequence[Content]) -> list[str]:
    rows = ((_when(one["happened_at"]), one["title"], one["who"], "；".join(one["lines"])) for one in events)
    return list_of(("时间", "事项", "经办", "内容"), rows)


def _evaluations(teller: Teller, evaluations: Sequence[Content]) -> list[str]:
    rows = (
        (one["object"], one["unit"], one["verdict"], one["remark"], f"{say_day(one['given_on'])}，{one['channel']}")
        for one in evaluations
    )
    return list_of(("评价对象", "单位", "评价", "评价意见", "日期和方式"), rows)


def _urgent(teller: Teller, reports: Sequence[Content]) -> list[str]:
    return [line for report in reports for line in _urgent_report(report)]


def _urgent_report(report: Content) -> list[str]:
    taken_back = f"{_when(report['taken_back_at'])} {report['taken_back_reason']}".strip()
    told = (
        (one["receiver"], _when(one["due_at"]), _when(one["told_at"]) or "未报告", one["means"], one["told_by"])
        for one in report["told"]
    )
    calls = (
        (
            one["name"], one["post"], _when(one["called_at"]), _when(one["read_at"]) or "未阅",
            f"{_when(one['climbed_at'])}报上一级" if one["climbed_at"] else "",
        )
        for one in report["calls"]
    )  # fmt: skip
    return [
        row_of(["提出单位", report["unit"], "提出时间", _when(report["made_at"])]),
        *form_of((("情况", report["content"]), ("已采取的措施", report["measures"]), ("撤回", taken_back))),
        *_titled("报告、通报", list_of(("对象", "应在", "实际", "方式", "经办"), told)),
        *_titled("内部通知", list_of(("姓名", "岗位", "通知", "已阅", "逐级上报"), calls)),
    ]


def _titled(title: str, lines: Sequence[str]) -> list[str]:
    return [title, *lines] if lines else []


def _log(teller: Teller, entries: Sequence[Content]) -> list[str]:
    rows = (
        (
            one["book"], f"{one['unit']} {one['by']}", _when(one["at"]),
            "；".join([*one["lines"], *(["（已更正，见后一条记录）"] if one["corrected"] else [])]),
        )
        for one in entries
    )  # fmt: skip
    return list_of(("记录", "登记", "时间", "内容"), rows)


OWN: tuple[Chapter, ...] = (
    Chapter("case", "基本情况", Teller.head, _cover),
    Chapter("arrivals", "信访人和来访情况", Teller.arrivals, _arrivals),
    Chapter("requests", "诉求和答复", Teller.requests, _requests),
    Chapter("opinion", "处理意见", Teller.opinion, _opinion),
    Chapter("reviews", "复查和复核", Teller.reviews, _reviews),
    Chapter("deliveries", "送达", Teller.deliveries, _deliveries),
    Chapter("letter_deliveries", "文书送达", Teller.letter_deliveries, _letter_deliveries),
    Chapter("evaluations", "满意度评价", Teller.evaluations, _evaluations),
    Chapter("urgent_reports", "重大紧急报告", Teller.urgent_reports, _urgent),
    Chapter("log", "专项记录", Teller.log, _log),
)
COURSE: tuple[Chapter, ...] = (
    Chapter("clocks", "期限", Teller.clocks, _clocks),
    Chapter("events", "办理经过", Teller.events, _events),
)
