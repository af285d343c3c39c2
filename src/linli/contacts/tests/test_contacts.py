"""Contacts and visits as operations: who says who answers, who writes a visit down, what counts for a quota."""

from datetime import date, timedelta
from typing import Any

import pytest

from linli.accounts.testing import Cast
from linli.bookings.tests.test_bookings import code_of
from linli.cases.models import Case
from linli.cases.operations.dispatching import case_dispatch, case_take
from linli.cases.operations.finishing import case_close, case_finish, case_reopen, case_verify
from linli.cases.operations.screening import case_accept
from linli.contacts.models import Contact, ContactMatter, Visit
from linli.contacts.operations.contacts import Assignment, contact_assign, contact_end
from linli.contacts.operations.owed import year_follow
from linli.contacts.operations.visits import Raised, Trip, visit_raise, visit_record, visit_step
from linli.contacts.queries.gaps import gaps
from linli.contacts.queries.quotas import own_standings, standings_seen
from linli.contacts.queries.visits import Wanted, listed, seen_by
from linli.contacts.tests.answered import answering, body_answering, quotas_set, visited
from linli.contacts.workflow import VISIT
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.models import Entry, WorkItem
from linli.organizations.operations.people import Named

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _quotas(cast: Cast) -> None:
    quotas_set()


def owed(kind: str) -> list[tuple[int | None, int | None]]:
    rows = WorkItem.objects.filter(kind=kind, ended=None).order_by("pk")
    return list(rows.values_list("organization_id", "post_id"))


def test_the_life_of_a_visit_is_this_and_no_other() -> None:
    assert [(move.verb, move.frm, move.to) for move in VISIT.moves] == [
        ("make", ("planned",), "made"),
        ("drop", ("planned",), "dropped"),
    ]


@pytest.mark.parametrize(
    ("role", "more", "code"),
    [
        ("street_officer", {}, ""),
        ("community_worker", {}, "contact.not_yours"),
        ("secretary", {}, "contact.not_yours"),
        ("outsider", {}, "contact.not_yours"),
        ("street_officer", {"tier": "emperor"}, "contact.tier"),
        ("street_officer", {"tier": "department"}, "contact.who"),
        ("street_officer", {"named": Named("")}, "contact.who"),
        ("street_officer", {"since": date(2026, 3, 3)}, "contact.since"),
        ("street_officer", {"place_id": "county"}, "contact.not_yours"),
        ("street_officer", {"place_id": "compound"}, "contact.level"),
    ],
)
def test_the_office_says_who_answers(cast: Cast, role: str, more: dict[str, Any], code: str) -> None:
    given: dict[str, Any] = {"place_id": "community", "tier": "county_leader", "named": Named("李四", "10000009999")}
    given |= {"since": date(2026, 1, 5), **more}
    given["place_id"] = cast.places[given["place_id"]].pk
    assert code_of(contact_assign, actor=cast.actors[role], assignment=Assignment(**given)) == code
    assert Contact.objects.count() == Entry.objects.filter(operation="contact.assign").count() == (not code)


def test_nobody_answers_twice_for_a_place_at_one_time(cast: Cast) -> None:
    first = answering(cast)
    assert code_of(answering, cast=cast) == "contact.twice"
    # A term that would lie beside one that has ended is refused as well.
    assert contact_end(actor=cast.street_officer, contact_id=first.pk, version=1).until == clock.today()
    assert code_of(answering, cast=cast, since=date(2026, 2, 1)) == "contact.twice"
    assert answering(cast, since=clock.today()).pk
    assert Contact.objects.filter(until=None).count() == 1


@pytest.mark.parametrize(
    ("role", "more", "code"),
    [
        ("street_officer", {}, ""),
        ("street_officer", {"on": date(2026, 3, 3)}, "contact.until"),
        ("street_officer", {"on": date(2026, 1, 4)}, "contact.until"),
        ("street_officer", {"version": 7}, "contact.stale"),
        ("community_worker", {}, "contact.not_yours"),
        ("outsider", {}, "not_found"),
        ("leader", {}, "contact.not_yours"),
    ],
)
def test_it_is_ended_with_a_day_by_the_office(cast: Cast, role: str, more: dict[str, Any], code: str) -> None:
    row = answering(cast)
    assert code_of(contact_end, actor=cast.actors[role], contact_id=row.pk, **{"version": 1, **more}) == code
    if not code:
        assert code_of(contact_end, actor=cast.actors[role], contact_id=row.pk, version=2) == "contact.ended"


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("leader", ""),
        ("street_officer", ""),
        ("community_worker", "visit.not_yours"),
        ("secretary", "visit.not_yours"),
        ("department_handler", "not_found"),
        ("outsider", "not_found"),
    ],
)
def test_the_visitor_or_the_office_writes_a_visit_down_never_the_community(cast: Cast, role: str, code: str) -> None:
    row = answering(cast)
    trip = Trip(clock.today(), "看小区停车", contact_id=row.pk)
    assert code_of(visit_record, actor=cast.actors[role], trip=trip) == code
    assert code_of(visit_record, actor=SYSTEM, trip=trip) == ("" if code else "visit.twice")
    assert Visit.objects.count() == 1


