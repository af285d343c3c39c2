"""The description cannot drift: real answers of every operation, and refusals, are exactly as it says."""

import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import jsonschema_rs
import pytest
from django.core.management import call_command
from django.test import Client

from linli.accountability.models import Alert, Ask, AskAnswer, Assessed, Assessment, IssuedReport
from linli.accountability.operations.reports import report_issue, template_make
from linli.accountability.queries.report_values import Asked
from linli.accountability.tests.reporting import word
from linli.api.routes import api
from linli.cases.tests.conftest import morning
from linli.cases.tests.test_pages import signed_in
from linli.cases.tests.town import Town, build, create_for
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.clock import Frozen
from linli.core.testing.keeping import kept
from linli.records.figures.compile import EVERYWHERE
from linli.records.types import record_types
from linli.territory import locating
from linli.territory.models import Boundary

__all__ = ["morning"]
REST = "/api/v1"
DESCRIBED = api.get_openapi_schema()
SQUARE = {"type": "Polygon", "coordinates": [[[104, 26], [104.01, 26], [104.01, 26.01], [104, 26.01], [104, 26]]]}
FIGURES = (
    {"id": "matters.all", "label": "诉求", "of": "case", "wording": "over", "unit": "件"},
    {"id": "matters.lit", "label": "照明", "share": {"of": "matters.all", "where": {"category": "lighting"}}},
    {"id": "whistles.all", "label": "吹哨", "of": "whistle"},
)

MODELS = {
    "models": [{"code": "doorstep", "label": "家门口", "tags": ["case"]}],
    "components": [{"model": "doorstep", "code": "networks", "label": "网络", "parts": 5}],
}
BOARDS = {
    "boards": [
        {
            "code": "overview",
            "label": "概览",
            "each": "community",
            "parts": [{"code": "all", "label": "诉求", "figures": ["matters.all", "matters.lit"]}],
        }
    ]
}
ALERTS = {
    "alerts": [
        {
            "code": "dark",
            "label": "照明",
            "figure": "matters.lit",
            "each": "community",
            "bands": {"red": 50},
            "owner": "community_secretary",
            "reason": "照明问题多",
            "next": "联系路灯所",
        }
    ]
}


@pytest.fixture
def town(db: None, morning: Frozen) -> Town:
    """The town with three figures, what is made of them, and one outline."""
    town = kept(described_town)
    locating.refresh()
    return town


def described_town() -> Town:
    """Build it in an empty installation."""
    town = build({"figures": {"figures": list(FIGURES)}, "models": MODELS, "boards": BOARDS, "alerts": ALERTS})
    _published_round(town)
    _issued_report()
    _sent_ask(town)
    raised = {"as_of": clock.today(), "raised": clock.now(), "changed": clock.now(), "title": "照明"}
    Alert(id=1, rule="dark", place=town.community, colour="red", value=3, **raised).save(force_insert=True)
    Boundary.objects.create(place=town.grid, geometry=SQUARE, since=clock.today())
    return town


def _issued_report() -> None:
    """A report with two figures of the whole place."""
    text = word("月报", "受理{{诉求}}，照明{{照明}}。", "街道办事处", "{{日期}}")
    template = template_make(actor=SYSTEM, label="月报", content=text)
    report_issue(actor=SYSTEM, code=template.code, asked=Asked(clock.today(), EVERYWHERE, clock.today()), version=1)


def _sent_ask(town: Town) -> None:
    """An ask of the county that the community owes an answer to."""
    today, now = clock.today(), clock.now()
    days = {"due": today, "valid_from": today, "valid_until": today, "since": today, "proposed": now}
    named = {"name": "登记表", "asker": "县统计局", "level": "county", "ground": "办法", "decider": "user:1"}
    ask = Ask(id=1, fields=["网格数", "培训场次"], retention_days=90, place=town.county, state="sent", **named, **days)
    ask.save(force_insert=True)
    AskAnswer(id=1, ask=ask, place=town.community, due=now, sent=now).save(force_insert=True)


