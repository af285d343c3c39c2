"""The only writers of mediations: asked for, accepted or not, consented to, ended; one look at a party's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts.operations.looking import look_record
from linli.cases.models import Case
from linli.cases.policies import cases_visible_to
from linli.core import clock, secrets
from linli.core.actors import Actor
from linli.core.bulk import next_ids
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.mediation import policies
from linli.mediation.events import announce
from linli.mediation.models import Mediation, Party
from linli.mediation.operations.steps import LONGEST_REASON, done, locked, owe_on, owe_within, owed_no_more, said, saved
from linli.mediation.queries import reported_by_party
from linli.mediation.sections import kind_names, section, studio_names
from linli.mediation.workflow import ACCEPT_OWED, MEDIATE_OWED, MEDIATION, REFERRED, SOURCES, UNSETTLED, VISIT_OWED
from linli.organizations.models import Post
from linli.territory.models import Place

LONGEST_NAME: Final = 40
LONGEST_PHONE: Final = 30
MOST_PARTIES: Final = 10
# A community bears in the official list the name of its committee, whose mediators are another one.
OFFICE: Final = "居民委员会"


@dataclass(frozen=True, slots=True)
class Who:
    """A party as it is written down."""

    name: str
    phone: str = ""
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """A dispute for which mediation is asked."""

    place_id: int
    kind: str
    facts: str
    parties: Sequence[Who]
    source: str = "party"
    studio: str = ""
    case_id: int | None = None


@transaction.atomic
def mediation_ask(*, actor: Actor, asking: Asking) -> Mediation:
    """Write down a dispute for which mediation is asked, with its parties; the desk owes an answer.

    Raises: not_found, mediation.not_yours, mediation.kind, mediation.facts, mediation.parties, mediation.party,
    mediation.twice
    """
    place = Place.objects.filter(policies.keeping_places(actor), pk=asking.place_id).first()
    if place is None:
        raise NotFound
    policies.require_keep(actor, place)
    case = _case(actor, asking)
    _require_words(asking)
    if not 2 <= len(asking.parties) <= MOST_PARTIES:
        message = _("A dispute has 2 to %(most)s parties.")
        raise InvalidInput("mediation.parties", message, most=MOST_PARTIES)
    pk = next_ids(Mediation, 1)[0]
    row = Mediation(id=pk, place=place, number=f"{clock.today():%Y}{pk:06d}", case=case)
    row.kind, row.studio, row.source = asking.kind, asking.studio, "case" if case else asking.source
    row.facts = said(asking.facts, "mediation.facts")
    row.committee = str(_("People's Mediation Committee of %(place)s")) % {"place": place.name.removesuffix(OFFICE)}
    row.received_on, row.recorded, row.recorder = clock.today(), clock.now(), actor.key
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "mediation_case_once" not in str(error):
            raise
        raise RuleBroken("mediation.twice", _("This matter is being mediated already.")) from error
    for position, who in enumerate(asking.parties, 1):
        _party(row, position, who)
    owe_within(ACCEPT_OWED, row, section().accept_days)
    done(actor, "ask", row, kind=row.kind, source=row.source, parties=len(asking.parties))
    return row


def _case(actor: Actor, asking: Asking) -> Case | None:
    """The matter that is to be mediated. Raises: not_found, mediation.not_dispute"""
    if asking.case_id is None:
        return None
    case = Case.objects.filter(cases_visible_to(actor), pk=asking.case_id).defer("search").first()
    if case is None:
        raise NotFound
    if case.kind != "dispute":
        raise RuleBroken("mediation.not_dispute", _("Only a dispute is mediated."))
    return case


def _require_words(asking: Asking) -> None:
    if asking.kind not in kind_names() or asking.source not in dict(SOURCES):
        raise InvalidInput("mediation.kind", _("Choose the kind of dispute, and where it came from."))
    if asking.studio and asking.studio not in studio_names():
        raise InvalidInput("mediation.kind", _("There is no such studio."))


def _party(row: Mediation, position: int, who: Who) -> None:
    """Write down a party. Raises: mediation.party"""
    name, phone = said(who.name, "mediation.party", LONGEST_NAME), who.phone.strip()
    if len(phone) > LONGEST_PHONE:
        raise InvalidInput("mediation.party", _("This phone number is too long."))
    digest = secrets.match_hash(phone, "phone") if phone else None
    Party.objects.create(
        mediation=row, position=position, name=name, phone=phone, phone_hash=digest, user_id=who.user_id
    )


@transaction.atomic
def mediation_accept(*, actor: Actor, mediation_id: int, post_ids: Sequence[int]) -> Mediation:
    """Accept a dispute and name its mediators; it is due from today.

    Raises: not_found, mediation.not_yours, mediation.state, mediation.mediators
    """
    row = locked(actor, mediation_id)
    policies.require_keep(actor, row.place)
    row.state = MEDIATION.step(row.state, "accept")
    posts = list(Post.objects.filter(policies.mediator_posts(row.place), pk__in=post_ids))
    if not posts or len(posts) != len(set(post_ids)):
        raise InvalidInput("mediation.mediators", _("Choose one mediator or more of this committee."))
    row.mediators.set(posts)
    row.accepted_on = clock.today()
    row.due = clock.today() + timedelta(days=section().due_days)
    owed_no_more(row)
    owe_on(MEDIATE_OWED, row, row.due)
    return saved(actor, "accept", row, mediators=[item.pk for item in posts], due=row.due.isoformat())


@transaction.atomic
def mediation_refuse(*, actor: Actor, mediation_id: int, reason: str) -> Mediation:
    """Do not accept a dispute, and say why.

    Raises: not_found, mediation.not_yours, mediation.state, mediation.reason
    """
    row = locked(actor, mediation_id)
    policies.require_keep(actor, row.place)
    return _end(actor, row, "refuse", reason)


@transaction.atomic
def mediation_withdraw(*, actor: Actor, mediation_id: int, reason: str) -> Mediation:
    """End a mediation because a party ends it, as each may at any time (People's Mediation Law, article 23).

    Raises: not_found, mediation.not_yours, mediation.state, mediation.reason
    """
    return _end(actor, locked(actor, mediation_id), "withdraw", reason)


@transaction.atomic
def mediation_fail(*, actor: Actor, mediation_id: int, reason: str, referred: str, referred_to: str = "") -> Mediation:
    """End a mediation without agreement, and say to whom the parties are referred.

    Raises: not_found, mediation.not_yours, mediation.state, mediation.reason, mediation.referred
    """
    row = locked(actor, mediation_id)
    if referred not in dict(REFERRED) or len(referred_to) > LONGEST_NAME * 2:
        raise InvalidInput("mediation.referred", _("Say to whom the parties are referred."))
    row.referred, row.referred_to, row.settled = referred, referred_to.strip(), False
    return _end(actor, row, "fail", reason)


@transaction.atomic
def mediations_follow(*, actor: Actor, case_id: int) -> int:
    """End what is mediated of a matter that was withdrawn, where a party withdrew it; returns how many have ended.

    An agreement binds until it is fulfilled, and a mediation whose party did not withdraw anything is theirs: both
    go on, and their page says that the matter was withdrawn.
    """
    open_ones = Mediation.objects.filter(case_id=case_id, state__in=UNSETTLED).select_related("place")
    # Whoever is at work on one tells the matter next, which is held here: neither waits for the other.
    rows = open_ones.select_for_update(of=("self",), skip_locked=True)
    ended = [row for row in rows if reported_by_party(row)]
    for row in ended:
        _end(actor, row, "withdraw", str(_("Who asked for it withdrew the matter.")))
    return len(ended)


def _end(actor: Actor, row: Mediation, verb: str, reason: str) -> Mediation:
    row.state = MEDIATION.step(row.state, verb)
    row.reason, row.ended_on = said(reason, "mediation.reason", LONGEST_REASON), clock.today()
    owed_no_more(row)
    # What the parties said of the reason stays out of the journal.
    saved(actor, verb, row, referred=row.referred)
    announce(actor, row)
    return row


@transaction.atomic
def party_consent(*, actor: Actor, party_id: int, agrees: bool) -> Party:
    """Write down that a party consents to mediation; one that refuses ends it (People's Mediation Law, article 17).

    Raises: not_found, mediation.not_yours, mediation.state
    """
    found = Party.objects.filter(pk=party_id).first()
    if found is None:
        raise NotFound
    row = locked(actor, found.mediation_id)
    MEDIATION.step(row.state, "consent")
    party = Party.objects.get(pk=party_id)
    party.consented, party.consented_on = agrees, clock.today()
    party.save()
    done(actor, "consent", row, party=party.position, agrees=agrees)
    if not agrees:
        _end(actor, row, "withdraw", str(_("A party did not consent.")))
    return party


@transaction.atomic
def mediation_visit(*, actor: Actor, mediation_id: int, note: str) -> Mediation:
    """Write down the return visit. Raises: not_found, mediation.not_yours, mediation.state, mediation.note"""
    row = locked(actor, mediation_id)
    row.state = MEDIATION.step(row.state, "visit")
    row.visit, row.visited_on = said(note, "mediation.note"), clock.today()
    owed_no_more(row, VISIT_OWED)
    return saved(actor, "visit", row)


@dataclass(frozen=True, slots=True)
class Unmasked:
    """A party's name and phone in the clear, for this one look."""

    name: str
    phone: str


@transaction.atomic
def party_unmask(*, actor: Actor, party_id: int, reason: str) -> Unmasked:
    """Show one party's name and phone in the clear, with a reason that the access log keeps.

    Raises: not_found, mediation.not_yours, look.reason_missing
    """
    party = (
        Party.objects.filter(policies.hangs_visible_to(actor), pk=party_id).select_related("mediation__place").first()
    )
    if party is None:
        raise NotFound
    policies.require_lead(actor, party.mediation)
    why = said(reason, "look.reason_missing", 200)
    _look(actor, party, why)
    done(actor, "look", party.mediation, party=party.position)
    return Unmasked(party.name or "", party.phone or "")


@transaction.atomic
def parties_print(*, actor: Actor, mediation_id: int) -> list[Party]:
    """The parties in the clear for the paper that they sign; the access log keeps that it was printed.

    Raises: not_found, mediation.not_yours
    """
    row = locked(actor, mediation_id)
    parties = list(row.parties.order_by("position"))
    for party in parties:
        _look(actor, party, str(_("paper of the agreement")))
    done(actor, "print", row)
    return parties


def _look(actor: Actor, party: Party, reason: str) -> None:
    look_record(actor=actor, subject=("mediation_party", party.pk), field="name, phone", reason=reason)
