"""The only writers of notices: posting, correcting with a reason, withdrawing with a reason.

A notice stays up for its whole time: nothing shortens it but a correction that everybody can read, and nothing takes
it down but a withdrawal that says why in its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, BinaryIO, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.intake import file_row
from linli.core import clock, files, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.publishing import disclosure_section
from linli.publishing.disclosure_section import DisclosureItem
from linli.publishing.models import FormerVersion, Publication, PublicationFile
from linli.publishing.operations.due import due_meet, due_reopen
from linli.publishing.policies import publications as policies
from linli.publishing.queries.printed import figures_printed
from linli.publishing.workflow.disclosure import AUDIENCES, EVERYBODY
from linli.territory.models import Place

KIND: Final = "publication"
LONGEST: Final = 10_000
LONGEST_REASON: Final = 500
LONGEST_TITLE: Final = 120
MOST_FILES: Final = 9
LONGEST_STAY: Final = 3660
# How long a notice without a rule stays up, where nothing else is said.
STAYS: Final = 30
WORDS: Final = ("title", "text", "since", "until", "audience", "up_until")


@dataclass(frozen=True, slots=True)
class Notice:
    """What is made public. Without `up_until` it stays up as long as its item asks for."""

    place_id: int
    title: str
    text: str = ""
    item: str = ""
    since: date | None = None
    until: date | None = None
    audience: str = EVERYBODY
    up_until: date | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that comes with a notice, and what it is called."""

    name: str
    stream: BinaryIO


@dataclass(frozen=True, slots=True)
class Correction:
    """A notice as it should read, why, over which version; files that go and files that come."""

    notice: Notice
    reason: str
    version: int
    takes_out: Sequence[int] = ()
    uploads: Sequence[Upload] = field(default=())


def publication_post(*, actor: Actor, notice: Notice, uploads: Sequence[Upload] = ()) -> Publication:
    """Make something public at a place. What the place owes of its item and period is met by it.

    Raises: not_found, publication.not_yours, publication.title, publication.empty, publication.item,
    publication.period, publication.period_not_over, publication.stays, publication.twice,
    publication.too_many_files, file.*
    """
    stored = _stored(uploads)
    with transaction.atomic():
        place = _place(actor, notice.place_id)
        row = _sound(notice, place, clock.today(), with_files=bool(stored))
        _require_new(row)
        row.figures = figures_printed(row.item, place, row.until)
        row.posted, row.posted_by, row.author = clock.now(), actor.key, actor.label[:120]
        _save(row)
        _attach(actor, row, stored)
        _journal(actor, "post", row, item=row.item, audience=row.audience, up_until=row.up_until.isoformat())
        due_meet(publication=row)
    return row


def publication_correct(*, actor: Actor, publication_id: int, correction: Correction) -> Publication:
    """Put a notice right: the version before stays readable, with the reason and the day it was replaced.

    The place and the item stay what they are; the day until which it stays up is never earlier than its rule asks.
    Raises: as `publication_post`, and publication.reason, publication.stale, publication.withdrawn
    """
    reason = _reason(correction.reason)
    stored = _stored(correction.uploads)
    with transaction.atomic():
        row = _locked(actor, publication_id)
        policies.require_post(actor, row.place)
        if row.version != correction.version:
            raise Stale("publication.stale", _("Somebody changed this notice meanwhile."), version=row.version)
        gone = row.files.filter(taken_out=None, pk__in=list(correction.takes_out))
        staying = row.files.filter(taken_out=None).exclude(pk__in=list(correction.takes_out)).count()
        notice = replace(correction.notice, place_id=row.place_id, item=row.item)
        sound = _sound(notice, row.place, row.posted_on, with_files=bool(stored) or bool(staying))
        if staying + len(stored) > MOST_FILES:
            raise _too_many()
        now = clock.now()
        former = {name: getattr(row, name) for name in (*WORDS, "figures")}
        FormerVersion.objects.create(
            publication=row, number=row.version, replaced=now, replaced_by=actor.key, reason=reason, **former
        )
        for name in WORDS:
            setattr(row, name, getattr(sound, name))
        row.figures = figures_printed(row.item, row.place, row.until)
        row.version, row.corrected = row.version + 1, now
        _save(row)
        gone.update(taken_out=now)
        _attach(actor, row, stored)
        changed = [name for name in WORDS if former[name] != getattr(row, name)]
        _journal(actor, "correct", row, reason=reason, changed=changed, up_until=row.up_until.isoformat())
        due_reopen(publication=row)
        due_meet(publication=row)
    return row


@transaction.atomic
def publication_withdraw(*, actor: Actor, publication_id: int, reason: str) -> Publication:
    """Take a notice back: its page says that and why, its text and files are no longer given.

    What the place owed of the period is owed again.
    Raises: not_found, publication.not_yours_to_withdraw, publication.reason, publication.withdrawn
    """
    said = _reason(reason)
    row = _locked(actor, publication_id)
    policies.require_withdraw(actor, row.place)
    row.withdrawn, row.withdrawn_by, row.withdrawn_reason = clock.now(), actor.key, said
    row.version += 1
    row.save()
    _journal(actor, "withdraw", row, reason=said)
    due_reopen(publication=row)
    return row


