"""How matters come in: a resident's page, the desk, the phone, a grid patrol, a pasted message, another platform.

Photos are stored before the row that names them. What is decided about a matter then is in screening.py.
"""

import secrets as random_source
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any, BinaryIO, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases import sections, words
from linli.cases.events import Moved, announce, case_moved
from linli.cases.models import Attachment, Case, Reporter
from linli.cases.operations import clocks
from linli.cases.operations.ground import Ground, ground_at, ground_of
from linli.core import clock, files, idempotency, journal, masks, search, secrets
from linli.core.actors import Actor
from linli.core.bulk import insert, next_ids
from linli.core.errors import DomainError, InvalidInput, NotAllowed
from linli.core.models import Entry, FileRow, WorkItem
from linli.organizations.models import Organization
from linli.records import profiles
from linli.territory.operations.recording import root_place

LONGEST: Final = 2000
PHOTOS: Final = 9
BATCH: Final = 50
# No letters or digits that are read as one another.
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH: Final = 8
KINDS: Final = frozenset(code for code, _label in words.KINDS)
SOURCES: Final = frozenset(code for code, _label in words.SOURCES)
DOORS: Final = frozenset(code for code, _label in words.DOORS)


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reports. Only the text is needed, and the place or a point from which it is found.

    `reporter_name` and `phone` are optional; `behalf_of` names the person for whom somebody else calls.
    `given_due` and `register_number` come with work orders of other platforms, `planned_end` with a
    public-benefit task. Coordinates are WGS84.
    """

    text: str
    place_id: int | None = None
    kind: str = "problem"
    category: str = ""
    urgency: str = ""
    source: str = "resident"
    address: str = ""
    lng: float | None = None
    lat: float | None = None
    reporter_name: str = ""
    phone: str = ""
    behalf_of: str = ""
    callback: bool = False
    hidden: bool = False
    complained_of: int | None = None
    register_number: str = ""
    given_due: datetime | None = None
    planned_end: date | None = None
    photos: Sequence[BinaryIO] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What everybody gets: the receipt number, and the code with which to follow the matter.

    The code is shown once; only its hash is kept, so a repeated call under one key gives an empty code.
    """

    case_id: int
    number: str
    code: str


def case_report(*, actor: Actor, report: Report, door: str = "page", key: str | None = None) -> Receipt:
    """Report a matter as a resident or a visitor, without login, phone or position (R13).

    Raises: case.text_missing, case.too_long, case.place_unknown, case.category_unknown, case.kind_unknown,
    case.too_many_photos, file.type, file.too_large, idempotency.other_input
    """
    return _take_in(actor, report, door, key, own=True)


def case_register(*, actor: Actor, report: Report, door: str = "desk", key: str | None = None) -> Receipt:
    """Register a matter for somebody else, at the window, by phone, on patrol or from a pasted message (DSP-04).

    Both names are kept: who reported and who wrote it down.
    Raises: case.not_yours, case.door_unknown, and what case_report raises
    """
    if door not in DOORS or door == "import":
        raise InvalidInput("case.door_unknown", _("There is no such door: %(door)s."), door=door)
    return _take_in(actor, report, door, key)


def case_report_many(
    *, actor: Actor, reports: Sequence[tuple[str, Report]], door: str = "api"
) -> list[Receipt | DomainError]:
    """Take in up to 50 reports, each under its own key and answered by itself: for offline outboxes and hotlines.

    A refused report leaves the others as they are; its refusal stands in its place.
    Raises: case.too_many, case.not_yours
    """
    if len(reports) > BATCH:
        raise InvalidInput("case.too_many", _("At most %(most)s reports at once."), most=BATCH)
    answers: list[Receipt | DomainError] = []
    taken: list[_Taken] = []
    shared = _Shared(len(reports))
    with profiles.pinned(), transaction.atomic():
        for key, report in reports:
            try:
                _check(report)
                answer, new = _taken(actor, report, door, key or None, [], shared)
            except DomainError as refusal:
                answers.append(refusal)
                continue
            answers.append(answer)
            taken += new
        _put_in(actor, taken)
    return answers


# What lets somebody register what they came upon by their own work.
_BY_SOURCE: Final = {"contact": ("contacts.visit",), "inspection": ("safety.inspect",)}


def _may_register(actor: Actor, report: Report, ground: Ground) -> None:
    grid_path = ground.grid_grid_path or ground.grid_path
    able = ("cases.register", "cases.dispatch", *_BY_SOURCE.get(report.source, ()))
    # Whoever sees something reports it, and it goes to whom it concerns (R13); a program speaks for its own place.
    staff = not actor.key.startswith("api-key:") and any(actor.can(name) for name in able)
    anywhere = actor.key == "system" or staff
    if not anywhere and not any(actor.reaches(name, path=ground.path, grid_path=grid_path) for name in able):
        raise NotAllowed("case.not_yours", _("You may not register matters at this place."))


