"""The access matrix: for every address who gets in. A new address needs a row here; without one the tests fail."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from binzhou_xinfang.accounts.roles import Role
from cases.states import Move
from cases.vocabulary_beside import Book
from tests.access.law import (
    BOOK,
    CLERKS,
    DECIDE_GRANTS,
    EXPORT,
    HAND_OVER,
    HANDLERS,
    KEEP_CALENDAR,
    KEEP_LISTS,
    KEEP_PLACES,
    KEEP_POINTS,
    KEEP_POOL,
    KEEP_SYSTEM,
    KEEP_TEMPLATES,
    MEDIATE,
    MOVERS,
    ORDINARY_IS_SEEN_AT,
    PREPARE_HEARINGS,
    READ_AUDIT,
    READ_HOUSE,
    READ_POINTS,
    READ_POOL,
    READ_SETTINGS,
    REFER,
    SEE_IDENTITY,
    SEE_STATISTICS,
    SUPERVISE_BY_HAND,
    SUPERVISES,
    WORK_AT_A_DESK,
    makes,
    sees,
)
from tests.access.world import Matter, Place, Seat


class Answer(StrEnum):
    """Answers of the house to somebody at the door. What is wrong with a form sent is said inside."""

    IN = "is let in"
    SIGN_IN = "is sent to the sign-in"
    FORBIDDEN = "is refused (403)"
    HIDDEN = "finds nothing (404)"


Who = Callable[[Seat, Matter], Answer]


def anybody(seat: Seat, matter: Matter) -> Answer:
    return Answer.IN


def sent_off(seat: Seat, matter: Matter) -> Answer:
    """Whoever comes is led to the sign-in: after leaving, or without a first password to change."""
    return Answer.SIGN_IN


def nobody(seat: Seat, matter: Matter) -> Answer:
    """An address that nobody knows: nothing is found there."""
    return Answer.HIDDEN


def signed_in(seat: Seat, matter: Matter) -> Answer:
    """Somebody signed in, be it without a post."""
    return Answer.SIGN_IN if seat.name == "无人登录" else Answer.IN


def no_own(seat: Seat, matter: Matter) -> Answer:
    """Hide what exists for its owner alone: nobody here owns one."""
    return Answer.HIDDEN if signed_in(seat, matter) is Answer.IN else Answer.SIGN_IN


def staff(seat: Seat, matter: Matter) -> Answer:
    """Somebody who holds a post."""
    if seat.role is None and signed_in(seat, matter) is Answer.IN:
        return Answer.FORBIDDEN
    return signed_in(seat, matter)


def own_posts(seat: Seat, matter: Matter) -> Answer:
    """Somebody signed in; nobody asks here for a post of their own, so all are refused."""
    return Answer.FORBIDDEN if signed_in(seat, matter) is Answer.IN else Answer.SIGN_IN


def only(roles: frozenset[Role], otherwise: Answer = Answer.FORBIDDEN) -> Who:
    def who(seat: Seat, matter: Matter) -> Answer:
        if seat.role is None:
            return staff(seat, matter)
        return Answer.IN if seat.role in roles else otherwise

    return who


def supervisors(seat: Seat, matter: Matter) -> Answer:
    """Admit who brings up a cause: people of a petition office alone (第四十条第一款)."""
    there = seat.place in (Place.OFFICE, Place.SUPERIOR, Place.STRANGER)
    return only(SUPERVISE_BY_HAND)(seat, matter) if there or seat.role is None else Answer.FORBIDDEN


def unit_hand_overs(seat: Seat, matter: Matter) -> Answer:
    """Admit who hands over for a body that ends (第二十四条第二款): the head of a petition office."""
    answer = supervisors(seat, matter)
    return Answer.FORBIDDEN if answer is Answer.IN and seat.role is not Role.OFFICE_HEAD else answer


def inspectors(seat: Seat, matter: Matter) -> Answer:
    """Admit who holds a 一案双督三查: inspector and head of a petition office."""
    answer = supervisors(seat, matter)
    return Answer.FORBIDDEN if answer is Answer.IN and seat.role is Role.REGISTRAR else answer


def new_inspection(seat: Seat, matter: Matter) -> Answer:
    """A sheet for a matter that exists for the inspector; 检举控告 has none."""
    answer = inspectors(seat, matter)
    if answer is not Answer.IN:
        return answer
    return Answer.IN if sees(seat, matter) and not matter.case.is_sealed else Answer.HIDDEN


def reporters(seat: Seat, matter: Matter) -> Answer:
    """Admit who writes the annual report (第四十一条): of a petition office those who see all its matters."""
    answer = supervisors(seat, matter)
    return Answer.FORBIDDEN if answer is Answer.IN and seat.role is Role.INSPECTOR else answer


def circular_drafters(seat: Seat, matter: Matter) -> Answer:
    """Admit who drafts a 通报: of a petition office those who supervise, but for the head, who signs."""
    answer = supervisors(seat, matter)
    return Answer.FORBIDDEN if answer is Answer.IN and seat.role is Role.OFFICE_HEAD else answer


def rate_readers(seat: Seat, matter: Matter) -> Answer:
    """Admit who sees statistics; an inspector, who sees lapsed matters alone, finds no rate."""
    answer = only(SEE_STATISTICS)(seat, matter)
    return Answer.HIDDEN if seat.role is Role.INSPECTOR and answer is Answer.IN else answer


def seers(seat: Seat, matter: Matter) -> Answer:
    """Those for whom the matter exists."""
    if seat.role is None:
        return staff(seat, matter)
    return Answer.IN if sees(seat, matter) else Answer.HIDDEN


def seers_who(may: Callable[[Seat, Matter], bool]) -> Who:
    """Those for whom the matter exists, and of them only who may."""

    def who(seat: Seat, matter: Matter) -> Answer:
        found = seers(seat, matter)
        return Answer.FORBIDDEN if found is Answer.IN and seat.role is not None and not may(seat, matter) else found

    return who


def movers(move: Move) -> Who:
    return seers_who(lambda seat, matter: makes(seat, move, matter))


def _may_see_identity(seat: Seat, matter: Matter) -> bool:
    return seat.role in SEE_IDENTITY


def _may_export(seat: Seat, matter: Matter) -> bool:
    return seat.role in EXPORT


def _may_attach(seat: Seat, matter: Matter) -> bool:
    return seat.role in CLERKS | HANDLERS | {Role.REVIEWER} and seat.place in (Place.OFFICE, matter.holder)


def _handles(seat: Seat, matter: Matter) -> bool:
    return seat.role in HANDLERS and seat.place is matter.holder


def _may_take_over(seat: Seat, matter: Matter) -> bool:
    """A colleague of the handler at the unit that answers for the matter; not the handler himself."""
    handler = Role.DISCIPLINE if matter.case.is_sealed else Role.UNIT_HANDLER
    return _handles(seat, matter) and seat.role is not handler


def _may_evaluate(seat: Seat, matter: Matter) -> bool:
    """The petition office that took the matter in asks the petitioner back; never the unit that is evaluated."""
    return seat.role in CLERKS and seat.place is Place.OFFICE


# 文书拟制: who drafts at the desks of the matter; a draft is read at the unit that writes it alone.
_WRITERS = HANDLERS | {Role.REGISTRAR, Role.OFFICE_HEAD, Role.INSPECTOR}


def _may_draft(seat: Seat, matter: Matter) -> bool:
    """The petition offices that see the matter, and who handles it; nobody else at another unit."""
    return seat.role in _WRITERS and seat.place in (Place.OFFICE, Place.SUPERIOR, matter.holder)


def _may_report(seat: Seat, matter: Matter) -> bool:
    """调查报告 is written by who handles the matter."""
    return seat.role in _WRITERS and seat.place is matter.holder


def _may_print(seat: Seat, matter: Matter) -> bool:
    """Papers of an arrival are for those who register where it arrived."""
    return seat.role in CLERKS and seat.place is Place.OFFICE


def _writes(book: str) -> Callable[[Seat, Matter], bool]:
    """专项记录 are written at the office and at the unit that has the matter."""
    roles = {
        Book.CONDUCT: CLERKS | HANDLERS | {Role.REVIEWER},
        Book.AID: CLERKS | HANDLERS | {Role.REVIEWER},
        Book.AFTER_CARE: HANDLERS | {Role.REGISTRAR, Role.OFFICE_HEAD, Role.REVIEWER},
        Book.PERSONNEL: {Role.OFFICE_HEAD},
    }[Book(book)]
    return lambda seat, matter: seat.role in roles and seat.place in (Place.OFFICE, matter.holder)


def _may_print_any(seat: Seat, matter: Matter) -> bool:
    """The petitioner asks for a hearing at the window or at the unit that answers for the matter."""
    return seat.role in CLERKS | HANDLERS and seat.place in (Place.OFFICE, matter.holder)


def draft_readers(seat: Seat, matter: Matter) -> Answer:
    found = seers(seat, matter)
    is_of_the_unit = seat.role in _WRITERS | {Role.LEADER} and seat.place is matter.holder
    return Answer.HIDDEN if found is Answer.IN and seat.role is not None and not is_of_the_unit else found


def draft_checkers(seat: Seat, matter: Matter) -> Answer:
    """Admit those readers who check, but for who has drafted it."""
    found = draft_readers(seat, matter)
    may = (seat.role in _WRITERS and _may_take_over(seat, matter)) or seat.role in _WRITERS - HANDLERS
    return Answer.FORBIDDEN if found is Answer.IN and seat.role is not None and not may else found


def receivers(seat: Seat, matter: Matter) -> Answer:
    """The receipt: who registers at the unit that took the arrival in; of a report only its named person."""
    if seat.role is None or seat.role not in CLERKS:
        return only(CLERKS)(seat, matter)
    is_ours = seat.place is Place.OFFICE and (not matter.case.is_sealed or sees(seat, matter))
    return Answer.IN if is_ours else Answer.HIDDEN


# --- Rows that are of no single matter (`rows.furnish`)


def at_housing(roles: frozenset[Role]) -> Who:
    """Rows of the housing office for these roles there: its hand-overs, plans and turns of duty."""

    def who(seat: Seat, matter: Matter) -> Answer:
        answer = only(roles)(seat, matter)
        return Answer.HIDDEN if answer is Answer.IN and seat.place is not Place.HOUSING else answer

    return who


def whose_notice(seat: Seat, matter: Matter) -> Answer:
    """A notice exists for its reader alone."""
    is_his = (seat.role, seat.place) == (Role.UNIT_HEAD, Place.HOUSING)
    return Answer.HIDDEN if seat.role is not None and not is_his else staff(seat, matter)


# A 督办件 that has just been brought up lies at the office (第四十条): its people, and those who oversee the area.
_OFFICE = frozenset({Role.REGISTRAR, Role.OFFICE_HEAD, Role.INSPECTOR})
_OVERSEE = frozenset({Role.OFFICE_HEAD, Role.LEADER, Role.INSPECTOR})
_ANSWER = frozenset({Role.UNIT_HANDLER, Role.UNIT_HEAD, Role.REGISTRAR, Role.OFFICE_HEAD, Role.REVIEWER})
_SIGN_ANSWER = frozenset({Role.UNIT_HEAD, Role.OFFICE_HEAD, Role.REVIEWER})
_WHO_ACTS: Mapping[str, tuple[frozenset[Role], Place]] = {
    **dict.fromkeys(("draft", "record", "drop", "receive", "judge", "recheck"), (_OFFICE, Place.OFFICE)),
    "list": (frozenset({Role.OFFICE_HEAD}), Place.OFFICE),
    **dict.fromkeys(("receipt", "answer"), (_ANSWER, Place.HOUSING)),
    **dict.fromkeys(("sign-answer", "return-answer"), (_SIGN_ANSWER, Place.HOUSING)),
}


# What its stage does not allow is refused to every reader in words, before anybody asks who would do it.
_OPEN_NOW = frozenset({"draft", "record", "list", "drop"})


def cause_readers(seat: Seat, matter: Matter) -> Answer:
    """It is of the ordinary matter, whichever matter is asked about; nothing of it has gone out to the unit."""
    if seat.role is None:
        return staff(seat, matter)
    is_known = seat.place in ORDINARY_IS_SEEN_AT[seat.role]
    at_office = seat.role in _OFFICE and seat.place is Place.OFFICE
    reads = is_known and (at_office or seat.role in _OVERSEE)
    return Answer.IN if reads else Answer.HIDDEN


def cause_actors(act: str) -> Who:
    """Of those who read it, who acts; what is not open in its stage is refused in words to them alone."""
    roles, place = _WHO_ACTS[act]

    def who(seat: Seat, matter: Matter) -> Answer:
        found = cause_readers(seat, matter)
        if found is not Answer.IN or seat.role is None or act not in _OPEN_NOW:
            return found
        return Answer.IN if seat.role in roles and seat.place is place else Answer.FORBIDDEN

    return who


def sheet_readers(seat: Seat, matter: Matter) -> Answer:
    """An inspection of the office: its inspectors, and above it who sees all matters."""
    answer = inspectors(seat, matter)
    reads = seat.place is Place.OFFICE or (seat.role, seat.place) == (Role.OFFICE_HEAD, Place.SUPERIOR)
    return Answer.HIDDEN if answer is Answer.IN and not reads else answer


_WORK_ON_CIRCULARS = _OFFICE


def draft_circular_readers(seat: Seat, matter: Matter) -> Answer:
    """A circular that is not signed: who works on circulars at the office, and nobody else."""
    if seat.role is None:
        return staff(seat, matter)
    return Answer.IN if seat.role in _WORK_ON_CIRCULARS and seat.place is Place.OFFICE else Answer.HIDDEN


def circular_figures(seat: Seat, matter: Matter) -> Answer:
    """Its figures open for who sees all matters of the area."""
    found = draft_circular_readers(seat, matter)
    return Answer.HIDDEN if found is Answer.IN and seat.role not in (Role.OFFICE_HEAD, None) else found


def circular_actors(act: str) -> Who:
    """Roles at the office: drafters change it, a head signs; both throw it away and reckon it anew."""
    drafters = frozenset({Role.REGISTRAR, Role.INSPECTOR})
    roles = {"revise": drafters, "sign": frozenset({Role.OFFICE_HEAD})}.get(act, _WORK_ON_CIRCULARS)

    def who(seat: Seat, matter: Matter) -> Answer:
        found = draft_circular_readers(seat, matter)
        return Answer.FORBIDDEN if found is Answer.IN and seat.role not in (*roles, None) else found

    return who


_OFFICES = (Place.OFFICE, Place.SUPERIOR, Place.STRANGER)


def pool_keepers(seat: Seat, matter: Matter) -> Answer:
    """Admit who lists an expert: a petition office."""
    answer = only(KEEP_POOL)(seat, matter)
    return Answer.FORBIDDEN if answer is Answer.IN and seat.place not in _OFFICES else answer


def expert_readers(seat: Seat, matter: Matter) -> Answer:
    """An expert of the county's office: whoever prepares hearings or oversees them in the county and above."""
    answer = only(READ_POOL, Answer.HIDDEN)(seat, matter)
    return Answer.HIDDEN if answer is Answer.IN and seat.place is Place.STRANGER else answer


