"""Powers and routing: who may lead what, why this body, and what is wrong with a table."""

from typing import Any

import pytest
from shapely.geometry import box

from linli.cases import routing
from linli.cases.models import Case
from linli.cases.operations.dispatching import case_dispatch
from linli.cases.operations.finishing import case_resolve_on_the_spot
from linli.cases.operations.screening import case_accept
from linli.cases.sections import CasesSection
from linli.cases.tests.test_life import code_of
from linli.cases.tests.test_pages import Enter, enter
from linli.cases.tests.town import Town, body, build, place, report
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.clock import Frozen
from linli.records.operations.profiles import content_apply
from linli.territory import locating
from linli.territory.models import Place
from linli.territory.operations.places import boundary_redraw

__all__ = ["enter"]
TABLE = {
    "cases": {
        "powers": [
            {"category": "lighting", "type": "department", "name": "供电", "ground": "条例第八条", "list": "权责清单3"},
            {"category": "lighting", "type": "office", "role": "taken_back", "level": "street", "ground": "清单5"},
            {"category": "lighting", "role": "assist", "type": "department", "name": "水务"},
            {"category": "sanitation", "type": "office", "level": "community"},
        ]
    }
}


@pytest.fixture
def ruled(db: None, morning: Frozen) -> Town:
    """The town with a table of powers."""
    return build(TABLE)


def test_the_table_names_the_lead_and_says_why(ruled: Town) -> None:
    found = routing.route(ruled.compound, "lighting")
    assert (found.body, found.helpers) == (ruled.power, (ruled.water,))
    assert any("条例第八条" in reason for reason in found.reasons)
    assert routing.route(ruled.compound, "sanitation").body == ruled.office


def test_without_a_line_the_nearest_office_is_suggested(town: Town) -> None:
    assert routing.route(town.compound, "lighting").body == town.office


def test_who_has_no_power_never_leads(ruled: Town) -> None:
    pk = report(ruled).case_id
    case_accept(actor=ruled.desk, case_id=pk)

    def to(body: int) -> str:
        return code_of(lambda: case_dispatch(actor=ruled.desk, case_id=pk, lead_id=body))

    assert to(ruled.office.pk) == "case.no_power"
    assert to(ruled.street_office.pk) == "case.taken_back"
    assert to(10**9) == "case.body_unknown"
    assert to(ruled.power.pk) == ""


def test_the_grid_resolves_only_what_the_grid_may_lead(ruled: Town) -> None:
    light, litter = report(ruled).case_id, report(ruled, category="sanitation").case_id
    refused = code_of(lambda: case_resolve_on_the_spot(actor=ruled.desk, case_id=light, result="修好了电灯"))
    assert refused == "case.no_power"
    done = case_resolve_on_the_spot(actor=ruled.desk, case_id=litter, result="垃圾已清运完毕")
    assert done.state == "done"


def test_conflicts_of_a_table_are_reported(ruled: Town) -> None:
    section = CasesSection.model_validate(
        {
            "powers": [
                {"category": "lighting", "type": "office", "level": "street"},
                {"category": "lighting", "type": "office", "level": "street", "role": "taken_back"},
                {"category": "noise", "type": "department", "name": "环保"},
                {"category": "parking", "type": "department", "role": "assist"},
                {"category": "unheard", "type": "department"},
            ]
        }
    )
    codes = {(item.code, item.category) for item in routing.conflicts(section)}
    assert codes == {
        ("led_and_taken_back", "lighting"),
        ("no_such_body", "noise"),
        ("nobody_leads", "parking"),
        ("category_unknown", "unheard"),
    }


def test_a_complaint_never_goes_to_the_body_complained_of(town: Town) -> None:
    pk = report(town, "办事拖延", kind="complaint", category="", complained_of=town.office.pk).case_id
    assert code_of(lambda: case_accept(actor=town.desk, case_id=pk)) == "not_found"
    case_accept(actor=town.officer, case_id=pk)
    refused = code_of(lambda: case_dispatch(actor=town.officer, case_id=pk, lead_id=town.office.pk))
    assert refused == "case.complained_of"


def led(town: Town, where: Place, category: str) -> int:
    """A matter somewhere that the power office leads."""
    pk = report(town, place_id=where.pk, category=category).case_id
    Case.objects.filter(pk=pk).update(lead=town.power, state="dispatched")
    return pk


def test_the_dry_run_asks_no_more_for_many_matters_than_for_few(
    town: Town, enter: Enter, django_assert_max_num_queries: Any
) -> None:
    """At as many places as there are matters; each is told what a single one would be."""
    content_apply(actor=SYSTEM, content=TABLE)
    client = enter("community_worker", town.community, town.office)
    light = led(town, town.compound, "lighting")
    others = [place(f"小区{number}", town.community, "compound") for number in range(12)]
    litter = [led(town, where, "sanitation") for where in others]
    with django_assert_max_num_queries(12):
        trial = client.get("/cases/powers/?try=1").context["trial"]
    assert (trial.count, trial.same) == (13, 1)
    assert {item.case.pk: item.suggested for item in trial.differences} == dict.fromkeys(litter, town.office)
    rows = Case.objects.select_related("place").filter(pk__in=[light, *litter])
    assert routing.dry_run(rows) == [(row, routing.route_of(row)) for row in rows]


DEDICATED = {
    "cases": {"powers": [{"category": "lighting", "type": "department", "name": "供电"}]},
    "grids": {"kinds": [{"code": "mall", "label": "商圈", "overlay": True, "categories": ["sanitation", "lighting"]}]},
}


@pytest.mark.parametrize(
    ("category", "inside", "whose"),
    [
        ("sanitation", True, "mall"),
        ("sanitation", False, "office"),
        ("parking", True, "office"),
        ("lighting", True, "power"),
    ],
)
def test_a_matter_in_a_dedicated_grid_goes_to_the_body_that_answers_for_it(
    db: None, morning: Frozen, category: str, inside: bool, whose: str
) -> None:
    town = build(DEDICATED)
    grid = place("商圈网格", town.elsewhere, "grid")
    Place.objects.filter(pk=grid.pk).update(kind="mall")
    boundary_redraw(actor=SYSTEM, place=grid.pk, form=box(113.60, 34.60, 113.61, 34.61), on=clock.today())
    bodies = {"mall": body("商圈联合党委", grid, "joint_committee"), "office": town.office, "power": town.power}
    locating.refresh()
    point = (113.605, 34.605) if inside else (113.65, 34.65)
    found = routing.route(town.compound, category, at=point)
    row = Case(pk=1, place=town.compound, category=category, lng=point[0], lat=point[1])
    ((_row, run),) = routing.dry_run([row])
    locating.refresh()
    assert (found.body, run) == (bodies[whose], found)
    assert (town.office in found.others) is (whose == "mall")
