"""The reading of ledgers, held against the acceptance places: every planted oddity, every count of rows.

The places are not part of the repository: LINLI_PLACES names their folder; without it these tests are skipped.
"""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from linli.core.testing.plugin import PLACES, needs_places
from linli.records.ledgers import names, safety, values
from linli.records.ledgers.reading import Sheet, read_file
from linli.records.ledgers.tables import Table, find_tables, normalise_label

FOLDERS = ("xingang", "dafang", "anon-district", "erqi", "liupanshui")
FILES = sorted(path for folder in FOLDERS for path in (PLACES / folder / "ledgers").glob("*.*"))
IDS = [f"{path.parents[1].name}/{path.name}" for path in FILES]

pytestmark = needs_places


@cache
def sheets_of(path: Path) -> tuple[tuple[Sheet, list[Table]], ...]:
    """The sheets of a file with their tables, read without any hints."""
    return tuple((sheet, find_tables(sheet)) for sheet in read_file(path))


@cache
def planted(folder: str) -> dict[str, list[dict[str, Any]]]:
    """What was put into each ledger of a place."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for item in json.loads((PLACES / folder / "planted.json").read_text("utf-8")):
        found[Path(item["file"]).name].append(item)
    return found


@cache
def promised(folder: str) -> dict[str, tuple[int, list[str]]]:
    """All data rows and the mandatory columns of each ledger, as the place's README tells them."""
    rows = {}
    for line in (PLACES / folder / "README.md").read_text("utf-8").splitlines():
        parts = [part.strip() for part in line.strip("|").split("|")]
        if parts[0].startswith("ledgers/"):
            rows[Path(parts[0]).name] = (int(parts[3].replace(",", "")), re.split(r"[ ;]+", parts[5]))
    return rows


def of(path: Path, *faults: str) -> Iterator[tuple[dict[str, Any], Sheet, list[Table]]]:
    """The planted items of these kinds in a file, each with its sheet and tables."""
    by_name = {sheet.name: (sheet, tables) for sheet, tables in sheets_of(path)}
    for item in planted(path.parents[1].name)[path.name]:
        if item["fault"] in faults:
            yield item, *by_name[item.get("sheet", "")]


