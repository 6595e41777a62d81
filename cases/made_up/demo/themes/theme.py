"""Shape of a kind of matter in the demo, and the places where it happens."""

from dataclasses import dataclass

from cases.vocabulary import Answer, Kind, LegalWay, Purpose

REGULATION = "《信访工作条例》第三十二条第一款"


@dataclass(frozen=True, slots=True)
class Theme:
    """One kind of matter. `place` in the texts is replaced by where it happened; `unit`: the letters of a department.

    `answers`: one for each of the requests.
    """

    topic: str
    unit: str
    spot: str
    title: str
    content: str
    requests: tuple[str, str]
    facts: str
    basis: str
    answers: tuple[tuple[Answer, str], tuple[Answer, str]]
    purpose: Purpose = Purpose.SETTLE
    kind: Kind = Kind.CLAIM
    way: LegalWay = LegalWay.PETITION


ESTATE, VILLAGE, ROAD, FIRM = "estate", "village", "road", "firm"
SPOTS = {
    ESTATE: ("锦绣嘉园小区", "阳光花园小区", "翠湖名居", "金水湾小区", "祥和家园", "黄河新城三期"),
    VILLAGE: ("东李村", "后张村", "河口崔村", "大杨村", "西王堤村", "南赵村"),
    ROAD: ("迎宾路南段", "新立河西路", "工业三路", "府前街东首", "滨河大道", "永安路中段"),
    FIRM: ("宏达纺织厂", "鲁北建材公司", "恒源机械厂", "新蓝餐饮公司", "永泰劳务公司", "华兴物流园"),
}
