"""The code lists of registration (reference §5.1): value, and Chinese label beside it, nowhere else."""

from django.db.models import TextChoices


class Channel(TextChoices):
    """信访形式: ways of an arrival to the office (条例第十七条)."""

    VISIT = "visit", "来访"
    LETTER = "letter", "来信"
    WEB = "web", "网上信访"
    PHONE = "phone", "来电"
    FAX = "fax", "传真"
    LEADER_MAILBOX = "leader-mailbox", "领导信箱"
    MESSAGE_BOARD = "message-board", "人民网留言"
    HOTLINE = "hotline", "12345转办"
    FROM_ABOVE = "from-above", "上级交办"


class Source(TextChoices):
    """信访来源: the level that passed the arrival on."""

    OWN = "own", "本级收到"
    NATION = "nation", "国家信访局"
    PROVINCE = "province", "省信访局"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡镇街道"


class Purpose(TextChoices):
    """信访目的."""

    SETTLE = "settle", "求决"
    APPEAL = "appeal", "申诉"
    ADVISE = "advise", "意见建议"
    EXPOSE = "expose", "揭发控告"
    OTHER = "other", "其他"


# Who comes for these asks for something: the answer is an opinion that may be reviewed (第三十一条、第三十五条).
CLAIMING = frozenset({Purpose.SETTLE, Purpose.APPEAL})


class Kind(TextChoices):
    """事项性质: the four kinds the 条例 treats apart (第二十二条、第二十九条至第三十一条)."""

    ADVICE = "advice", "建议意见类"
    REPORT = "report", "检举控告类"
    CLAIM = "claim", "申诉求决类"
    LITIGATION = "litigation", "涉法涉诉类"


class LegalWay(TextChoices):
    """办理途径: the way the law provides; the label names the article."""

    ADVICE = "a29", "研究论证并回复（第二十九条）"
    DISCIPLINE = "a30", "依规依纪依法受理办理（第三十条）"
    JUSTICE = "a31-1", "诉讼、复议、检察、公安法律程序（第三十一条第一项）"
    ARBITRATION = "a31-2", "仲裁（第三十一条第二项）"
    PARTY_APPEAL = "a31-3", "党员申诉、申请复审（第三十一条第三项）"
    ADMINISTRATIVE = "a31-4", "行政复议、裁决、确认、许可、处罚（第三十一条第四项）"
    STATUTORY_DUTY = "a31-5", "查处违法行为、履行法定职责（第三十一条第五项）"
    PETITION = "a31-6", "信访程序办理（第三十一条第六项）"


WAYS_OF_KIND: dict[Kind, frozenset[LegalWay]] = {
    Kind.ADVICE: frozenset({LegalWay.ADVICE}),
    Kind.REPORT: frozenset({LegalWay.DISCIPLINE}),
    Kind.LITIGATION: frozenset({LegalWay.JUSTICE}),
    Kind.CLAIM: frozenset(LegalWay) - {LegalWay.ADVICE, LegalWay.DISCIPLINE},
}


# What another procedure decides (第三十一条第一项至第四项).
ROUTED_WAYS = frozenset({LegalWay.JUSTICE, LegalWay.ARBITRATION, LegalWay.PARTY_APPEAL, LegalWay.ADMINISTRATIVE})


class IdKind(TextChoices):
    """证件类型, codes of GA/T 517 where known."""

    RESIDENT = "111", "居民身份证"
    HOUSEHOLD = "113", "户口簿"
    OFFICER = "114", "军官证"
    PASSPORT = "414", "普通护照"
    HK_MACAO = "516", "港澳居民来往内地通行证"
    TAIWAN = "511", "台湾居民来往大陆通行证"
    # No code of GA/T 517 is known for it.
    RESIDENCE_PERMIT = "HMT", "港澳台居民居住证"
    PERMANENT_RESIDENCE = "553", "外国人永久居留身份证"
    CREDIT_CODE = "USCC", "统一社会信用代码"
    NONE = "", "未出示证件"


