"""The people of the demo bureau: accounts, the posts they hold, and the desks that matters pass over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from binzhou_xinfang.accounts.models import Post, Unit, UnitKind, User
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import Refusal

CITY, BUREAU, DISCIPLINE, REVIEW = "371600", "371600-xf", "371600-jw", "371600-fc"
# The body above the city's reviewers, which rechecks what they decide (第三十六条).
PROVINCE = "370000-fc"
# The counties whose petition offices and the place where a township have accounts.
COUNTIES = ("371602", "371681", "371625")
TOWNSHIP = "371602003"
# Nobody's telephone: no exchange gives out such numbers.
PHONE = "0543-0000001"


@dataclass(frozen=True, slots=True)
class Account:
    """One person of the demo bureau; `posts`: code of the unit and role, the first is the one to begin with."""

    username: str
    name: str
    posts: tuple[tuple[str, Role], ...]
    reads_sealed: bool = False


def _office(county: str, word: str, clerk: str, head: str) -> tuple[Account, Account]:
    unit = f"{county}-xf"
    return (
        Account(f"{word}1", clerk, ((unit, Role.REGISTRAR), (unit, Role.UNIT_HANDLER))),
        Account(f"{word}2", head, ((unit, Role.OFFICE_HEAD), (unit, Role.UNIT_HEAD))),
    )


def _desk(unit: str, word: str, handler: str, head: str) -> tuple[Account, Account]:
    return (
        Account(f"{word}1", handler, ((unit, Role.UNIT_HANDLER),)),
        Account(f"{word}2", head, ((unit, Role.UNIT_HEAD),)),
    )


ACCOUNTS: tuple[Account, ...] = (
    Account("window1", "王秀云", ((BUREAU, Role.WINDOW_CLERK),)),
    Account("window2", "刘海波", ((BUREAU, Role.WINDOW_CLERK),)),
    Account("registrar", "李文静", ((BUREAU, Role.REGISTRAR),)),
    Account("head", "赵立新", ((BUREAU, Role.OFFICE_HEAD),), reads_sealed=True),
    Account("inspector", "韩正平", ((BUREAU, Role.INSPECTOR),)),
    Account("counsellor", "许慧兰", ((BUREAU, Role.COUNSELLOR),)),
    Account("administrator", "杨晓东", ((BUREAU, Role.ADMINISTRATOR),)),
    Account("administrator2", "邢玉洁", ((BUREAU, Role.ADMINISTRATOR),)),
    Account("security", "鲁建平", ((BUREAU, Role.SECURITY),)),
    Account("auditor", "沈志强", ((BUREAU, Role.AUDITOR),)),
    Account("leader", "周明远", ((CITY, Role.LEADER),)),
    Account("reviewer", "吴敏", ((REVIEW, Role.REVIEWER),)),
    Account("reviewer2", "严正", ((REVIEW, Role.REVIEWER),)),
    Account("rechecker", "何清", ((PROVINCE, Role.REVIEWER),)),
    Account("rechecker2", "罗明义", ((PROVINCE, Role.REVIEWER),)),
    Account("discipline1", "陈刚", ((DISCIPLINE, Role.DISCIPLINE),)),
    Account("discipline2", "褚卫国", ((DISCIPLINE, Role.DISCIPLINE),)),
    *_desk("371600-zj", "zhujian", "孙建华", "吴国栋"),
    # Takes over from who leaves.
    Account("zhujian3", "宋文博", (("371600-zj", Role.UNIT_HANDLER),)),
    *_desk("371600-rs", "renshe", "郑丽", "冯建平"),
    *_desk("371600-zr", "ziran", "马超", "卫东升"),
    *_desk("371600-jt", "jiaotong", "高翔", "蒋永军"),
    *_desk("371600-dw", "shiwei", "方志远", "白玉堂"),
    *_desk("371600-rmzf", "shizhengfu", "任建新", "钟国庆"),
    *_desk("371602-rmzf", "binchengzf", "柳青", "常德胜"),
    *_desk("371681-rmzf", "zoupingzf", "丁一鸣", "汤海山"),
    *_desk("371625-rmzf", "boxingzf", "季春梅", "田文斌"),
    *_office("371602", "bincheng", "韩梅", "尤洪亮"),
    *_office("371681", "zouping", "朱玉芳", "秦建国"),
    *_office("371625", "boxing", "何伟", "施连成"),
    *_desk(TOWNSHIP, "beizhen", "吕晓燕", "孔令军"),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Handler and head at a unit."""

    unit: Unit
    handler: Post
    head: Post


@dataclass(frozen=True)
class Cast:
    """The posts by unit and role, and the units that matters touch. `regions`: the ten places below the city."""

    posts: Mapping[tuple[str, str], tuple[Post, ...]]
    units: Mapping[str, Unit]
    regions: tuple[Unit, ...]

    def post(self, unit: str, role: Role, turn: int = 0) -> Post:
        """Pick a post of the role at the unit; several take turns."""
        held = self.posts[unit, role]
        return held[turn % len(held)]

    def desk(self, unit: str) -> Desk:
        """Pick the people who work on a matter at the unit; 纪检监察 has one role for all of it."""
        if unit == DISCIPLINE:
            handler, head = self.posts[unit, Role.DISCIPLINE]
            return Desk(self.units[unit], handler, head)
        return Desk(self.units[unit], self.post(unit, Role.UNIT_HANDLER), self.post(unit, Role.UNIT_HEAD))

    def has_desk(self, unit: str) -> bool:
        return unit == DISCIPLINE or (unit, Role.UNIT_HANDLER) in self.posts


def make_cast(password: str, *, since: date) -> Cast:
    """Make the accounts, all with one password, and their posts from the day `since`. Raises Refusal without units."""
    units = {unit.code: unit for unit in Unit.objects.current(since)}
    if missing := sorted({code for account in ACCOUNTS for code, _ in account.posts} - set(units)):
        raise Refusal(f"缺少机构 {'、'.join(missing)}，请先运行 manage.py load_reference")
    # Argon2 is slow by design: one password is hashed once.
    hashed = make_password(password)
    held: dict[tuple[str, str], tuple[Post, ...]] = {}
    for account in ACCOUNTS:
        user = User.objects.create(username=account.username, name=account.name, password=hashed)
        for code, role in account.posts:
            post = Post.objects.create(
                user=user, unit=units[code], role=role, from_on=since, reads_sealed=account.reads_sealed
            )
            held[code, role] = (*held.get((code, role), ()), post)
    _give_phones([units[code] for account in ACCOUNTS for code, _ in account.posts])
    areas = (unit for unit in units.values() if unit.kind == UnitKind.AREA and unit.parent_id == units[CITY].pk)
    return Cast(held, units, tuple(sorted(areas, key=lambda unit: unit.code)))


def _give_phones(units: Iterable[Unit]) -> None:
    """Give each of them that has none a telephone, which letters print."""
    silent = {unit.pk: unit for unit in units if not unit.phone}
    for unit in silent.values():
        unit.phone = PHONE
    Unit.objects.bulk_update(silent.values(), ["phone"])
