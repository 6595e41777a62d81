"""承办单位变更: the letter of the body that goes on with a matter (条例第二十四条第二款)."""

from datetime import date

from binzhou_xinfang.letters.kinds.facts import Fact, add_facts
from binzhou_xinfang.letters.kinds.kind import OfHandOvers, Voice, declare

add_facts(
    change_basis=Fact("变更依据", "滨编发〔2026〕12号文件"),
    change_kind=Fact("变更原因", "机构合并", is_short=True),
    changed_on=Fact("变更日期", date(2026, 10, 8)),
    reviewer=Fact("改由其复查复核的上一级机关", "滨州市人民政府", is_short=True),
    former_unit=Fact("此前的承办单位", "原滨州市住房保障中心", is_short=True),
)

# No article orders it: who waits for an answer has to know where the matter lies, as 第二十三条 tells of each way.
CHANGE_OF_UNIT = declare(
    "change-of-unit",
    "承办单位变更告知书",
    code="D27",
    word="承",
    owner=OfHandOvers(),
    required=("addressee", "case_number", "matter", "former_unit", "change_kind", "change_basis", "changed_on"),
    optional=("query_way", "reviewer"),
    examples={"reviewer": ""},
    is_notice=True,
    voice=Voice.ORGAN,
)
