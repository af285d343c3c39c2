"""What leaves as a file is in the access log with its filters, never with what was typed, and carries its number."""

from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from django.test import Client
from pytest_django import Settings
from python_calamine import CalamineWorkbook

from linli.accounts.models import Look
from linli.accounts.neighbourhood import Cast
from linli.records.exporting import said

pytestmark = pytest.mark.django_db
BACKEND = "linli.accounts.backends.PhoneOrNameBackend"


@pytest.fixture(autouse=True)
def one_factor(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


def enter(cast: Cast, role: str) -> Client:
    client = Client()
    client.force_login(cast.users[role], backend=BACKEND)
    return client


@pytest.mark.parametrize("address", ["/cases/export", "/records/compound"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_each_export_is_logged_and_carries_its_number(cast: Cast, address: str, form: str) -> None:
    answer = enter(cast, "secretary").get(f"{address}.{form}", {"q": "王小明", "state": "all"})
    assert answer.status_code == 200
    look = Look.objects.get(subject_type="export")
    assert look.actor == f"user:{cast.users['secretary'].pk}"
    assert look.field.endswith(f".{form}")
    assert look.reason == "q=* state=all"
    assert answer["Content-Disposition"].endswith(f'-{look.pk}.{form}"')
    assert str(look.pk) in unquote(answer["X-Linli-Export"])
    if form == "xlsx":
        package = ZipFile(BytesIO(answer.content))
        assert f"{look.pk}" in package.read("docProps/core.xml").decode()
        assert "oddFooter" in package.read("xl/worksheets/sheet1.xml").decode()


def test_the_number_of_rows_is_that_of_the_file_and_no_row_is_added(cast: Cast) -> None:
    client = enter(cast, "secretary")
    lines = client.get("/records/compound.csv").getvalue().decode("utf-8-sig").splitlines()
    sheets = CalamineWorkbook.from_filelike(BytesIO(client.get("/records/compound.xlsx").content))
    assert len(sheets.sheet_names) == 1
    rows = set(Look.objects.values_list("rows", flat=True))
    assert rows == {len(lines) - 1} == {len(sheets.get_sheet_by_index(0).to_python()) - 1}
    assert rows != {0}


def test_a_refused_export_leaves_no_entry(cast: Cast) -> None:
    assert enter(cast, "grid_worker").get("/records/compound.csv").status_code == 403
    assert not Look.objects.exists()


def test_the_auditor_reads_it_in_the_log(cast: Cast) -> None:
    enter(cast, "secretary").get("/records/compound.csv")
    page = enter(cast, "auditor").get("/security/looks/").content.decode()
    assert "compound.csv" in page


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("all", True),
        ("2026-03-10", True),
        ("529901001001", True),
        ("42", True),
        ("10012345678", False),
        ("王小明", False),
        ("a b", False),
    ],
)
def test_only_what_cannot_be_personal_is_kept_of_a_filter(value: str, kept: bool) -> None:
    assert said({"place": value, "after": "9", "empty": ""}) == f"place={value if kept else '*'}"


def test_what_was_searched_for_is_never_kept() -> None:
    assert said({"q": "zhang"}) == "q=*"
