"""Schemes as data: rules by tables and by chance, and everything that configuration refuses (R11, R16)."""

from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from linli.accountability.assessing import scoring
from linli.accountability.assessing.checking import faults
from linli.accountability.assessing.scoring import Rule
from linli.accountability.assessing.section import AssessmentsSection
from linli.accounts.testing import Cast
from linli.core.periods import period_label, span_of
from linli.records.operations.profiles import content_faults
from linli.records.tests.sampling import AS_OF

FIGURES: list[dict[str, Any]] = [
    {"id": "matters", "label": "诉求", "of": "case", "period": "year_to_date"},
    {"id": "matters.done", "of": "case", "where": {"outcome": "resolved"}, "period": "year_to_date"},
    {"id": "matters.by_grid", "of": "case", "where": {"source": "grid_worker"}, "period": "year_to_date"},
    {"id": "solved", "label": "办结率", "share": {"of": "matters", "where": {"outcome": "resolved"}}, "decimals": 1},
    {"id": "solved.ratio", "ratio": {"of": "matters.done", "over": "matters", "times": 100}},
    {"id": "solved.trend", "change": {"of": "solved", "against": "last_year", "in": "points"}},
    {"id": "matters.trend", "change": {"of": "matters", "against": "last_year", "in": "percent"}},
    {"id": "best.month", "highest": {"of": "matters", "each": "month"}},
    {"id": "grid.share", "share": {"of": "matters", "where": {"source": "grid_worker"}}},
    {"id": "grid.ratio", "ratio": {"of": "matters.by_grid", "over": "matters"}},
    {"id": "grids", "of": "grid"},
    {"id": "per_grid", "ratio": {"of": "matters", "over": "grids"}},
    {"id": "speed", "of": "case", "measure": {"median": "handling_days"}, "period": "year_to_date"},
    {"id": "whistles", "of": "whistle", "period": "year_to_date"},
    {"id": "workers", "of": "post", "where": {"kind": "grid_worker"}},
    {"id": "workers.distinct", "of": "post", "measure": {"distinct": "person"}},
    {"id": "workers.full", "share": {"of": "workers", "where": {"employment": "full_time"}}},
    {"id": "asked", "of": "satisfaction_survey", "measure": {"sum": "asked"}},
    {"id": "answered", "of": "satisfaction_survey", "measure": {"sum": "answered"}},
    {"id": "satisfied", "of": "satisfaction_survey", "measure": {"sum": "satisfied"}},
    {"id": "satisfaction", "ratio": {"of": "satisfied", "over": "answered", "times": 100}},
    {"id": "elsewhere", "label": "平台数据", "of": "statistic", "where": {"series": "网格员登录率"}},
    {"id": "named", "label": "平台点击量", "of": "grid"},
    {"id": "households", "of": "compound", "measure": {"sum": "households"}},
    {"id": "residents", "of": "division", "measure": {"sum": "residents"}},
]
# What is divided by what, and the code with which it is refused; empty where it may be scored.
RATIOS: list[tuple[str, str, str]] = [
    ("grids", "households", ""),
    ("grids", "residents", ""),
    ("grids", "workers", ""),
    ("grids", "workers.distinct", ""),
    ("grids", "grids", ""),
    ("speed", "residents", ""),
    ("matters", "households", "assessment.counts_reported"),
    ("matters", "residents", "assessment.counts_reported"),
    ("whistles", "residents", "assessment.counts_reported"),
    ("grids", "matters", "assessment.counts_reported"),
    ("grids", "per_grid", "assessment.counts_reported"),
    ("workers", "residents", "assessment.counts_persons"),
    ("residents", "grids", "assessment.counts_persons"),
    ("households", "residents", "assessment.counts_persons"),
    ("grids", "elsewhere", "assessment.watches_people"),
    ("grids", "named", "assessment.watches_people"),
]
TREND = {"against": "last_year", "in": "percent"}
LINEAR: dict[str, Any] = {"linear": {"from": 60, "to": 95}}
SCHEME: dict[str, Any] = {
    "code": "community_year",
    "label": "社区年度考核",
    "of": "place",
    "kinds": ["community"],
    "period": "year",
    "basis": "县委组织部年度考核办法",
    "criteria": [
        {"code": "solved", "label": "办结率", "weight": 60, "from": "figure", "figure": "solved", "rule": LINEAR},
        {"code": "self", "label": "自评", "weight": 40, "from": "self"},
    ],
    "grades": [{"code": "good", "label": "好", "from": 90}],
}


def changed(path: str, value: Any) -> dict[str, Any]:
    """The scheme with one value set."""
    scheme: Any = deepcopy(SCHEME)
    *steps, last = path.split(".")
    node = scheme
    for step in steps:
        node = node[int(step) if step.isdecimal() else step]
    node[int(last) if last.isdecimal() else last] = value
    return dict(scheme)