def follow_code_matches(case: Case, code: str) -> bool:
    """Whether a code opens this matter to the reporter."""
    return case.code_hash is not None and bytes(case.code_hash) == _code_hash(case.number, code)


def _take_in(actor: Actor, report: Report, door: str, key: str | None, *, own: bool = False) -> Receipt:
    with profiles.pinned():
        _check(report)
        stored = [files.store(photo, allowed=files.PHOTOS) for photo in report.photos]
        with transaction.atomic():
            receipt, new = _taken(actor, report, door, key, stored, _Shared(1), own=own)
            _put_in(actor, new)
    return receipt


@dataclass(frozen=True, slots=True)
class _Taken:
    """A matter that is ready to be written, and what is written with it."""

    case: Case
    reporter: Reporter | None
    owed: WorkItem
    entry: Entry
    photos: Sequence[files.StoredFile]


class _Shared:
    """What the reports of one call share and ask for once: ids, and the calendar and the desk of each place."""

    def __init__(self, reports: int) -> None:
        self._reports = reports
        self.calendar = cache(clocks.calendar_with)
        self.desk = cache(clocks.desk_above)

    @cached_property
    def ids(self) -> Iterator[int]:
        """An id for each matter; those of refused and of repeated reports stay unused."""
        return iter(next_ids(Case, self._reports))


def _taken(
    actor: Actor,
    report: Report,
    door: str,
    key: str | None,
    stored: Sequence[files.StoredFile],
    shared: _Shared,
    *,
    own: bool = False,
) -> tuple[Receipt, list[_Taken]]:
    """The receipt, and what is to be written for it: nothing where the same key was answered before.

    Whatever can be refused is refused before the key is claimed.
    """
    ground, body = _ground(actor, report, own=own)
    case, code = _case(next(shared.ids), report, door, ground, body)
    payload = _payload(report, [item.sha256 for item in stored])
    if answered := idempotency.once(key, actor.key, payload, {"id": case.pk, "number": case.number}):
        return Receipt(answered["id"], answered["number"], ""), []
    calendar = shared.calendar(ground.codes)
    clocks.set_due(case, calendar)
    desk = shared.desk(case.desk_id, ground.path, case.complained_of_id)
    owed = clocks.owed("case.accept", case, desk, case.contact_due, calendar)
    facts = {"to": "received", "door": door, "source": report.source, "category": case.category, "photos": len(stored)}
    entry = journal.entry(actor, "case.receive", ("case", case.pk), place_id=ground.place_id, facts=facts)
    new = _Taken(case, _reporter(actor, case, report, own=own), owed, entry, stored)
    case.raised_by = [new.reporter] if new.reporter else []
    return Receipt(case.pk, case.number, code), [new]


def _put_in(actor: Actor, taken: Sequence[_Taken]) -> None:
    """Write what was taken in, each kind of row at once, and announce it."""
    insert(
        [item.case for item in taken],
        [item.reporter for item in taken if item.reporter],
        [item.owed for item in taken],
        [item.entry for item in taken],
    )
    for item in taken:
        _attach(actor, item.case.pk, item.photos)
        announce(case_moved, Moved("receive", actor, item.case, ""))


def _ground(actor: Actor, report: Report, *, own: bool) -> tuple[Ground, Organization | None]:
    """Where a report is dealt with, and the body complained of; who registers for others needs the right to."""
    body = _complained_of(report)
    if own and body:
        return ground_above(body), body
    ground = ground_of(report.place_id, report.lng, report.lat)
    if not own:
        _may_register(actor, report, ground)
    return (ground_above(body), body) if body else (ground, None)


def _check(report: Report) -> None:
    if not report.text.strip():
        raise InvalidInput("case.text_missing", _("Please say in a few words what it is about."))
    if len(report.text) > LONGEST:
        raise InvalidInput("case.too_long", _("At most %(longest)s characters."), longest=LONGEST)
    if report.kind not in KINDS:
        raise InvalidInput("case.kind_unknown", _("There is no such kind: %(kind)s."), kind=report.kind)
    if report.source not in SOURCES:
        raise InvalidInput("case.source_unknown", _("There is no such source."), source=report.source)
    if report.urgency and report.urgency not in sections.DEADLINES:
        raise InvalidInput("case.urgency_unknown", _("There is no such urgency."), urgency=report.urgency)
    if report.category and report.category not in sections.categories():
        message = _("There is no such category: %(category)s.")
        raise InvalidInput("case.category_unknown", message, category=report.category)
    planned(report.kind, report.planned_end)
    if len(report.photos) > PHOTOS:
        raise InvalidInput("case.too_many_photos", _("At most %(photos)s photos."), photos=PHOTOS)


