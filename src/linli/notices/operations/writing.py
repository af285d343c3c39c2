"""Notices before they are out: written, changed, given to a second person, given back, dropped; and their files."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import after, calendar_of, post_at
from linli.cases.operations.intake import file_row
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, files, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.core.words import said
from linli.notices import policies
from linli.notices.models import REASON, TITLE, Notice, NoticeFile, NoticeGroup
from linli.notices.queries import groups
from linli.notices.sections import section
from linli.notices.workflow import APPROVAL_OWED, APPROVE, NOTICE, SUBJECT
from linli.organizations.sections import kinds_in_force
from linli.territory.models import Place

LONGEST: Final = 5000
FILES: Final = 6


@dataclass(frozen=True, slots=True)
class Text:
    """What a notice says, and how long that holds."""

    title: str
    body: str
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Sketch:
    """A notice as it is written: its kind and text, and whom it is for. `posts` are kinds, `groups` bodies."""

    place_id: int
    kind: str
    text: Text
    public: bool = True
    posts: tuple[str, ...] = ()
    groups: tuple[int, ...] = ()
    urgent: bool = False


@transaction.atomic
def notice_draft(*, actor: Actor, sketch: Sketch) -> Notice:
    """Write a notice; nobody is told yet (INF-01).

    Raises: not_found, notice.kind, notice.title, notice.body, notice.span, notice.no_end, notice.urgent, notice.nobody
    """
    row = Notice(place=_place(actor, sketch), written=clock.now(), writer=actor.key)
    _enter(row, sketch)
    row.save(force_insert=True)
    _address(actor, row, sketch.groups)
    done(actor, "draft", row, kind=row.kind)
    return row


@transaction.atomic
def notice_change(*, actor: Actor, notice_id: int, version: int, sketch: Sketch) -> Notice:
    """Change a draft. Whoever changes it is its writer now, whom somebody else approves.

    Raises: as `notice_draft`, and notice.not_yours, notice.state, notice.stale
    """
    row = locked(actor, notice_id, version)
    policies.require_write(actor, row.place)
    row.state = NOTICE.step(row.state, "change")
    if sketch.place_id != row.place_id:
        row.place = _place(actor, sketch)
    _enter(row, sketch)
    row.writer = actor.key
    _address(actor, row, sketch.groups)
    saved(actor, "change", row)
    return row


@transaction.atomic
def notice_submit(*, actor: Actor, notice_id: int) -> Notice:
    """Ask for the approval of a second person, who owes an answer.

    Raises: not_found, notice.not_yours, notice.state, notice.over
    """
    row = locked(actor, notice_id)
    policies.require_write(actor, row.place)
    row.state = NOTICE.step(row.state, "submit")
    require_ahead(row)
    days = calendar_of(row.place)
    due = after(days, clock.now(), Period(amount=section().approve_days))
    owe(APPROVAL_OWED, (SUBJECT, row.pk), row.title, row.place_id, post_at(row.place.path, APPROVE), due, days)
    saved(actor, "submit", row)
    return row


@transaction.atomic
def notice_refuse(*, actor: Actor, notice_id: int, reason: str) -> Notice:
    """Give a notice back to its writer, with a reason.

    Raises: not_found, notice.own, notice.not_yours, notice.state, notice.reason
    """
    row = locked(actor, notice_id)
    policies.require_approve(actor, row)
    row.state = NOTICE.step(row.state, "refuse")
    row.reason = said(reason, REASON, "notice.reason")
    settle(APPROVAL_OWED, (SUBJECT, row.pk))
    saved(actor, "refuse", row)
    return row


@transaction.atomic
def notice_drop(*, actor: Actor, notice_id: int) -> Notice:
    """Drop a draft. Raises: not_found, notice.not_yours, notice.state"""
    row = locked(actor, notice_id)
    policies.require_write(actor, row.place)
    row.state = NOTICE.step(row.state, "drop")
    saved(actor, "drop", row)
    return row


def notice_attach(*, actor: Actor, notice_id: int, stream: BinaryIO, name: str) -> NoticeFile:
    """Add a file to a draft: a photo, PDF, Word or Excel file, known by its content.

    Raises: not_found, notice.not_yours, notice.state, notice.files, file.type, file.too_large, file.broken
    """
    stored = files.store(stream, allowed=files.PHOTOS | files.PAPERS)
    with transaction.atomic():
        row = locked(actor, notice_id)
        policies.require_write(actor, row.place)
        NOTICE.step(row.state, "change")
        if row.files.filter(taken_out=None).count() >= FILES:
            raise RuleBroken("notice.files", _("A notice has at most %(most)s files."), most=FILES)
        held = NoticeFile(notice=row, file=file_row(stored, name or "file"), at=clock.now(), actor=actor.key)
        held.name = Path(name).name[:200] or "file"
        held.save(force_insert=True)
        done(actor, "attach", row, file=held.pk)
    return held


@transaction.atomic
def notice_detach(*, actor: Actor, notice_id: int, file_id: int) -> None:
    """Take a file out; it is given to nobody any more. Raises: not_found, notice.not_yours"""
    row = locked(actor, notice_id)
    policies.require_write(actor, row.place)
    if not row.files.filter(pk=file_id, taken_out=None).update(taken_out=clock.now()):
        raise NotFound
    done(actor, "detach", row, file=file_id)


def locked(actor: Actor, notice_id: int, version: int | None = None) -> Notice:
    """A notice that the actor keeps, locked. Raises: not_found, notice.stale"""
    rows = Notice.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.notices_kept_by(actor), pk=notice_id).first()
    if row is None:
        raise NotFound
    if version is not None and row.version != version:
        raise Stale("notice.stale", _("Somebody changed this notice meanwhile."), version=row.version)
    return row


def saved(actor: Actor, verb: str, row: Notice, **facts: Any) -> None:
    """Save what was done to a notice, and write it into the journal."""
    row.version += 1
    row.save()
    done(actor, verb, row, **facts)


def done(actor: Actor, verb: str, row: Notice, **facts: Any) -> None:
    """Write into the journal what was done to a notice."""
    journal.write(actor, f"{SUBJECT}.{verb}", (SUBJECT, row.pk), place_id=row.place_id, facts=facts)


def require_ahead(row: Notice) -> None:
    """Refuse to tell what is over. Raises: notice.over"""
    if row.valid_until and row.valid_until < clock.today():
        raise RuleBroken("notice.over", _("Its last day is over: give it a later one first."))


def enter_text(row: Notice, text: Text) -> None:
    """Take over what a notice says. Raises: notice.title, notice.body, notice.span, notice.no_end"""
    row.title = said(text.title, TITLE, "notice.title")
    row.body = said(text.body, LONGEST, "notice.body")
    if text.valid_until and text.valid_until < text.valid_from:
        raise InvalidInput("notice.span", _("The last day is not before the first."))
    kind = section().kind(row.kind)
    if kind and kind.ends and text.valid_until is None:
        message = _("A notice of the kind “%(kind)s” says until when it holds: give it a last day.")
        raise RuleBroken("notice.no_end", message, kind=kind.named)
    row.valid_from, row.valid_until = text.valid_from, text.valid_until


def _place(actor: Actor, sketch: Sketch) -> Place:
    place = Place.objects.filter(policies.writing_places(actor), pk=sketch.place_id).first()
    if place is None:
        raise NotFound
    return place


def _enter(row: Notice, sketch: Sketch) -> None:
    kind = section().kind(sketch.kind)
    if kind is None or (kind.retired and row.kind != sketch.kind):
        raise InvalidInput("notice.kind", _("Choose a kind from the list."))
    row.kind = kind.code
    enter_text(row, sketch.text)
    if sketch.urgent and not kind.urgent:
        message = _("A notice of the kind “%(kind)s” waits for the day: untick “at once”.")
        raise RuleBroken("notice.urgent", message, kind=kind.named)
    known = kinds_in_force()
    row.posts = sorted(code for code in set(sketch.posts) if code in known)
    row.public, row.urgent = sketch.public, sketch.urgent
    if not (row.public or row.posts or sketch.groups):
        raise InvalidInput("notice.nobody", _("Say whom it is for: everybody, posts, or groups."))


def _address(actor: Actor, row: Notice, chosen: tuple[int, ...]) -> None:
    known = set(groups(actor).values_list("pk", flat=True)) | set(row.groups.values_list("organization_id", flat=True))
    if not set(chosen) <= known:
        raise NotFound
    row.groups.exclude(organization_id__in=chosen).delete()
    held = set(row.groups.values_list("organization_id", flat=True))
    NoticeGroup.objects.bulk_create(NoticeGroup(notice=row, organization_id=pk) for pk in set(chosen) - held)
