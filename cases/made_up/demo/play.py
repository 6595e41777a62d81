"""Calendar of the demo: all moves in the order of time, and the watch over the clocks every morning."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from django.utils import timezone

from binzhou_xinfang.accounts.models import Unit
from binzhou_xinfang.statute.calendar import WorkCalendar
from binzhou_xinfang.statute.models import current_calendar
from cases.made_up.demo.arrivals import first_arrival, matter, repeated_arrival
from cases.made_up.demo.branch_play import branch_acts
from cases.made_up.demo.callbacks import call_back, read_most_calls
from cases.made_up.demo.cast import BUREAU, COUNTIES, DISCIPLINE, TOWNSHIP, Cast
from cases.made_up.demo.plot import scenes
from cases.made_up.demo.roads import Scene, moments, road
from cases.made_up.demo.story import Story
from cases.made_up.demo.themes import SEALED, SPOTS, THEMES, Theme
from cases.models import Topic
from cases.states import Move
from cases.vocabulary import LegalWay
from cases.watch.sweep import sweep

# Before the unit signs for it, a matter may lie with a unit that has no account here.
_BEFORE_SIGNING = frozenset({Move.REGISTER, Move.TRIAGE, Move.REFER, Move.ASSIGN})


@dataclass(frozen=True, slots=True)
class Step:
    """One act at its moment."""

    at: datetime
    act: Callable[[], None]


def steps(cast: Cast, *, seed: int, now: datetime) -> list[Step]:
    """List everything that happens in the demo up to `now`, in the order of time; the same for the same seed and
    day."""
    rng, calendar = Random(seed), current_calendar()  # noqa: S311  made up, not secret
    topics = {topic.pk: topic for topic in Topic.objects.all()}
    plan: list[Step] = []
    for number, scene in enumerate(scenes(rng)):
        moves = road(scene)
        times = moments(scene, moves, now=now, calendar=calendar, rng=rng)
        story = _story(number, scene, moves, times[0], cast=cast, topics=topics, seed=seed, rng=rng)
        plan += [Step(at, partial(story.act, move, at)) for move, at in zip(moves, times, strict=True)]
        plan += _repeats(story, times, rng)
    plan += [Step(at, act) for at, act in branch_acts(cast, topics, seed=seed, now=now, calendar=calendar, rng=rng)]
    # The sort is stable, so that moves of one matter keep their order.
    return sorted(plan, key=lambda step: step.at)


def play(all_steps: Iterable[Step], *, now: datetime) -> None:
    """Act each step; at eight on every day between, and at last now, the watch goes round; in the morning the offices
    ask back what the answers were worth.
    """
    morning: datetime | None = None
    calendar = current_calendar()
    for step in all_steps:
        morning = morning or _morning_after(step.at)
        while morning <= step.at:
            morning = _begin_day(morning, calendar)
        step.act()
    while morning is not None and morning <= now:
        morning = _begin_day(morning, calendar)
    read_most_calls(before=now)
    sweep(at=now)


def _begin_day(morning: datetime, calendar: WorkCalendar) -> datetime:
    read_most_calls(before=morning)
    sweep(at=morning)
    call_back(at=morning, calendar=calendar)
    return morning + timedelta(days=1)


def _morning_after(at: datetime) -> datetime:
    return timezone.localtime(at).replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _story(
    number: int,
    scene: Scene,
    moves: list[Move],
    begins: datetime,
    *,
    cast: Cast,
    topics: dict[str, Topic],
    seed: int,
    rng: Random,
) -> Story:
    # A report of wrongdoing goes its own way once the discipline body has signed for it (第三十条).
    is_sealed = number % 19 == 7 and Move.ACCEPT not in moves
    # 第三十四条: the sixty days are for what goes the way of 第三十一条第六项.
    fitting = [theme for theme in THEMES if Move.ACCEPT not in moves or theme.way is LegalWay.PETITION]
    theme = rng.choice(SEALED if is_sealed else fitting)
    region = cast.regions[number % len(cast.regions)]
    place = rng.choice(SPOTS[theme.spot])
    gives_back = Move.AGREE_OBJECTION in moves
    # The wrong unit is one of the city, to which no office of a county passes on (第二十二条第一款).
    office, to = _units(theme, region, cast, rng, needs_desk=not set(moves) <= _BEFORE_SIGNING, by_city=gives_back)
    wrong = cast.desk("371600-zr" if theme.unit != "zr" else "371600-zj")
    on = timezone.localdate(begins)
    return Story(
        theme=theme,
        cast=cast,
        office=office,
        to=to,
        arrival=first_arrival(theme, place, region, on=on, seed=seed, rng=rng),
        matter=matter(theme, place, region, topics[theme.topic], rng),
        wrong=cast.desk(DISCIPLINE) if is_sealed else wrong,
        turn=number,
        gives_back=gives_back,
    )


def _units(theme: Theme, region: Unit, cast: Cast, rng: Random, *, needs_desk: bool, by_city: bool) -> tuple[str, Unit]:
    """Pick the office that registers, and the unit that gets the matter: of the city, the county, or the township."""
    if theme in SEALED:
        return BUREAU, cast.units[DISCIPLINE]
    chance, department = rng.random(), cast.units[f"371600-{theme.unit}"]
    if region.code not in COUNTIES or chance < 0.4 or by_city:
        return BUREAU, department
    if chance < 0.6:
        return BUREAU, cast.units[f"{region.code}-xf"]
    if region.code == COUNTIES[0]:
        return f"{region.code}-xf", cast.units[TOWNSHIP]
    if needs_desk:
        return BUREAU, department
    return f"{region.code}-xf", cast.units[f"{region.code}-{theme.unit}"]


def _repeats(story: Story, times: list[datetime], rng: Random) -> Iterator[Step]:
    """Let one in twelve come again while the matter is open and beyond the first desk."""
    if len(times) < 4 or story.theme in SEALED or story.arrival.lead.is_anonymous or rng.random() > 0.12:
        return
    at = times[1] + (times[-1] - times[1]) / 2
    again = repeated_arrival(story.arrival, on=timezone.localdate(at), rng=rng)
    yield Step(at, partial(story.come_again, again, at))