def expert_actors(act: str) -> Who:
    """Of those who read of an expert, the office that keeps him; what is not open now is refused to all in words."""

    def who(seat: Seat, matter: Matter) -> Answer:
        found = expert_readers(seat, matter)
        if found is not Answer.IN or seat.role is None or act == "restore":
            return found
        return Answer.IN if seat.role in KEEP_POOL and seat.place is Place.OFFICE else Answer.FORBIDDEN

    return who


def place_readers(seat: Seat, matter: Matter) -> Answer:
    """A place of the county's office: whoever books in the county and above."""
    answer = only(BOOK | KEEP_PLACES, Answer.HIDDEN)(seat, matter)
    return Answer.HIDDEN if answer is Answer.IN and seat.place is Place.STRANGER else answer


def place_actors(act: str) -> Who:
    """Of those who read of a place, the office that keeps it."""

    def who(seat: Seat, matter: Matter) -> Answer:
        found = place_readers(seat, matter)
        if found is not Answer.IN or seat.role is None or act == "reopen":
            return found
        return Answer.IN if seat.role in KEEP_PLACES and seat.place is Place.OFFICE else Answer.FORBIDDEN

    return who


def point_readers(seat: Seat, matter: Matter) -> Answer:
    """A point of the county's office: whoever refers, mediates or oversees in the county and above."""
    answer = only(READ_POINTS, Answer.HIDDEN)(seat, matter)
    return Answer.HIDDEN if answer is Answer.IN and seat.place is Place.STRANGER else answer


