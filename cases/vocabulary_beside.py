"""Code lists of what stands beside the road of a matter: 重大紧急 and 专项记录."""

from django.db.models import TextChoices


class Informed(TextChoices):
    """Bodies that are told of a 重大、紧急 matter (第二十五条), in the order of the article."""

    GOVERNMENT = "government", "本级党委和政府"
    AUTHORITY = "authority", "相关主管部门"
    CONFERENCE = "conference", "本级信访工作联席会议办公室"
    ABOVE = "above", "上一级信访部门"
    NATION = "nation", "国家信访局"


# 第二十五条第二款 binds the petition offices alone.
INFORMED_BY_OFFICES = frozenset({Informed.ABOVE, Informed.NATION})


class Means(TextChoices):
    """Ways in which another body is told of something urgent."""

    PHONE = "phone", "电话"
    FACE = "face", "当面"
    NETWORK = "network", "信访信息系统"
    FAX = "fax", "传真"
    PAPER = "paper", "书面专报"


class Called(TextChoices):
    """Those inside the system who are called to something urgent; each has one above who is called when nobody
    reads."""

    HEAD = "head", "单位负责人"
    DUTY = "duty", "信访部门负责人"
    LEADER = "leader", "本级领导"
    ROSTER = "roster", "值班人员"


class Book(TextChoices):
    """专项记录 beside the road of a matter: conduct, aid, after-care, what the personnel bodies were told."""

    CONDUCT = "conduct", "信访秩序记录"
    AID = "aid", "救助帮扶记录"
    AFTER_CARE = "after-care", "回访帮扶记录"
    PERSONNEL = "personnel", "通报组织（人事）部门"


class Conduct(TextChoices):
    """Acts that a petitioner must not commit (第二十六条), by the number of the article."""

    GATHERING = "1", "（一）非法聚集，围堵、冲击机关，拦截公务车辆，堵塞交通"
    WEAPONS = "2", "（二）携带危险物品、管制器具"
    VIOLENCE = "3", "（三）侮辱、殴打、威胁工作人员，非法限制人身自由，毁坏财物"
    STAYING = "4", "（四）在接待场所滞留、滋事，弃留生活不能自理的人"
    INCITING = "5", "（五）煽动、串联、胁迫、幕后操纵，借机敛财"
    OTHER = "6", "（六）其他扰乱公共秩序、妨害国家和公共安全的行为"


class Response(TextChoices):
    """First steps of the staff (第四十七条第一款)."""

    DISSUADED = "dissuaded", "劝阻"
    CRITICISED = "criticised", "批评"
    EDUCATED = "educated", "教育"


class Aid(TextChoices):
    """救助 that the petitioner is told of or helped to apply for (第三十七条第二款)."""

    SOCIAL = "social", "社会救助"
    JUDICIAL = "judicial", "国家司法救助"
    OTHER = "other", "其他帮扶"


class AidResult(TextChoices):
    PENDING = "pending", "已申请，待决定"
    GRANTED = "granted", "已给予救助"
    REFUSED = "refused", "不符合条件，未给予"


class VisitWay(TextChoices):
    HOME = "home", "上门走访"
    CALL = "call", "电话回访"
    TALK = "talk", "约见"
