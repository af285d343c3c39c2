"""The only writers of photos of activities: added by who keeps it, taken away again."""

from typing import BinaryIO, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.activities.models import ActivityPhoto
from linli.activities.operations.steps import done, locked
from linli.activities.policies import activities as policies
from linli.cases.operations.intake import file_row
from linli.core import clock, files
from linli.core.actors import Actor
from linli.core.errors import NotFound, RuleBroken

MOST: Final = 12


def photo_add(*, actor: Actor, activity_id: int, stream: BinaryIO, name: str) -> ActivityPhoto:
    """Add a photo, which is kept without where and by which device it was taken.

    Raises: not_found, activity.not_yours, activity.photos, file.*
    """
    stored = files.store(stream, allowed=files.PHOTOS)
    with transaction.atomic():
        row = locked(actor, activity_id)
        if row.photos.count() >= MOST:
            raise RuleBroken("activity.photos", _("At most %(photos)s photos."), photos=MOST)
        photo = ActivityPhoto.objects.create(activity=row, file=file_row(stored, name), at=clock.now(), actor=actor.key)
        done(actor, "photo", row, photo=photo.pk)
    return photo


@transaction.atomic
def photo_remove(*, actor: Actor, photo_id: int) -> int:
    """Take a photo away; gives the activity it was of. Raises: not_found, activity.not_yours"""
    photo = ActivityPhoto.objects.filter(policies.photos_visible_to(actor), pk=photo_id).first()
    if photo is None:
        raise NotFound
    row = locked(actor, photo.activity_id)
    done(actor, "photo_remove", row, photo=photo.pk)
    photo.delete()
    return row.pk