def _published_round(town: Town) -> None:
    """A round whose results of one unit everybody may read."""
    scheme = {"code": "year", "label": "年度考核", "of": "place", "kinds": ["community"], "period": "year"}
    criteria = [{"code": "own", "label": "自评", "weight": 100, "from": "self"}]
    definition = {**scheme, "criteria": criteria, "basis": "办法", "grades": [{"code": "a", "label": "好", "from": 0}]}
    days = {"first": date(2025, 1, 1), "last": date(2025, 12, 31), "due": clock.now(), "opened": clock.now()}
    named = {"scheme": "year", "label": "年度考核", "of": "place", "period": "2025", "opened_by": "system"}
    place = town.community
    row = Assessment(id=1, definition=definition, place=place, state="final", shown=True, **named, **days)
    row.save(force_insert=True)
    Assessed.objects.create(assessment=row, unit=place, place=place, label=place.name, total=80, grade="a")


@pytest.fixture
def client(town: Town) -> Client:
    """The desk's."""
    return signed_in("community_worker", town.community, town.office)


def strict(schema: Any) -> Any:
    """The schema with nothing allowed that it does not name."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {"additionalProperties": False} if "properties" in schema else {}
    return {**closed, **{name: strict(item) for name, item in schema.items()}}


COMPONENTS = strict(DESCRIBED["components"])


def faults(schema: Any, document: Any) -> list[str]:
    """What of a document is not as a schema says."""
    validator = jsonschema_rs.validator_for({**strict(schema), "components": COMPONENTS}, validate_formats=True)
    return [f"{item.instance_path}: {item.message}" for item in validator.iter_errors(document)]


def sent(client: Client, verb: str, path: str, data: Any = None) -> Any:
    """The answer to a request."""
    if verb == "get":
        return client.get(REST + path, data)
    return client.post(REST + path, data, content_type="application/json")


Query = Callable[[Town], Any]
REPORT = {"text": "灯坏了", "lng": 104.005, "lat": 26.005}
# Of every operation, requests that are answered in full.
ASKED: dict[str, list[tuple[str, Query]]] = {
    "get /health": [("/health", lambda town: None)],
    "get /alerts": [("/alerts", lambda town: None), ("/alerts", lambda town: {"ended": "true", "colour": "red"})],
    "get /alerts/{pk}": [("/alerts/1", lambda town: None)],
    "get /asks": [("/asks", lambda town: {"state": "force"}), ("/asks", lambda town: {"after": 1})],
    "get /asks/{pk}": [("/asks/1", lambda town: None)],
    "get /asks/answers/{pk}": [("/asks/answers/1", lambda town: None)],
    "get /assessments": [("/assessments", lambda town: None)],
    "get /assessments/{pk}": [("/assessments/1", lambda town: None)],
    "get /boards": [("/boards", lambda town: None)],
    "get /boards/{code}": [("/boards/overview", lambda town: {"at": "2026-03-10", "period": "month"})],
    "get /cases": [("/cases", lambda town: {"state": "all"}), ("/cases", lambda town: {"q": "没有"})],
    "post /cases": [("/cases", lambda town: REPORT)],
    "post /cases/batch": [("/cases/batch", lambda town: [REPORT, {"text": ""}])],
    "get /cases/{pk}": [("/cases/{pk}", lambda town: None)],
    "post /cases/{pk}/{verb}": [("/cases/{new}/accept", lambda town: {"values": {"category": "lighting"}})],
    "get /figures": [("/figures", lambda town: {"scope": "529901001001"})],
    "get /figures/{figure_id}": [(f"/figures/{item['id']}", lambda town: None) for item in FIGURES],
    "get /figures/{figure_id}/months": [("/figures/matters.lit/months", lambda town: {"by": "street"})],
    "get /figures/{figure_id}/rows": [("/figures/matters.all/rows", lambda town: {"at": "2026-03-10"})],
    "get /locate": [
        ("/locate", lambda town: {"lng": 104.005, "lat": 26.005}),
        ("/locate", lambda town: {"lng": 1, "lat": 1}),
    ],
    "get /models": [("/models", lambda town: None)],
    "get /models/{code}": [("/models/doorstep", lambda town: {"at": "2026-03-10"})],
    "get /reports": [("/reports", lambda town: None), ("/reports", lambda town: {"after": 1})],
    "get /reports/{pk}": [("/reports/{report}", lambda town: None)],
    "get /record-types": [("/record-types", lambda town: None)],
    "get /records/{code}": [(f"/records/{kind.code}", lambda town: None) for kind in record_types()],
    "get /records/{code}/{pk}": [("/records/case/{pk}", lambda town: None)],
}


def operations() -> dict[str, Any]:
    """Every operation of the description by verb and path."""
    paths = DESCRIBED["paths"]
    return {f"{verb} {path.removeprefix(REST)}": item for path in paths for verb, item in paths[path].items()}


def test_every_operation_is_asked() -> None:
    assert set(ASKED) == set(operations())


@pytest.mark.parametrize("name", sorted(ASKED))
def test_answers_are_as_described(town: Town, client: Client, name: str) -> None:
    case = create_for(town, "closed", category="lighting", phone="10012345678")
    create_for(town, "taken", category="lighting")
    new = create_for(town, "received")
    report = IssuedReport.objects.values_list("pk", flat=True).get()
    responses = operations()[name]["responses"]
    for path, ask in ASKED[name]:
        given = sent(client, name.split()[0], path.format(pk=case.pk, new=new.pk, report=report), ask(town))
        assert given.status_code in responses, (path, given.content.decode())
        schema = responses[given.status_code]["content"]["application/json"]["schema"]
        assert faults(schema, given.json()) == [], path


@pytest.mark.parametrize(
    ("verb", "path", "data", "status", "code"),
    [
        ("get", "/cases/1", None, 404, "not_found"),
        ("get", "/cases", {"after": "x"}, 400, "list.bad_filter"),
        ("get", "/records/nothing", None, 400, "record_type.unknown"),
        ("get", "/figures/nothing", None, 404, "figure.unknown"),
        ("get", "/figures", {"at": "soon"}, 422, "input.invalid"),
        ("get", "/locate", {"lng": "nan", "lat": "26"}, 422, "input.invalid"),
        ("get", "/locate", {"lng": "104", "lat": "26", "crs": "x"}, 422, "input.invalid"),
        ("post", "/cases", {"lng": 1, "lat": 1}, 422, "input.invalid"),
        ("post", "/cases", "{", 400, "body.malformed"),
        ("post", "/cases", '{"text": "灯坏了", "lng": NaN, "lat": 1}', 400, "point.impossible"),
    ],
)
def test_refusals_have_one_form(client: Client, verb: str, path: str, data: Any, status: int, code: str) -> None:
    refused = sent(client, verb, path, data)
    assert (refused.status_code, refused.json()["error"]["code"]) == (status, code)
    assert faults({"$ref": "#/components/schemas/Refused"}, refused.json()) == []


def test_a_key_that_does_not_hold_is_refused_in_the_same_form(town: Town) -> None:
    refused = Client().get(f"{REST}/cases", headers={"Authorization": "Bearer linli_wrong"})
    assert faults({"$ref": "#/components/schemas/Refused"}, refused.json()) == []


def test_a_point_is_located_as_the_command_does(town: Town, client: Client) -> None:
    point, stream = {"lng": "104.005", "lat": "26.005"}, io.StringIO()
    call_command("locate", *(word for name in point for word in (f"--{name}", point[name])), "--json", stdout=stream)
    found = client.get(f"{REST}/locate", point).json()
    assert found == json.loads(stream.getvalue())
    assert found["chain"][0]["id"] == town.grid.pk
    # Maps published in China carry a shift of some 200 metres here.
    near = {"lng": "104.001", "lat": "26.005"}
    shifted = client.get(f"{REST}/locate", {**near, "crs": "gcj02"}).json()
    assert (client.get(f"{REST}/locate", near).json()["grids"] != [], shifted["grids"]) == (True, [])


def test_every_field_and_parameter_says_what_it_means() -> None:
    schemas = DESCRIBED["components"]["schemas"]
    silent = [
        f"{name}.{field}"
        for name, schema in schemas.items()
        for field, part in schema.get("properties", {}).items()
        if not part.get("description") and not _whole(part)
    ]
    for name, item in operations().items():
        silent += [name] * (not item.get("description"))
        silent += [f"{name} {part['name']}" for part in item["parameters"] if not part.get("description")]
    assert [item for item in silent if not item.endswith((" pk", " code", " figure_id"))] == []


def _whole(part: dict[str, Any]) -> bool:
    """Whether a field is a document that is described by itself."""
    return "$ref" in part or any("$ref" in item for item in part.get("anyOf", ()))
