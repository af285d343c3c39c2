"""One rule for filter and check: list, search, page, export and every step agree for every role and place."""

from itertools import product

import pytest

from linli.accounts.abilities import DEFAULTS
from linli.cases.models import Case
from linli.cases.operations.intake import Report, case_report
from linli.cases.policies import cases_visible_to, moves_of
from linli.cases.queries.lists import case_list
from linli.cases.queries.pages import case_for
from linli.cases.sections import flow
from linli.cases.tests.town import ORDER, Town, actor, create_for
from linli.cases.workflow import CASE, HOLDER, REPORTER
from linli.core.actors import VISITOR, Actor
from linli.core.errors import NotFound
from linli.records.types import record_type


def everybody(town: Town) -> list[Actor]:
    """Every kind of post inside and outside the place, with and without a body, and who holds none."""
    places = (town.community, town.elsewhere, town.grid)
    bodies = (None, town.power, town.office)
    kinds = [kind for kind in DEFAULTS if any(name.startswith("cases.") for name in kind.abilities)]
    roles = [
        actor(f"{kind.code}{number}", kind.code, where, body, user=1000 + number)
        for number, (kind, where, body) in enumerate(product(kinds, places, bodies))
    ]
    return [*roles, town.resident, VISITOR, *(town.reporter(pk) for pk in Case.objects.values_list("pk", flat=True))]


@pytest.fixture
def matters(town: Town) -> list[Case]:
    """One matter in every state of the usual way, a confidential one, a complaint and a resident's own."""
    usual = [create_for(town, state) for state in ORDER]
    for fields in ({"kind": "dispute"}, {"kind": "complaint", "complained_of": town.office.pk}):
        create_for(town, "received", **fields)
    own = Report(text="我的事", place_id=town.elsewhere.pk)
    case_report(actor=town.resident, report=own)
    assert len(usual) == len(ORDER)
    return list(Case.objects.order_by("pk"))


def test_filter_and_check_agree_everywhere(town: Town, matters: list[Case]) -> None:
    kind = record_type("case")
    for who in everybody(town):
        seen = set(Case.objects.filter(cases_visible_to(who)).values_list("pk", flat=True))
        listed = {row.pk for row in case_list(who, {"state": "all"}).rows}
        exported = set(kind.rows_for(who).values_list("pk", flat=True))
        opened = set()
        for case in matters:
            try:
                opened.add(case_for(who, case.pk).pk)
            except NotFound:
                continue
        assert seen == listed == exported == opened, who.key


def test_nobody_moves_what_they_cannot_see(town: Town, matters: list[Case]) -> None:
    for who in everybody(town):
        seen = set(Case.objects.filter(cases_visible_to(who)).values_list("pk", flat=True))
        for case in matters:
            if case.pk not in seen:
                # The desk of the body complained of has the post, but not this matter.
                assert not [verb for verb in moves_of(who, case, flow()) if verb in {"confirm", "take", "rate"}]


def test_outsiders_see_nothing(town: Town, matters: list[Case]) -> None:
    assert case_list(VISITOR, {"state": "all"}).rows == []
    inside = {case.pk for case in matters if case.place_id != town.elsewhere.pk}
    assert not inside & {row.pk for row in case_list(town.outsider, {"state": "all"}).rows}


def test_the_body_complained_of_never_sees_the_complaint(town: Town, matters: list[Case]) -> None:
    complaint = next(case for case in matters if case.kind == "complaint")
    accused = actor("both", "street_officer", town.street, town.office)
    for who in (town.desk, accused):
        assert complaint.pk not in {row.pk for row in case_list(who, {"state": "all"}).rows}
    assert complaint.pk in {row.pk for row in case_list(town.officer, {"state": "all"}).rows}


def test_a_dispute_is_closed_to_those_who_only_look(town: Town, matters: list[Case]) -> None:
    dispute = next(case for case in matters if case.kind == "dispute")
    looker = actor("leader", "county_leader", town.county)
    assert dispute.pk not in {row.pk for row in case_list(looker, {"state": "all"}).rows}
    assert dispute.pk in {row.pk for row in case_list(town.desk, {"state": "all"}).rows}


def test_every_step_names_somebody_who_may_make_it() -> None:
    held = {ability for kind in DEFAULTS for ability in kind.abilities} | {REPORTER, HOLDER}
    assert [move.verb for move in CASE.moves if not move.who & held] == []
