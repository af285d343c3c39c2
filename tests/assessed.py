"""What the neighbourhood of the tests over every route has of assessments and inspections."""

from datetime import timedelta
from typing import Final

from linli.accountability.models import AssessmentPart
from linli.accountability.operations import assessments as rounds
from linli.accountability.operations import objecting, scoring
from linli.accountability.operations.assessments import Opening
from linli.accountability.operations.inspecting import Found, Made, Planned, inspection_record, inspections_plan
from linli.accounts.neighbourhood import Cast
from linli.accounts.operations.issuing import person_account
from linli.accounts.queries import actor_of
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.organizations.operations.people import Named
from linli.organizations.operations.posts import Appointment, post_appoint

INSPECTED: Final = (
    ("street_office", "community_office"),
    ("far_street_office", "far_office"),
    ("street_office", "party"),
)


def assess(cast: Cast) -> None:
    """A round of communities of last year with an objection, and one of community workers under way."""
    place, leader = cast.places["county"].pk, cast.actors["leader"]
    # Whoever scored answers no objection.
    second = Appointment("county_leader", place, named=Named("郝评", phone="10000007777"))
    scorer = actor_of(
        person_account(actor=SYSTEM, person_id=post_appoint(actor=SYSTEM, appointment=second).person_id or 0)
    )
    day = clock.today()
    last_year = Opening("units", place, day.replace(year=day.year - 1, day=1))
    row = rounds.assessment_open(actor=leader, opening=last_year)
    rounds.assessment_freeze(actor=leader, assessment_id=row.pk)
    AssessmentPart.objects.filter(assessed__assessment=row).update(points=80)
    rounds.ratings_close(actor=leader, assessment_id=row.pk)
    scoring.assessment_score(actor=scorer, assessment_id=row.pk)
    scoring.assessment_publish(actor=leader, assessment_id=row.pk)
    here = row.assessed.get(unit=cast.places["community"]).pk
    objecting.objection_raise(actor=cast.actors["secretary"], assessed_id=here, criterion="street", reason="漏算")
    rounds.assessment_open(actor=leader, opening=Opening("workers", place, day))


def inspect(cast: Cast) -> None:
    """An inspection with a finding, one that nobody has made yet, and one that is planned elsewhere."""
    bodies, leader = cast.bodies, cast.actors["leader"]
    pairs = [(bodies[one].pk, bodies[other].pk) for one, other in INSPECTED]
    day = clock.today()
    plan = Planned("supervision", "社区工作", cast.places["county"].pk, day + timedelta(days=9), tuple(pairs))
    first = inspections_plan(actor=leader, planned=plan).inspections.order_by("id")[0]
    found = (Found("台账不全", day + timedelta(days=9)),)
    inspection_record(actor=cast.actors["street_officer"], inspection_id=first.pk, made=Made(day, "", found))
