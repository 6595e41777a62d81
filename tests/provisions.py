"""Provisions of the 条例 as they are printed: articles with their paragraphs and items, and what no test could hold.

Of an article with one paragraph and no items the article itself is the provision; of any other each paragraph, or each
item of it, is one.
"""

import re
from collections.abc import Iterator, Mapping

# Article, paragraph, item; 0: the whole.
Provision = tuple[int, int, int]
_NUMERALS = "一二三四五六七八九"
# The items of each paragraph, of the articles that put a duty on somebody (reference §1).
SHAPE: Mapping[int, tuple[int, ...]] = {
    5: (5,), 13: (0, 0, 0), 14: (7, 0), 15: (0, 0, 0), 16: (0, 0, 0, 0), 17: (0, 0), 18: (0, 0, 0, 0), 19: (0, 0, 0),
    20: (0, 0, 0, 0), 21: (0, 0), 22: (3, 0), 23: (0, 0, 0, 0), 24: (0, 0), 25: (0, 0), 26: (6,), 27: (0,),
    28: (0, 0, 0), 29: (0, 0, 0), 30: (0, 0, 0), 31: (6,), 32: (3, 0), 33: (0,), 34: (0,), 35: (0,), 36: (0, 0, 0),
    37: (0, 0, 0), 38: (0, 0, 0), 39: (0, 0, 0), 40: (0, 0, 0, 0), 41: (4, 0), 43: (0,), 44: (3,), 45: (4,), 46: (7,),
    47: (0, 0, 0),
}  # fmt: skip
# Why no test of ours could hold a provision; the words are printed.
WITHOUT: Mapping[str, str] = {
    "第一条至第四条、第六条": "目的、范围、定位和总的要求",
    "第五条第一项、第二项、第四项、第五项": "工作原则，由后文各条落实",
    "第七条至第十二条": "党委、政府和中央信访工作联席会议的领导体制",
    "第十三条第三款": "乡镇、街道建立联席会议机制，由其决定；机构表可以登记",
    "第十四条第一款第五项、第七项": "指导工作和交办的其他事项，没有可以核对的行为",
    "第十四条第二款": "其他机关、单位明确信访机构和人员：由系统管理员设置岗位，缺岗由运行状况提示",
    "第十五条第二款": "社会力量参与见第15号事项",
    "第十六条第二款至第四款": "队伍建设、培训和经费",
    "第十七条第二款": "信访人的定义",
    "第十八条第三款": "市、县级党委和政府组织的联合接访见第15号事项",
    "第十八条第四款": "对一切组织和个人的禁令，系统不能核对",
    "第十九条第二款": "信访人的义务",
    "第二十一条第一款": "信息化建设的要求",
    "第二十九条第三款": "人民建议征集由社会工作部门组织",
    "第三十八条第一款、第三款": "党委和政府及其督查部门的督查",
    "第三十九条第二款": "表彰和奖励",
    "第四十一条第二款": "向巡视巡察机构提供情况，由专人按其要求办理",
    "第四十二条": "责任追究的情形，由有管理权限的机关认定",
    "第四十五条第四项、第四十六条第一项至第三项、第六项、第七项": "违纪违法行为，由有管理权限的机关认定",
    "第四十七条第二款、第三款": "公安机关的职责",
    "第四十八条至第五十条": "附则",
}


def provisions_in(text: str) -> set[Provision]:
    """Read what a row names: 第二十三条第一款、第二款; 第三十一条第一项至第四项; 第四十三条至第四十五条."""
    found: set[Provision] = set()
    last: Provision | None = None
    for joint, word in re.findall(r"(至|、|^)((?:第[一二三四五六七八九十]+[条款项])+)", text):
        one = _read(word, last)
        found |= set(_between(last, one)) if joint == "至" and last else {one}
        last = one
    return found


def leaves() -> Iterator[Provision]:
    """List the provisions of the articles with a duty, each by itself."""
    for article, paragraphs in SHAPE.items():
        for paragraph, items in enumerate(paragraphs, 1):
            yield from ((article, paragraph, item) for item in (range(1, items + 1) if items else (0,)))


def is_named(leaf: Provision, named: set[Provision]) -> bool:
    """Check that the provision is named by itself; of an article that is one provision, or one list of items, its
    number says as much."""
    article, _, item = leaf
    if leaf in named or (item and (article, 0, item) in named and len(SHAPE[article]) == 1):
        return True
    return SHAPE[article] == (0,) and (article, 0, 0) in named


def say(leaf: Provision) -> str:
    """Word a provision."""
    return "".join(f"第{_word(number)}{unit}" for number, unit in zip(leaf, "条款项", strict=True) if number)


def _read(word: str, last: Provision | None) -> Provision:
    """Read one name; what it leaves out is that of the name before: 第二十三条第一款、第二款."""
    said = {unit: _number(number) for number, unit in re.findall(r"第([一二三四五六七八九十]+)([条款项])", word)}
    before = last or (0, 0, 0)
    article = said.get("条", before[0])
    paragraph = said.get("款", before[1] if "条" not in said and "项" in said else 0)
    return article, paragraph, said.get("项", 0)


def _between(first: Provision, last: Provision) -> Iterator[Provision]:
    place = next(place for place in range(3) if first[place] != last[place])
    for number in range(first[place], last[place] + 1):
        yield tuple(number if at == place else value for at, value in enumerate(last))  # type: ignore[misc]


def _number(word: str) -> int:
    tens, _, ones = word.rpartition("十")
    high = (_NUMERALS.index(tens) + 1 if tens else 1) if "十" in word else 0
    return high * 10 + (_NUMERALS.index(ones) + 1 if ones else 0)


def _word(number: int) -> str:
    tens, ones = divmod(number, 10)
    high = (_NUMERALS[tens - 1] if tens > 1 else "") + "十" if tens else ""
    return high + (_NUMERALS[ones - 1] if ones else "")
