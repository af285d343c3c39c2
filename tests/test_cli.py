"""The command line is a fixed door: every document that `--json` prints has exactly these keys and types."""

import io
import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from linli.cases.models import Case
from linli.core.actors import SYSTEM
from linli.records.tests.sampling import HERE, MATTERS, compounds, open_place, table
from linli.territory import locating
from linli.territory.operations import places
from linli.territory.tests.conftest import county, noon
from linli.territory.tests.county import SIDE, SOUTH, WEST, County, square

__all__ = ["county", "noon"]
pytestmark = pytest.mark.django_db
NUMBER = (int, float, type(None))
REMARK = {"sheet": str, "row": (int, type(None)), "column": str, "code": str, "message": str}
COUNTS = {"rows": int, "created": int, "updated": int, "unchanged": int}
IMPORT = {
    "files": [{"file": str, "record_types": [str], **COUNTS, "rejected": [REMARK], "warnings": [REMARK]}],
    "totals": {**COUNTS, "rejected": int, "duplicates": int},
}
FIGURES = [
    {
        "id": str,
        "refs": [str],
        "label": str,
        "value": NUMBER,
        "exact": NUMBER,
        "unit": str,
        "period": {"from": (str, type(None)), "to": str},
        "as_of": str,
        "wording": str,
        "numerator": NUMBER,
        "denominator": NUMBER,
        "rows_url": str,
    }
]
STEP = {"id": int, "type": str, "level": str, "code": str, "name": str}
ANSWERER = {"place_id": int, "post": str, "holder": str, "organization": str, "lead": bool}
LOCATED = {
    "chain": [STEP],
    "grids": [STEP],
    "overlays": [STEP],
    **dict.fromkeys(("building", "compound", "community", "street", "county"), (STEP, None)),
    "who_answers": [ANSWERER],
}
PLACE = {"id": int, "code": str, "name": str, "type": str}
FINDING = {
    "code": str,
    "places": [PLACE],
    "area_m2": (int, float),
    "households": (int, type(None)),
    "lng": (int, float),
    "lat": (int, float),
}
DOCTOR = {
    "ok": bool,
    "checks": [
        {"name": str, "label": str, "state": str, "findings": [{"level": str, "code": str, "message": str}]},
    ],
}


def misfits(document: Any, shape: Any, at: str = "") -> list[str]:
    """Where a document has not exactly the keys and types of a shape."""
    if isinstance(shape, dict):
        if not isinstance(document, dict) or set(document) != set(shape):
            return [f"{at}: {document!r:.200}"]
        return [fault for key, part in shape.items() for fault in misfits(document[key], part, f"{at}.{key}")]
    if isinstance(shape, list):
        items = document if isinstance(document, list) else [object()]
        return [fault for number, item in enumerate(items) for fault in misfits(item, shape[0], f"{at}[{number}]")]
    if isinstance(shape, tuple) and None in shape:
        return [] if document is None else misfits(document, shape[0], at)
    # A flag is a whole number for Python, and for nobody else.
    right = isinstance(document, shape) and (isinstance(document, bool) == (shape is bool))
    return [] if right else [f"{at}: {document!r:.200}"]


def said(name: str, *words: str) -> Any:
    """The one document that a command prints, whatever its exit status."""
    stream = io.StringIO()
    with suppress(SystemExit):
        call_command(name, *words, "--json", stdout=stream)
    return json.loads(stream.getvalue())


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The folder of the small sample's ledgers, one row of them faulty and one twice; its place is open."""
    open_place()
    compounds(tmp_path, [["A1", "幸福里", "东风街道", "春晓社区", 120, "有", "2009"]])
    row = ["S1", "2026-01-05", "2026-01-09", "热线", "停车", "车位不足", "东风街道", "春晓社区", "", "办结"]
    odd = ["S2", "2027-01-05", "", "热线", "停车", "灯不亮", "东风街道", "无名社区", "", "在办"]
    table(tmp_path / "诉求.csv", MATTERS, [row, row, odd])
    return tmp_path


def imported(folder: Path) -> Any:
    """What the import of a folder says."""
    return said("import", str(folder), "--as-of", "2026-06-30")


def test_import(sample: Path) -> None:
    document = imported(sample)
    assert misfits(document, IMPORT) == []
    assert {Path(item["file"]).name for item in document["files"]} == {"compounds.xlsx", "诉求.csv"}
    (ledger,) = (item for item in document["files"] if item["rejected"])
    rejected = {item["row"]: item["code"] for item in ledger["rejected"]}
    assert set(rejected) == {3, 4}, "rows are counted as the sheet counts them"
    assert rejected[3].startswith("duplicate")
    totals = document["totals"]
    assert (totals["rows"], totals["created"], totals["rejected"], totals["duplicates"]) == (4, 2, 2, 1)
    again = imported(sample)
    assert misfits(again, IMPORT) == []
    assert (again["totals"]["created"], again["totals"]["unchanged"]) == (0, 2)


