"""Facts that letters say: label, example and shape of each, said once for all kinds.

Days are `date` objects, the moment of a hearing is a text. A fact of one family only stands in the module of that
family; here are those that several share.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Fact:
    """One fact as the clerk knows it, with a made-up value: what a preview shows and a template is tried with.

    A name that ends with `_on` is a day. `is_list`: several paragraphs, a text with line breaks will do; `keys`: a list
    of mappings with these keys; all other text is put on one line, and `is_short` is typed in one. `is_of_person`: it
    tells who somebody is and where they are to be found; `is_of_office`: a telephone of the office itself, for all to
    read.
    """

    label: str
    example: Any
    is_list: bool = False
    keys: tuple[str, ...] = ()
    is_short: bool = False
    is_of_person: bool = False
    is_of_office: bool = False


FACTS: dict[str, Fact] = {}


def add_facts(**facts: Fact) -> None:
    """Declare facts. Raises ValueError for a name that is taken or says of another shape: a mistake stops the start."""
    if taken := FACTS.keys() & facts.keys():
        raise ValueError(f"declared twice: {sorted(taken)}")
    if odd := [name for name, fact in facts.items() if name.endswith("_on") is not isinstance(fact.example, date)]:
        raise ValueError(f"a day by name or by example alone: {odd}")
    FACTS.update(facts)


# Groups that many kinds ask for.
ARRIVAL = ("addressee", "received_on", "channel", "matter")
MATTER = ("case_number", "petitioner", "matter")
CONTACT = ("contact", "contact_phone")
APPLICANT = ("applicant_phone", "applicant_address", "agents", "enclosures")

add_facts(
    accepted_on=Fact("受理日期", date(2026, 3, 6)),
    addressee=Fact("主送对象", "刘某", is_short=True),
    agents=Fact("代理人", "陈某（信访人之子，持授权委托书）"),
    applicant=Fact("申请人", "刘某"),
    applicant_address=Fact("申请人住址", "滨州市滨城区渤海小区", is_of_person=True),
    applicant_phone=Fact("申请人联系电话", "13912345678", is_of_person=True),
    attitude=Fact("信访人态度", "表示满意"),
    bases=Fact("法律法规政策依据", ["《住宅专项维修资金管理办法》有关规定"], is_list=True),
    basis=Fact("依据", "《信访工作条例》第三十一条第六项"),
    case_number=Fact("信访事项编号", "2026030200012", is_short=True),
    channel=Fact("信访渠道", "来访", is_short=True),
    claims=Fact("信访人的主张", ["车库渗水已满一年", "物业公司收取了维修费用"], is_list=True),
    contact=Fact("联系人", "周某", is_short=True),
    contact_phone=Fact("联系人电话", "0543-1234567", is_short=True, is_of_office=True),
    copies_to=Fact("抄送单位", "滨州市信访局", is_short=True),
    disputes=Fact("争议事项", ["维修责任由谁承担", "维修资金是否足额缴存"], is_list=True),
    document_number=Fact("文书文号", "滨建意〔2026〕5号"),
    due_on=Fact("期限届满日", date(2026, 5, 5)),
    enclosures=Fact("附件", ["处理意见书", "现场照片"], is_list=True),
    evidence=Fact("证据", ["现场照片6张", "物业服务合同一份"], is_list=True),
    lapsed_on=Fact("办理期限届满日期", date(2026, 5, 5)),
    findings=Fact("查明的事实", "2025年6月起车库顶板渗水\n物业公司没有维修", is_list=True),
    leader=Fact("领导姓名", "冯某", is_short=True),
    materials=Fact("应提交的材料", "申请书、身份证明"),
    matter=Fact("反映的问题", "地下车库漏水", is_short=True),
    opinion_number=Fact("处理意见书文号", "滨建意〔2026〕5号"),
    petitioner=Fact("信访人", "刘某", is_short=True),
    period_basis=Fact("期限的依据", "《某部门规章》第二十条"),
    place=Fact("地点", "滨州市信访局", is_short=True),
    process=Fact("办理经过", ["3月6日受理", "3月10日现场核实"], is_list=True),
    proposals=Fact("建议内容", ["建立台账并逐件核销", "对责任科室开展业务培训"], is_list=True),
    query_code=Fact("查询码", "K7Q2M9"),
    query_way=Fact("查询方式", "致电滨州市信访局（0543-3160000）", is_of_office=True),
    reason=Fact("理由", "需要作房屋安全鉴定"),
    reasons=Fact("事实和理由", ["该小区由区级部门监管", "我单位没有执法权"], is_list=True),
    received_on=Fact("收到日期", date(2026, 3, 2)),
    receiver=Fact("签收（接待）人", "刘某"),
    recorder=Fact("记录员", "华某", is_short=True),
    registrar=Fact("登记人", "金某", is_short=True),
    remedy=Fact("救济途径", "你可以向上一级机关反映不予受理的情况"),
    representatives=Fact("代表", ["刘某", "陶某"], is_list=True),
    requests=Fact("信访请求", ["明确维修责任单位和期限", "公开维修资金使用情况"], is_list=True),
    responsible_unit=Fact("责任单位", "滨州市住房和城乡建设局", is_short=True),
    result=Fact("处理结果", "请求已经落实"),
    rows=Fact(
        "目录（表格）内容",
        [
            {
                "name": "信访登记表",
                "number": "滨信登〔2026〕1号",
                "dated": date(2026, 3, 2),
                "pages": "1-2",
                "note": "原件",
            },
            {"name": "转送函", "number": "滨信转〔2026〕8号", "dated": date(2026, 3, 4), "pages": "3", "note": "副本"},
        ],
        keys=("name", "number", "dated", "pages", "note"),
    ),
    suggestion=Fact("拟办意见", "拟转市住房和城乡建设局办理，办结后报告结果"),
    topic=Fact("内容分类", "城乡建设/住房保障与房地产/物业服务", is_short=True),
    via=Fact("转交情况", "由滨州市信访局2026年3月4日转送"),
    visits=Fact("来访次数", "本年第2次", is_short=True),
)