def codes(scheme: dict[str, Any]) -> list[str]:
    """The codes of what is refused in a scheme."""
    data = {"figures": {"figures": FIGURES}, "assessments": {"schemes": [scheme]}}
    return [item.message.split(":")[0] for item in faults(data)]


@pytest.mark.parametrize(
    ("rule", "table"),
    [
        ({"met": {"at_least": 3}}, {"2.99": 0, "3": 100, "4": 100}),
        ({"met": {"at_most": 3}}, {"3": 100, "3.01": 0}),
        ({"met": {"at_most": 0}}, {"0": 100, "1": 0}),
        ({"linear": {"from": 60, "to": 95}}, {"50": 0, "60": 0, "77.5": 50, "95": 100, "99": 100}),
        ({"linear": {"from": 10, "to": 2}}, {"11": 0, "6": 50, "2": 100, "0": 100}),
        ({"linear": {"from": 0, "to": 3}, "cap": 90}, {"1": "100/3", "2.9": 90}),
        (
            {"bands": [{"from": 60, "points": 40}, {"from": 80, "points": 100}]},
            {"59.9": 0, "60": 40, "79.9": 40, "80": 100},
        ),
        ({"bands": [{"from": 2, "points": 100}, {"from": 5, "points": 10}]}, {"0": 100, "2": 100, "5": 10, "9": 10}),
    ],
)
def test_a_rule_by_its_table(rule: dict[str, Any], table: dict[str, Any]) -> None:
    parsed = Rule.model_validate(rule)
    assert {value: scoring.points(parsed, Fraction(value)) for value in table} == {
        value: Fraction(points) for value, points in table.items()
    }
    assert scoring.words(parsed)


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"met": {"at_least": 1}, "linear": {"from": 0, "to": 1}},
        {"met": {}},
        {"met": {"at_least": 1, "at_most": 2}},
        {"linear": {"from": 1, "to": 1}},
        {"bands": [{"from": 1, "points": 10}, {"from": 1, "points": 20}]},
        {"bands": [{"from": 2, "points": 10}, {"from": 1, "points": 20}]},
        {"bands": [{"from": 1, "points": 10}, {"from": 2, "points": 20}, {"from": 3, "points": 15}]},
        {"bands": [{"from": 1, "points": 101}]},
        {"linear": {"from": 0, "to": 1}, "cap": 0},
    ],
)
def test_a_senseless_rule_is_refused(rule: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Rule.model_validate(rule)


NUMBERS = st.decimals(min_value=-1000, max_value=1000, places=2)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    kind = draw(st.sampled_from(["met", "linear", "bands"]))
    cap = draw(st.decimals(min_value=1, max_value=100, places=1))
    if kind == "met":
        return Rule.model_validate({"met": {draw(st.sampled_from(["at_least", "at_most"])): draw(NUMBERS)}, "cap": cap})
    values = draw(st.lists(NUMBERS, min_size=2, max_size=5, unique=True))
    if kind == "linear":
        return Rule.model_validate({"linear": {"from": values[0], "to": values[1]}, "cap": cap})
    points = [draw(st.decimals(min_value=0, max_value=100, places=1)) for _value in values]
    rising = sorted(points, reverse=draw(st.booleans()))
    bands = [{"from": value, "points": got} for value, got in zip(sorted(values), rising, strict=True)]
    return Rule.model_validate({"bands": bands, "cap": cap})


@given(rule=rules(), one=st.fractions(-2000, 2000), other=st.fractions(-2000, 2000))
def test_points_stay_within_bounds_and_go_one_way(rule: Rule, one: Fraction, other: Fraction) -> None:
    low, high = sorted((one, other))
    least, most = scoring.points(rule, low), scoring.points(rule, high)
    assert 0 <= least <= Fraction(rule.cap)
    assert 0 <= most <= Fraction(rule.cap)
    assert least <= most if rule.rises else least >= most


@given(st.lists(st.tuples(st.integers(1, 50), st.fractions(0, 100)), min_size=1, max_size=6))
def test_a_total_lies_between_its_lowest_and_highest_points(parts: list[tuple[int, Fraction]]) -> None:
    whole = sum(weight for weight, _got in parts)
    given_parts = [(Decimal(weight) * 100 / Decimal(whole), got) for weight, got in parts]
    total = scoring.weighted(given_parts)
    assert total is not None
    drift = Fraction(1, 10**20)
    assert min(got for _w, got in parts) - drift <= total <= max(got for _w, got in parts) + drift
    assert scoring.weighted([*given_parts, (Decimal(1), None)]) is None


@pytest.mark.parametrize(
    ("value", "text"), [("89.995", "90.00"), ("89.9949", "89.99"), ("200/3", "66.67"), ("0", "0.00"), ("100", "100.00")]
)
def test_totals_are_rounded_half_up(value: str, text: str) -> None:
    assert str(scoring.printed(Fraction(value), 2)) == text


@pytest.mark.parametrize(("kind", "code"), [("quarter", "2026-Q2"), ("half_year", "2026-H1"), ("year", "2026")])
def test_a_day_lies_in_its_period(kind: str, code: str) -> None:
    found, first, last = span_of(kind, AS_OF)
    assert (found, first <= AS_OF <= last) == (code, True)
    assert span_of(kind, last) == span_of(kind, first) == (found, first, last)
    assert period_label(code)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "figure", ["solved", "solved.ratio", "solved.trend", "speed", "grids", "workers.full", "satisfaction"]
)
def test_shares_speed_and_things_are_grounds(cast: Cast, figure: str) -> None:
    assert codes(changed("criteria.0.figure", figure)) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("of", "over", "code"), RATIOS)
