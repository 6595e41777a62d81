"""Arrivals of a made-up matter: the first one with its requests, and those that joined."""

from datetime import date, datetime

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.records.crypto import digest
from cases.engine import Effect
from cases.made_up.synthetic import people, words
from cases.made_up.synthetic.blanks import new_row
from cases.made_up.synthetic.course import Course
from cases.made_up.synthetic.plan import Coming
from cases.models import CaseRequest, Companion, Petition, Petitioner
from cases.outcome import told_units
from cases.states import Move
from cases.vocabulary import Channel, PartyRole, Purpose, Source, Threat
from cases.window.numbers import query_code

_SPOKEN = frozenset({Channel.VISIT, Channel.PHONE})


def register(course: Course, *, at: datetime) -> tuple[Post, Effect]:
    """Open the matter by its first arrival."""
    matter, coming = course.matter, course.matter.comings[0]
    by = _desk_clerk(course)
    place = course.rng.choice(course.office.places)
    _write_matter(course, place, by=by, at=at)
    _arrive(course, coming, place, by=by, at=at)
    course.requests = [
        new_row(CaseRequest, id=matter.keys["CaseRequest"] + order, case_id=course.case.pk, order=order + 1, text=text)
        for order, text in enumerate(course.rng.sample(words.REQUESTS, matter.requests))
    ]
    case = course.case
    case.lead_id = course.lead.pk
    detail = {"channel": matter.channel, "arrived_on": case.received_on.isoformat(), "number": case.number}
    return by, Effect(detail)


def join(course: Course, coming: Coming, *, at: datetime) -> None:
    """Add a later arrival about the same matter."""
    by = _desk_clerk(course)
    petition = _arrive(course, coming, course.rng.choice(course.office.places), by=by, at=at)
    course.case.petition_count += 1
    detail = {"petition": petition.number, "channel": petition.channel, "unit": by.unit.name}
    course.note(Move.REPEAT, detail | told_units(course.case, by), by=by, at=at)


def _desk_clerk(course: Course) -> Post:
    return course.office.clerk if course.matter.channel in _SPOKEN else course.office.registrar


def _write_matter(course: Course, place: Unit, *, by: Post, at: datetime) -> None:
    matter, case, rng = course.matter, course.case, course.rng
    topic = rng.choice(course.stage.cast.topics)
    case.number = course.number(matter.comings[0])
    case.title = f"{place.short_name}{topic.level_3}问题{rng.choice(words.FAULTS)}"
    case.summary = f"反映{place.name}{topic.level_3}问题，{''.join(rng.sample(words.COMPLAINTS, 2))}"
    case.purpose = (Purpose.EXPOSE if matter.is_sealed else Purpose.SETTLE).value
    case.reason = rng.choice(words.REASONS)
    case.topic_id, case.region_id = topic.pk, place.pk
    case.channel, case.people, case.is_group = matter.channel, matter.people, matter.is_group
    case.is_sealed = matter.is_sealed
    case.is_urgent, case.is_skip_level = rng.random() < 0.01, rng.random() < 0.03
    case.is_livelihood, case.is_cross_border = rng.random() < 0.6, rng.random() < 0.02
    if rng.random() < 0.005:
        case.threat, case.threat_detail = rng.choice(Threat.values), rng.choice(words.THREATS)
    case.holder_id = case.registered_unit_id = by.unit_id
    case.registrar_id, case.registered_at = by.user_id, at
    case.received_on = date.fromordinal(matter.comings[0].arrived)


def _arrive(course: Course, coming: Coming, place: Unit, *, by: Post, at: datetime) -> Petition:
    matter = course.matter
    lead = _lead(course, place)
    code = query_code(course.rng.getrandbits(60))
    petition = new_row(
        Petition,
        id=coming.pk,
        case_id=course.case.pk,
        number=course.number(coming),
        query_code=code,
        query_digest=digest(code, kind="query_code"),
        channel=matter.channel,
        source=Source.OWN,
        external_id=f"9{coming.pk:09d}" if matter.channel is Channel.MESSAGE_BOARD else "",
        arrived_on=date.fromordinal(coming.arrived),
        registered_at=at,
        unit_id=by.unit_id,
        registrar_id=by.user_id,
        lead_id=lead.pk,
        people=1 if course.petitions else matter.people,
        is_group=not course.petitions and matter.is_group,
        content=f"{course.case.summary}{''.join(course.rng.sample(words.COMPLAINTS, 3))}",
        is_repeat=bool(course.petitions),
        window=course.rng.choice(words.WINDOWS) if matter.channel is Channel.VISIT else "",
    )
    course.petitions.append(petition)
    if not petition.is_repeat:
        _accompany(course, petition, place)
    return petition


def _lead(course: Course, place: Unit) -> Petitioner:
    matter, pk = course.matter, course.matter.keys["Petitioner"] + len(course.people)
    if matter.is_anonymous:
        lead = people.nobody(pk)
    else:
        who = people.person(course.stage.seed, matter.person, course.stage.cast.regions)
        lead = people.petitioner(pk, who, place)
    course.people.append(lead)
    return lead


def _accompany(course: Course, petition: Petition, place: Unit) -> None:
    matter, stage = course.matter, course.stage
    for order in range(1, matter.companions + 1):
        who = people.person(stage.seed, -matter.person * 10 - order, stage.cast.regions)
        beside = people.petitioner(matter.keys["Petitioner"] + len(course.people), who, place)
        course.people.append(beside)
        companion = new_row(
            Companion,
            petition_id=petition.pk,
            petitioner_id=beside.pk,
            role=PartyRole.REPRESENTATIVE.value,
            relation="同村村民",
        )
        course.companions.append(companion)
