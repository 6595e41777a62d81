"""Input of the moves that choose another way, and of urgent reports; invented throughout."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cases.made_up.demo.cast import DISCIPLINE, PHONE
from cases.made_up.demo.scans import scan
from cases.made_up.demo.themes import Theme
from cases.states import Move

Sent = dict[str, Any]


def urgent_and_ways(theme: Theme, on: date) -> Mapping[Move, Sent]:
    return {
        Move.REPORT_URGENT: {
            "government_at": f"{on.isoformat()}T07:10",
            "government_means": "phone",
            "government_by": "值班员",
            "content": f"{theme.requests[0]}一事，多人表示准备聚集",
            "measures": "已通知属地和主管部门到场做工作",
        },
        Move.TELL_URGENT: {
            "conference_at": f"{on.isoformat()}T07:20", "conference_means": "network", "conference_by": "值班员",
        },
        Move.UNTELL_URGENT: {"receivers": ["government"], "reason": "误将拟报告的登记为已报告"},
        Move.TAKE_BACK_URGENT: {"reason": "经核实，没有聚集的情况，不属于重大、紧急信访事项"},
        Move.ROUTE: {
            "procedure": "民事诉讼", "organ": "有管辖权的人民法院",
            "time_limit": "诉讼时效期间内",
            "materials": "起诉状、身份证明、证据",
            "reason": "经核对，双方系合同纠纷，应当由人民法院依法审理",
        },
        Move.CHANGE_WAY: {"legal_way": "a31-4", "reason": "经核对职权，该事项应当通过行政程序解决"},
        Move.TO_DISCIPLINE: {
            "to_unit": DISCIPLINE, "reason": "核查中发现，来件主要检举工作人员收受财物",
            "paper_other_proof": scan("检举材料"),
        },
        Move.TAKE_AS_DUTY: {
            "ground": "duty", "reason": "该事项属于申请查处违法建设，应当由我单位依职责查处", "days": 75,
            "period_basis": "本机关查处违法建设的规定〔虚构〕", "contact_phone": PHONE,
        },
        Move.TAKE_AS_CLAIM: {
            "reason": "经核查，没有应当由我单位依职责查处的违法行为", "contact_phone": PHONE,
        },
        Move.LEAD_OUT: {
            "legal_way": "a31-1",
            "reason": "信访人已就同一事项向人民法院起诉",
            "procedure": "民事诉讼", "organ": "有管辖权的人民法院",
            "time_limit": "按有关规定",
            "materials": "起诉状、身份证明、证据",
        },
    }  # fmt: skip