class Sex(TextChoices):
    MALE = "male", "男"
    FEMALE = "female", "女"
    UNKNOWN = "", "未知"


class Occupation(TextChoices):
    FARMER = "farmer", "农民"
    WORKER = "worker", "工人"
    SELF_EMPLOYED = "self-employed", "个体经营者"
    FREELANCE = "freelance", "自由职业者"
    INSTITUTION = "institution", "事业单位工作人员"
    CIVIL_SERVANT = "civil-servant", "公务员"
    TEACHER = "teacher", "教师"
    DOCTOR = "doctor", "医生"
    LAWYER = "lawyer", "律师"
    STUDENT = "student", "学生"
    RETIRED = "retired", "退（离）休人员"
    MANAGER = "manager", "企业管理人员"
    PROFESSIONAL = "professional", "专业技术人员"
    ARTS_SPORT = "arts-sport", "文体人员"
    SOLDIER = "soldier", "现役军人"
    UNEMPLOYED = "unemployed", "无业人员"
    OTHER = "other", "其他"


class PartyRole(TextChoices):
    """A person's part in one arrival."""

    REPRESENTATIVE = "representative", "代表"
    AGENT = "agent", "代理人"
    JOINT = "joint", "联名人"


class Threat(TextChoices):
    """扬言类型."""

    SELF_HARM = "self-harm", "自杀自残"
    HARM_OTHERS = "harm-others", "伤害他人"
    EXPLOSION = "explosion", "爆炸放火"
    GATHERING = "gathering", "聚集上访"
    BEIJING = "beijing", "进京"
    ONLINE = "online", "网络炒作"
    OTHER = "other", "其他"


class Answer(TextChoices):
    """The result for one request (条例第三十二条)."""

    SUPPORT = "support", "予以支持"
    EXPLAIN = "explain", "解释说明"
    REJECT = "reject", "不予支持"


class Outcome(TextChoices):
    """三到位一处理 (条例第二十七条); several can apply."""

    SOLVED = "solved", "诉求合理的解决问题到位"
    PERSUADED = "persuaded", "诉求无理的思想教育到位"
    HELPED = "helped", "生活困难的帮扶救助到位"
    PUNISHED = "punished", "行为违法的依法处理"


class DeliveryWay(TextChoices):
    """送达方式 (民事诉讼法第八十八条至第九十五条, by analogy); without a paper it is told (简易办理)."""

    DIRECT = "direct", "直接送达"
    POST = "post", "邮寄送达"
    LEFT = "left", "留置送达"
    ELECTRONIC = "electronic", "电子送达"
    NOTICE = "notice", "公告送达"
    TOLD = "told", "电话、网络等方式告知"


class Heart(TextChoices):
    """情绪化解: the other half of 事心双解."""

    CALM = "calm", "平复"
    EASED = "eased", "缓和"
    OPEN = "open", "未解"


class LastAnswer(TextChoices):
    """Levels of the answer delivered last, which decides on the request that may follow."""

    OPINION = "opinion", "处理意见"
    REVIEW = "review", "复查意见"
    RECHECK = "recheck", "复核意见"


class EndGround(TextChoices):
    """终结情形 (山东省信访条例第四十六条)."""

    MEDIATED = "mediated", "已达成调解、和解协议"
    NO_REQUEST = "no-request", "逾期未申请复查、复核且无正当理由"
    RECHECKED = "rechecked", "复核意见已送达"
    NO_SUCCESSOR = "no-successor", "信访人死亡或者终止且无承继人"
    OTHER = "other", "其他应当终结的情形"


class Adoption(TextChoices):
    """Outcomes of an advice, a report or an application (第二十九条、第三十条、第三十一条第五项)."""

    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    NOT_ADOPTED = "not-adopted", "未采纳"
    PERFORMED = "performed", "已依法履行职责"
    NOT_DUE = "not-due", "依法不予履行，已答复"
    FOUND = "found", "查证属实，已依规依纪依法处理"
    UNFOUNDED = "unfounded", "查无实据"