def test_a_body_visits_by_its_own_people_and_says_who_came(cast: Cast) -> None:
    row = body_answering(cast)
    assert code_of(visited, actor=cast.department_handler, contact=row) == "visit.visitor"
    assert code_of(visited, actor=cast.other_handler, contact=row, visitor="王某") == "not_found"
    made = visited(cast.department_handler, row, visitor="王某")
    assert (made.organization_id, made.person_id, made.tier) == (cast.bodies["department"].pk, None, "department")
    # A place that nobody answers for may be visited all the same, by oneself or for one's own body (RSP-15).
    elsewhere = Trip(clock.today(), "调研", place_id=cast.places["far_community"].pk)
    assert visit_record(actor=cast.leader, trip=elsewhere).person_id == cast.leader.person_id
    foreign = Trip(
        clock.today(), "调研", place_id=cast.places["community"].pk, organization_id=cast.bodies["property_company"].pk
    )
    assert code_of(visit_record, actor=cast.other_handler, trip=foreign) == "visit.not_yours"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"subject": " "}, "visit.subject"),
        ({"on": date(2025, 2, 28)}, "visit.on"),
        ({"together": 987654321}, "visit.together"),
        ({"contact_id": None}, "visit.place"),
    ],
)
def test_a_visit_that_makes_no_sense_is_refused(cast: Cast, more: dict[str, Any], code: str) -> None:
    row = answering(cast)
    given = {"on": clock.today(), "subject": "走访", "contact_id": row.pk, **more}
    assert code_of(visit_record, actor=cast.leader, trip=Trip(**given)) == code


def test_a_planned_visit_is_spoken_of_on_its_day_and_others_come_along(cast: Cast) -> None:
    row, body = answering(cast), body_answering(cast)
    day = clock.today() + 2 * DAY
    planned = visited(cast.leader, row, on=day)
    assert (planned.state, owed("visit.happened")) == ("planned", [(None, cast.posts["leader"].pk)])
    along = visited(cast.department_handler, body, on=day, visitor="王某", together=planned.pk)
    third = visited(SYSTEM, answering(cast, "street_officer"), on=day, together=along.pk)
    assert {along.together_id, third.together_id} == {planned.pk}
    assert code_of(visit_step, actor=cast.leader, visit_id=planned.pk, verb="make") == "visit.not_yet"
    assert code_of(visit_step, actor=cast.secretary, visit_id=planned.pk, verb="drop") == "visit.not_yours"
    with clock.frozen("2026-03-04T18:00"):
        assert visit_step(actor=cast.leader, visit_id=planned.pk, verb="make").state == "made"
        assert code_of(visit_step, actor=cast.leader, visit_id=planned.pk, verb="drop") == "visit.state"
        assert visit_step(actor=cast.department_handler, visit_id=along.pk, verb="drop").state == "dropped"
    assert owed("visit.happened") == [(None, cast.posts["street_officer"].pk)]


def test_what_came_up_lives_as_a_matter_and_counts_once_others_verified_it(cast: Cast) -> None:
    made = visited(cast.leader, answering(cast))
    raised = Raised("东门路灯不亮，老人夜里不敢走")
    assert code_of(visit_raise, actor=cast.community_worker, visit_id=made.pk, raised=raised) == "visit.not_yours"
    assert code_of(visit_raise, actor=cast.leader, visit_id=made.pk, raised=Raised("x", "nobody")) == "visit.voiced"
    assert code_of(visit_raise, actor=cast.leader, visit_id=made.pk, raised=Raised(" ")) == "case.text_missing"
    matter = visit_raise(actor=cast.leader, visit_id=made.pk, raised=raised)
    own = visit_raise(actor=cast.leader, visit_id=made.pk, raised=Raised("楼道堆物", "visitor"))
    case = Case.objects.get(pk=matter.case_id)
    assert (case.source, case.place_id, case.state) == ("contact", cast.places["community"].pk, "received")

    def solved() -> int:
        return own_standings(cast.leader, 2026)[0].solved.have

    desk, handler = cast.community_worker, cast.department_handler
    for pk in (matter.case_id, own.case_id):
        case_accept(actor=desk, case_id=pk)
        case_dispatch(actor=desk, case_id=pk, lead_id=cast.bodies["department"].pk)
        case_take(actor=handler, case_id=pk)
        case_finish(actor=handler, case_id=pk, result="已修好")
    assert (solved(), ContactMatter.objects.get(pk=matter.pk).solved_on) == (0, None)
    for pk in (matter.case_id, own.case_id):
        case_verify(actor=desk, case_id=pk)
        case_close(actor=desk, case_id=pk, answer="已修好")
    # What the visitor saw and raised does not count for the visitor's own quota (R16).
    assert solved() == 1
    assert ContactMatter.objects.exclude(solved_on=None).count() == 2
    case_reopen(actor=cast.street_officer, case_id=matter.case_id, reason="又不亮了")
    assert solved() == 0


