"""Arrivals at the demo bureau, by channel and number of people: the rows of one arrival, not yet saved."""

from datetime import date, timedelta
from random import Random
from typing import Any

from django.db.models import Model
from stdnum.cn import uscc

from binzhou_xinfang.accounts.models import Unit
from cases.entries.declaration import asked_of
from cases.made_up.demo.themes import Theme
from cases.made_up.synthetic.people import Person, person
from cases.models import Petition, PetitionCase, Petitioner, Topic
from cases.vocabulary import Channel, IdKind, PartyRole, Source, Threat
from cases.window.registration import Arrival, Party

# Fewer people than matters: at the window an ID shows what its holder has brought before.
_PEOPLE = 230
_WINDOWS = ("1号窗口", "2号窗口")
_CHANNELS = {
    Channel.VISIT: 34,
    Channel.WEB: 18,
    Channel.LETTER: 12,
    Channel.PHONE: 10,
    Channel.HOTLINE: 8,
    Channel.MESSAGE_BOARD: 7,
    Channel.LEADER_MAILBOX: 5,
    Channel.FROM_ABOVE: 4,
    Channel.FAX: 2,
}
_ADDRESSED = ("滨州市信访局", "滨州市人民政府", "市长信箱")
# Of the entries that are asked now and then only, the part that is typed in.
_TYPED_IN = 0.25
_FIRST_REGION = "371602"


def channel(rng: Random) -> Channel:
    """Pick a channel, as often as people use it."""
    return rng.choices(list(_CHANNELS), list(_CHANNELS.values()))[0]


def citizen(seed: int, rng: Random) -> Person:
    """Pick one of the people of the demo."""
    return person(seed, rng.randrange(_PEOPLE), (_FIRST_REGION, "371603", "371621", "371625", "371681"))


def first_arrival(
    theme: Theme, place: str, region: Unit, *, on: date, seed: int, rng: Random, is_plain: bool = False
) -> Arrival:
    """Make the arrival that opens a matter: a person, a firm, a group with its representatives, or somebody unnamed.

    `is_plain`: one named person, who came by himself: what is sent from above goes no simple way.
    """
    way = channel(rng)
    while is_plain and way is Channel.FROM_ABOVE:
        way = channel(rng)
    people, companions = 1, []
    if way is Channel.VISIT and not is_plain and rng.random() < 0.14:
        people = rng.randint(5, 32)
        companions = [
            Party(_row(citizen(seed, rng), region), PartyRole.REPRESENTATIVE) for _ in range(rng.randint(2, 5))
        ]
    lead = _row(citizen(seed, rng), region) if is_plain else _lead(theme, way, region, people, seed=seed, rng=rng)
    content = theme.content.format(place=place)
    columns, apart = _columns(way, people, rng), _apart(f"{on}{lead.name}{content}")
    if not (lead.is_anonymous or lead.is_organisation):
        _fill(lead, apart)
    return Arrival(
        channel=way,
        arrived_on=on,
        content=content,
        lead=lead,
        requests=theme.requests,
        companions=companions,
        petition=examples_of(Petition, apart) | _on_paper(way, on, apart) | columns,
    )


def repeated_arrival(arrival: Arrival, *, on: date, rng: Random) -> Arrival:
    """Make an arrival of the same person about the same matter, by another way."""
    way = rng.choice((Channel.PHONE, Channel.VISIT, Channel.WEB))
    old = arrival.lead
    lead = Petitioner(
        **{f.attname: getattr(old, f.attname) for f in old._meta.concrete_fields if not f.primary_key},
    )
    content = f"再次反映：{arrival.content}至今没有收到答复，希望加快办理。"
    return Arrival(channel=way, arrived_on=on, content=content, lead=lead, petition=_columns(way, 1, rng))


