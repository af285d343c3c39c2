"""Bad input, survived: huge workbooks, formulas, odd characters, duplicate keys, long texts, bodies too large."""

from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from python_calamine import CalamineWorkbook

from linli.accounts.testing import Cast
from linli.core import clock
from linli.records import lists
from linli.records.exporting import Mark
from linli.records.importing.faulty import faulty_rows
from linli.records.importing.previews import MOST
from linli.records.models import Batch
from linli.records.operations import uploads
from linli.records.tests.sampling import COMPOUNDS, compounds, open_place, take_in
from linli.records.tests.test_import_pages import hand_in, signed_in
from linli.records.types import record_type
from linli.territory.models import Place

pytestmark = pytest.mark.django_db
GOOD = ["X1", "桃园小区", "东风街道", "春晓社区", 120, "是", "2001.5.6"]


def test_a_workbook_of_a_hundred_thousand_rows_is_read_to_its_end(
    cast: Cast, client: Client, settings: Settings, tmp_path: Path
) -> None:
    """Handed in on the page, looked at, checked by the worker; what came of it is still a page that opens."""
    settings.SECOND_FACTOR_REQUIRED, settings.DATA = False, tmp_path
    open_place()
    path = tmp_path / "many.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["清河县小区台账"])
    sheet.write_row(1, 0, COMPOUNDS)
    for number in range(100_000):
        sheet.write_row(number + 2, 0, [number, "X1", f"小区{number}", "东风街道", "春晓社区", 1, "是", ""])
    book.close()
    upload = hand_in(signed_in(cast, client), SimpleUploadedFile(path.name, path.read_bytes()))
    page = reverse("records:upload", args=[upload.pk])
    (table,) = client.get(page).context["previews"][0].tables
    assert (table.rows, table.beyond, table.kept) == (MOST - 2, True, True), "no more is read than is shown"
    client.post(reverse("records:upload_start", args=[upload.pk]), {"do": "check"})
    uploads.upload_run(upload_id=upload.pk, dry=True)
    upload.refresh_from_db()
    (report,) = upload.checked
    assert (report["rows"], report["created"], len(report["rejected"])) == (100_000, 1, 99_999)
    assert (report["rejected"][-1]["row"], report["rejected"][-1]["code"]) == (100_002, "duplicate.key")
    shown = client.get(page)
    assert (shown.status_code, len(shown.content) < 5 << 20) == (200, True)


def test_rare_characters_and_emoji_come_out_as_they_went_in(tmp_path: Path, cast: Cast) -> None:
    open_place()
    (report,) = take_in(compounds(tmp_path, [["X1", "𠮷㐂🏠小区", *GOOD[2:]]]))
    assert report.created == 1
    assert Place.objects.get(type="compound", code="X1").name == "𠮷㐂🏠小区"
    rows = record_type("compound").rows().filter(code="X1")
    kind = record_type("compound")
    assert "𠮷㐂🏠小区" in b"".join(lists.export_csv(kind, rows)).decode("utf-8-sig")
    sheet = CalamineWorkbook.from_filelike(BytesIO(lists.export_xlsx(kind, rows))).get_sheet_by_index(0)
    assert any("𠮷㐂🏠小区" in row for row in sheet.to_python())


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_run_leaves_as_text(tmp_path: Path, name: str) -> None:
    open_place()
    row = Place.objects.get(code="990901001001")
    Place.objects.filter(pk=row.pk).update(name=name)
    kind = record_type("division")
    found = kind.rows().filter(pk=row.pk)
    line = b"".join(lists.export_csv(kind, found)).decode("utf-8-sig").split("\r\n", 1)[1]
    assert f"'{name.strip()[0]}" in line or f"'{name[0]}" in line
    sheet = CalamineWorkbook.from_filelike(BytesIO(lists.export_xlsx(kind, found))).get_sheet_by_index(0)
    cells = [cell for line in sheet.to_python()[1:] for cell in line if isinstance(cell, str)]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)


def test_formula_cells_are_read_by_their_value_and_refused_rows_leave_harmless(tmp_path: Path) -> None:
    open_place()
    path = tmp_path / "formula.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["清河县小区台账"])
    sheet.write_row(1, 0, COMPOUNDS)
    sheet.write_row(2, 0, [1, *GOOD])
    sheet.write_formula(2, 5, "=100+20", None, 120)
    sheet.write_row(3, 0, [2, "X2", "李园", "东风街道", "春晓社区"])
    sheet.write_string(3, 5, "=1+1")
    book.close()
    (report,) = take_in(path)
    assert (report.created, [remark.code for remark in report.rejected]) == (1, ["value.not_a_number"])
    assert Place.objects.get(type="compound", code="X1").households == 120
    book = faulty_rows(Batch.objects.latest("id"), Mark(1, "clerk", clock.now()))
    rows = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0)
    assert not any(str(cell).startswith("=") for row in rows.to_python() for cell in row)


def test_empty_and_oversized_texts_are_refused_by_row(tmp_path: Path) -> None:
    open_place()
    rows = [["X1", " ", *GOOD[2:]], ["X2", "长" * 30_000, *GOOD[2:]], ["X3", "好小区", *GOOD[2:]]]
    (report,) = take_in(compounds(tmp_path, rows))
    assert (report.created, [(remark.row, remark.code) for remark in report.rejected]) == (
        1,
        [(3, "row.missing"), (4, "value.too_long")],
    )


@pytest.mark.parametrize("path", ["/api/v1/cases", "/imports/upload/", "/public/report/"])
def test_a_body_of_fifty_megabytes_is_answered_in_words(
    cast: Cast, client: Client, settings: Settings, path: str
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    signed_in(cast, client)
    answer = client.post(path, b"x" * (50 << 20), content_type="application/json")
    assert answer.status_code == 413
    assert b"16" in answer.content


def test_files_larger_than_may_be_are_answered_in_words(cast: Cast, client: Client, settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    settings.UPLOAD_LIMIT = 1 << 20
    strict = Client(enforce_csrf_checks=True)
    signed_in(cast, strict)
    body = b"--b\r\n" + b"x" * (2 << 20)
    answer = strict.post(reverse("records:import_upload"), body, content_type="multipart/form-data; boundary=b")
    assert (answer.status_code, answer.context["error"].code) == (413, "body.too_large")


def test_the_generic_list_keeps_its_address_and_refuses_nonsense(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    signed_in(cast, client)
    address = reverse("records:list", args=["division"])
    down = client.get(address, {"sort": "-code"}).context["page"].rows
    up = client.get(address, {"sort": "code"}).context["page"].rows
    assert [row.pk for row in down] == [row.pk for row in reversed(up)]
    assert [row.code for row in up] == sorted(row.code for row in up)
    page = client.get(address, {"sort": "code", "q": "街道"})
    assert "sort=code" in page.context["query"]
    for query in ({"sort": "password"}, {"after": "x"}, {"from": "gestern"}):
        assert client.get(address, query).status_code == 400
