"""The acceptance places: every planted fault of a known ledger is found, every known figure is right.

The folder is named by LINLI_PLACES; without it these tests are skipped.
"""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from linli.accountability.queries import reports
from linli.accountability.queries.report_values import Asked
from linli.accountability.report_section import ReportsSection
from linli.accountability.tests.reporting import lines_of
from linli.core.actors import SYSTEM
from linli.core.testing.fixtures import OwnDatabase
from linli.core.testing.plugin import PLACES, needs_places
from linli.records.figures.compile import EVERYWHERE
from linli.records.figures.compute import compute_many
from linli.records.importing.report import FileReport
from linli.records.operations.imports import files_import
from linli.records.operations.profiles import profile_apply
from linli.records.profiles import current

ROOT = Path(__file__).parents[1]
PRINTED = re.compile(r"(?P<nearly>近)?(?P<number>[0-9.]+)(?P<myriads>万)?(?P<over>余)?")
KNOWN = {"xingang": 19, "dafang": 27, "anon-district": 30, "erqi": 47, "liupanshui": 39}

pytestmark = [pytest.mark.slow, needs_places]


def take_in(place: str, *, most: int | None = None) -> tuple[list[FileReport], list[dict[str, Any]]]:
    figures = json.loads((PLACES / place / "figures.json").read_text())
    as_of = date.fromisoformat(figures[0]["as_of"])
    files = sorted((PLACES / place / "ledgers").iterdir())
    paths = [PLACES / place] if most is None else [path for path in files if path.stat().st_size <= most]
    return files_import(actor=SYSTEM, paths=paths, as_of=as_of), figures


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
def test_a_place_is_taken_in_and_its_figures_are_right(own_database: OwnDatabase, place: str) -> None:
    # Each in a database of its own: what another place left behind would make its questions slow.
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
    # What an article asks for (a rule, a structure) is no figure that it tells.
    tell_in_a_report(as_of, figures, set(values) & {figure["id"] for figure in figures})
    # The largest ledgers are read only once.
    again, _figures = take_in(place, most=100_000)
    assert sum(report.created + report.updated for report in again) == 0


def tell_in_a_report(as_of: date, figures: list[dict[str, Any]], known: set[str]) -> None:
    """The report of the place tells every figure as its article did, and says of the others that they are awaited."""
    template = reports.content_of(reports.version_of(reports.template_named("results")))
    report = reports.written(template, Asked(as_of, EVERYWHERE, as_of))
    text = "".join(lines_of(report.content))
    told = {ref: item for item in report.answered.used for ref in item.value.figure.refs}
    awaited = {ref: item.label for item in current().section(ReportsSection).awaited for ref in item.refs}
    assert known <= set(told)
    assert {figure["id"] for figure in figures} <= {*told, *awaited}
    for figure in figures:
        if figure["id"] not in known:
            assert awaited[figure["id"]] in report.answered.awaited
            continue
        printed = told[figure["id"]].printed
        assert printed in text, figure["id"]
        words = PRINTED.match(printed)
        assert words, printed
        value = Decimal(words["number"]) * (10000 if words["myriads"] else 1)
        word = {"余": "over", "近": "nearly"}.get(words["over"] or words["nearly"] or "", "exact")
        wanted = "exact" if figure["bound"] == "implied" else figure["bound"]
        assert (float(value), word) == (float(figure["printed"]), wanted), figure["id"]