def test_import_ends_with_two_where_a_file_cannot_be_read(sample: Path) -> None:
    (sample / "坏.xlsx").write_bytes(b"no workbook")
    stream = io.StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("import", str(sample), "--as-of", "2026-06-30", "--json", stdout=stream)
    assert end.value.code == 2
    document = json.loads(stream.getvalue())
    assert misfits(document, IMPORT) == []
    (broken,) = (item for item in document["files"] if item["file"].endswith("坏.xlsx"))
    assert [item["row"] for item in broken["rejected"]] == [None], "a fault of the whole file has no row"


def test_a_trial_writes_nothing(sample: Path) -> None:
    document = said("import", str(sample), "--as-of", "2026-06-30", "--dry-run")
    assert misfits(document, IMPORT) == []
    assert not Case.objects.exists()


@pytest.mark.parametrize("scope", ["", "990901001"])
def test_figures(sample: Path, scope: str) -> None:
    imported(sample)
    found = said("figures", "--at", "2026-06-30", *(["--scope", scope] if scope else []))
    assert misfits(found, FIGURES) == []
    values = {item["id"]: item["value"] for item in found}
    assert values["volunteers"] is None, "what was never collected is not 0"
    for item in found:
        assert item["rows_url"].endswith(f"?at=2026-06-30{'&scope=' * bool(scope)}{scope}")
    assert [item["id"] for item in said("figures", "--id", "matters", "compounds")] == ["compounds", "matters"]


def test_figure_rows(sample: Path) -> None:
    imported(sample)
    found = said("figure", "rows", "compounds", "--at", "2026-06-30")
    (row,) = found.pop("rows")
    assert found == {"id": "compounds", "record_type": "compound", "visible": 1, "total": 1}
    assert isinstance(row.pop("id"), int)
    assert {type(value) for value in row.values()} == {str}
    assert row["name"] == "幸福里"


def test_locate_and_coverage(county: County) -> None:
    places.boundary_redraw(actor=SYSTEM, place=county.one_a.pk, form=square(0, 0, 0.5), on=date(2026, 3, 1))
    locating.refresh()
    found = said("locate", "--lng", str(WEST + SIDE / 4), "--lat", str(SOUTH + SIDE / 4))
    assert misfits(found, LOCATED) == []
    assert found["chain"][0]["id"] == county.one_a.pk
    nowhere = said("locate", "--lng", "1", "--lat", "1")
    assert misfits(nowhere, LOCATED) == []
    assert nowhere["chain"] == []
    coverage = said("coverage")
    assert misfits(coverage["findings"], [FINDING]) == []
    assert set(coverage) == {"counts", "findings"}
    assert coverage["counts"]["coverage.gap"] == 1
    assert sum(coverage["counts"].values()) == len(coverage["findings"])


def test_stop_and_demo(monkeypatch: pytest.MonkeyPatch, sample: Path) -> None:
    monkeypatch.setattr("linli.core.management.commands.stop.end_all", lambda data, seconds: [7])
    monkeypatch.setattr("linli.core.cluster.stop", lambda data: True)
    assert said("stop") == {"ended": [7], "database_stopped": True}
    assert said("demo", "--if-empty") == {"records": 0, "accounts": [], "password": ""}


def test_doctor() -> None:
    assert misfits(said("doctor"), DOCTOR) == []


def test_profile_and_routing(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    profile = str(HERE / "profile")
    assert said("profile", "check", profile) == {"faults": [], "warnings": []}
    assert misfits(said("profile", "apply", profile, "--dry-run"), {"version": int, "changed": [str]}) == []
    out = tmp_path_factory.mktemp("out")
    assert said("profile", "export", str(out)) == {"folder": str(out)}
    faulty = out / "figures.yaml"
    faulty.write_text("figures: [{id: x}]", "utf-8")
    assert len(said("profile", "check", str(out))["faults"]) == 1
    tried = said("cases", "routing")
    fault = {"code": str, "category": str, "detail": str}
    line = {"number": str, "lead": str, "suggested": str, "why": str}
    shape = {"conflicts": [fault], "matters": int, "same": int, "different": [line]}
    assert misfits(tried, shape) == []
