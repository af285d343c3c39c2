"""Secondments that a place has from before, from its ledgers, in set form and silent: nothing is owed of them.

What was stated, confirmed or corrected here stays as it is, whatever a ledger says. Who confirmed a month on paper is
not read: that somebody of the community did is what counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from linli.cases.operations.clocks import calendar_of
from linli.core import clock, journal, secrets
from linli.core.actors import Actor
from linli.core.calendar import WorkingCalendar
from linli.core.periods import period_code
from linli.organizations.models import Organization, Post
from linli.organizations.operations.recording import people_found
from linli.secondments.models import Secondment, SecondmentMonth, SecondmentReview, SecondmentTransfer
from linli.secondments.operations.reviews import fault_of
from linli.secondments.queries.terms import Span, month_of, span_of
from linli.territory.models import Place
from linli.territory.operations.recording import extra_of, root_place

Rows = Sequence[Mapping[str, Any]]
PLAIN: Final = ("role", "category", "since", "planned_end", "until", "target", "duty")
MONEY: Final = ("cover", "cover_on", "fund", "fund_on")
OF_SECONDMENT: Final = (*PLAIN, *MONEY, "staff_number", "name", "phone", "sender", "post", "state", "reason")
OF_TRANSFER: Final = ("secondment", "since", "until", "kind", "state", "on", "to", "reversed_on")
OF_MONTH: Final = ("secondment", "name", "month", "days", "confirmed_on")
SCORED: Final = ("own", "residents", "bodies", "grade", "note", "action")
OF_REVIEW: Final = ("secondment", "name", "period", "on", *SCORED)
NOT_KNOWN: Final = "—"


def secondments_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows are no secondment, by position: a second term of the same person at the same time."""
    terms: dict[tuple[str, str], list[tuple[date, date | None, int | None, str]]] = {}
    for held in _of_people(rows):
        for key in _keys_of(held):
            terms.setdefault(key, []).append((held.since, held.until, held.place_id, held.role))
    found: dict[int, str] = {}
    for position, row in enumerate(rows):
        since, until = row["since"], row.get("until")
        if until and until <= since:
            found[position] = "secondment.span"
            continue
        term = (since, until, row.get("place"), row.get("role") or "")
        if any(_clash(term, other) for key in _keys(row) for other in terms.get(key, ())):
            found[position] = "secondment.overlap"
            continue
        for key in _keys(row):
            terms.setdefault(key, []).append(term)
    return found