ADOPTIONS_OF_WAY: dict[LegalWay, frozenset[Adoption]] = {
    LegalWay.ADVICE: frozenset({Adoption.ADOPTED, Adoption.PARTLY, Adoption.NOT_ADOPTED}),
    LegalWay.DISCIPLINE: frozenset({Adoption.FOUND, Adoption.UNFOUNDED}),
    LegalWay.STATUTORY_DUTY: frozenset({Adoption.PERFORMED, Adoption.NOT_DUE}),
}


class DeclineReason(TextChoices):
    """不予受理的理由; the label names the article."""

    PENDING = "pending", "该事项已经受理或者正在办理，规定期限内又向上级提出（第十九条第三款）"
    SKIPPED = "skipped", "走访越级提出，应当到有权处理的本级或者上一级机关、单位提出（第二十条第一款）"
    LITIGATION = "litigation", "该事项涉及诉讼权利救济，应当向有关政法部门提出（第二十条第二款）"
    NO_REQUEST = "no-request", "未在规定期限内申请复查、复核且无正当理由（山东省信访条例第三十三条）"
    NOT_OURS = "not-ours", "该事项不属于本机关、本系统职权范围，应当向有权处理的机关、单位提出（第二十三条第一款）"
    NOT_PETITION = "not-petition", "该事项不属于信访事项（第十七条）"


class FileReason(TextChoices):
    """存件的理由."""

    ANONYMOUS = "anonymous", "匿名且没有实质内容"
    THANKS = "thanks", "表达感谢、情感"
    EMPTY = "empty", "内容空白或者无法辨认"
    KNOWN = "known", "与已办事项完全相同，没有新的内容"


class ReopenReason(TextChoices):
    """重新启动的理由."""

    NEW_FACTS = "new-facts", "出现新的事实、证据"
    WRONGLY_CLOSED = "wrongly-closed", "办结有误"
    SPOT_CHECK = "spot-check", "抽查不合格"
    REVOKED = "revoked", "原意见被撤销"
    WAY_REFUSED = "way-refused", "导入的法定途径不予受理"


class ReviewKind(TextChoices):
    REVIEW = "review", "复查"
    RECHECK = "recheck", "复核"


class ReviewResult(TextChoices):
    """复查复核结论 (山东省信访条例第四十五条)."""

    UPHOLD = "uphold", "维持"
    CHANGE = "change", "变更"
    REVOKE = "revoke", "撤销"


class ReviewRefusal(TextChoices):
    """复查、复核不予受理的理由 (reference §3.7)."""

    LATE = "late", "超过规定期限提出且无正当理由"
    SKIPPED = "skipped", "不是向原办理（复查）机关的上一级机关提出"
    NEW_MATTER = "new-matter", "请求事项不是原意见处理的事项"
    OTHER_WAY = "other-way", "应当通过诉讼、仲裁、行政复议等法定途径解决"


class NoHearing(TextChoices):
    """Reasons why a hearing that was called did not take place (《山东省信访事项听证办法（试行）》)."""

    ABSENT = "absent", "信访人无正当理由不出席，视为放弃听证"
    WAIVED = "waived", "信访人书面放弃听证"
    DROPPED = "dropped", "组织听证的机关取消听证"


class SimpleReason(TextChoices):
    """适用简易办理的情形 (信访事项简易办理办法第四条)."""

    CLEAR = "clear", "事实清楚、责任明确、争议不大、易于解决"
    INQUIRY = "inquiry", "咨询、意见建议、表达感谢，可以即时反馈"
    DAILY = "daily", "涉及群众日常生产生活、时效性强，应当即时处理"
    PROMISED = "promised", "已有明确承诺或者结论"
    OTHER = "other", "其他可以简易办理的"


class ToldBy(TextChoices):
    """Ways of telling somebody without a paper."""

    SMS = "sms", "短信"
    PHONE = "phone", "电话"
    NETWORK = "network", "网上"
    FACE = "face", "当面"


class Retention(TextChoices):
    """保管期限 of a file."""

    PERMANENT = "permanent", "永久"
    THIRTY = "30", "30年"
    TEN = "10", "10年"