def point_actors(act: str) -> Who:
    """Of those who read of a point, the office that keeps it."""

    def who(seat: Seat, matter: Matter) -> Answer:
        found = point_readers(seat, matter)
        if found is not Answer.IN or seat.role is None or act == "reopen":
            return found
        return Answer.IN if seat.role in KEEP_POINTS and seat.place is Place.OFFICE else Answer.FORBIDDEN

    return who


def mediation_readers(seat: Seat, matter: Matter) -> Answer:
    """A mediation of the ordinary matter at a point without people of its own: who sees the matter."""
    return draw_readers(seat, matter)


def mediation_actors(act: str) -> Who:
    """Of those who read it, the unit answers for the point, or takes it back; nothing else is open before."""

    def who(seat: Seat, matter: Matter) -> Answer:
        found = mediation_readers(seat, matter)
        if found is not Answer.IN or seat.role is None:
            return found
        roles = {"accept": MEDIATE, "decline": MEDIATE, "recall": REFER}.get(act)
        if roles is None:
            return found
        return Answer.IN if seat.role in roles and seat.place is Place.HOUSING else Answer.FORBIDDEN

    return who


def booking_readers(seat: Seat, matter: Matter) -> Answer:
    """A booking of the office: its own people, and who looks at the whole area."""
    if seat.role is None:
        return staff(seat, matter)
    is_own = seat.role in BOOK | {Role.LEADER} and seat.place is Place.OFFICE
    oversees = seat.role in (Role.OFFICE_HEAD, Role.LEADER) and seat.place is not Place.STRANGER
    return Answer.IN if is_own or oversees else Answer.HIDDEN