def test_what_a_number_is_divided_by_may_count_persons_but_no_reports(
    cast: Cast, of: str, over: str, code: str
) -> None:
    per = [{"id": "per", "ratio": {"of": of, "over": over}}, {"id": "trend", "change": {"of": "per", **TREND}}]
    for figure in ("per", "trend"):
        scheme = changed("criteria.0.figure", figure)
        data = {"figures": {"figures": [*FIGURES, *per]}, "assessments": {"schemes": [scheme]}}
        assert [item.message.split(":")[0] for item in faults(data)] == [code][: bool(code)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("criteria.0.figure", "matters", "assessment.counts_reported"),
        ("criteria.0.figure", "whistles", "assessment.counts_reported"),
        ("criteria.0.figure", "matters.trend", "assessment.counts_reported"),
        ("criteria.0.figure", "best.month", "assessment.counts_reported"),
        ("criteria.0.figure", "per_grid", "assessment.counts_reported"),
        ("criteria.0.figure", "grid.share", "assessment.by_reporter"),
        ("criteria.0.figure", "grid.ratio", "assessment.by_reporter"),
        ("criteria.0.figure", "workers", "assessment.counts_persons"),
        ("criteria.0.figure", "workers.distinct", "assessment.counts_persons"),
        ("criteria.0.figure", "asked", "assessment.counts_persons"),
        ("criteria.0.figure", "elsewhere", "assessment.watches_people"),
        ("criteria.0.figure", "named", "assessment.watches_people"),
        ("criteria.0.figure", "nowhere", "assessment.unknown_figure"),
        ("criteria.1.label", "每日在线时长", "assessment.watches_people"),
        ("criteria.1.label_en", "Number of logins", "assessment.watches_people"),
        ("criteria.1.label", "每月上报事件不少于10件", "assessment.counts_reported"),
        ("criteria.1.note", "网格员打卡天数", "assessment.watches_people"),
        ("criteria.0.from", "public", "assessment.not_public"),
        ("criteria.0.weight", 59, "assessment.weights"),
        ("criteria.1.code", "solved", "assessment.criterion_twice"),
        ("kinds", ["household"], "assessment.unknown_kind"),
        ("grades.0.requires", ["solved"], "assessment.no_gate"),
        ("grades.0.requires", ["gone"], "assessment.no_gate"),
        ("period", "term", "assessment.no_term"),
        ("joint", True, "assessment.not_joint"),
    ],
)
def test_what_is_no_ground_is_refused_with_its_code(cast: Cast, path: str, value: Any, code: str) -> None:
    assert codes(changed(path, value)) == [code]


@pytest.mark.django_db
def test_residents_are_not_assessed_and_grades_of_persons_not_published(cast: Cast) -> None:
    assert codes(changed("of", "post") | {"kinds": ["community_worker"]}) == []
    assert codes(changed("of", "post") | {"kinds": ["household_group_lead"]}) == ["assessment.residents"]
    persons = changed("of", "post") | {"kinds": ["community_worker"], "published": True}
    assert codes(persons) == ["assessment.persons_published"]


@pytest.mark.django_db
def test_a_gate_is_not_above_what_can_be_reached(cast: Cast) -> None:
    gated = changed("criteria.0.gate", 80)
    gated["grades"][0]["requires"] = ["solved"]
    assert codes(gated) == []
    gated["criteria"][0]["rule"] = {**LINEAR, "cap": 70}
    assert codes(gated) == ["assessment.gate"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("of", "resident"),
        ("criteria.0.from", "self"),
        ("criteria.1.from", "organization"),
        ("criteria.1.by", [{"role": "county"}]),
        ("criteria.1.stated", True),
        ("criteria.0.weight", 0),
        ("basis", ""),
        ("criteria", []),
    ],
)
def test_a_malformed_scheme_is_refused(path: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        AssessmentsSection.model_validate({"schemes": [changed(path, value)]})


@pytest.mark.django_db
def test_two_schemes_of_one_code_and_retired_criteria(cast: Cast) -> None:
    data = {"figures": {"figures": FIGURES}, "assessments": {"schemes": [SCHEME, SCHEME]}}
    assert [item.message.split(":")[0] for item in content_faults(data)] == ["assessment.twice"]
    gone = deepcopy(SCHEME)
    gone["criteria"].append({"code": "old", "label": "旧", "weight": 10, "from": "self", "retired": True})
    assert codes(gone) == []