def matter(
    theme: Theme, place: str, region: Unit, topic: Topic, rng: Random, *, is_plain: bool = False
) -> PetitionCase:
    """Make the matter as the desk writes it down; a few are urgent, or carry a threat, unless `is_plain`."""
    title = theme.title.format(place=place)
    threat = not is_plain and rng.random() < 0.04
    return PetitionCase(
        **examples_of(PetitionCase, _apart(f"{title}{region.code}")),
        title=title,
        summary=f"{title}。{'；'.join(theme.requests)}。",
        purpose=theme.purpose,
        topic=topic,
        region=region,
        region_detail=f"{region.name}{place}",
        accused="有关人员" if theme.unit == "jw" else "",
        is_urgent=threat or (not is_plain and rng.random() < 0.06),
        is_skip_level=rng.random() < 0.05,
        is_livelihood=rng.random() < 0.5,
        is_cross_border=rng.random() < 0.04,
        threat=Threat.GATHERING if threat else "",
        threat_detail="表示如不解决将组织多人到上级机关反映" if threat else "",
    )


def examples_of(model: type[Model], rng: Random) -> dict[str, Any]:
    """Type in some of the entries that declare examples."""
    examples = {entry.name: rng.choice(entry.examples) for entry in asked_of(model) if entry.examples}
    return {name: value for name, value in examples.items() if rng.random() < _TYPED_IN}


def _fill(person: Petitioner, rng: Random) -> None:
    for name, value in examples_of(Petitioner, rng).items():
        setattr(person, name, value)


def _apart(seed: str) -> Random:
    """Make a source of chance of its own, so that what it draws leaves the story as it is."""
    return Random(seed)  # noqa: S311  made up, not secret


def _on_paper(way: Channel, on: date, rng: Random) -> dict[str, Any]:
    """Write down what stands on an envelope, or which number another desk has given."""
    if way is Channel.LETTER:
        return {"addressed_to": rng.choice(_ADDRESSED), "postmarked_on": on - timedelta(days=rng.randint(1, 4))}
    if way in (Channel.FROM_ABOVE, Channel.HOTLINE):
        return {"external_id": f"{on:%Y%m%d}{rng.randrange(10**6):06d}"}
    return {}


def _columns(way: Channel, people: int, rng: Random) -> dict[str, Any]:
    columns: dict[str, Any] = {"people": people}
    if way is Channel.VISIT:
        columns["window"] = rng.choice(_WINDOWS)
    if way is Channel.FROM_ABOVE:
        columns["source"] = rng.choice((Source.NATION, Source.PROVINCE))
    return columns


def _lead(theme: Theme, way: Channel, region: Unit, people: int, *, seed: int, rng: Random) -> Petitioner:
    if way is Channel.LETTER and rng.random() < 0.3:
        return Petitioner(name="匿名", is_anonymous=True)
    if theme.spot == "firm" and people == 1 and rng.random() < 0.15:
        return _firm(region, rng)
    return _row(citizen(seed, rng), region)


def _row(who: Person, region: Unit) -> Petitioner:
    return Petitioner(
        name=who.name,
        id_kind=IdKind.RESIDENT,
        id_number=who.id_number,
        is_id_verified=True,
        sex=who.sex,
        born_on=who.born_on,
        ethnicity="汉族",
        occupation=who.occupation,
        phone=who.phone,
        address=who.address,
        address_region=region,
        household_region=who.household,
    )


def _firm(region: Unit, rng: Random) -> Petitioner:
    head = f"91{region.region_code or _FIRST_REGION}MA3{rng.randrange(10**6):06d}"
    return Petitioner(
        name=f"{region.name}{rng.choice(('瑞丰', '众合', '立达', '兴源'))}商贸有限公司",
        is_organisation=True,
        id_kind=IdKind.CREDIT_CODE,
        id_number=head + uscc.calc_check_digit(head),
        phone=f"1{rng.choice('3589')}{rng.randrange(10**9):09d}",
        address=f"{region.name}工业园{rng.randint(1, 60)}号",
        address_region=region,
    )
