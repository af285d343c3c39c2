"""The files of policy documents: added with the checks of all files, read for the search, taken out again."""

from pathlib import Path
from typing import BinaryIO, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.intake import file_row
from linli.core import clock, files
from linli.core.actors import Actor
from linli.core.errors import NotFound, RuleBroken
from linli.publishing.models import PolicyDocument, PolicyFile
from linli.publishing.operations.policy_document_texts import text_of
from linli.publishing.operations.policy_documents import done, locked, searched

MOST: Final = 20


def policy_file_attach(*, actor: Actor, document_id: int, stream: BinaryIO, name: str) -> PolicyFile:
    """Add a file to a document: Word, Excel, PDF or a photo, known by its content. What Word and Excel files say
    is searched.

    Raises: not_found, policy_document.not_yours, policy_document.files, file.type, file.too_large, file.broken
    """
    stored = files.store(stream, allowed=files.PHOTOS | files.PAPERS)
    text = text_of(stored)
    with transaction.atomic():
        document = locked(actor, document_id)
        if document.files.filter(taken_out=None).count() >= MOST:
            raise RuleBroken("policy_document.files", _("A document has at most %(most)s files."), most=MOST)
        row = PolicyFile.objects.create(
            document=document,
            file=file_row(stored, name or "file"),
            name=Path(name).name[:200] or "file",
            text=text,
            at=clock.now(),
            actor=actor.key,
        )
        _found_anew(document)
        done(actor, "attach", document, {"file": row.pk, "name": row.name})
    return row


@transaction.atomic
def policy_file_detach(*, actor: Actor, file_id: int) -> PolicyFile:
    """Take a file out: it stays in the records and is given to nobody any more.

    Raises: not_found, policy_document.not_yours
    """
    found = PolicyFile.objects.filter(pk=file_id, taken_out=None).values_list("document_id", flat=True).first()
    if found is None:
        raise NotFound
    document = locked(actor, found)
    row = PolicyFile.objects.select_for_update().filter(pk=file_id, taken_out=None).first()
    if row is None:
        raise NotFound
    row.taken_out = clock.now()
    row.save(update_fields=["taken_out"])
    _found_anew(document)
    done(actor, "detach", document, {"file": row.pk, "name": row.name})
    return row


def _found_anew(document: PolicyDocument) -> None:
    texts = document.files.filter(taken_out=None).order_by("pk").values_list("text", flat=True)
    PolicyDocument.objects.filter(pk=document.pk).update(search=searched(document, list(texts)))
