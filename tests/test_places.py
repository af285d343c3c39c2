"""The acceptance places: every planted fault of a known ledger is found, every known figure is right.

The folder is named by LINLI_PLACES; without it these tests are skipped.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from linli.core.actors import SYSTEM
from linli.core.testing.plugin import PLACES, needs_places
from linli.records.figures.compute import compute_many
from linli.records.importing.report import FileReport
from linli.records.operations.imports import files_import
from linli.records.operations.profiles import profile_apply

ROOT = Path(__file__).parents[1]
KNOWN = {"xingang": 10, "dafang": 9, "anon-district": 14, "erqi": 30, "liupanshui": 17}

pytestmark = [pytest.mark.django_db, needs_places]


def take_in(place: str) -> tuple[list[FileReport], list[dict[str, Any]]]:
    figures = json.loads((PLACES / place / "figures.json").read_text())
    as_of = date.fromisoformat(figures[0]["as_of"])
    return files_import(actor=SYSTEM, paths=[PLACES / place], as_of=as_of), figures


def expected(place: str, report: FileReport, kinds: set[str]) -> dict[tuple[str, int], str]:
    later = {remark.sheet for remark in report.warnings if remark.code == "file.not_yet_known"}
    planted = json.loads((PLACES / place / "planted.json").read_text())
    return {
        (item.get("sheet") or "", item["row"]): item["expect"]
        for item in planted
        if item["file"] == report.file
        and item["expect"] in kinds
        and item["row"]
        and (item.get("sheet") or "") not in later
    }


@pytest.mark.parametrize("place", KNOWN)
def test_a_place_is_taken_in_and_its_figures_are_right(place: str) -> None:
    profile_apply(actor=SYSTEM, folder=ROOT / "profiles" / place)
    reports, figures = take_in(place)
    for report in reports:
        assert "file.no_map" not in {remark.code for remark in report.warnings}, report.file
        if not report.record_types:
            continue
        wanted = expected(place, report, {"reject", "duplicate"})
        found = {(r.sheet, r.row or 0): r for r in report.rejected}
        assert set(found) == set(wanted), report.file
        for key, kind in wanted.items():
            assert found[key].code.startswith("duplicate") == (kind == "duplicate"), (report.file, key)
            assert found[key].message
        odd = {(remark.sheet, remark.row) for remark in report.warnings}
        assert set(expected(place, report, {"warn"})) <= odd, report.file
    as_of = date.fromisoformat(figures[0]["as_of"])
    values = {ref: value for value in compute_many(as_of) for ref in value.figure.refs}
    for figure in figures:
        if figure["id"] in values:
            value = values[figure["id"]].value
            assert value is not None, figure["id"]
            assert float(value) == float(figure["expected"]), figure["id"]
    assert len(values) == KNOWN[place]
    again, _figures = take_in(place)
    assert sum(report.created + report.updated for report in again) == 0
