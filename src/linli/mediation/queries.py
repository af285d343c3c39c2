"""Mediations as they are read: the list, one with its parties masked, and what a party sees of its own."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.cases.models import Case, Reporter
from linli.cases.policies import cases_visible_to
from linli.cases.queries.beside import Beside, Teller, Word
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.masks import mask_name, mask_phone
from linli.core.paging import older
from linli.core.workflow import Step
from linli.deliberation.money import yuan
from linli.mediation import policies
from linli.mediation.models import AgreementItem, Mediation, MediationAgreement, MediationSession
from linli.mediation.sections import kind_names, studio_names
from linli.mediation.workflow import MEDIATION, RUNNING
from linli.organizations.models import Post
from linli.organizations.sections import kinds_in_force
from linli.territory.models import Facility, Place

PAGE: Final = 50
PLACES: Final = 300
TONES: Final = {
    "asked": ("yellow", "clock"),
    "accepted": ("yellow", "users"),
    "sessions": ("yellow", "message-circle"),
    "agreed": ("yellow", "file-text"),
    "fulfilled": ("green", "circle-check"),
    "not_agreed": ("grey", "circle-x"),
    "not_accepted": ("grey", "circle-x"),
    "withdrawn": ("grey", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for. `before` is the day and id of the last line of the page before."""

    state: str = ""
    kind: str = ""
    before: tuple[date, int] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A mediation in a list; nobody is named."""

    row: Mediation
    kind: str
    standing: tuple[str, str, Any]
    late: bool


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party, masked."""

    pk: int
    position: int
    name: str
    phone: str
    consented: bool | None


@dataclass(frozen=True, slots=True)
class ItemLine:
    """What is owed, by whom, and whether it is late."""

    item: AgreementItem
    party: str
    amount: str
    late: bool


@dataclass(frozen=True, slots=True)
class MediationPage:
    """One mediation with everything that its page shows."""

    line: Line
    studio: str
    steps: list[Step]
    parties: list[PartyLine]
    mediators: list[str]
    sessions: list[MediationSession]
    agreement: MediationAgreement | None
    items: list[ItemLine]
    verbs: frozenset[str]
    next: str

    @property
    def goes_on(self) -> bool:
        """Whether it goes on although the matter from which it came was withdrawn."""
        case = self.row.case
        return case is not None and case.state == "withdrawn" and self.row.state in RUNNING

    @property
    def row(self) -> Mediation:
        """The mediation."""
        return self.line.row

    @property
    def confirms(self) -> bool:
        """Whether something may still be written down about the judicial confirmation."""
        open_still = self.agreement is not None and self.agreement.confirmation in ("open", "applied")
        return open_still and "confirm" in self.verbs


def seen_by(actor: Actor) -> QuerySet[Mediation]:
    """The mediations that somebody sees."""
    return Mediation.objects.filter(policies.mediations_visible_to(actor))