def _place(actor: Actor, place_id: int) -> Place:
    place = Place.objects.filter(pk=place_id, placeholder=False, until=None).first()
    if place is None:
        raise NotFound
    policies.require_post(actor, place)
    return place


def _locked(actor: Actor, publication_id: int) -> Publication:
    """The notice, locked, if it stands. Raises: not_found, publication.withdrawn"""
    rows = Publication.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.publications_visible_to(actor), pk=publication_id).first()
    if row is None:
        raise NotFound
    if row.withdrawn:
        raise RuleBroken("publication.withdrawn", _("This notice was withdrawn already."))
    return row


def _sound(notice: Notice, place: Place, day: date, *, with_files: bool) -> Publication:
    """The row of a notice that holds to the rules; not yet saved."""
    title, text = notice.title.strip(), notice.text.strip()
    if not 0 < len(title) <= LONGEST_TITLE:
        raise InvalidInput(
            "publication.title", _("A notice has a title of at most %(most)s characters."), most=LONGEST_TITLE
        )
    if len(text) > LONGEST:
        raise InvalidInput("publication.too_long", _("This is longer than %(most)s characters."), most=LONGEST)
    rule = _rule(notice, place)
    if not (text or with_files or (rule and rule.figures)):
        raise InvalidInput("publication.empty", _("Write what is made public, or attach it."))
    if notice.audience not in dict(AUDIENCES):
        raise InvalidInput("publication.audience", _("Choose who may read it."))
    _require_period(notice, rule)
    row = Publication(place=place, item=notice.item, title=title, text=text, audience=notice.audience)
    row.since, row.until, row.posted_on = notice.since, notice.until, day
    row.up_until = _until(notice, rule, day)
    return row


def _rule(notice: Notice, place: Place) -> DisclosureItem | None:
    """The item of a notice; none of a free one. Raises: publication.item"""
    if not notice.item:
        return None
    rule = disclosure_section.items().get(notice.item)
    if rule is None or place.pk != getattr(place, f"{rule.at}_id"):
        raise InvalidInput("publication.item", _("This is not among what is made public here."))
    return rule


def _require_period(notice: Notice, rule: DisclosureItem | None) -> None:
    regular = rule is not None and rule.every != disclosure_section.EVENT
    if regular and (notice.since is None or notice.until is None):
        raise InvalidInput("publication.period", _("Say of which period it is, from its first day to its last."))
    if notice.since and notice.until and notice.until < notice.since:
        raise InvalidInput("publication.period", _("The period ends before it begins."))
    if regular and notice.until and notice.until >= clock.today():
        message = _("The period is not over yet: it is made public once all of it is there.")
        raise InvalidInput("publication.period_not_over", message)


def _until(notice: Notice, rule: DisclosureItem | None, day: date) -> date:
    """Until when a notice stays up. Raises: publication.stays"""
    least = day + timedelta(days=rule.stays_days if rule else 1)
    until = notice.up_until or day + timedelta(days=rule.stays_days if rule else STAYS)
    if not least <= until <= day + timedelta(days=LONGEST_STAY):
        message = _("It stays up at least until %(least)s, and not for more than ten years.")
        raise InvalidInput("publication.stays", message, least=least.isoformat())
    return until


def _require_new(row: Publication) -> None:
    """Refuse the same notice a second time. Raises: publication.twice"""
    same = Publication.objects.filter(place=row.place, item=row.item, withdrawn=None, since=row.since, until=row.until)
    if not row.item or row.since is None or row.until is None:
        same = same.filter(title=row.title, posted_on=row.posted_on)
    if same.exists():
        raise _twice()


def _save(row: Publication) -> None:
    """Save; whoever posted the same at the same moment came first. Raises: publication.twice"""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "publication_once" in str(error):
            raise _twice() from error
        raise


def _twice() -> RuleBroken:
    message = _("This was made public already. What is wrong in it is corrected there, with a reason.")
    return RuleBroken("publication.twice", message)


def _too_many() -> InvalidInput:
    return InvalidInput("publication.too_many_files", _("At most %(most)s files."), most=MOST_FILES)


def _stored(uploads: Sequence[Upload]) -> list[tuple[str, files.StoredFile]]:
    """The files in the store, before anything is locked."""
    if len(uploads) > MOST_FILES:
        raise _too_many()
    return [(item.name, files.store(item.stream, allowed=files.PHOTOS | files.PAPERS)) for item in uploads]


def _attach(actor: Actor, row: Publication, stored: Sequence[tuple[str, files.StoredFile]]) -> None:
    for name, item in stored:
        held = file_row(item, name)
        PublicationFile.objects.create(publication=row, file=held, name=name[:200], at=clock.now(), actor=actor.key)


def _reason(text: str) -> str:
    """Why, in a few words. Raises: publication.reason"""
    reason = text.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        message = _("Say why in at most %(most)s characters; everybody can read it.")
        raise InvalidInput("publication.reason", message, most=LONGEST_REASON)
    return reason


def _journal(actor: Actor, verb: str, row: Publication, **facts: Any) -> None:
    journal.write(actor, f"publication.{verb}", (KIND, row.pk), place_id=row.place_id, facts=facts)
