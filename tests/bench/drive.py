"""The rows of the table: what is asked, beside it the same bare and the empty page, in turn and by eight clients."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from urllib.parse import quote

from django.db import connection
from psycopg2.extensions import connection as PlainConnection  # noqa: N812  a class, whatever its name

from binzhou_xinfang.accounts.models import Post
from cases.models import Petition
from cases.vocabulary import Channel
from tests.bench import bare, inside
from tests.bench.browsing import Browser
from tests.bench.scene import EMPTY, Scene
from tests.bench.timing import Act, Times, at_once, in_turn

CLIENTS = 8
REGISTER, LOOK_UP = "/register/", "/register/person/"
SUPERVISION, CIRCULAR, HOUSE = "/supervision/", "/supervision/circulars/new/", "/house/"
Form = Callable[[], Mapping[str, str]]
Browsers = Mapping[str, list[Browser]]


@dataclass(frozen=True)
class Ask:
    """One row to measure. `form` None: a page that is read. `most`: at most so many times E (0: no aim).

    `first`: the first page of the list of which this is a far page. Of a form: `page` shows it, `status` answers it.
    """

    name: str
    by: Post
    path: str
    form: Form | None = None
    most: float = 0
    first: str = ""
    page: str = ""
    status: int = 200


@dataclass(frozen=True)
class Measured:
    """One row of the table; times in milliseconds, `a_second` with eight clients."""

    name: str
    times: Times
    bare: Times
    empty: Times
    a_second: float
    queries: int
    most: float
    first: Times | None = None

    @property
    def ratio(self) -> float:
        """The time as a multiple of the empty page."""
        return self.times.p50 / self.empty.p50


@dataclass(frozen=True)
class Effort:
    """Length of the measurement: requests one after another, and seconds with eight clients."""

    times: int
    seconds: float


def asks_of(scene: Scene) -> list[Ask]:
    """List the rows of the table."""
    area, every = scene.far_area, scene.far_every_case
    return [
        Ask("本单位待办", scene.handler, scene.worklist, most=8),
        Ask("本地区在办 第1页", scene.head, scene.area, most=8),
        Ask(f"本地区在办 第{area.page}页", scene.head, area.path, first=scene.area),
        Ask("全部事项 第1页", scene.head, scene.every_case),
        Ask(f"全部事项 第{every.page}页", scene.head, every.path, first=scene.every_case),
        Ask("事项页（30条流转记录）", scene.head, scene.long_case, most=10),
        Ask("登记来访（提交）", scene.clerk, REGISTER, scene.visit, most=10, page=REGISTER, status=302),
        Ask("按电话查以往信访", scene.clerk, LOOK_UP, scene.look_up, page=REGISTER),
        Ask("首页（负责人）", scene.head, "/"),
        Ask("首页（领导）", scene.leader, "/"),
        Ask("首页的数字（领导）", scene.leader, f"{SUPERVISION}morning/"),
        Ask("登记页", scene.clerk, REGISTER, most=8),
        Ask("搜索（编号后几位）", scene.clerk, "/search/?q=382"),
        Ask("委派调解", scene.head, "/mediations/", most=8),
        Ask("督办首页（负责人）", scene.head, SUPERVISION),
        Ask("督办首页（督查专员）", scene.inspector, SUPERVISION),
        Ask("督办件", scene.head, f"{SUPERVISION}letters/"),
        Ask("逾期期限", scene.head, f"{SUPERVISION}overdue/"),
        Ask("督办件 轮到本单位", scene.head, f"{SUPERVISION}letters/?turn=mine"),
        Ask("指标口径", scene.head, f"{SUPERVISION}figures/"),
        Ask("机构", scene.administrator, f"{HOUSE}units/"),
        Ask("机构（按俗称查找）", scene.administrator, f"{HOUSE}units/?q={quote('住建局')}"),
        Ask("用户和岗位", scene.administrator, f"{HOUSE}people/"),
        Ask("安全审计 谁看过", scene.auditor, f"/audit/?q={scene.long_case.split('/')[2]}"),
        Ask("安全审计 做过什么", scene.auditor, f"/audit/?q={scene.clerk.user.username}"),
        Ask("听证专家", scene.head, "/experts/"),
        Ask("日历月视图", scene.head, scene.month),
        Ask("按期答复率的分母", scene.head, f"{SUPERVISION}figures/answered/"),
        Ask("拟制通报（提交）", scene.inspector, CIRCULAR, scene.circular, page=CIRCULAR, status=302),
    ]


@contextmanager
def signed_in(posts: Iterable[Post], password: str, port: int) -> Iterator[Browsers]:
    """For each user name as many browsers as there are clients."""
    names = sorted({post.user.username for post in posts})
    with ExitStack() as opened:
        browsers = {
            name: [opened.enter_context(Browser(port, name, password)) for _ in range(CLIENTS)] for name in names
        }
        yield browsers


def measure(ask: Ask, browsers: Browsers, effort: Effort) -> Measured:
    """One row."""
    statements = inside.queries_of(ask.by, ask.path, ask.form() if ask.form else None)
    clients = browsers[ask.by.user.username]
    if ask.form:
        for client in clients:
            client.read_token(ask.page)
    first, plain = clients[0], bare.connect(connection.get_connection_params())
    acts = [lambda: first.get(EMPTY), _asking(ask, first), _bare(ask, plain, statements)]
    if ask.first:
        acts.append(lambda: first.get(ask.first))
    empty, times, without, *beside = in_turn(acts, times=effort.times)
    plain.close()
    a_second = at_once([_asking(ask, client) for client in clients], seconds=effort.seconds)
    return Measured(ask.name, times, without, empty, a_second, len(statements), ask.most, *beside)


def _asking(ask: Ask, browser: Browser) -> Act:
    form = ask.form
    if form is None:
        return lambda: browser.get(ask.path)

    def send() -> None:
        answer = browser.post(ask.path, form())
        if answer.status != ask.status:
            raise RuntimeError(f"POST {ask.path} answered {answer.status}")

    return send


def _bare(ask: Ask, plain: PlainConnection, statements: list[str]) -> Act:
    """A page is its SELECTs again; a registration is its rows again, under other numbers."""
    if ask.path == REGISTER:
        return bare.Writer(plain, latest_visit()).register
    return lambda: bare.replay(plain, inside.reads(statements))


def latest_visit() -> Petition:
    """The last ordinary registration on which nothing was done yet, to be copied."""
    visits = Petition.objects.filter(channel=Channel.VISIT, is_repeat=False, companions=None)
    return visits.select_related("unit").order_by("case__version", "-pk")[0]
