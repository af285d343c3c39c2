"""How requests come in and are handled: the desk takes them in with their papers, the back office works on them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.accounts.operations.looking import look_record
from linli.cases.operations.clocks import after, calendar_of
from linli.cases.operations.intake import new_code
from linli.cases.sections import Period
from linli.cases.words import DIGITS
from linli.core import clock, secrets
from linli.core.actors import Actor
from linli.core.bulk import next_ids
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import at_most, said
from linli.services import policies
from linli.services.models import Proxy, ServiceItem, ServiceRequest
from linli.services.operations.proxies import last_day, proxy_end
from linli.services.operations.steps import LONGEST, goes, locked, noted, passed, saved, seen
from linli.services.sections import section
from linli.services.workflow import AT_DESK, SUBJECT
from linli.territory.models import Place

LONGEST_NAME: Final = 40
LONGEST_PHONE: Final = 30
MOST_OPEN: Final = 5


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody asks for. `seen` are the papers that were shown; with `proxy_until` an agent is to act for them."""

    place_id: int
    item_id: int
    name: str
    phone: str
    door: str = "online"
    seen: Collection[str] = ()
    proxy_until: date | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What everybody gets. The code is shown once; only its hash is kept."""

    request: ServiceRequest
    code: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Who asked and how to call them, for this one look."""

    name: str
    phone: str


@transaction.atomic
def request_ask(*, actor: Actor, ask: Ask) -> Receipt:
    """Ask on the page, without login, at any hour: for a visit at the desk, or for an agent to act for oneself.

    Letting somebody act for oneself is said on the page itself, for this one matter and until a day.
    Raises: request.place, request.item, request.name, request.phone, request.too_many, proxy.not_here, proxy.until
    """
    place = Place.objects.filter(policies.communities(), pk=ask.place_id).first()
    if place is None:
        raise InvalidInput("request.place", _("Choose the community whose desk shall take it."))
    row, code = _new(actor, place, ask, "online")
    rows = ServiceRequest.objects.filter(phone_hash=row.phone_hash, state="asked")
    if rows.count() >= MOST_OPEN:
        message = _("%(most)s requests of this number wait at the desk already. Call it, or come.")
        raise RuleBroken("request.too_many", message, most=MOST_OPEN)
    row.save(force_insert=True)
    if ask.proxy_until is not None:
        row.proxy = Proxy(request=row, how="page", until=last_day(row.item, ask.proxy_until))
        row.proxy.save(force_insert=True)
    passed(row, "ask")
    return Receipt(saved(actor, "ask", row, door="online", item=row.item_id, proxy=bool(ask.proxy_until)), code)


@transaction.atomic
def request_take(*, actor: Actor, ask: Ask) -> Receipt:
    """Take a request in at the desk, at home or on the telephone. Nothing is taken in while a paper is missing.

    With `proxy_until` the resident signed that whoever takes it in acts for them; then the papers may follow.
    Raises: not_found, request.door, request.item, request.name, request.phone, request.papers, proxy.not_here,
    proxy.until, proxy.no_person
    """
    place = Place.objects.filter(policies.desks(actor), pk=ask.place_id).first()
    if place is None:
        raise NotFound
    if ask.door not in dict(AT_DESK):
        raise InvalidInput("request.door", _("Say how it was asked for: at the window, by telephone, at home."))
    row, code = _new(actor, place, ask, ask.door)
    until = last_day(row.item, ask.proxy_until) if ask.proxy_until else None
    if until and actor.person_id is None:
        raise RuleBroken("proxy.no_person", _("Only a person can act for somebody."))
    complete = until is None or all(paper.name in ask.seen for paper in row.item.needed)
    if complete:
        _papers(row, ask.seen)
    row.save(force_insert=True)
    if until:
        row.proxy = Proxy(request=row, how="paper", until=until, state="given", given_on=clock.today())
        row.proxy.agent_id = actor.person_id
        row.proxy.save(force_insert=True)
        passed(row, "ask")
        passed(row, "accept")
    if complete:
        _begin(row)
    verb = "take" if complete else "ask"
    return Receipt(saved(actor, verb, row, door=row.door, item=row.item_id, proxy=bool(until)), code)


