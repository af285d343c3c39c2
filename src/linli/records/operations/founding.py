"""Creating a place: the first profile of an installation. An existing place is not made into another one in passing."""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import RuleBroken
from linli.records import profiles
from linli.records.models import ProfileVersion
from linli.records.operations.profiles import Applied, profile_apply
from linli.records.sections import PlaceSection


@transaction.atomic
def place_found(*, actor: Actor, folder: Path) -> Applied:
    """Put the first profile in force, or a later state of the profile of the same place.

    Raises: profile.other_place, and what profile_apply raises.
    """
    # The trial tells faults, and locks the profile until this transaction ends.
    tried = profile_apply(actor=actor, folder=folder, dry=True)
    held = ProfileVersion.objects.filter(pk=tried.version).first()
    if tried.changed and held and _place(held.content) != _place(profiles.read_folder(folder)[0]):
        raise RuleBroken(
            "profile.other_place",
            _("“%(held)s” is in force here already. To put another profile in force: linli profile apply %(folder)s"),
            held=profiles.current().section(PlaceSection).name,
            folder=folder,
        )
    return profile_apply(actor=actor, folder=folder)


def _place(content: dict[str, Any]) -> str:
    """Which place a profile is for: its root, or its name where it says no root."""
    place = content.get("place") or {}
    return str(place.get("root") or place.get("name") or "")