def booking_actors(seat: Seat, matter: Matter) -> Answer:
    """Of those who read it, the office that booked."""
    found = booking_readers(seat, matter)
    if found is not Answer.IN or seat.role is None:
        return found
    return Answer.IN if seat.role in BOOK and seat.place is Place.OFFICE else Answer.FORBIDDEN


def draw_readers(seat: Seat, matter: Matter) -> Answer:
    """A draw for the ordinary matter, whichever matter is asked about."""
    if seat.role is None:
        return staff(seat, matter)
    is_seen = seat.place in ORDINARY_IS_SEEN_AT[seat.role] and not seat.is_recused
    return Answer.IN if is_seen else Answer.HIDDEN


def draw_actors(act: str) -> Who:
    """Of those who read it, the unit that has the matter; nobody withdraws before it was drawn."""

    def who(seat: Seat, matter: Matter) -> Answer:
        found = draw_readers(seat, matter)
        if found is not Answer.IN or seat.role is None or act == "replace":
            return found
        return Answer.IN if seat.role in PREPARE_HEARINGS and seat.place is Place.HOUSING else Answer.FORBIDDEN

    return who


# "METHODS route": who. Parts in angle brackets are filled with the matter's own numbers, slugs from FILLED.
TABLE: Mapping[str, Who] = {
    # Machines that watch the house, and the door itself
    "GET healthz": anybody,
    "GET readyz": anybody,
    "GET,POST accounts/sign-in/": anybody,
    "GET,POST accounts/first-password/": sent_off,
    "GET,POST accounts/code/": sent_off,
    "GET,POST accounts/second-factor/": signed_in,
    "GET,POST accounts/second-factor/end/": signed_in,
    "GET,POST accounts/recovery-codes/": signed_in,
    "GET accounts/own/": signed_in,
    "GET,POST accounts/activate/": anybody,
    # A token that was given to somebody else, or to nobody.
    "GET,POST accounts/tokens/<int:pk>/": no_own,
    "POST accounts/sign-out/": sent_off,
    "GET,POST accounts/password/": signed_in,
    "POST accounts/use-post/": own_posts,
    # The desk
    "GET,POST ": signed_in,
    "GET,POST work/<slug:queue>/": only(WORK_AT_A_DESK, Answer.HIDDEN),
    "GET,POST cases/": staff,
    "GET drafts/": only(_WRITERS | {Role.LEADER}),
    "GET hand-overs/": only(HAND_OVER),
    "GET,POST hand-overs/unit/": unit_hand_overs,
    "GET,POST hand-overs/person/": only(HAND_OVER),
    "GET hand-overs/<int:pk>/": at_housing(HAND_OVER),
    "GET hand-overs/plans/<int:pk>/": at_housing(HAND_OVER),
    "GET,POST hand-overs/plans/<int:pk>/cancel/": at_housing(HAND_OVER),
    "GET,POST hand-overs/<int:pk>/correct/": at_housing(HAND_OVER),
    "GET,POST duty/": only(HAND_OVER),
    "GET,POST duty/<int:pk>/off/": at_housing(HAND_OVER),
    "GET,POST search/": staff,
    "GET,POST register/": only(CLERKS),
    "GET,POST register/repeat/": only(CLERKS),
    "POST register/person/": only(CLERKS),
    "GET petitions/<str:number>/receipt/": receivers,
    "GET ways/": staff,
    "GET ways/<slug:code>/": staff,
    # Who makes the move is asked of each matter that was ticked; nobody ticked any.
    "POST cases/<str:number>/opinion/": movers(Move.DRAFT),
    "GET,POST together/<slug:slug>/": staff,
    "POST filters/": staff,
    "POST filters/<int:pk>/forget/": staff,
    "GET,POST pick/topics/": staff,
    "GET,POST pick/units/": staff,
    "GET,POST pick/places/": staff,
    # The matter
    "GET cases/<str:number>/": seers,
    "GET,POST cases/<str:number>/moves/<slug:slug>/": movers(Move.INVESTIGATE),
    "POST cases/<str:number>/presence/": seers,
    "GET cases/<str:number>/take-over/": seers_who(_may_take_over),
    # Who is the handler already is told so, and nothing is done.
    "POST cases/<str:number>/take-over/": seers_who(_handles),
    "GET,POST cases/<str:number>/evaluate/": seers_who(_may_evaluate),
    "GET cases/<str:number>/due/": seers,
    "GET cases/<str:number>/charts/": seers,
    "GET cases/<str:number>/charts/<slug:chart>/": seers,
    "GET charts/<slug:chart>/blank/": staff,
    "GET cases/<str:number>/deadlines/<int:pk>/": seers,
    "GET cases/<str:number>/letters/zip/": seers,
    "GET,POST cases/<str:number>/file/": seers_who(_may_export),
    "GET cases/<str:number>/letters/<int:pk>/": seers,
    "GET cases/<str:number>/letters/<int:pk>/docx/": seers,
    # Who records it is asked of a letter that is served; the first of the matter is none.
    "GET,POST cases/<str:number>/letters/<int:pk>/delivery/": seers,
    "GET cases/<str:number>/papers/": seers_who(_may_print_any),
    "GET,POST cases/<str:number>/papers/<slug:paper>/": seers_who(_may_print),
    "GET cases/<str:number>/drafts/new/": seers_who(_may_draft),
    "GET,POST cases/<str:number>/drafts/new/<slug:kind>/": seers_who(_may_report),
    "GET cases/<str:number>/drafts/<int:pk>/": draft_readers,
    "GET,POST cases/<str:number>/drafts/<int:pk>/<slug:step>/": draft_checkers,
    "GET,POST cases/<str:number>/attachments/": seers_who(_may_attach),
    "GET cases/<str:number>/attachments/<int:pk>/": seers,
    "GET,POST cases/<str:number>/identity/": seers_who(_may_see_identity),
    # The calendar, the log of look-ups, supervision, hearings
    "GET,POST calendar/": only(KEEP_CALENDAR),
    "GET,POST calendar/<int:pk>/remove/": only(KEEP_CALENDAR),
    "POST calendar/<int:year>/whole/": only(KEEP_CALENDAR),
    "GET,POST calendar/<int:year>/take-back/": only(KEEP_CALENDAR),
    "POST calendar/recalculate/": only(KEEP_CALENDAR),
    "GET letter-templates/": only(KEEP_TEMPLATES),
    "GET,POST letter-templates/<slug:kind>/": only(KEEP_TEMPLATES),
    "POST letter-templates/<slug:kind>/withdraw/": only(KEEP_TEMPLATES),
    "GET letter-templates/<slug:kind>/preview/": only(KEEP_TEMPLATES),
    "GET letter-templates/<slug:kind>/delivered/": only(KEEP_TEMPLATES),
    "GET letter-templates/<slug:kind>/own/<int:pk>/": only(KEEP_TEMPLATES),
    "GET settings/": only(READ_SETTINGS),
    "GET settings/<slug:name>/": only(READ_SETTINGS),
    "POST settings/<slug:name>/": only(KEEP_SYSTEM),
    "GET operations/": only(KEEP_SYSTEM),
    "GET operations/workers/": only(KEEP_SYSTEM),
    "GET operations/stuck/": only(KEEP_SYSTEM),
    "GET operations/unit-data/": only(KEEP_SYSTEM),
    "POST operations/clocks/<int:pk>/": only(KEEP_SYSTEM),
    "POST operations/messages/": only(KEEP_SYSTEM),
    "POST operations/messages/<int:pk>/": only(KEEP_SYSTEM),
    "GET,POST audit/": only(READ_AUDIT),
    # 维护: units, people, powers by two hands, topics
    "GET house/units/": only(READ_HOUSE),
    "GET,POST house/units/new/": only(KEEP_SYSTEM),
    "GET house/units/<int:pk>/": only(READ_HOUSE),
    "GET,POST house/units/<int:pk>/<slug:key>/": only(KEEP_SYSTEM),
    "GET,POST house/changes/<int:pk>/<slug:key>/": only(DECIDE_GRANTS),
    "GET house/people/": only(READ_HOUSE),
    "GET,POST house/people/new/": only(KEEP_SYSTEM),
    "GET house/people/<int:pk>/": only(READ_HOUSE),
    "GET,POST house/people/<int:pk>/<slug:key>/": only(KEEP_SYSTEM),
    "GET,POST house/posts/<int:pk>/<slug:key>/": only(KEEP_SYSTEM),
    "GET,POST house/tokens/<int:pk>/<slug:key>/": only(KEEP_SYSTEM),
    "GET house/grants/": only(READ_HOUSE),
    "GET,POST house/grants/<int:pk>/<slug:key>/": only(DECIDE_GRANTS),
    "GET house/topics/": only(KEEP_LISTS),
    "GET house/history/<slug:thing>/": only(READ_HOUSE | READ_AUDIT),
    "GET house/history/<slug:thing>/<str:key>/": only(READ_HOUSE | READ_AUDIT),
    "GET house/routes/": only(KEEP_LISTS),
    "GET,POST house/routes/new/": only(KEEP_LISTS),
    "GET house/routes/<slug:code>/": only(KEEP_LISTS),
    "GET,POST house/routes/<slug:code>/<slug:key>/": only(KEEP_LISTS),
    "GET,POST house/topics/<int:pk>/": only(KEEP_LISTS),
    "GET notices/": staff,
    "GET notices/bell/": anybody,
    "POST notices/read/": staff,
    "POST notices/<int:pk>/": whose_notice,
    "GET supervision/": only(SEE_STATISTICS),
    "GET supervision/trends/": only(SEE_STATISTICS),
    "GET supervision/morning/": only(SEE_STATISTICS),
    "GET supervision/figures/": only(SEE_STATISTICS),
    "GET supervision/figures/<slug:figure>/": rate_readers,
    "GET supervision/letters/": only(SUPERVISES),
    "GET,POST supervision/letters/together/<slug:slug>/": only(SUPERVISES),
    "GET supervision/letters/<int:pk>/": cause_readers,
    "GET,POST supervision/letters/<int:pk>/<slug:slug>/": cause_actors("drop"),
    "GET,POST supervision/new/": supervisors,
    "GET supervision/inspections/": inspectors,
    "GET supervision/inspections/<int:pk>/": sheet_readers,
    "GET,POST supervision/inspections/new/<str:number>/": new_inspection,
    "GET supervision/circulars/": staff,
    "GET,POST supervision/circulars/new/": circular_drafters,
    "GET supervision/circulars/<int:pk>/": draft_circular_readers,
    "GET supervision/circulars/<int:pk>/print/": draft_circular_readers,
    "GET supervision/circulars/<int:pk>/figures/<slug:figure>/": circular_figures,
    "GET,POST supervision/circulars/<int:pk>/<slug:slug>/": circular_actors("revise"),
    "GET supervision/board/": only(SUPERVISES),
    "GET supervision/proposals/": only(SUPERVISES),
    "GET supervision/proposals/<int:year>/workbook/": reporters,
    "GET supervision/proposals/<int:year>/report/": reporters,
    "GET,POST supervision/overdue/": only(SEE_STATISTICS),
    "GET,POST hearings/notice-day/": staff,
    "GET,POST hearings/recompute/": anybody,
    "GET hearings/calendar/": staff,
    "GET hearings/calendar/entries/": staff,
    "GET,POST hearings/calendar/feed/": staff,
    **{f"GET hearings/pick/{one}/": only(BOOK | {Role.LEADER}) for one in ("experts", "people", "rooms")},
    "GET hearings/ics/<str:secret>.ics": nobody,
    "GET places/": staff,
    "GET,POST places/new/": only(KEEP_PLACES),
    "GET places/<int:pk>/": place_readers,
    "GET,POST places/<int:pk>/<slug:slug>/": place_actors("close"),
    "GET mediation-points/": staff,
    "GET,POST mediation-points/new/": only(KEEP_POINTS),
    "GET mediation-points/<int:pk>/": point_readers,
    "GET,POST mediation-points/<int:pk>/<slug:slug>/": point_actors("close"),
    "GET mediations/": staff,
    "GET,POST mediations/new/": only(REFER),
    "GET mediations/<int:pk>/": mediation_readers,
    "GET,POST mediations/<int:pk>/<slug:slug>/": mediation_actors("accept"),
    "GET bookings/": staff,
    "GET,POST bookings/new/": only(BOOK),
    "GET bookings/<int:pk>/": booking_readers,
    "GET,POST bookings/<int:pk>/<slug:slug>/": booking_actors,
    "GET experts/": staff,
    "GET,POST experts/new/": pool_keepers,
    "GET experts/<int:pk>/": expert_readers,
    "GET,POST experts/<int:pk>/<slug:slug>/": expert_actors("end"),
    "GET draws/": staff,
    "GET,POST draws/new/": only(PREPARE_HEARINGS),
    "GET draws/<int:pk>/": draw_readers,
    "GET,POST draws/<int:pk>/<slug:slug>/": draw_actors("discard"),
    # The API
    "GET api/supervisions/": only(SUPERVISES),
    "POST api/supervisions/": supervisors,
    "GET api/supervisions/<int:pk>/": cause_readers,
    **{
        f"POST api/supervisions/<int:pk>/{act}/": cause_actors(act)
        for act in (
            "draft",
            "record",
            "list",
            "drop",
            "receipt",
            "answer",
            "receive",
            "judge",
            "recheck",
            "sign-answer",
            "return-answer",
        )
    },
    "GET api/figures/": only(SEE_STATISTICS),
    "GET api/figures/<slug:figure>/": rate_readers,
    "GET api/inspections/": inspectors,
    "GET api/inspections/<int:pk>/": sheet_readers,
    "GET,POST api/inspections/new/<number:number>/": new_inspection,
    "GET api/circulars/": staff,
    "POST api/circulars/": circular_drafters,
    "GET api/circulars/<int:pk>/": draft_circular_readers,
    "GET api/circulars/<int:pk>/figures/<slug:figure>/": circular_figures,
    **{
        f"POST api/circulars/<int:pk>/{act}/": circular_actors(act)
        for act in ("sign", "revise", "recompute", "discard")
    },
    "GET api/places/": staff,
    "POST api/places/": only(KEEP_PLACES),
    "GET api/places/<int:pk>/": place_readers,
    **{f"POST api/places/<int:pk>/{act}/": place_actors(act) for act in ("correct", "close", "reopen")},
    "GET api/mediation-points/": staff,
    "POST api/mediation-points/": only(KEEP_POINTS),
    "GET api/mediation-points/<int:pk>/": point_readers,
    **{f"POST api/mediation-points/<int:pk>/{act}/": point_actors(act) for act in ("correct", "close", "reopen")},
    "GET api/mediations/": staff,
    "POST api/mediations/": only(REFER),
    "GET api/mediations/<int:pk>/": mediation_readers,
    **{
        f"POST api/mediations/<int:pk>/{act}/": mediation_actors(act)
        for act in (
            "accept",
            "decline",
            "hold",
            "plan",
            "call-off",
            "tell-agreement",
            "tell-failure",
            "return",
            "amend",
            "change-mediator",
            "recall",
            "apply",
            "decide",
            "take-back",
        )
    },
    "GET api/bookings/": staff,
    "POST api/bookings/": only(BOOK),
    "GET api/bookings/<int:pk>/": booking_readers,
    **{f"POST api/bookings/<int:pk>/{act}/": booking_actors for act in ("move", "cancel")},
    "GET api/experts/": staff,
    "POST api/experts/": pool_keepers,
    "GET api/experts/<int:pk>/": expert_readers,
    **{
        f"POST api/experts/<int:pk>/{act}/": expert_actors(act)
        for act in ("correct", "certify", "decertify", "renew", "end", "restore")
    },
    "GET api/draws/": staff,
    "POST api/draws/": only(PREPARE_HEARINGS),
    "GET api/draws/<int:pk>/": draw_readers,
    **{f"POST api/draws/<int:pk>/{act}/": draw_actors(act) for act in ("draw", "replace", "discard")},
    "GET api/schema/": signed_in,
    "GET api/docs/": signed_in,
    "GET api/cases/": staff,
    "GET api/cases/<number:number>/": seers,
    "GET api/cases/<number:number>/charts/": seers,
    "GET api/cases/<number:number>/events/": seers,
    "GET api/cases/<number:number>/deadlines/<int:pk>/": seers,
    "GET api/cases/<number:number>/letters/": seers,
    "POST api/cases/<number:number>/file/": seers_who(_may_export),
    "GET api/cases/<number:number>/letters/<int:pk>/": seers,
    "GET api/cases/<number:number>/deliveries/": seers,
    "POST api/cases/<number:number>/letters/<int:pk>/delivery/": seers,
    "POST api/cases/<number:number>/take-over/": seers_who(_may_take_over),
    "POST api/cases/<number:number>/evaluate/": seers_who(_may_evaluate),
    "GET api/letter-drafts/": staff,
    "GET api/duty/": only(HAND_OVER),
    "POST api/duty/": only(HAND_OVER),
    "POST api/duty/<int:pk>/off/": at_housing(HAND_OVER),
    "GET api/hand-overs/": only(HAND_OVER),
    "POST api/hand-overs/unit/": unit_hand_overs,
    "POST api/hand-overs/person/": only(HAND_OVER),
    "GET api/hand-overs/<int:pk>/": at_housing(HAND_OVER),
    "GET api/hand-overs/plans/<int:pk>/": at_housing(HAND_OVER),
    "POST api/hand-overs/plans/<int:pk>/cancel/": at_housing(HAND_OVER),
    "POST api/hand-overs/<int:pk>/correct/": at_housing(HAND_OVER),
    "GET api/cases/<number:number>/drafts/": seers,
    "POST api/cases/<number:number>/drafts/": seers_who(_may_draft),
    "GET,POST api/cases/<number:number>/drafts/<int:pk>/": draft_readers,
    "POST api/cases/<number:number>/papers/registration-form/": seers_who(_may_print),
    "POST api/cases/<number:number>/papers/receipt/": seers_who(_may_print),
    "POST api/cases/<number:number>/papers/hearing-request/": seers_who(_may_print_any),
    "POST api/cases/<number:number>/attachments/": seers_who(_may_attach),
    "GET api/cases/<number:number>/attachments/<int:pk>/": seers,
    "POST api/petitions/": only(CLERKS),
    "POST api/petitions/repeat/": only(CLERKS),
    "GET api/petitions/<number:number>/": seers,
    "GET api/cases/<number:number>/log/": seers,
    "GET,POST cases/<str:number>/log/<slug:book>/": seers_who(_writes("conduct")),
    "GET,POST cases/<str:number>/log/<slug:book>/<int:pk>/": seers_who(_writes("conduct")),
    **{f"POST api/cases/<number:number>/log/{book}/": seers_who(_writes(book)) for book in Book.values},
    **{f"POST api/cases/<number:number>/log/{book}/<int:pk>/": seers_who(_writes(book)) for book in Book.values},
    "GET api/topics/": staff,
    "GET api/legal-ways/": staff,
    "GET api/units/": staff,
    "GET api/deadline/": staff,
    "GET api/settings/": only(READ_SETTINGS),
    "POST api/settings/": only(KEEP_SYSTEM),
    **{f"GET api/house/{room}/": only(READ_HOUSE) for room in ("units", "people", "grants", "changes")},
    **{
        f"GET api/house/{room}/<int:pk>/": only(READ_HOUSE)
        for room in ("units", "people", "posts", "tokens", "grants", "changes")
    },
    **{f"GET api/house/{room}/<slug:pk>/": only(KEEP_LISTS) for room in ("topics", "routes")},
    **{f"POST api/house/{room}/new/": only(KEEP_SYSTEM) for room in ("units", "people")},
    **{
        f"POST api/house/{room}/<int:pk>/{act}/": only(KEEP_SYSTEM)
        for room, acts in {
            "units": ("rename", "amend", "ask-move", "ask-end", "ask-reopen"),
            "changes": ("cancel",),
            "people": ("ask-post", "ask-password", "ask-unlock", "ask-reopen", "ask-factor", "amend", "close"),
            "posts": ("ask-sealed", "ask-token", "end", "unseal"),
            "tokens": ("end",),
            "grants": ("withdraw",),
        }.items()
        for act in acts
    },
    "POST api/house/topics/<slug:pk>/words/": only(KEEP_LISTS),
    "POST api/house/routes/new/": only(KEEP_LISTS),
    **{f"POST api/house/routes/<slug:pk>/{act}/": only(KEEP_LISTS) for act in ("amend", "retire", "restore")},
    **{
        f"POST api/house/{room}/<int:pk>/{act}/": only(DECIDE_GRANTS)
        for room in ("grants", "changes")
        for act in ("give", "turn-down")
    },
} | {f"POST api/cases/<number:number>/moves/{move.value}/": movers(move) for move in MOVERS}

