"""Who belongs to which team, as ledgers bring it: silent, in set form, one journal entry per call."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.organizations.models import Organization
from linli.volunteering.models import TeamMembership, Volunteer

Rows = Sequence[Mapping[str, Any]]


def memberships_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows name no volunteer who is here, or no team, by position, each with the code of its reason."""
    numbers = {row["number"] for row in rows if row.get("number")}
    held = set(Volunteer.objects.filter(number__in=numbers).values_list("number", flat=True))
    return {
        position: "team_membership.unknown_number" if row.get("team") else "team_membership.no_team"
        for position, row in enumerate(rows)
        if row.get("number") not in held or not row.get("team")
    }


@transaction.atomic
def membership_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in memberships: one of a volunteer and a team is the same while it lasts."""
    numbers = {row["number"] for row in rows if row.get("number")}
    volunteers = dict(Volunteer.objects.filter(number__in=numbers).values_list("number", "pk"))
    teams = Organization.objects.in_bulk([row["team"] for row in rows if row.get("team")])
    held = TeamMembership.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    standing = TeamMembership.objects.select_for_update().filter(volunteer_id__in=volunteers.values(), state="member")
    known = {(item.team_id, item.volunteer_id): item for item in standing}
    given = []
    for row in rows:
        key = (row["team"], volunteers[row["number"]])
        record = held.get(row.get("id") or 0) or known.get(key)
        if record is None:
            record = TeamMembership(asked_on=row.get("since") or clock.today(), state="member")
            known[key] = record
        record.team_id, record.volunteer_id = key
        record.place_id = teams[row["team"]].place_id
        record.since = row.get("since") or record.since
        record.until = row.get("until") or record.until
        record.state = "left" if record.until else record.state
        record.lead = record.state == "member" and bool(row.get("lead", record.lead))
        if record.state == "left":
            known.pop(key, None)
        record.save()
        given.append(record.pk)
    journal.write(actor, "team_membership.record_many", None, count=max(1, len(rows)))
    return given
