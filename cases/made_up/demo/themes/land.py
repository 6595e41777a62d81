"""Fields, yards and boundaries: themes for the department of natural resources."""

from cases.made_up.demo.themes.theme import REGULATION, VILLAGE, Theme
from cases.vocabulary import Answer, LegalWay

LAND: tuple[Theme, ...] = (
    Theme(
        "020203",
        "zr",
        VILLAGE,
        "{place}土地征收补偿款发放不到位",
        "{place}前年修路征地，我家承包地一亩六分，公告的补偿标准与实际发放不一致，青苗补偿也没有单独计算。",
        ("公开征收补偿标准和发放明细", "补发青苗和地上附着物补偿"),
        "经核对征收公告和清册，土地补偿按区片综合地价发放，地上附着物登记漏记果树二十三棵。",
        "《中华人民共和国土地管理法》第四十七条、第四十八条\n" + REGULATION,
        (
            (Answer.SUPPORT, "征收公告、补偿标准和发放清册已在村务公开栏重新公布十五日。"),
            (Answer.SUPPORT, "漏记的果树按标准补登并补发补偿，已转入本人账户。"),
        ),
    ),
    Theme(
        "020103",
        "zr",
        VILLAGE,
        "与邻居的宅基地界址争议多年未决",
        "{place}老宅翻建时邻居认为我家占用滴水，双方都有旧证，村里调解三次没有结果，现在建房停工。",
        ("核实两户宅基地界址", "依法确认权属，恢复建房"),
        "经实地测量并与原始档案核对，两证登记宽度合计大于实际宽度零点四米，属登记误差。",
        "《中华人民共和国土地管理法》第十四条\n" + REGULATION,
        (
            (Answer.EXPLAIN, "权属争议由乡镇人民政府处理，不服处理决定的，可以依法申请行政复议或者提起行政诉讼。"),
            (Answer.EXPLAIN, "争议解决前任何一方不得改变土地利用现状，处理决定作出后可以继续办理建房手续。"),
        ),
        way=LegalWay.ADMINISTRATIVE,
    ),
    Theme(
        "020102",
        "zr",
        VILLAGE,
        "反映{place}耕地被挖塘取土",
        "{place}村北三十多亩耕地被人挖成鱼塘，挖出的土卖给工地，下雨后周边地块塌方，庄稼受损。",
        ("制止破坏耕地的行为", "责令恢复种植条件"),
        "经现场勘测，挖塘占用耕地十八亩，其中永久基本农田七亩，未办理用地手续。",
        "《中华人民共和国土地管理法》第三十七条、第七十五条\n" + REGULATION,
        (
            (Answer.SUPPORT, "已下达责令停止违法行为通知书并立案。"),
            (Answer.SUPPORT, "责令当事人于九十日内回填复垦，由乡镇组织验收。"),
        ),
        way=LegalWay.STATUTORY_DUTY,
    ),
)