# Addresses without a matter of their own that can show none: a new address is taken for a list until it stands here.
NO_MATTERS = frozenset(
    {
        # The door, machines, and the description of the API
        "healthz", "readyz", "accounts/sign-in/", "accounts/first-password/", "accounts/password/",
        "accounts/code/", "accounts/second-factor/", "accounts/second-factor/end/", "accounts/recovery-codes/",
        "accounts/own/", "accounts/activate/",
        "api/schema/", "api/docs/",
        # Empty forms, lists of codes, and what is offered while one types
        "register/", "register/repeat/", "duty/", "api/duty/", "supervision/new/", "supervision/circulars/new/",
        "hand-overs/unit/", "hand-overs/person/", "pick/topics/", "pick/units/", "pick/places/", "ways/",
        "api/topics/", "api/legal-ways/", "api/units/", "api/deadline/", "charts/<slug:chart>/blank/",
        "hearings/notice-day/", "supervision/figures/", "hearings/recompute/", "draws/new/",
        "experts/", "experts/new/", "api/experts/", "places/", "places/new/", "api/places/", "bookings/",
        "mediation-points/", "mediation-points/new/", "api/mediation-points/", "mediations/new/",
        "bookings/new/", "api/bookings/", "hearings/calendar/", "hearings/calendar/entries/",
        "hearings/calendar/feed/", "hearings/ics/<str:secret>.ics",
        # What the office sets
        "calendar/", "calendar/<int:year>/take-back/", "letter-templates/", "letter-templates/<slug:kind>/",
        "letter-templates/<slug:kind>/preview/",
        "letter-templates/<slug:kind>/delivered/", "settings/", "settings/<slug:name>/", "api/settings/",
        # Units, people and powers, which are of no matter
        "house/units/", "house/units/new/", "house/people/", "house/people/new/", "house/grants/", "house/topics/",
        "house/routes/", "house/routes/new/", "house/history/<slug:thing>/", "house/history/<slug:thing>/<str:key>/",
        "api/house/units/", "api/house/people/", "api/house/grants/", "api/house/changes/",
        "api/house/topics/<slug:pk>/",
        "api/house/routes/<slug:pk>/",
        # Rounds of the watch, and the log, which covers the numbers of reports (`trail.covered`)
        "operations/", "operations/workers/", "audit/",
    }
)  # fmt: skip

