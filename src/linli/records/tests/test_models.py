"""Models of working as data: exact faults, tags by ledger and by hand, lists and figures by component (ORG-22)."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from linli.accounts.testing import Cast
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry
from linli.organizations.models import Organization
from linli.records import lists, profiles
from linli.records.figures import compute
from linli.records.figures.compile import EVERYWHERE
from linli.records.operations.amending import record_amend
from linli.records.operations.profiles import content_apply, content_faults
from linli.records.operations.sections import section_apply, section_try
from linli.records.tests.sampling import AS_OF, table, take_in
from linli.records.tests.test_import_pages import signed_in
from linli.records.types import record_type, record_types
from linli.territory.models import Facility, Revision

pytestmark = pytest.mark.django_db
TAGS = ["volunteer_team", "facility", "grid", "case", "department"]
MODELS: dict[str, Any] = {
    "models": [{"code": "doorstep", "label": "家门口党建", "tags": TAGS}, {"code": "named", "label": "1+1+3"}],
    "components": [
        {"model": "doorstep", "code": "networks", "label": "五大网络", "parts": 5},
        {"model": "doorstep", "code": "volunteers", "label": "志愿服务网", "within": "networks", "also": ["志愿网"]},
        {"model": "doorstep", "code": "culture", "label": "文化生活网", "within": "networks"},
        {"model": "doorstep", "code": "venues", "label": "两个阵地", "parts": 2},
    ],
}
DIMENSIONS = {
    "added": {
        "facility": [
            {"code": "open", "label": "对外开放", "type": "flag"},
            {"code": "seats", "label": "座位", "type": "number"},
            {"code": "rebuilt", "label": "改造日期", "type": "date"},
            {"code": "uses", "label": "用途", "type": "list"},
        ]
    }
}
IMPORTS = {
    "maps": [
        {
            "id": "halls",
            "signature": {"headers": ["阵地名称", "模式"]},
            "required": ["阵地名称"],
            "key": ["阵地名称"],
            "records": [{"type": "facility", "columns": {"name": "阵地名称", "doorstep": "模式"}}],
        }
    ]
}


@pytest.fixture(autouse=True)
def place(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.SECOND_FACTOR_REQUIRED, settings.DATA = False, tmp_path
    extra = {"models": MODELS, "dimensions": DIMENSIONS, "imports": IMPORTS}
    content_apply(actor=SYSTEM, content=lambda held: {**held, **extra})


def hall(cast: Cast, name: str = "议事亭", place: str = "community") -> Facility:
    return Facility.objects.create(name=name, place=cast.places[place])


def amend(cast: Cast, role: str, row: Any, code: str = "facility", **values: str) -> tuple[str, ...]:
    return record_amend(actor=cast.actors[role], code=code, pk=row.pk, version=row.version, values=values)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"models": [{"code": "doorstep", "label": "x", "tags": ["case", "nothing"]}]}, "models.0.tags.1"),
        ({"models": [{"code": "doorstep", "label": "x", "tags": ["person"]}]}, "models.0.tags.0"),
        ({"models": [{"code": "doorstep", "label": "x", "tags": ["post"]}]}, "models.0.tags.0"),
        ({"models": [{"code": "doorstep", "label": "x", "figures": ["no.such"]}]}, "models.0.figures.0"),
        ({"models": [*MODELS["models"], MODELS["models"][1]]}, "models.2.code"),
        ({"models": [*MODELS["models"], {"code": "state", "label": "x", "tags": ["case"]}]}, "models.2.tags.0"),
        ({"models": [*MODELS["models"], {"code": "seats", "label": "x", "tags": ["facility"]}]}, "models.2.tags.0"),
        ({"components": [{"model": "nothing", "code": "a", "label": "x"}]}, "components.0.model"),
        ({"components": [{"model": "doorstep", "code": "none", "label": "x"}]}, "components.0.code"),
        ({"components": [*MODELS["components"], MODELS["components"][3]]}, "components.4.code"),
        (
            {"components": [*MODELS["components"], {"model": "doorstep", "code": "a", "label": "x", "within": "b"}]},
            "components.4.within",
        ),
        (
            {
                "components": [
                    *MODELS["components"],
                    {"model": "doorstep", "code": "a", "label": "x", "within": "culture"},
                ]
            },
            "components.4.within",
        ),
        (
            {"components": [{**MODELS["components"][0], "parts": 1}, *MODELS["components"][1:]]},
            "components.0.parts",
        ),
    ],
)
def test_what_is_wrong_with_a_model_is_named_by_its_key(changes: dict[str, Any], fault: str) -> None:
    content = {"models": {**MODELS, **changes}, "dimensions": DIMENSIONS}
    assert [(item.file, item.key) for item in content_faults(content)] == [("models.yaml", fault)]
    assert content_faults({"models": MODELS, "dimensions": DIMENSIONS}) == []


def test_a_fault_stands_at_its_line_and_keeps_the_section_out(cast: Cast) -> None:
    text = "models:\n- code: doorstep\n  label: 家门口党建\n  tags:\n  - case\n  - nothing\n"
    proposal = section_try("models", text)
    assert [(item.line, item.key) for item in proposal.faults] == [(6, "models.0.tags.1")]
    with pytest.raises(DomainError, match=r"profile\.faulty"):
        section_apply(actor=SYSTEM, name="models", text=text, version=proposal.version)


def test_a_faulty_figure_is_refused_with_its_line() -> None:
    text = (
        "figures:\n- {id: a, of: case}\n- {id: b, of: case, where: {nothing: 1}}\n- {id: c, ratio: {of: a, over: d}}\n"
    )
    faults = section_try("figures", text).faults
    assert [(item.line, item.key) for item in faults] == [(3, "figures.1"), (4, "figures.2")]


def test_a_ledger_tags_by_the_component_or_another_word_for_it(cast: Cast, tmp_path: Path) -> None:
    rows = [["东厅", "两个阵地"], ["西厅", "志愿网"], ["南厅", ""], ["北厅", "无此网"]]
    (report,) = take_in(table(tmp_path / "阵地.csv", ["阵地名称", "模式"], rows))
    assert (report.created, [item.row for item in report.rejected]) == (3, [5])
    held = dict(Facility.objects.values_list("name", "extra__doorstep"))
    assert held == {"东厅": "venues", "西厅": "volunteers", "南厅": None}
    (again,) = take_in(table(tmp_path / "阵地.csv", ["阵地名称", "模式"], rows))
    assert (again.created, again.updated) == (0, 0)


def test_a_tag_is_set_changed_and_taken_away_with_its_entry(cast: Cast) -> None:
    row = hall(cast)
    assert amend(cast, "street_officer", row, doorstep="venues", seats="40", open="true") == (
        "doorstep",
        "open",
        "seats",
    )
    row.refresh_from_db()
    assert (row.extra, row.version) == ({"doorstep": "venues", "seats": 40, "open": True}, 2)
    assert amend(cast, "street_officer", row, doorstep="culture", seats="", rebuilt="2026-02-03", uses="议事、读书")
    row.refresh_from_db()
    assert row.extra == {"doorstep": "culture", "open": True, "rebuilt": "2026-02-03", "uses": ["议事", "读书"]}
    entry = Entry.objects.filter(operation="facility.amend").latest("id")
    assert (entry.subject_id, entry.place_id) == (row.pk, row.place_id)
    assert entry.facts["changed"] == ["doorstep", "rebuilt", "seats", "uses"]
    assert amend(cast, "street_officer", row, doorstep="culture", open="true") == (), "the same again changes nothing"
    assert Entry.objects.filter(operation="facility.amend").count() == 2


@pytest.mark.parametrize(
    ("role", "values", "code"),
    [
        ("grid_worker", {"doorstep": "venues"}, "record.not_yours"),
        ("resident", {"doorstep": "venues"}, "not_found"),
        ("street_officer", {"doorstep": "nothing"}, "record.bad_value"),
        ("street_officer", {"nothing": "x"}, "record.bad_value"),
        ("street_officer", {"open": "maybe"}, "record.bad_value"),
        ("street_officer", {"seats": "many"}, "record.bad_value"),
        ("street_officer", {"seats": "1e30"}, "record.bad_value"),
        ("street_officer", {"rebuilt": "2026-02-30"}, "record.bad_value"),
        ("street_officer", {"uses": "x" * 201}, "record.bad_value"),
    ],
)
def test_what_is_refused_changes_nothing(cast: Cast, role: str, values: dict[str, str], code: str) -> None:
    row = hall(cast)
    with pytest.raises(DomainError) as refused:
        amend(cast, role, row, **values)
    row.refresh_from_db()
    assert (refused.value.code, row.extra, row.version) == (code, {}, 1)


def test_a_stale_change_another_place_and_an_ended_record_are_refused(cast: Cast) -> None:
    row = hall(cast)
    amend(cast, "street_officer", row, doorstep="venues")
    with pytest.raises(DomainError, match=r"record\.stale"):
        amend(cast, "street_officer", row, doorstep="culture")
    with pytest.raises(DomainError, match=r"record\.not_yours"):
        amend(cast, "street_officer", hall(cast, place="far_community"), doorstep="culture")
    row.refresh_from_db()
    row.until = AS_OF
    row.save()
    with pytest.raises(DomainError, match=r"record\.not_yours"):
        amend(cast, "street_officer", row, doorstep="culture")


def test_a_retired_component_stays_on_what_bears_it_and_is_given_to_nothing_else(cast: Cast) -> None:
    one, other = hall(cast), hall(cast, "读书亭")
    amend(cast, "street_officer", one, doorstep="culture")
    kept = [item for item in MODELS["components"] if item["code"] != "culture"]
    text = {"models": MODELS["models"], "components": kept}
    section_apply(actor=SYSTEM, name="models", text=json.dumps(text), version=profiles.current().version)
    one.refresh_from_db()
    assert amend(cast, "street_officer", one, doorstep="culture", seats="3") == ("seats",)
    with pytest.raises(DomainError, match=r"record\.bad_value"):
        amend(cast, "street_officer", other, doorstep="culture")


def test_places_bodies_and_matters_are_tagged_too(cast: Cast) -> None:
    grid = cast.places["grid"]
    body = Organization.objects.create(type="volunteer_team", name="暖心队", place=grid, path="/99/")
    stamp = Revision.objects.values_list("stamp", flat=True).first()
    assert amend(cast, "street_officer", grid, "grid", doorstep="networks") == ("doorstep",)
    assert Revision.objects.values_list("stamp", flat=True).first() != stamp, "indexes in memory are read anew"
    assert amend(cast, "street_officer", body, "volunteer_team", doorstep="networks") == ("doorstep",)


def test_whoever_brings_the_ledgers_of_a_place_tags_its_facilities_and_bodies(cast: Cast) -> None:
    """A ledger of theirs may change the same rows; neither those of other places nor the network of a grid."""
    team, far = (
        Organization.objects.create(type="volunteer_team", name=name, place=cast.places[where], path=f"/{number}/")
        for number, (name, where) in enumerate([("暖心队", "grid"), ("远里队", "far_community")], start=98)
    )
    assert amend(cast, "community_worker", hall(cast), doorstep="venues") == ("doorstep",)
    assert amend(cast, "community_worker", team, "volunteer_team", doorstep="networks") == ("doorstep",)
    for row, code in (
        (hall(cast, "远里亭", "far_community"), "facility"),
        (hall(cast, "街道亭", "street"), "facility"),
        (far, "volunteer_team"),
        (cast.places["grid"], "grid"),
    ):
        with pytest.raises(DomainError, match=r"record\.not_yours"):
            amend(cast, "community_worker", row, code, doorstep="networks")


def test_the_form_tags_and_shows_words(cast: Cast, client: Client) -> None:
    row = hall(cast)
    signed_in(cast, client, "street_officer")
    address = reverse("records:amend", args=["facility", row.pk])
    assert address in client.get(reverse("records:list", args=["facility"])).content.decode()
    assert client.get(address).status_code == 200
    assert client.post(address, {"doorstep": "nothing", "version": "1"}).status_code == 400
    assert client.post(address, {"doorstep": "venues", "open": "true", "version": "1"}).status_code == 302
    assert client.post(address, {"doorstep": "culture", "version": "1"}).status_code == 409
    page = client.get(reverse("records:list", args=["facility"]), {"doorstep": "venues"})
    (line,) = page.context["table"]
    assert "两个阵地" in line[1]
    assert "venues" not in line[1]
    signed_in(cast, client, "grid_worker")
    assert client.get(address).status_code == 404
    assert address not in client.get(reverse("records:list", args=["facility"])).content.decode()


def test_figures_and_exports_know_the_component(cast: Cast) -> None:
    for name, component in (("a", "venues"), ("b", "volunteers"), ("c", "culture")):
        amend(cast, "street_officer", hall(cast, name), doorstep=component)
    hall(cast, "d")
    definition = {"id": "t", "of": "facility", "where": {"doorstep": ["volunteers", "culture"]}}
    assert compute.preview(definition, AS_OF).value == 2
    figure = compute.parsed({"id": "t", "of": "facility"})
    groups = dict(compute.grouped(figure, AS_OF, EVERYWHERE, "doorstep"))
    assert groups == {"venues": 1, "volunteers": 1, "culture": 1, None: 1}
    kind = record_type("facility")
    lines = b"".join(lists.export_csv(kind, kind.rows())).decode("utf-8-sig").splitlines()
    assert "家门口党建" in lines[0]
    assert "named" not in {item.code for item in kind.all_dimensions()}, "a label only tags nothing"


def test_the_administration_edits_models_as_tables(cast: Cast, client: Client) -> None:
    signed_in(cast, client)
    address = reverse("records:section_form", args=["models"])
    blocks = client.get(address).context["blocks"]
    assert [(block.key, block.deep) for block in blocks] == [("models", ""), ("components", "")]
    fields = [item for block in blocks for row in block.rows for item in row]
    sent = {item.path: item.value for item in fields if item.path and not (item.kind == "flag" and not item.value)}
    unchanged = client.post(address, sent).context["proposal"]
    assert (unchanged.diff, unchanged.faults) == ([], [])
    spare = max(int(item.path.split(".")[1]) for item in fields if item.path.startswith("components")) - 1
    added_one = {f"components.{spare}.{name}": value for name, value in (("code", "lane"), ("label", "巷道"))}
    missing = client.post(address, sent | added_one | {f"components.{spare}.model": "no_such"}).context["proposal"]
    assert [item.key for item in missing.faults] == [f"components.{spare}.model"]
    proposal = client.post(address, sent | added_one | {f"components.{spare}.model": "doorstep"}).context["proposal"]
    assert proposal.faults == []
    apply = {"text": proposal.text, "version": str(proposal.version)}
    assert client.post(reverse("records:section_apply", args=["models"]), apply).status_code == 302
    row = hall(cast)
    assert amend(cast, "street_officer", row, doorstep="lane") == ("doorstep",)


def test_what_may_be_amended_keeps_what_a_profile_adds() -> None:
    kept = {
        kind.code: {field.name for field in apps.get_model(kind.model)._meta.get_fields()}
        for kind in record_types()
        if kind.amendable
    }
    assert len(kept) > 30
    assert [code for code, names in kept.items() if "extra" not in names] == []