def _clash(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Whether two terms lie in the same time; the same role at the same place from the same day is the same term."""
    if (one[0], *one[2:]) == (other[0], *other[2:]):
        return False
    return (other[1] is None or one[0] < other[1]) and (one[1] is None or other[0] < one[1])


def _keys(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    digest = secrets.match_hash(row["phone"], "phone").hex() if row.get("phone") else ""
    name = row.get("name") or ""
    return [(name, number) for number in (row.get("staff_number") or "", digest) if number]


def _keys_of(term: Secondment) -> list[tuple[str, str]]:
    numbers = (term.person.staff_number, bytes(term.person.phone_hash or b"").hex())
    return [(term.person.name, number) for number in numbers if number]


def _of_people(rows: Rows) -> Iterable[Secondment]:
    numbers = {row["staff_number"] for row in rows if row.get("staff_number")}
    hashes = {secrets.match_hash(row["phone"], "phone") for row in rows if row.get("phone")}
    held = Secondment.objects.filter(Q(person__staff_number__in=numbers) | Q(person__phone_hash__in=hashes))
    return held.select_related("person")


def secondments_recognised(*, rows: Rows) -> dict[int, int]:
    """Which rows mean a term that is here already, by position: the same person from the same day."""
    held: dict[tuple[tuple[str, str], date], int] = {}
    for term in _of_people(rows):
        for key in _keys_of(term):
            held[key, term.since] = term.pk
    found = {}
    for position, row in enumerate(rows):
        pk = next((held[key, row["since"]] for key in _keys(row) if (key, row["since"]) in held), None)
        if pk:
            found[position] = pk
    return found


@transaction.atomic
def secondment_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in terms from a ledger. A row may bring the post that it gave; else it gives none."""
    held = Secondment.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    posts = Post.objects.in_bulk([row["post"] for row in rows if row.get("post")])
    bodies = _bodies({row["sender"] for row in rows if row.get("sender")})
    root = root_place()
    named = {pk for pk, post in posts.items() if post.person_id}
    alone = [row for row in rows if row.get("post") not in named]
    people = iter(people_found(actor, alone, held) if alone else ())
    given = []
    for row in rows:
        post = posts.get(row.get("post") or 0)
        person = (post.person_id if post else None) or next(people)
        record = held.get(row.get("id") or 0) or Secondment(person_id=person)
        record.person_id = person
        record.post_id = post.pk if post else record.post_id
        record.place_id = row.get("place") or record.place_id or (root.pk if root else 0)
        _fill(record, row, bodies)
        record.save()
        given.append(record.pk)
    journal.write(actor, "secondment.record_many", None, count=max(1, len(rows)))
    return given


def _fill(record: Secondment, row: Mapping[str, Any], bodies: Mapping[str, Organization]) -> None:
    record.extra = {**record.extra, **extra_of(row, OF_SECONDMENT)}
    for name in (*PLAIN, *MONEY):
        if row.get(name) is not None:
            setattr(record, name, row[name])
    if row.get("sender"):
        record.unit = row["sender"]
        record.sender = bodies.get(row["sender"])
    early = record.until and record.planned_end and record.until < record.planned_end and row.get("reason")
    record.reason = row.get("reason") or record.reason
    record.state = ("recalled" if early else "over") if record.until else "serving"


def _bodies(names: Iterable[str]) -> dict[str, Organization]:
    """The sending bodies that are on the roster, by name; a name of two of them is nobody's."""
    found: dict[str, Organization] = {}
    twice = set()
    for body in Organization.objects.filter(name__in=names, until=None).order_by("pk"):
        twice |= {body.name} & found.keys()
        found[body.name] = body
    return {name: body for name, body in found.items() if name not in twice}


class _Terms:
    """The terms that rows of months and transfers hang on: by the record of the same row, or by the staff number."""

    def __init__(self, rows: Rows) -> None:
        numbers = {row["secondment"] for row in rows if isinstance(row.get("secondment"), str)}
        ids = {row["secondment"] for row in rows if isinstance(row.get("secondment"), int)}
        places = ("person", "place__county", "place__street", "place__community")
        self.by_id = Secondment.objects.select_related(*places).in_bulk(ids)
        self.by_number: dict[str, list[Secondment]] = {}
        named = Secondment.objects.filter(person__staff_number__in=numbers).exclude(person__staff_number="")
        for row in named.select_related(*places).order_by("since"):
            self.by_number.setdefault(row.person.staff_number, []).append(row)

    def of(self, row: Mapping[str, Any], first: date | None, last: date | None = None) -> Secondment | None:
        """The term of a row: that which begins on a day, or lies between two; the latest where no day is given."""
        reference = row.get("secondment")
        if isinstance(reference, int):
            return self.by_id.get(reference)
        terms = self.by_number.get(reference or "", ())
        if last is not None and first is not None:
            terms = [term for term in terms if term.since <= last and (term.until is None or term.until > first)]
        elif first is not None:
            terms = [term for term in terms if term.since == first]
        return terms[-1] if terms else None


def transfers_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows are no transfer, by position: of no term that is here, or of one that ended before it was back."""
    terms = _Terms(rows)
    found: dict[int, str] = {}
    for position, row in enumerate(rows):
        linked = isinstance(row.get("secondment"), tuple)
        term = None if linked else terms.of(row, row.get("since"))
        if not linked and term is None:
            found[position] = "secondment.unknown"
        elif row.get("state") == "made" and (row.get("until") or (term and term.until)):
            found[position] = "secondment.transfers_open"
    return found


@transaction.atomic
def transfer_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in transfers from a ledger, one of a kind for each term; those under way are kept as such."""
    terms = _Terms(rows)
    held = SecondmentTransfer.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    upper = [terms.of(row, row.get("since")) for row in rows]
    known = {
        (item.secondment_id, item.kind): item
        for item in SecondmentTransfer.objects.filter(secondment__in=[term.pk for term in upper if term])
    }
    given = []
    for row, term in zip(rows, upper, strict=True):
        assert term is not None, "refused before"
        record = held.get(row.get("id") or 0) or known.get((term.pk, row["kind"]))
        record = record or SecondmentTransfer(secondment=term, kind=row["kind"])
        record.place_id = term.place_id
        record.extra = {**record.extra, **extra_of(row, OF_TRANSFER)}
        for name in ("state", "on", "to", "reversed_on"):
            if row.get(name) is not None:
                setattr(record, name, row[name])
        record.save()
        known[term.pk, row["kind"]] = record
        given.append(record.pk)
    journal.write(actor, "secondment.transfers_record_many", None, count=max(1, len(rows)))
    return given


def months_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows are no month on site, by position: of no term, of another place, not over, or of too many days."""
    terms, calendars = _Terms(rows), _Calendars()
    found: dict[int, str] = {}
    for position, row in enumerate(rows):
        # What the row itself brings is looked at when it is there.
        if isinstance(row.get("secondment"), tuple):
            continue
        month = month_of(row["month"])
        term = terms.of(row, month, month.replace(day=28))
        code = _fault(row, term, span_of(term, month, calendars.at(term.place))) if term else "secondment.unknown"
        if code:
            found[position] = code
    return found


def _fault(row: Mapping[str, Any], term: Secondment, span: Span) -> str:
    """Why a row is no month of this term; empty where it is one."""
    if row.get("name") and row["name"] != term.person.name:
        return "secondment.other_name"
    if row.get("place") and row["place"] != term.place_id:
        return "secondment_month.elsewhere"
    if span.last > clock.today():
        return "secondment_month.not_over"
    if not 0 <= row["days"] <= span.days:
        return "secondment_month.days"
    early = row.get("confirmed_on") and row["confirmed_on"] < span.first
    return "secondment_month.confirmed_early" if early else ""


class _Calendars:
    """The working calendar of each place, looked up once."""

    def __init__(self) -> None:
        self.held: dict[int, WorkingCalendar] = {}

    def at(self, place: Place) -> WorkingCalendar:
        """The calendar at a place."""
        if place.pk not in self.held:
            self.held[place.pk] = calendar_of(place)
        return self.held[place.pk]


@transaction.atomic
def month_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in months on site from a ledger; a month that somebody stated or confirmed here stays as it is."""
    terms, calendars, now = _Terms(rows), _Calendars(), clock.now()
    held = SecondmentMonth.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    months = [month_of(row["month"]) for row in rows]
    upper = [terms.of(row, month, month.replace(day=28)) for row, month in zip(rows, months, strict=True)]
    there = SecondmentMonth.objects.filter(secondment__in=[term.pk for term in upper if term], month__in=set(months))
    known = {(item.secondment_id, item.month): item for item in there.select_for_update()}
    given = []
    for row, month, term in zip(rows, months, upper, strict=True):
        assert term is not None, "refused before"
        record = held.get(row.get("id") or 0) or known.get((term.pk, month))
        if record is None:
            record = SecondmentMonth(secondment=term, month=month, stated=now, stated_by=NOT_KNOWN)
            known[term.pk, month] = record
        if record.stated_by == NOT_KNOWN and record.confirmed_by in ("", NOT_KNOWN):
            record.place_id, record.days = term.place_id, row["days"]
            record.possible = span_of(term, month, calendars.at(term.place)).possible
            if row.get("confirmed_on"):
                record.state, record.confirmed_on, record.confirmed_by = "confirmed", row["confirmed_on"], NOT_KNOWN
        record.extra = {**record.extra, **extra_of(row, OF_MONTH)}
        record.save()
        given.append(record.pk)
    journal.write(actor, "secondment.months_record_many", None, count=max(1, len(rows)))
    return given


def reviews_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows are no review, by position: of no term, of another place, or of no day or period of the term."""
    terms = _Terms(rows)
    found: dict[int, str] = {}
    for position, row in enumerate(rows):
        if isinstance(row.get("secondment"), tuple):
            continue
        term = terms.of(row, row["on"], row["on"])
        code = _review_fault(row, term) if term else "secondment.unknown"
        if code:
            found[position] = code
    return found


def _review_fault(row: Mapping[str, Any], term: Secondment) -> str:
    """Why a row is no review of this term; empty where it is one."""
    if row.get("name") and row["name"] != term.person.name:
        return "secondment.other_name"
    if row.get("place") and row["place"] != term.place_id:
        return "review.elsewhere"
    if any((row.get(name) or 0) > 100 for name in ("own", "residents", "bodies")):
        return "review.score"
    period = row.get("period") or ""
    return fault_of(term, row["on"], period_code(period) or period)


@transaction.atomic
def review_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in reviews from a ledger; what somebody wrote or a round came to here stays as it is."""
    terms, now = _Terms(rows), clock.now()
    held = SecondmentReview.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    upper = [terms.of(row, row["on"], row["on"]) for row in rows]
    there = SecondmentReview.objects.filter(secondment__in=[term.pk for term in upper if term])
    known = {(item.secondment_id, item.period or item.on): item for item in there.select_for_update()}
    given = []
    for row, term in zip(rows, upper, strict=True):
        assert term is not None, "refused before"
        period = period_code(row.get("period") or "")
        record = held.get(row.get("id") or 0) or known.get((term.pk, period or row["on"]))
        if record is None:
            record = SecondmentReview(secondment=term, source="ledger", written=now, written_by=NOT_KNOWN)
            known[term.pk, period or row["on"]] = record
        if record.source == "ledger":
            record.place_id, record.on, record.period = term.place_id, row["on"], period
            for name in SCORED:
                if row.get(name) is not None:
                    setattr(record, name, row[name])
        record.extra = {**record.extra, **extra_of(row, OF_REVIEW)}
        record.save()
        given.append(record.pk)
    journal.write(actor, "secondment.reviews_record_many", None, count=max(1, len(rows)))
    return given
