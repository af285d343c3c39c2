"""The mark that tells every process that places or boundaries have changed. Other operations call it."""

import secrets

from linli.territory.models import Revision

ONLY = 1


def revision_mark() -> None:
    """Give the territory a new stamp, in the caller's transaction; indexes in memory follow within a second."""
    Revision.objects.bulk_create(
        [Revision(id=ONLY, stamp=secrets.randbits(62))],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["stamp"],
    )
