"""检举控告: themes for 纪检监察, closed to everybody else."""

from cases.made_up.demo.themes.theme import ROAD, VILLAGE, Theme
from cases.vocabulary import Answer, Kind, LegalWay, Purpose

SEALED: tuple[Theme, ...] = (
    Theme(
        "180201",
        "jw",
        VILLAGE,
        "反映{place}有关人员以权谋私问题",
        "{place}有关人员在集体资产发包中未经民主程序，将场地低价包给亲属，账目长期不公开。",
        ("核查集体资产发包情况", "依规依纪处理有关人员"),
        "已按管理权限和程序核查，有关情况记入案卷。",
        "《信访工作条例》第三十条第一款",
        (
            (Answer.SUPPORT, "发包合同已责令重新履行民主程序。"),
            (Answer.SUPPORT, "对有关人员依规依纪作出处理，处理结果按规定反馈。"),
        ),
        purpose=Purpose.EXPOSE,
        kind=Kind.REPORT,
        way=LegalWay.DISCIPLINE,
    ),
    Theme(
        "180303",
        "jw",
        ROAD,
        "反映有关部门工作人员推诿扯皮",
        "{place}占道经营问题反映多次，有关工作人员互相推诿，还把反映人的电话告诉了被反映的摊主。",
        ("核查推诿和泄露反映人信息的行为", "依规依纪追究责任"),
        "已按管理权限和程序核查，有关情况记入案卷。",
        "《信访工作条例》第三十条第一款",
        (
            (Answer.SUPPORT, "反映的问题属实，有关人员已被责令检查。"),
            (Answer.SUPPORT, "已对责任人员作出组织处理，处理结果按规定反馈。"),
        ),
        purpose=Purpose.EXPOSE,
        kind=Kind.REPORT,
        way=LegalWay.DISCIPLINE,
    ),
)