def planned(kind: str, end: date | None) -> None:
    """Refuse an end that is planned for no public-benefit task, or for a day gone by. Raises: case.planned_end"""
    if end is not None and (kind != "public_task" or end < clock.today()):
        raise InvalidInput("case.planned_end", _("Only a public-benefit task is planned, from today on."), end=str(end))


def _case(pk: int, report: Report, door: str, ground: Ground, body: Organization | None) -> tuple[Case, str]:
    """The matter of a report, not yet written, and the code with which to follow it."""
    now = clock.now()
    number, code = f"{now:%y%m%d}{pk:06d}", new_code()
    text = _without_identity_numbers(report.text.strip())
    case = Case(
        id=pk,
        number=number,
        code_hash=_code_hash(number, code),
        text=text,
        door=door,
        place_id=ground.place_id,
        grid_id=ground.grid_id,
        desk_id=ground.office_id,
        complained_of=body,
        received_on=clock.day_of(now),
        received=now,
        confidential=report.kind == "dispute",
        **_plain(report),
    )
    case.search = search.vector(text, case.address, number, case.register_number)
    return case, code


def _plain(report: Report) -> dict[str, Any]:
    known = sections.categories().get(report.category)
    names = ("category", "source", "lng", "lat", "given_due", "planned_end")
    urgency = report.urgency or (known.urgency if known else "normal")
    return {
        **{name: getattr(report, name) for name in names},
        "kind": report.kind if report.complained_of is None else "complaint",
        "address": report.address.strip()[:200],
        "register_number": report.register_number.strip()[:64],
        "urgency": urgency,
        "in_scope": known.in_scope if known else True,
    }


def _complained_of(report: Report) -> Organization | None:
    if report.complained_of is None:
        return None
    found = Organization.objects.select_related("place", "parent").filter(pk=report.complained_of).first()
    if found is None:
        raise InvalidInput("case.body_unknown", _("There is no such body."), body=report.complained_of)
    return found


def ground_above(body: Organization) -> Ground:
    """Where a complaint is dealt with: one level above the body's place, but never above the root of the installation.

    Nobody works above the root, so that a complaint about one of its bodies goes to another body there.
    """
    root = root_place()
    at_root = root is not None and root.pk == body.place_id
    return ground_at(body.place_id if at_root else body.place.parent_id or body.place_id, without=body.pk)


def _reporter(actor: Actor, case: Case, report: Report, *, own: bool) -> Reporter | None:
    """Who reported, to be kept encrypted; nobody at all where somebody else wrote it down and nothing was given."""
    if not (report.reporter_name or report.phone or report.behalf_of or own):
        return None
    return Reporter(
        case=case,
        name=report.reporter_name.strip()[:60] or None,
        phone=report.phone.strip()[:30] or None,
        phone_hash=secrets.match_hash(report.phone, "phone") if report.phone.strip() else None,
        behalf_of=report.behalf_of.strip()[:60] or None,
        user_id=actor.user_id if own else None,
        callback=report.callback,
        hidden=report.hidden,
        taken_by="" if own else actor.key,
    )


def _attach(actor: Actor, case_id: int, stored: Sequence[files.StoredFile]) -> None:
    for position, item in enumerate(stored, start=1):
        Attachment.objects.create(case_id=case_id, file=file_row(item, f"{position}"), at=clock.now(), actor=actor.key)


def file_row(item: files.StoredFile, name: str) -> FileRow:
    """The row that names a stored content; the same content has one row."""
    row, _made = FileRow.objects.get_or_create(
        sha256=item.sha256,
        defaults={"name": name[:200], "media_type": item.media_type, "size": item.size, "stored": clock.now()},
    )
    return row


def _payload(report: Report, photos: list[str]) -> dict[str, Any]:
    names = [name for name in Report.__dataclass_fields__ if name != "photos"]
    return {"operation": "case.report", "photos": photos, **{name: getattr(report, name) for name in names}}


def new_code() -> str:
    """A look-up code that nobody guesses and everybody can read out on the phone."""
    return "".join(random_source.choice(ALPHABET) for _position in range(CODE_LENGTH))


def _code_hash(number: str, code: str) -> bytes:
    return secrets.keyed_hash(f"{number} {code.strip().upper()}", "case.code")


def _without_identity_numbers(text: str) -> str:
    """The text with identity numbers masked: a matter never needs one."""
    for found in masks.identity_numbers(text):
        for spelling in (found, found.lower()):
            text = text.replace(spelling, masks.mask_identity(found))
    return text
