"""Scene of the measurement: made-up users with passwords, and addresses chosen for what they show."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random

from django.db.models import Count
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, UnitKind, User
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.web.paging import PAGE_SIZE
from cases.made_up.synthetic import words
from cases.made_up.synthetic.cast import PREFIX
from cases.made_up.synthetic.people import person, staff_name
from cases.models import CaseEvent, PetitionCase, Petitioner, Topic
from cases.queries import QUEUES, Cases, visible_to
from cases.states import OPEN_STATES

FAR_PAGE = 1000
EVENTS = 30
_NOT_MADE_UP = (Role.INSPECTOR, Role.ADMINISTRATOR, Role.AUDITOR, Role.LEADER)
EMPTY = "/bench/empty/"


@dataclass(frozen=True)
class FarPage:
    """The address of a page far down a list, and which page it is."""

    path: str
    page: int


class Scene:
    """Users and addresses in a database filled by `load_synthetic`."""

    def __init__(self) -> None:
        self.password = secrets.token_urlsafe(12)
        self.rng = Random(secrets.randbits(60))
        self.clerk = self._post(Role.WINDOW_CLERK)
        self.head = self._post(Role.OFFICE_HEAD)
        self.inspector, self.administrator, self.auditor, self.leader = map(self._of_ours, _NOT_MADE_UP)
        self.handler = self._handler()

    def _post(self, role: Role) -> Post:
        """A post at the highest petition office."""
        posts = Post.objects.filter(role=role, unit__kind=UnitKind.PETITION_OFFICE, user__username__startswith=PREFIX)
        return self._let_in(min(posts.select_related("unit", "user"), key=lambda post: len(post.unit.path)))

    def _of_ours(self, role: Role) -> Post:
        """Appoint somebody at the head's office, a leader of its area: there is none among the made-up people."""
        above = self.head.unit.parent if role is Role.LEADER else None
        user = User.objects.create_user(f"{PREFIX}-{secrets.token_hex(6)}", name=role.label)
        since = timezone.localdate()
        return self._let_in(Post.objects.create(user=user, unit=above or self.head.unit, role=role, from_on=since))

    def _handler(self) -> Post:
        """Find somebody who works at the unit with the longest list of its own."""
        ours = PetitionCase.objects.filter(state__in=OPEN_STATES).exclude(holder__kind=UnitKind.PETITION_OFFICE)
        busiest = ours.values("holder").annotate(size=Count("pk")).order_by("-size", "holder")[0]["holder"]
        posts = Post.objects.filter(unit=busiest, user__username__startswith=PREFIX).order_by("pk")
        return self._let_in(posts.select_related("unit", "user")[0])

    def _let_in(self, post: Post) -> Post:
        post.user.set_password(self.password)
        post.user.save(update_fields=["password"])
        return post

    @property
    def worklist(self) -> str:
        return "/work/desk/"

    @property
    def area(self) -> str:
        return "/work/area/"

    @property
    def every_case(self) -> str:
        return "/cases/"

    @property
    def month(self) -> str:
        """The entries of the month's page: six weeks from the Monday on which it begins."""
        first = timezone.localdate().replace(day=1)
        since = first - timedelta(days=first.weekday())
        return f"/hearings/calendar/entries/?start={since}T00:00:00&end={since + timedelta(days=42)}T00:00:00"

    @cached_property
    def far_area(self) -> FarPage:
        """Page 1,000 of the area's list, or its last."""
        queue = next(queue for queue in QUEUES if queue.slug == "area")
        return self._far(self.area, queue.cases(self.head), ("due_on", "pk"))

    @cached_property
    def far_every_case(self) -> FarPage:
        """Page 1,000 of everything the bureau sees, or its last."""
        return self._far(self.every_case, visible_to(self.head), ("-pk",))

    def _far(self, path: str, cases: Cases, order: tuple[str, ...]) -> FarPage:
        pages = -(-cases.count() // PAGE_SIZE)
        page = max(1, min(FAR_PAGE, pages))
        if page == 1:
            return FarPage(path, 1)
        columns = [column.removeprefix("-") for column in order]
        last_seen = cases.order_by(*order).values_list(*columns)[(page - 1) * PAGE_SIZE - 1]
        cursor = ",".join(value.isoformat() if isinstance(value, date) else str(value) for value in last_seen)
        return FarPage(f"{path}?after={cursor}", page)

    @cached_property
    def long_case(self) -> str:
        """The page of an ordinary matter, worked on at length: thirty events, or as many as there are."""
        visible = visible_to(self.head).filter(is_sealed=False, petition_count__lte=2)
        sizes = CaseEvent.objects.filter(case__in=visible).values("case__number").annotate(size=Count("pk"))
        enough = sizes.filter(size__gte=EVENTS).order_by("size", "case__number").first()
        found = enough or sizes.order_by("-size", "case__number")[0]
        return f"/cases/{found['case__number']}/"

    @cached_property
    def phones(self) -> list[str]:
        """Telephone numbers of people who were here before."""
        return [who.phone for who in Petitioner.objects.filter(is_anonymous=False).order_by("pk")[:2000]]

    def look_up(self) -> dict[str, str]:
        """Send what the window sends while a telephone number is typed."""
        return {"id_kind": "111", "id_number": "", "phone": self.rng.choice(self.phones), "content": ""}

    def visit(self) -> dict[str, str]:
        """An ordinary visit as the window sends it, with a token of its own."""
        who = person(self.rng.getrandbits(40), 0, ("371602", "371603"))
        return {
            "once": secrets.token_urlsafe(18),
            "channel": "visit",
            "arrived_on": timezone.localdate().isoformat(),
            "people": "1",
            "name": staff_name(self.rng),
            "id_kind": "111",
            "id_number": who.id_number,
            "phone": who.phone,
            "address": who.address,
            "content": "".join(self.rng.sample(words.COMPLAINTS, 4)),
            "requests": "\n".join(self.rng.sample(words.REQUESTS, 2)),
            "purpose": "settle",
            "topic": self._topic,
            "region": self.clerk.unit.area.code,
        }

    def circular(self) -> dict[str, str]:
        """A 通报 of the last thirty days."""
        today = timezone.localdate()
        days = {"since": (today - timedelta(days=29)).isoformat(), "until": today.isoformat()}
        return {"title": "关于近30日信访工作情况的通报", "demands": "限期整改", **days}

    @cached_property
    def _topic(self) -> str:
        return str(Topic.objects.filter(is_current=True).order_by("pk")[0].pk)
