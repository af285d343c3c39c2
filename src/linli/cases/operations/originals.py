"""The original of a blurred photo: seen by the desk alone, each time with a reason, until reporters are forgotten."""

from functools import partial

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from linli.accounts.operations.looking import look_record
from linli.cases.models import Attachment, Case
from linli.cases.policies import cases_visible_to, reaches
from linli.core import files, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import NotFound
from linli.core.models import FileRow


@transaction.atomic
def original_look(*, actor: Actor, attachment_id: int, reason: str) -> FileRow:
    """The photo as it was before anybody blurred it, with a reason that the access log keeps.

    Whoever may not see it does not learn that there is one.
    Raises: not_found, look.reason_missing
    """
    row = Attachment.objects.select_related("original").filter(pk=attachment_id).first()
    if row is None or row.original is None:
        raise NotFound
    rows = Case.objects.select_related("place", "grid").defer("search")
    case = rows.filter(cases_visible_to(actor), pk=row.case_id).first()
    if case is None or not reaches(actor, case, "cases.dispatch"):
        raise NotFound
    look_record(actor=actor, subject=("attachment", row.pk), field="original", reason=reason)
    facts = {"attachment": row.pk}
    journal.write(actor, "case.look_original", ("case", case.pk), place_id=case.place_id, facts=facts)
    return row.original


def originals_drop(rows: QuerySet[Attachment]) -> int:
    """Delete the originals of these photos, the blurred ones stay. Part of forgetting, in its transaction."""
    assert connection.in_atomic_block, "originals go with whoever is forgotten"
    kept = rows.filter(original__isnull=False).order_by("id").select_for_update(of=("self",), skip_locked=True)
    found = dict(kept.values_list("pk", "original_id"))
    if found:
        Attachment.objects.filter(pk__in=found).update(original=None)
        _delete_unnamed(set(found.values()))
        journal.write(SYSTEM, "case.forget_originals", None, facts={}, count=len(found))
    return len(found)


def _delete_unnamed(pks: set[int]) -> None:
    """Delete these files from the table and the disk where no photo names them any more."""
    used = Attachment.objects.filter(Q(file_id__in=pks) | Q(original_id__in=pks)).values_list("file_id", "original_id")
    free = FileRow.objects.filter(pk__in=pks - {pk for pair in used for pk in pair})
    contents = list(free.values_list("sha256", flat=True))
    free.delete()
    for sha256 in contents:
        transaction.on_commit(partial(files.remove, sha256))