def listed(actor: Actor, wanted: Wanted) -> tuple[list[Line], str]:
    """A page of mediations, and the key of the next; empty where there is none."""
    rows = seen_by(actor).select_related("place").defer("facts", "reason", "visit")
    for name in ("state", "kind"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    if wanted.before:
        rows = rows.filter(older("received_on", wanted.before))
    page = list(rows.order_by("-received_on", "-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    names = kind_names()
    return [_line(row, names) for row in page[:PAGE]], f"{more.received_on}.{more.pk}" if more else ""


def _line(row: Mediation, names: dict[str, str]) -> Line:
    standing = (*TONES[row.state], MEDIATION.label(row.state))
    open_still = row.state in RUNNING and row.state != "agreed"
    return Line(row, names.get(row.kind, row.kind), standing, bool(row.due and open_still and row.due < clock.today()))


def mediation_page(actor: Actor, pk: int) -> MediationPage:
    """One mediation, its parties masked. Raises: not_found"""
    row = seen_by(actor).select_related("place", "case").filter(pk=pk).first()
    if row is None:
        raise NotFound
    parties = [
        PartyLine(item.pk, item.position, mask_name(item.name or ""), mask_phone(item.phone or ""), item.consented)
        for item in row.parties.order_by("position")
    ]
    agreement = row.agreements.filter(dropped=False).first()
    verbs = policies.verbs_of(actor, row)
    sessions = list(row.sessions.prefetch_related("came").order_by("on", "pk"))
    return MediationPage(
        _line(row, kind_names()),
        studio_names().get(row.studio, row.studio),
        MEDIATION.line_of_steps(row.state),
        parties,
        [post_name(item) for item in row.mediators.select_related("person").order_by("pk")],
        sessions,
        agreement,
        _items(agreement, {item.pk: item.name for item in parties}) if agreement else [],
        verbs,
        _next(row, parties, sessions, agreement) if verbs else "",
    )


def _items(agreement: MediationAgreement, names: dict[int, str]) -> list[ItemLine]:
    today = clock.today()
    return [
        ItemLine(item, names[item.party_id], yuan(item.amount_fen), item.fulfilled_on is None and item.due < today)
        for item in agreement.items.order_by("position")
    ]


def _next(
    row: Mediation, parties: list[PartyLine], sessions: list[MediationSession], agreement: MediationAgreement | None
) -> str:
    """The one thing that comes next."""
    if row.state == "asked":
        return "accept"
    if row.state in ("accepted", "sessions"):
        return _next_session(parties, sessions)
    if row.state == "agreed" and agreement:
        return "fulfil" if agreement.effective_on else "sign"
    return "visit" if row.state == "fulfilled" and row.visited_on is None and parties else ""


def _next_session(parties: list[PartyLine], sessions: list[MediationSession]) -> str:
    if any(item.consented is None for item in parties):
        return "consent"
    if any(not item.held for item in sessions):
        return "record"
    return "agree" if sessions else "plan"


def post_name(post: Post) -> str:
    """Who holds a post, and which."""
    kind = kinds_in_force().get(post.kind)
    return f"{post.person or ''} {post.title or (kind.named if kind else post.kind)}".strip()


def mediators_for(row: Mediation) -> list[Post]:
    """The posts of which the mediators of a dispute are chosen, the nearest first."""
    rows = Post.objects.filter(policies.mediator_posts(row.place)).select_related("person", "place")
    return list(rows.order_by("-place__path", "pk")[:PLACES])


def studios_for(row: Mediation) -> list[Facility]:
    """The studios in which its sessions may be held, the nearest first."""
    rows = Facility.objects.filter(policies.studios_near(row.place))
    return list(rows.order_by("-place__path", "name", "pk")[:PLACES])


def places_for(actor: Actor) -> list[Place]:
    """The communities and streets whose committee somebody works for."""
    return list(Place.objects.filter(policies.keeping_places(actor)).order_by("path")[:PLACES])


def case_to_mediate(actor: Actor, text: str) -> Case | None:
    """The dispute from which a mediation begins. Raises: not_found"""
    if not text:
        return None
    pk = int(text) if text.isdecimal() and len(text) < 19 else 0
    rows = Case.objects.filter(cases_visible_to(actor), pk=pk, kind="dispute").select_related("place").defer("search")
    found = rows.first()
    if found is None:
        raise NotFound
    return found


def place_of_case(case: Case) -> int:
    """The community, else the place, whose committee mediates a dispute."""
    return case.place.community_id or case.place.street_id or case.place_id


def reporter_of(case_id: int) -> tuple[str, str, int | None]:
    """The name, phone and account of who reported a dispute: its first party. Shown to nobody."""
    found = Reporter.objects.filter(case=case_id).order_by("pk").first()
    return (found.name or "", found.phone or "", found.user_id) if found else ("", "", None)


def reported_by_party(row: Mediation) -> bool:
    """Whether its first party is who reported the matter from which it came."""
    first = row.parties.order_by("position").first()
    if first is None or row.case_id is None:
        return False
    name, phone, user = reporter_of(row.case_id)
    by_name = bool(name) and (first.name, first.phone or "") == (name.strip(), phone.strip())
    return by_name or (user is not None and first.user_id == user)


@dataclass(frozen=True, slots=True)
class Own:
    """What a party sees of its mediation: how it stands and when the next session is; nothing of the other."""

    number: str
    standing: tuple[str, str, Any]
    steps: list[Step]
    session: MediationSession | None


def own_of(actor: Actor) -> list[Own]:
    """The mediations of which somebody is a party."""
    ahead = MediationSession.objects.filter(held=False, on__gte=clock.today()).defer("record").order_by("on", "starts")
    rows = Mediation.objects.filter(policies.own_mediations(actor)).defer("facts", "reason", "visit")
    rows = rows.prefetch_related(Prefetch("sessions", ahead, to_attr="ahead"))
    return [_own(row) for row in rows.order_by("-received_on", "-pk")[:PAGE]]


def _own(row: Any) -> Own:
    standing = (*TONES[row.state], MEDIATION.label(row.state))
    return Own(row.number, standing, MEDIATION.line_of_steps(row.state), next(iter(row.ahead), None))


def told_of(viewer: Actor, case_id: int) -> list[Beside]:
    """What staff who see the mediations of a matter read on its page."""
    rows = seen_by(viewer).filter(case_id=case_id).defer("facts", "reason", "visit").order_by("pk")
    word = pgettext("mediation", "mediation")
    return [
        Beside(
            word,
            row.number,
            "mediations:mediation",
            row.pk,
            MEDIATION.label(row.state),
            row.ended_on or row.received_on,
            *TONES[row.state],
        )
        for row in rows
    ]


def public_of(case_id: int) -> list[Word]:
    """What the reporter of a matter reads: how its mediation stands; as a party also when the next session is."""
    ahead = MediationSession.objects.filter(held=False, on__gte=clock.today()).defer("record").order_by("on", "starts")
    rows = Mediation.objects.filter(case_id=case_id, state__in=RUNNING).defer("facts", "reason", "visit")
    found: Any = rows.prefetch_related(Prefetch("sessions", ahead, to_attr="ahead")).order_by("pk")
    return [Word(" ".join(_words(row))) for row in found]


def _words(row: Any) -> list[str]:
    values = {"number": row.number, "state": MEDIATION.label(row.state)}
    said = [_("It is being mediated under number %(number)s: %(state)s.") % values]
    if not _followed_by_party(row):
        return said
    for session in row.ahead[:1]:
        at = f" {session.starts:%H:%M}" if session.starts else ""
        place = {"day": f"{session.on:%Y-%m-%d}{at}", "venue": session.venue}
        said.append(_("The next session is on %(day)s at: %(venue)s.") % place)
    if row.state != "agreed":
        said.append(_("You may refuse mediation, and end it at any time: tell the mediator."))
    return said


def _followed_by_party(row: Mediation) -> bool:
    """Whether only a party can follow its matter: others may have reported the same dispute, or joined it."""
    shared = Q(case=row.case_id) | Q(case__merged_into=row.case_id)
    return Reporter.objects.filter(shared).count() == 1 and reported_by_party(row)


def _knows() -> Q:
    return Q(Exists(Mediation.objects.filter(case_id=OuterRef("pk"))))


TELLER: Final = Teller(told_of, public_of, _knows)
