"""The only writer of how many members take part in which mode (ORG-14): a picture a day, never a word on a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, RuleBroken
from linli.members.models import ParticipationCount
from linli.members.operations.rounds import body_of, kept_place
from linli.members.sections import mode_names
from linli.members.workflow import COUNT_KIND

MOST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Counted:
    """How many members of a place or body take part in which mode, as of a day. A mode that is missing is unknown."""

    place_id: int
    on: date
    numbers: Mapping[str, int]
    organization_id: int | None = None


@transaction.atomic
def participation_count_record(*, actor: Actor, counted: Counted) -> list[ParticipationCount]:
    """Write down a picture. It takes the place of the one before, which stays; of the same day it corrects it.

    Raises: not_found, participation_count.body, participation_count.day, participation_count.older,
    participation_count.numbers
    """
    place = kept_place(actor, counted.place_id)
    body = body_of(place, counted.organization_id, "participation_count.body")
    if counted.on > clock.today():
        raise InvalidInput("participation_count.day", _("This day lies in the future."))
    numbers, known = counted.numbers, mode_names()
    if not numbers or any(mode not in known or not 0 <= number <= MOST for mode, number in numbers.items()):
        raise InvalidInput("participation_count.numbers", _("Write a number for at least one mode."))
    held = ParticipationCount.objects.filter(place=place, organization=body)
    if held.filter(since__gt=counted.on).exists():
        message = _("A later picture is written down already; choose a later day.")
        raise RuleBroken("participation_count.older", message)
    held.filter(since=counted.on).delete()
    given = {"place": place, "organization": body, "since": counted.on, "recorder": actor.key}
    rows = [ParticipationCount(mode=mode, number=numbers[mode], **given) for mode in known if mode in numbers]
    ParticipationCount.objects.bulk_create(rows)
    pictures_ended([place.pk])
    facts = {"on": counted.on.isoformat(), "numbers": dict(numbers)}
    journal.write(actor, f"{COUNT_KIND}.record", (COUNT_KIND, rows[0].pk), place_id=place.pk, facts=facts)
    return rows


def pictures_ended(place_ids: Iterable[int]) -> None:
    """End each picture of places on the day of the next, whatever modes either of them has."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE members_participationcount c SET until = picture.until
            FROM (SELECT place_id, organization_id, since,
                         lead(since) OVER (PARTITION BY place_id, organization_id ORDER BY since) AS until
                  FROM members_participationcount WHERE place_id = ANY(%s)
                  GROUP BY place_id, organization_id, since) picture
            WHERE picture.place_id = c.place_id AND picture.since = c.since
              AND picture.organization_id IS NOT DISTINCT FROM c.organization_id
              AND c.until IS DISTINCT FROM picture.until
            """,
            [list(place_ids)],
        )
