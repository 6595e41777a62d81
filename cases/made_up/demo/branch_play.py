"""The branches of the demo as acts at their moments."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from random import Random

from django.utils import timezone

from binzhou_xinfang.statute.calendar import WorkCalendar
from cases.made_up.demo.arrivals import first_arrival, matter, repeated_arrival
from cases.made_up.demo.branch_story import BranchStory
from cases.made_up.demo.branches import BRANCHES, Bend, Branch, moments_of
from cases.made_up.demo.cast import COUNTIES, Cast
from cases.made_up.demo.themes import SPOTS, THEMES
from cases.models import PetitionCase, Topic

Act = tuple[datetime, Callable[[], None]]
# What the desk writes down the same when a person brings the same matter as another one.
_TOLD_AGAIN = ("title", "summary", "purpose", "topic", "region", "region_detail")


def branch_acts(
    cast: Cast, topics: Mapping[str, Topic], *, seed: int, now: datetime, calendar: WorkCalendar, rng: Random
) -> Iterator[Act]:
    """List every act of every branch up to `now`, matter by matter."""
    turn = 0
    for branch in BRANCHES:
        for ago in branch.ago:
            turn += 1
            yield from _acts_of(branch, ago, turn, cast, topics, seed=seed, now=now, calendar=calendar, rng=rng)


def _acts_of(
    branch: Branch,
    ago: int,
    turn: int,
    cast: Cast,
    topics: Mapping[str, Topic],
    *,
    seed: int,
    now: datetime,
    calendar: WorkCalendar,
    rng: Random,
) -> Iterator[Act]:
    minute = turn * 37 % 300
    times = moments_of(branch.road, ago, now=now, calendar=calendar, minute=minute)
    first = times
    if branch.earlier is not None:
        before = (now - times[0]) // timedelta(days=1) + 3
        first = moments_of(branch.earlier, before, now=now, calendar=calendar, minute=minute)
    story = _story(branch, turn, first[0], cast, topics, seed=seed, rng=rng)
    if branch.earlier is not None:
        yield from _told(story, branch.earlier, first)
        again = repeated_arrival(story.arrival, on=timezone.localdate(times[0]), rng=rng)
        again = replace(again, requests=story.theme.requests)
        person = {name: getattr(story.matter, name) for name in _TOLD_AGAIN}
        story = replace(story, earlier=story, arrival=again, matter=PetitionCase(**person))
    yield from _told(story, branch.road, times)


def _told(story: BranchStory, road: tuple[Bend, ...], times: list[datetime]) -> Iterator[Act]:
    yield times[0], partial(story.register, times[0])
    for bend, at in zip(road, times[1:], strict=True):
        yield at, partial(story.act, bend, at)


def _story(
    branch: Branch,
    turn: int,
    begins: datetime,
    cast: Cast,
    topics: Mapping[str, Topic],
    *,
    seed: int,
    rng: Random,
) -> BranchStory:
    theme = rng.choice([theme for theme in THEMES if theme.way is branch.way and theme.unit != "jt"])
    region = cast.units[COUNTIES[0]] if branch.in_county else cast.regions[turn % len(cast.regions)]
    place = rng.choice(SPOTS[theme.spot])
    return BranchStory(
        theme=theme,
        cast=cast,
        to=cast.units[f"{COUNTIES[0]}-xf" if branch.in_county else f"371600-{theme.unit}"],
        arrival=first_arrival(theme, place, region, on=timezone.localdate(begins), seed=seed, rng=rng, is_plain=True),
        matter=matter(theme, place, region, topics[theme.topic], rng, is_plain=True),
        turn=turn,
    )
