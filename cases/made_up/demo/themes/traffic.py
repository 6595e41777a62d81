"""Roads, buses and taxis: themes for the transport department."""

from cases.made_up.demo.themes.theme import REGULATION, ROAD, Theme
from cases.vocabulary import Answer

TRAFFIC: tuple[Theme, ...] = (
    Theme(
        "090102",
        "jt",
        ROAD,
        "{place}路面破损严重，夜间多次摔伤人",
        "{place}大车长期碾压，路面坑槽很深，路灯又不亮，一个月内三位居民骑车摔伤，希望尽快修。",
        ("尽快修复破损路面", "限制超载货车通行"),
        "经现场勘查，破损路段约六百米，属县道养护范围，已列入本年度养护计划。",
        "《公路安全保护条例》第四十四条\n" + REGULATION,
        (
            (Answer.SUPPORT, "已先行填补坑槽并设置警示标志，大修工程下月开工。"),
            (Answer.SUPPORT, "在路口增设限高限宽设施，与交警部门联合治理超限运输。"),
        ),
    ),
    Theme(
        "090201",
        "jt",
        ROAD,
        "{place}公交线路调整后老人看病不方便",
        "线路调整后{place}不再停靠，附近三个小区的老人去医院要换乘两次，末班车也提前到下午五点半。",
        ("恢复停靠站点或者增设接驳车", "适当延长末班车时间"),
        "经客流调查，该站日均上下客一百二十人次，调整时未充分听取沿线居民意见。",
        "《城市公共交通条例》\n" + REGULATION,
        (
            (Answer.SUPPORT, "自下月起恢复站点停靠，并增设一班通往医院的接驳车。"),
            (Answer.EXPLAIN, "末班车时间受驾驶员工时限制暂不调整，冬季结束后结合客流再次评估。"),
        ),
    ),
    Theme(
        "090703",
        "jt",
        ROAD,
        "网约车司机反映平台抽成不透明",
        "在本市跑网约车三年，平台抽成比例忽高忽低，{place}一带的订单经常显示一口价，司机看不到乘客实付金额。",
        ("督促平台公开抽成比例", "规范一口价订单"),
        "经约谈平台公司，其计价规则公示不完整，单均抽成上限未在司机端显著位置展示。",
        "《网络预约出租汽车经营服务管理暂行办法》\n" + REGULATION,
        (
            (Answer.SUPPORT, "平台已在司机端公开抽成上限，并逐单显示乘客支付总额和劳动报酬。"),
            (Answer.SUPPORT, "一口价订单增加司机自主选择开关。"),
        ),
    ),
)