# holds of (community, grid), visits, solved -> what is lacking; quotas of one community, one grid, three and two.
STANDINGS = [
    ((1, 1), 3, 2, []),
    ((1, 0), 3, 2, [("grid", 1)]),
    ((0, 1), 4, 5, [("community", 1)]),
    ((1, 1), 2, 2, [("visits", 1)]),
    ((1, 1), 3, 0, [("solved", 2)]),
    ((2, 2), 0, 1, [("visits", 3), ("solved", 1)]),
]


@pytest.mark.parametrize(("holds", "visits", "solved", "lacking"), STANDINGS)
def test_each_one_keeps_the_quotas_by_itself(
    cast: Cast, holds: tuple[int, int], visits: int, solved: int, lacking: list[tuple[str, int]]
) -> None:
    places = (*("community", "far_community")[: holds[0]], *("grid", "far_grid")[: holds[1]])
    rows = [answering(cast, place=place) for place in places]
    made = [visited(cast.leader, rows[0], on=clock.today() - number * DAY) for number in range(visits)]
    for number in range(solved):
        case = Case.objects.create(
            number=f"X{number}", source="contact", place=rows[0].place, received_on=clock.today(), text="路灯"
        )
        ContactMatter.objects.create(
            case=case, person=rows[0].person, place=rows[0].place, raised_on=clock.today(), solved_on=clock.today()
        )
    # Others who do more change nothing; nor does what was done in another year, or was dropped.
    other = answering(cast, "street_officer", tier="county_leader")
    for number in range(5):
        visited(SYSTEM, other, on=clock.today() - number * DAY)
    if made:
        visited(cast.leader, rows[0], on=date(2025, 12, 30))
    [mine] = own_standings(cast.leader, 2026)
    assert [(item.code, item.short) for item in mine.lacking] == lacking
    [theirs] = [item for item in standings_seen(SYSTEM, 2026) if item.person_id == other.person_id]
    assert (theirs.visits.have, theirs.visits.short) == (5, 0)
    year_follow()
    of_year = [item for item in owed("contact.year") if item == (None, cast.posts["leader"].pk)]
    assert bool(of_year) == any(code in ("visits", "solved") for code, _short in lacking)
    assert len(of_year) <= 1


# tiers that answer for the community and for the grid -> how many of three communities and four grids lack somebody.
COVERAGE = [
    (None, None, (3, 4)),
    ("county_leader", None, (2, 4)),
    ("street_leader", None, (3, 4)),
    ("county_leader", "county_leader", (2, 4)),
    ("county_leader", "street_leader", (2, 3)),
]


@pytest.mark.parametrize(("community", "grid", "lacking"), COVERAGE)
def test_every_place_has_somebody(
    cast: Cast, community: str | None, grid: str | None, lacking: tuple[int, int]
) -> None:
    for place, tier in (("community", community), ("grid", grid)):
        if tier:
            answering(cast, place=place, tier=tier)
    assert tuple(item.lacking for item in gaps(SYSTEM)) == lacking
    if community:
        contact_end(actor=SYSTEM, contact_id=Contact.objects.order_by("pk")[0].pk, version=1)
        assert gaps(SYSTEM)[0].lacking == 3
    # Whoever looks at one street sees its own gaps.
    assert gaps(cast.outsider)[0].places == 1


def test_a_page_begins_where_the_one_before_ended(cast: Cast) -> None:
    row = answering(cast)
    given = {"place": row.place, "person": row.person, "subject": "走访", "recorded": clock.now()}
    for number, day in enumerate((3, 5, 5, 5, 9)):
        Visit.objects.create(number=f"L{number}", on=date(2026, 1, day), **given)
    every = [line.row for line in listed(seen_by(SYSTEM), Wanted())[0]]
    assert [visit.on.day for visit in every] == [9, 5, 5, 5, 3]
    for at, visit in enumerate(every):
        rest, _more = listed(seen_by(SYSTEM), Wanted(before=(visit.on, visit.pk)))
        assert [line.row for line in rest] == every[at + 1 :]


@pytest.mark.parametrize(
    ("households", "code"), [(None, ""), (12, ""), (0, "visit.households"), (2_001, "visit.households")]
)
def test_of_households_that_were_visited_only_the_number_is_kept(cast: Cast, households: int | None, code: str) -> None:
    """RSP-14: visits are voluntary, and what comes up lives as a matter."""
    trip = Trip(clock.today(), "千户访", answering(cast).pk, households=households)
    assert code_of(visit_record, actor=cast.leader, trip=trip) == code
    assert list(Visit.objects.values_list("households", flat=True)) == ([] if code else [households])
