"""The only writers of study groups and of what is pushed to them, one by one. Who reads is not kept."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.territory.models import Place
from linli.workforce import policies
from linli.workforce.models import InformationItem, StudyGroup
from linli.workforce.sections import section

LONGEST_NUMBER: Final = 64
LONGEST_NAME: Final = 120
LONGEST_TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class Group:
    """A study group as it is set up."""

    number: str
    name: str
    level: str
    platform: str
    place_id: int


@transaction.atomic
def group_open(*, actor: Actor, group: Group) -> StudyGroup:
    """Set up a study group (PPL-10).

    Raises: not_found, study.number, study.name, study.level, study.platform, study.twice
    """
    place = Place.objects.filter(policies.plans(actor, ""), pk=group.place_id, until=None).first()
    if place is None:
        raise NotFound
    row = StudyGroup(place=place, level=group.level, platform=group.platform)
    row.number = said(group.number, LONGEST_NUMBER, "study.number")
    row.name = said(group.name, LONGEST_NAME, "study.name")
    for name, items in (("level", section().levels), ("platform", section().platforms)):
        if getattr(group, name) not in {item.code for item in items}:
            raise InvalidInput(f"study.{name}", _("Choose from the list."))
    if StudyGroup.objects.filter(number=row.number).exists():
        raise RuleBroken("study.twice", _("A group with this number is here already."))
    row.save(force_insert=True)
    journal.write(actor, "study_group.open", ("study_group", row.pk), place_id=place.pk)
    return row


@transaction.atomic
def item_push(*, actor: Actor, group_id: int, title: str, on: date) -> InformationItem:
    """Write down what was pushed to a group. Raises: not_found, training.not_yours, study.title, study.day"""
    rows = StudyGroup.objects.select_for_update(of=("self",)).select_related("place")
    group = rows.filter(policies.items_visible_to(actor), pk=group_id).first()
    if group is None:
        raise NotFound
    policies.require_plan(actor, group.place)
    if on > clock.today():
        raise InvalidInput("study.day", _("This day is still to come."))
    row = InformationItem(group=group, level=group.level, platform=group.platform, place=group.place, pushed_on=on)
    row.title = said(title, LONGEST_TITLE, "study.title")
    row.number = f"{group.number[:50]}-{group.items.count() + 1}"
    row.save(force_insert=True)
    journal.write(actor, "information_item.push", ("information_item", row.pk), place_id=group.place_id)
    return row