def cell(item: dict[str, Any], table: Table) -> tuple[Any, str]:
    """The cell that a planted item is about, and the rest of its note."""
    label, _colon, rest = item["note"].partition(": ")
    index = next(header.index for header in table.headers if header.label == label)
    return dict(table.data)[item["row"]][index], rest


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_rows_and_columns_are_those_of_the_ledger(path: Path) -> None:
    expected, columns = promised(path.parents[1].name)[path.name]
    tables = [table for _sheet, tables in sheets_of(path) for table in tables]
    assert sum(len(table.data) for table in tables) == expected
    labels = {normalise_label(header.label) for table in tables for header in table.headers}
    assert {normalise_label(column) for column in columns} <= labels
    assert all(header.label.strip() for table in tables for header in table.headers)


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_hints_change_nothing(path: Path) -> None:
    columns = promised(path.parents[1].name)[path.name][1]
    for sheet, tables in sheets_of(path):
        hinted = find_tables(sheet, columns)
        assert [(t.headers, t.header_rows, len(t.data)) for t in hinted] == [
            (t.headers, t.header_rows, len(t.data)) for t in tables
        ]


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_what_is_no_data_is_left_out(path: Path) -> None:
    kinds = ("title_row", "subtitle_row", "total_row", "footer", "blank_row", "repeated_header")
    for item, _sheet, (table,) in of(path, *kinds):
        expected = item["fault"].removesuffix("_row").replace("_", " ")
        # Blank rows above all others are not even in the file.
        reason = dict(table.skipped).get(item["row"], "blank")
        assert item["row"] not in dict(table.data), item
        assert reason == {"subtitle": "title"}.get(expected, expected), item
    for item, _sheet, tables in of(path, "instruction_sheet"):
        assert tables == [], item


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_two_header_rows_are_read_as_one(path: Path) -> None:
    for item, _sheet, (table,) in of(path, "two_row_header"):
        assert table.header_rows == (item["row"], item["row"] + 1)
        assert any(header.group for header in table.headers)


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_a_merged_value_holds_for_every_row(path: Path) -> None:
    for item, sheet, (table,) in of(path, "merged_cells"):
        rows = dict(table.data)
        for first, left, last, right in sheet.merges:
            if last > first >= table.data[0][0] and left == right:
                held = {rows[number][left] for number in range(first, last + 1) if number in rows}
                assert len(held) == 1, item
                assert held != {None}, item


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_dates_are_read_as_meant(path: Path) -> None:
    for item, _sheet, (table,) in of(path, "date_style"):
        raw, rest = cell(item, table)
        parsed = values.date(raw)
        assert isinstance(parsed.value, date), item
        assert parsed.warnings == (), item
        written = re.findall(r"\d+", rest)
        if rest.startswith("written") and len(written) == 3:
            assert parsed.value == date(*map(int, written)), item
        if "serial" in rest:
            assert (parsed.value - date(1899, 12, 30)).days == int(written[0]), item
    for item, _sheet, (table,) in of(path, "impossible_date"):
        with pytest.raises(values.ValueFault) as caught:
            values.date(cell(item, table)[0])
        assert caught.value.code == "value.impossible_date", item


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_numbers_are_read_as_meant(path: Path) -> None:
    for item, _sheet, (table,) in of(path, "number_style"):
        raw, rest = cell(item, table)
        digits = re.search(r"\d+(\.\d+)?", rest.replace(",", ""))
        assert digits, item
        assert values.number(raw).value == Decimal(digits.group()), item
    for fault, code in (("not_a_number", "value.not_a_number"), ("negative_number", "value.negative")):
        for item, _sheet, (table,) in of(path, fault):
            with pytest.raises(values.ValueFault) as caught:
                values.number(cell(item, table)[0], minimum=0)
            assert caught.value.code == code, item


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_phones_are_read_as_meant(path: Path) -> None:
    for item, _sheet, (table,) in of(path, "phone_style"):
        parsed = values.phone(cell(item, table)[0])
        assert re.fullmatch(r"100\d{8}", parsed.value), item
        assert parsed.warnings == (), item
    for item, _sheet, (table,) in of(path, "short_phone"):
        parsed = values.phone(cell(item, table)[0])
        assert (len(parsed.value), parsed.warnings) == (10, ("phone.short",)), item


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_spaces_do_not_count(path: Path) -> None:
    for item, _sheet, tables in of(path, "spaces"):
        (table,) = tables
        raw, _rest = cell(item, table)
        assert raw != values.text(raw).value == str(raw).strip(), item
    for item, _sheet, (table,) in of(path, "person_space"):
        assert not re.search(r"\s", values.person_name(cell(item, table)[0]).value), item


@pytest.mark.parametrize("folder", FOLDERS)
def test_spellings_of_places_share_a_key(folder: str) -> None:
    with (PLACES / folder / "divisions.csv").open(encoding="utf-8-sig") as stream:
        official = [row["name"] for row in csv.DictReader(stream)]
    known = {key for name in official for key in names.place_keys(name)}
    for items in planted(folder).values():
        for item in items:
            written = re.search(r"^(?:所属|派驻|报到|包保)?(?:街道|社区)(?:名称)?: written '(.*)'$", item["note"])
            if item["fault"] == "unit_variant" and written:
                text = written[1].replace("\\u3000", "\u3000")
                assert known & {key for tail in tails(text, official) for key in names.place_keys(tail)}, item


def tails(name: str, parents: list[str]) -> Iterator[str]:
    """A name, and what is left of it without the county and the street before it, as resolvers try it."""
    yield name
    for parent in parents:
        if name.startswith(parent) and name != parent:
            yield from tails(name.removeprefix(parent), parents)


def test_no_ledger_of_the_places_is_refused() -> None:
    for path in FILES:
        for sheet, tables in sheets_of(path):
            for text in (path.name, sheet.name, *(line for table in tables for line in table.title)):
                assert safety.refused_titles(text) is None, text