# Addresses that may show matters without naming one: nobody may read there of a matter that does not exist for them.
LISTS = (
    frozenset(
        route
        for methods, _, route in (row.partition(" ") for row in TABLE)
        if "GET" in methods and "number>" not in route and "<int:pk>" not in route and "<slug:code>" not in route
    )
    - NO_MATTERS
)

# What stands for a part in angle brackets that no matter fills.
# A whole address up to the part goes before the part alone.
FILLED: Mapping[str, str] = {
    "supervision/letters/<int:pk>/<slug:slug>": "drop",
    "supervision/circulars/<int:pk>/<slug:slug>": "revise",
    "experts/<int:pk>/<slug:slug>": "end",
    "draws/<int:pk>/<slug:slug>": "discard",
    "places/<int:pk>/<slug:slug>": "close",
    "bookings/<int:pk>/<slug:slug>": "cancel",
    "mediation-points/<int:pk>/<slug:slug>": "close",
    "mediations/<int:pk>/<slug:slug>": "accept",
    "<str:secret>": "unknown",
    "together/<slug:slug>": "sign-for",
    "supervision/letters/together/<slug:slug>": "drop",
    "<str:key>": "1",
    "house/posts/<int:pk>/<slug:key>": "end",
    "house/tokens/<int:pk>/<slug:key>": "end",
    "house/grants/<int:pk>/<slug:key>": "give",
    "house/changes/<int:pk>/<slug:key>": "give",
    "<slug:figure>": "repeated",
    "<slug:thing>": "unit",
    "<int:year>": "2025",
    "<slug:chart>": "flow",
    "<slug:book>": "conduct",
    "<slug:queue>": "desk",
    "<slug:name>": "handling",
    "<slug:slug>": Move.INVESTIGATE.value,
    "<slug:kind>": "investigation-report",
    "<slug:paper>": "registration-form",
    "<slug:step>": "check",
    "<slug:key>": "amend",
}