@transaction.atomic
def request_complete(*, actor: Actor, request_id: int, seen_papers: Collection[str]) -> ServiceRequest:
    """Take in what was asked for before, once its papers are there; with a proxy the agent does it.

    Raises: not_found, request.not_yours, request.papers, request.state, proxy.none, proxy.over, proxy.not_agent
    """
    row = seen(actor, request_id)
    policies.require_keep(actor, row.place)
    if policies.acts_by_proxy(row):
        policies.require_acts(actor, row)
    _papers(row, seen_papers)
    _begin(row)
    return saved(actor, "take", row, papers=len(row.seen))


@transaction.atomic
def request_start(*, actor: Actor, request_id: int) -> ServiceRequest:
    """Take a request in hand, in the back office. Raises: not_found, request.not_handler, request.state"""
    row = _handled(actor, request_id)
    goes(row, "start")
    return saved(actor, "start", row)


@transaction.atomic
def request_ask_papers(*, actor: Actor, request_id: int, words: str) -> ServiceRequest:
    """Say which papers are missing after all; the time stands still until they are there.

    Raises: not_found, request.not_handler, request.state, request.words
    """
    row = _handled(actor, request_id)
    goes(row, "ask_papers", said(words, LONGEST, "request.words"))
    row.waiting_since = clock.now()
    return saved(actor, "ask_papers", row)


@transaction.atomic
def request_bring(*, actor: Actor, request_id: int) -> ServiceRequest:
    """Say that the papers are there; the time goes on from here.

    Raises: not_found, request.not_yours, request.state, proxy.none, proxy.over, proxy.not_agent
    """
    row = seen(actor, request_id)
    policies.require_keep(actor, row.place)
    if policies.acts_by_proxy(row):
        policies.require_acts(actor, row)
    goes(row, "bring")
    if row.due and row.waiting_since:
        days = calendar_of(row.place)
        row.due = days.add_working(row.due, days.working_minutes_between(row.waiting_since, clock.now()))
    row.waiting_since = None
    return saved(actor, "bring", row)


@transaction.atomic
def request_finish(*, actor: Actor, request_id: int, words: str) -> ServiceRequest:
    """Grant a request, with what comes of it. Raises: not_found, request.not_handler, request.state, request.words"""
    return _decide(actor, request_id, "finish", "granted", words)


@transaction.atomic
def request_refuse(*, actor: Actor, request_id: int, words: str) -> ServiceRequest:
    """Refuse a request, with the reason and what can be done against it.

    Raises: not_found, request.not_handler, request.state, request.words
    """
    return _decide(actor, request_id, "refuse", "refused", words)


@transaction.atomic
def request_report(*, actor: Actor, request_id: int, words: str) -> ServiceRequest:
    """Tell the resident how far it is; an agent tells each step. Raises: not_found, request.state, request.words"""
    row = seen(actor, request_id)
    goes(row, "report", said(words, LONGEST, "request.words"))
    return noted(actor, "report", row)


@transaction.atomic
def request_hand_over(*, actor: Actor, request_id: int, words: str) -> ServiceRequest:
    """Hand over what came of it, and say how. A proxy is over with it.

    Raises: not_found, request.not_yours, request.state, request.too_long
    """
    row = seen(actor, request_id)
    policies.require_keep(actor, row.place)
    goes(row, "hand_over", at_most(words, LONGEST, "request.too_long"))
    proxy_end(actor, row, "done")
    return saved(actor, "hand_over", row)


@transaction.atomic
def request_drop(*, actor: Actor, request_id: int, words: str) -> ServiceRequest:
    """Write down that the resident withdraws it, and how they said so.

    Raises: not_found, request.not_yours, request.state, request.words
    """
    row = seen(actor, request_id)
    policies.require_keep(actor, row.place)
    goes(row, "drop", said(words, LONGEST, "request.words"))
    proxy_end(actor, row, "withdrawn")
    return saved(actor, "drop", row)


