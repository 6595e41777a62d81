"""一案双督三查 as data (reference §6 F36): what is looked at, the answers, and what follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import TextChoices

from cases.vocabulary import Outcome
from supervision.models.vocabulary import Measure


class Part(TextChoices):
    """双督, 三查."""

    SUBSTANCE = "substance", "一督：化解实效"
    PROCEDURE = "procedure", "二督：办理程序"
    DUTIES = "duties", "三查：责任落实"


class Standing(TextChoices):
    """Standings of an item of 双督."""

    IN_ORDER = "in-order", "到位"
    NOT_IN_ORDER = "not-in-order", "不到位"
    NOT_ASKED = "not-asked", "不适用"


class Calm(TextChoices):
    """Answers to the question if the petitioner has let the matter rest."""

    YES = "yes", "是"
    NO = "no", "否"
    UNKNOWN = "unknown", "未知"


class Fulfilment(TextChoices):
    """Grades of fulfilment of a responsibility."""

    FULFILLED = "fulfilled", "履行到位"
    WEAK = "weak", "履行不力"
    DERELICT = "derelict", "失职渎职"
    NOT_ASKED = "not-asked", "不适用"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the sheet. `is_of_office`: the petition office answers for it, not who handles the matter."""

    code: str
    part: Part
    label: str
    article: str = ""
    is_of_office: bool = False

    @property
    def answers(self) -> type[Standing] | type[Calm] | type[Fulfilment]:
        if self.part is Part.DUTIES:
            return Fulfilment
        return Calm if self.code == "calmed" else Standing


_OUTCOMES = tuple(Item(outcome.value, Part.SUBSTANCE, str(outcome.label), "第二十七条") for outcome in Outcome)
ITEMS: tuple[Item, ...] = (
    *_OUTCOMES,
    Item("calmed", Part.SUBSTANCE, "信访人息诉罢访"),
    Item("notified", Part.PROCEDURE, "按期登记、转送交办并告知", "第二十二条", is_of_office=True),
    Item("accepted", Part.PROCEDURE, "按期书面告知受理", "第二十三条"),
    Item("answered", Part.PROCEDURE, "按期办结，延期经批准并告知", "第三十四条"),
    Item("opinion", Part.PROCEDURE, "处理意见逐项答复诉求，写明依据和救济途径", "第三十二条"),
    Item("delivered", Part.PROCEDURE, "处理意见送达并有送达回证", "第三十二条"),
    Item("executed", Part.PROCEDURE, "支持的诉求执行到位", "第三十二条第二款"),
    Item("report", Part.PROCEDURE, "办结报告内容完整、证据齐全", "第二十二条第一款第三项"),
    Item("leader", Part.DUTIES, "包案领导责任"),
    Item("authority", Part.DUTIES, "事权机关责任"),
    Item("office", Part.DUTIES, "信访部门责任", is_of_office=True),
)
BY_CODE: Mapping[str, Item] = MappingProxyType({item.code: item for item in ITEMS})

# What an answer calls for (F36): the letter or proposal that is then brought up.
FOLLOWS: Mapping[str, Measure] = MappingProxyType(
    {
        Standing.NOT_IN_ORDER.value: Measure.SUPERVISION,
        Calm.NO.value: Measure.SUPERVISION,
        Fulfilment.WEAK.value: Measure.IMPROVEMENT,
        Fulfilment.DERELICT.value: Measure.LIABILITY,
    }
)
# What is counted as good, and what is not counted at all.
_GOOD = (Standing.IN_ORDER, Calm.YES)
_NOT_COUNTED = (Standing.NOT_ASKED, Calm.UNKNOWN)


def score(answers: Mapping[str, Mapping[str, str]], part: Part) -> int | None:
    """Compute the share in order of what applies, in percent, rounded down; None where nothing applies."""
    given = [answers[item.code]["answer"] for item in ITEMS if item.part is part and item.code in answers]
    asked = [answer for answer in given if answer not in _NOT_COUNTED]
    return 100 * sum(answer in _GOOD for answer in asked) // len(asked) if asked else None
