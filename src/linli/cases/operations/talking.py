"""What is said and shown on a matter: notes among the staff, public answers, photos and papers.

A photo is public only after somebody at the desk has seen it; faces are blurred.
"""

from collections.abc import Collection
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Attachment, Case, Note
from linli.cases.operations.intake import PHOTOS, file_row
from linli.cases.operations.steps import said
from linli.cases.policies import cases_visible_to, is_reporter, may_answer, reaches
from linli.core import clock, files, journal
from linli.core.actors import Actor
from linli.core.errors import NotAllowed, NotFound, RuleBroken
from linli.core.photos import Region

# How many words a reporter may add to one matter.
WORDS = 20


@transaction.atomic
def note_add(*, actor: Actor, case_id: int, text: str, public: bool = False) -> Note:
    """Add a note among the staff, or a public answer that the reporter reads.

    Raises: not_found, note.not_yours, note.text_missing, case.too_long
    """
    case = _visible(actor, case_id)
    if not (may_answer(actor, case) or (not public and actor.can("cases.view"))):
        raise NotAllowed("note.not_yours", _("You may not write here."))
    note = Note.objects.create(
        case=case,
        at=clock.now(),
        actor=actor.key,
        author=actor.label[:120],
        public=public,
        text=said(text, "note.text_missing", 2000),
    )
    _journal(actor, case, "note", note=note.pk, public=public)
    return note


@transaction.atomic
def word_add(*, actor: Actor, case_id: int, text: str) -> Note:
    """Add a word to one's own matter as its reporter; on a merged one whoever handles the other reads it too.

    Raises: not_found, note.not_yours, note.text_missing, case.too_long, note.too_many
    """
    case = _visible(actor, case_id)
    if not is_reporter(actor, case):
        raise NotAllowed("note.not_yours", _("You may not write here."))
    if Note.objects.filter(case=case, actor=actor.key).count() >= WORDS:
        raise RuleBroken("note.too_many", _("Enough was added here; please speak with whoever holds the matter."))
    said_text, now = said(text, "note.text_missing", 2000), clock.now()
    author = str(_("the reporter"))
    if case.merged_into_id:
        Note.objects.create(case_id=case.merged_into_id, at=now, actor=actor.key, author=author, text=said_text)
    note = Note.objects.create(case=case, at=now, actor=actor.key, author=author, public=True, text=said_text)
    _journal(actor, case, "note", note=note.pk, public=True, by="reporter")
    return note


def attachment_add(
    *, actor: Actor, case_id: int, stream: BinaryIO, name: str = "", stage: str = "handling"
) -> Attachment:
    """Add a photo or paper to a matter one may open; photos are stripped of what is hidden in them.

    Raises: not_found, file.type, file.too_large, file.broken, case.too_many_photos
    """
    stored = files.store(stream, allowed=files.PHOTOS | files.PAPERS)
    with transaction.atomic():
        case = _visible(actor, case_id)
        kept = case.attachments.select_related("file").all()
        if stored.media_type in files.PHOTOS and len([a for a in kept if a.stage == stage]) >= PHOTOS:
            raise RuleBroken("case.too_many_photos", _("At most %(photos)s photos."), photos=PHOTOS)
        row = Attachment.objects.create(
            case=case,
            file=file_row(stored, name or "photo"),
            at=clock.now(),
            actor=actor.key,
            stage="report" if is_reporter(actor, case) else stage,
        )
        _journal(actor, case, "attach", attachment=row.pk)
    return row


@transaction.atomic
def attachment_clear(*, actor: Actor, attachment_id: int, cleared: bool = True) -> Attachment:
    """Clear a photo for the public after a look, or take that back.

    Raises: not_found, note.not_yours
    """
    row, case = _attachment(actor, attachment_id)
    row.cleared = cleared
    row.save(update_fields=["cleared"])
    _journal(actor, case, "clear_photo", attachment=row.pk, cleared=cleared)
    return row


def attachment_blur(*, actor: Actor, attachment_id: int, regions: Collection[Region]) -> Attachment:
    """Make parts of a photo unrecognisable for everybody; the first original stays for the desk.

    Raises: not_found, note.not_yours, file.region, file.type
    """
    with transaction.atomic():
        row, case = _attachment(actor, attachment_id)
        row.original_id = row.original_id or row.file_id
        row.file = file_row(files.blur(row.file.sha256, regions), row.file.name)
        row.save(update_fields=["file", "original"])
        _journal(actor, case, "blur_photo", attachment=row.pk, regions=len(regions))
    return row


def _attachment(actor: Actor, attachment_id: int) -> tuple[Attachment, Case]:
    found = Attachment.objects.filter(pk=attachment_id).values("case_id").first()
    if found is None:
        raise NotFound
    case = _visible(actor, found["case_id"])
    if not reaches(actor, case, "cases.dispatch"):
        raise NotAllowed("note.not_yours", _("Only the desk decides what may be seen."))
    row = Attachment.objects.select_for_update(of=("self",)).select_related("file").get(pk=attachment_id)
    return row, case


def _visible(actor: Actor, case_id: int) -> Case:
    rows = Case.objects.select_related("place", "grid").defer("search")
    case = rows.filter(cases_visible_to(actor), pk=case_id).first()
    if case is None:
        raise NotFound
    return case


def _journal(actor: Actor, case: Case, verb: str, **facts: object) -> None:
    journal.write(actor, f"case.{verb}", ("case", case.pk), place_id=case.place_id, facts=facts)
