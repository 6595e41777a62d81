"""Wages, pensions and accidents at work: themes for the labour department."""

from cases.made_up.demo.themes.theme import FIRM, REGULATION, Theme
from cases.vocabulary import Answer, Kind, LegalWay, Purpose

WORK: tuple[Theme, ...] = (
    Theme(
        "040805",
        "rs",
        FIRM,
        "{place}拖欠农民工工资",
        "去年三月到年底在{place}干活，一共十几个人，工资只发了生活费，年前答应结清，到现在电话也不接了。",
        ("督促用工单位支付拖欠的工资", "依法处理拖欠工资的行为"),
        "经劳动监察调查，欠薪情况属实，涉及劳动者十四人，用工单位提供的考勤表与实际相符。",
        "《保障农民工工资支付条例》第十一条、第五十三条\n" + REGULATION,
        (
            (Answer.SUPPORT, "用工单位已在限期内支付全部欠薪，由本人签字确认。"),
            (Answer.SUPPORT, "已对用工单位作出责令改正决定，并记入劳动保障守法诚信档案。"),
        ),
    ),
    Theme(
        "040101",
        "rs",
        FIRM,
        "{place}改制前工龄未计入养老保险缴费年限",
        "原{place}职工，改制前在厂工作十一年，办理退休时被告知这段工龄因档案缺失不能认定，影响养老金待遇。",
        ("重新核定视同缴费年限", "说明养老金计算办法"),
        "经查阅市档案馆留存的招工表和工资册，可以证明一九八六年至一九九七年的连续工龄。",
        "国家和省关于视同缴费年限认定的有关规定\n" + REGULATION,
        (
            (Answer.SUPPORT, "补充认定视同缴费年限十一年，养老金自退休次月起重新计算并补发差额。"),
            (Answer.EXPLAIN, "经办机构已向本人逐项说明基础养老金、过渡性养老金和个人账户养老金的计算办法。"),
        ),
    ),
    Theme(
        "040103",
        "rs",
        FIRM,
        "在{place}受伤，单位不配合申报工伤",
        "今年年初在{place}车间操作时手部受伤住院，单位垫付部分医药费后不再过问，也不给出具劳动关系证明。",
        ("指导办理工伤认定", "督促单位提供材料并支付停工留薪期工资"),
        "经调查，双方存在事实劳动关系，工资转账记录和同事证言可以相互印证。",
        "《工伤保险条例》第十七条、第十九条、第三十三条\n" + REGULATION,
        (
            (Answer.SUPPORT, "职工本人可在事故发生之日起一年内直接申请工伤认定，已受理并进入调查程序。"),
            (Answer.SUPPORT, "已责令用人单位限期提交材料，停工留薪期工资按月支付。"),
        ),
        way=LegalWay.STATUTORY_DUTY,
    ),
    Theme(
        "040802",
        "rs",
        FIRM,
        "{place}裁员没有支付经济补偿",
        "在{place}工作九年，上月接到口头通知不用再来上班，没有书面手续，也没有支付经济补偿。",
        ("协调支付解除劳动合同的经济补偿", "出具解除劳动合同证明"),
        "经调解，双方对解除时间没有争议，对补偿基数有分歧。",
        "《中华人民共和国劳动合同法》第四十六条、第四十七条\n" + REGULATION,
        (
            (Answer.EXPLAIN, "补偿基数的争议应当先行申请劳动人事争议仲裁，已开辟绿色通道并提供法律援助。"),
            (Answer.SUPPORT, "用人单位已出具解除劳动合同证明并办理社会保险关系转移。"),
        ),
        way=LegalWay.ARBITRATION,
    ),
    Theme(
        "040601",
        "rs",
        FIRM,
        "关于完善灵活就业人员社保补贴的建议",
        "身边不少在{place}一带打零工的四五十岁人员，社保补贴申请要跑好几个窗口，建议简化材料，实行一次申请。",
        ("简化申请材料", "开通线上办理"),
        "经研究，现行办法要求提交的三项证明可以通过部门数据共享取得。",
        "《中华人民共和国就业促进法》\n" + REGULATION,
        (
            (Answer.SUPPORT, "自下季度起取消三项证明，凭身份证即可申请。"),
            (Answer.SUPPORT, "线上办理入口已进入测试，预计年内开通。"),
        ),
        purpose=Purpose.ADVISE,
        kind=Kind.ADVICE,
        way=LegalWay.ADVICE,
    ),
)