@transaction.atomic
def request_withdraw(*, actor: Actor, address: str) -> ServiceRequest:
    """Withdraw one's own request by its own address. Raises: not_found, request.state"""
    row = locked(_own(address))
    goes(row, "withdraw")
    proxy_end(actor, row, "withdrawn")
    return saved(actor, "withdraw", row)


@transaction.atomic
def request_rate(*, actor: Actor, address: str, solved: bool, satisfied: int, remark: str) -> ServiceRequest:
    """Say once what one thinks of it, by its own address; nobody who handled it can.

    Raises: not_found, request.state, request.rated, request.stars, request.too_long
    """
    row = locked(_own(address))
    goes(row, "rate")
    if row.rated is not None:
        raise RuleBroken("request.rated", _("This was answered already."))
    if not 1 <= satisfied <= 5:
        raise InvalidInput("request.stars", _("Give 1 to 5."))
    row.solved, row.satisfied, row.rated = solved, satisfied, clock.now()
    row.remark = at_most(remark, LONGEST, "request.too_long")
    return noted(actor, "rate", row, solved=solved, satisfied=satisfied)


@transaction.atomic
def contact_unmask(*, actor: Actor, request_id: int, reason: str) -> Contact:
    """Show who asked, with a reason that the access log keeps. Raises: not_found, look.reason_missing"""
    row = seen(actor, request_id)
    look_record(actor=actor, subject=(SUBJECT, row.pk), field="name, phone", reason=reason)
    noted(actor, "look", row)
    return Contact(row.name or "", row.phone or "")


def _own(address: str) -> Q:
    return Q(pk=policies.own_pk(ServiceRequest, address))


def _new(actor: Actor, place: Place, ask: Ask, door: str) -> tuple[ServiceRequest, str]:
    """A request, not yet written, and its code. An eight before the day tells its number from those of matters."""
    item = ServiceItem.objects.filter(policies.published_at(place), pk=ask.item_id).first()
    if item is None:
        raise InvalidInput("request.item", _("This cannot be asked for here now. Look at the list again."))
    pk = next_ids(ServiceRequest, 1)[0]
    now, code = clock.now(), new_code()
    row = ServiceRequest(id=pk, number=f"8{clock.today():%y%m%d}{pk:06d}", place=place, item=item, door=door, asked=now)
    row.code_hash = policies.code_hash(row.number, code)
    row.recorder, row.organization_id = actor.key, item.organization_id
    row.name = said(ask.name, LONGEST_NAME, "request.name")
    _call_on(row, ask.phone)
    return row, code


def _call_on(row: ServiceRequest, phone: str) -> None:
    """Write down how to call: whoever stands before the desk, or is visited, need not have a telephone (R23)."""
    if row.door in ("window", "visit") and not phone.strip():
        return
    row.phone = said(phone, LONGEST_PHONE, "request.phone")
    if sum(sign.isdecimal() for sign in row.phone) < DIGITS:
        raise InvalidInput("request.phone", _("Write the whole telephone number."))
    row.phone_hash = secrets.match_hash(row.phone, "phone")


def _papers(row: ServiceRequest, shown: Collection[str]) -> None:
    """Write down which papers were shown. Raises: request.papers, which names those that are missing"""
    needed = [paper.name for paper in row.item.needed]
    missing = [name for name in needed if name not in shown]
    if missing:
        message = _("Nothing was taken in: %(papers)s are missing. Tell the person at once what to bring.")
        raise RuleBroken("request.papers", message, papers="、".join(missing))
    row.seen = needed


def _begin(row: ServiceRequest) -> None:
    """Take it in: from now on the time runs."""
    goes(row, "take")
    row.taken = clock.now()
    row.due = after(calendar_of(row.place), row.taken, Period(amount=row.item.days or section().days))


def _handled(actor: Actor, request_id: int) -> ServiceRequest:
    row = seen(actor, request_id)
    policies.require_handle(actor, row)
    return row


def _decide(actor: Actor, request_id: int, verb: str, outcome: str, words: str) -> ServiceRequest:
    row = _handled(actor, request_id)
    text = said(words, LONGEST, "request.words")
    goes(row, verb, text)
    row.outcome, row.result, row.decided, row.waiting_since = outcome, text, clock.now(), None
    return saved(actor, verb, row)
