"""Importing through the browser: handing in, preview, map by pointing at columns, the worker's run, taking back."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings
from python_calamine import CalamineWorkbook

from linli.accounts.testing import Cast
from linli.core.actors import SYSTEM, VISITOR
from linli.core.errors import InvalidInput, NotAllowed, RuleBroken
from linli.records import profiles
from linli.records.models import Batch, ProfileVersion, Upload
from linli.records.operations import uploads
from linli.records.tests.sampling import AS_OF
from linli.territory.models import Place

pytestmark = pytest.mark.django_db
BACKEND = "linli.accounts.backends.PhoneOrNameBackend"
HEADERS = ["序号", "院子编码", "院子", "镇街", "村社", "住户", "备考"]
ROWS = [
    [1, "Y1", "桃园小区", "东风街道", "春晓社区", 120, "𠮷㐂🏠"],
    [2, "Y2", "李园小区", "东风街道", "春晓社区", "许多", ""],
]


@pytest.fixture(autouse=True)
def folder(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


def ledger(rows: list[list[Any]], name: str = "院落.xlsx") -> SimpleUploadedFile:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    for number, row in enumerate([["某县院落登记表"], HEADERS, *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    return SimpleUploadedFile(name, stream.getvalue())


def signed_in(cast: Cast, client: Client, role: str = "system_administrator") -> Client:
    client.force_login(cast.users[role], backend=BACKEND)
    return client


def hand_in(client: Client, *files: SimpleUploadedFile) -> Upload:
    answer = client.post(reverse("records:import_upload"), {"files": list(files), "as_of": "2026-06-30"})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return Upload.objects.get(pk=int(answer.headers["Location"].rstrip("/").split("/")[-1]))


def drawn(**changes: str) -> dict[str, str]:
    """The form that points at the columns of the ledger above."""
    form = {"type": "compound", "drafted_for": "compound", "id": "yards", "label": "院落登记", "title": "院落登记表"}
    to = {"to-1": "code", "to-2": "name", "to-3": "place.street", "to-4": "place.community", "to-5": "households"}
    ticks = {"key-1": "on", "required-1": "on", "sign-1": "on", "sign-2": "on", "running-0": "on"}
    return {**form, **to, **ticks, **changes}


def test_a_clerk_draws_up_a_map_and_imports_with_it(cast: Cast, client: Client) -> None:
    signed_in(cast, client)
    upload = hand_in(client, ledger(ROWS))
    page = client.get(reverse("records:upload", args=[upload.pk]))
    (table,) = page.context["previews"][0].tables
    start = reverse("records:upload_start", args=[upload.pk])
    assert start not in page.content.decode(), "nothing is offered that would import nothing"
    assert (table.map, table.rows, [label for label, _to in table.headers]) == (None, 2, HEADERS)
    address = reverse("records:map", args=[upload.pk, 0, 0])
    assert client.get(address).status_code == 200
    shown = client.post(address, drawn(), headers={"HX-Request": "true"})
    first, second = shown.context["preview"].first
    assert (first.number, first.faults, len(second.faults)) == (3, [], 1)
    assert not ProfileVersion.objects.filter(note__contains="yards").exists()
    client.post(address, drawn(save=""))
    kept = profiles.content_in_force()["imports"]["maps"][-1]
    assert (kept["id"], kept["key"], kept["records"][0]["columns"]["households"]) == ("yards", ["院子编码"], "住户")
    page = client.get(reverse("records:upload", args=[upload.pk]))
    assert page.context["previews"][0].tables[0].map.id == "yards"
    assert start in page.content.decode()
    client.post(start)
    job = ProcrastinateJob.objects.get(task_name="records.upload")
    uploads.upload_run(**job.args)
    upload.refresh_from_db()
    batch = upload.batches.get()
    assert (upload.state, batch.state, batch.created, batch.rows) == ("done", "done", 1, 2)
    assert Place.objects.get(type="compound", code="Y1").households == 120
    assert not uploads.folder_of(upload).exists()
    answer = client.get(reverse("records:import_faulty", args=[batch.pk]))
    assert "X-Linli-Export" in answer.headers
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert (rows[1][1], rows[1][2], rows[1][4]) == (4.0, "住户", "value.not_a_number")
    cells = dict(zip(rows[0][5:], rows[1][5:], strict=True))
    assert (bool(cells["院子"]), set(HEADERS) <= set(cells)) == (True, True)
    client.post(reverse("records:import_undo", args=[batch.pk]))
    assert not Place.objects.filter(type="compound", code="Y1").exists()
    batch.refresh_from_db()
    assert batch.state == "taken_back"


def test_the_map_as_yaml_is_a_profile_s_part(cast: Cast, client: Client) -> None:
    signed_in(cast, client)
    upload = hand_in(client, ledger(ROWS))
    answer = client.post(reverse("records:map", args=[upload.pk, 0, 0]), drawn(**{"as": "yaml"}))
    folder = uploads.folder_of(upload) / "profile"
    folder.mkdir()
    (folder / "imports.yaml").write_bytes(answer.content)
    data, faults = profiles.read_folder(folder)
    assert (faults, data["imports"]["maps"][0]["id"]) == ([], "yards")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"id": ""}, "import_map.no_id"),
        ({"title": "", "sign-1": "", "sign-2": ""}, "import_map.no_signature"),
        ({f"to-{n}": "" for n in range(1, 6)}, "import_map.no_columns"),
        ({"to-2": "nonsense"}, "import_map.unknown_column"),
    ],
)
def test_a_faulty_map_is_not_kept(cast: Cast, client: Client, changes: dict[str, str], code: str) -> None:
    signed_in(cast, client)
    upload = hand_in(client, ledger(ROWS))
    before = ProfileVersion.objects.count()
    answer = client.post(reverse("records:map", args=[upload.pk, 0, 0]), drawn(save="", **changes))
    assert answer.context["fault"].code == code
    assert ProfileVersion.objects.count() == before


def test_checking_every_row_writes_nothing(cast: Cast, client: Client) -> None:
    signed_in(cast, client)
    upload = hand_in(client, ledger(ROWS))
    client.post(reverse("records:map", args=[upload.pk, 0, 0]), drawn(save=""))
    places = Place.objects.count()
    client.post(reverse("records:upload_start", args=[upload.pk]), {"do": "check"})
    with pytest.raises(RuleBroken, match=r"upload\.busy"):
        uploads.upload_start(actor=SYSTEM, upload_id=upload.pk)
    uploads.upload_run(upload_id=upload.pk, dry=True)
    upload.refresh_from_db()
    (report,) = upload.checked
    assert (upload.state, report["created"], [r["row"] for r in report["rejected"]]) == ("waiting", 1, [4])
    assert (Place.objects.count(), Batch.objects.count()) == (places, 0)


def test_the_worker_s_run_happens_once(cast: Cast, client: Client) -> None:
    upload = hand_in(signed_in(cast, client), ledger(ROWS))
    uploads.upload_start(actor=cast.actors["system_administrator"], upload_id=upload.pk)
    uploads.upload_run(upload_id=upload.pk, dry=False)
    uploads.upload_run(upload_id=upload.pk, dry=False)
    assert Batch.objects.count() == 1
    with pytest.raises(RuleBroken, match=r"upload\.busy"):
        uploads.upload_discard(actor=SYSTEM, upload_id=upload.pk)


def test_progress_is_asked_for_while_it_runs(cast: Cast, client: Client) -> None:
    upload = hand_in(signed_in(cast, client), ledger(ROWS))
    uploads.upload_start(actor=cast.actors["system_administrator"], upload_id=upload.pk)
    address = reverse("records:upload", args=[upload.pk])
    assert b"<progress" in client.get(address, headers={"HX-Request": "true"}).content
    uploads.upload_run(upload_id=upload.pk, dry=False)
    assert client.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("a.exe", b"MZ", "import.type"), ("", b"", "import.no_files"), ("a", b"x", "import.type")],
)
def test_what_is_no_ledger_is_not_kept(cast: Cast, name: str, content: bytes, code: str) -> None:
    files = [SimpleUploadedFile(name, content)] if name else []
    with pytest.raises(InvalidInput) as refused:
        uploads.upload_keep(actor=SYSTEM, files=files, as_of=AS_OF)
    assert refused.value.code == code


def bomb() -> bytes:
    """A workbook of a few hundred kilobytes whose sheet unpacks to a gigabyte."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            block = b" " * (1 << 24)
            for _number in range(64):
                sheet.write(block)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("图片.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 64),
        ("网页.xls", b"<html><table><tr><td>x</td></tr></table></html>"),
        ("空.csv", b""),
        ("坏.xlsx", b"PK\x03\x04" + b"\x00" * 200),
        ("炸弹.xlsx", None),
    ],
)
def test_files_that_are_not_what_they_say_are_shown_as_such(
    cast: Cast, client: Client, name: str, content: bytes | None
) -> None:
    data = bomb() if content is None else content
    upload = uploads.upload_keep(actor=SYSTEM, files=[SimpleUploadedFile(name, data)], as_of=AS_OF)
    page = signed_in(cast, client).get(reverse("records:upload", args=[upload.pk]))
    (file,) = page.context["previews"]
    assert (page.status_code, file.tables, bool(file.fault)) == (200, [], True)
    uploads.upload_start(actor=SYSTEM, upload_id=upload.pk)
    uploads.upload_run(upload_id=upload.pk, dry=False)
    assert upload.batches.get().state == "failed"


def test_names_of_files_keep_to_their_folder(cast: Cast) -> None:
    names = ["../../etc/台账.csv", "台账.csv", "~$锁.csv", "x" * 300 + ".csv"]
    files = [SimpleUploadedFile("f.csv", b"a,b\n1,2\n") for _name in names]
    for file, name in zip(files, names, strict=True):
        file._name = name  # type: ignore[attr-defined]
    upload = uploads.upload_keep(actor=SYSTEM, files=files, as_of=AS_OF)
    assert upload.files == ["台账.csv", "台账 2.csv", "锁.csv", "x" * 60 + ".csv"]
    assert sorted(path.name for path in uploads.folder_of(upload).iterdir()) == sorted(upload.files)


def test_who_may_not_import_finds_nothing(cast: Cast, client: Client) -> None:
    upload = uploads.upload_keep(actor=SYSTEM, files=[ledger(ROWS)], as_of=AS_OF)
    signed_in(cast, client, "grid_worker")
    for name in ("records:upload", "records:import"):
        assert client.get(reverse(name, args=[upload.pk])).status_code == 404
    assert client.get(reverse("records:map", args=[upload.pk, 0, 0])).status_code == 404
    assert client.post(reverse("records:upload_start", args=[upload.pk])).status_code == 404
    assert client.get(reverse("records:imports")).status_code == 404
    with pytest.raises(NotAllowed, match=r"import\.not_allowed"):
        uploads.upload_keep(actor=VISITOR, files=[ledger(ROWS)], as_of=AS_OF)


def test_files_that_nobody_imports_are_swept(cast: Cast) -> None:
    kept = uploads.upload_keep(actor=SYSTEM, files=[ledger(ROWS)], as_of=AS_OF)
    old = uploads.upload_keep(actor=SYSTEM, files=[ledger(ROWS)], as_of=AS_OF)
    Upload.objects.filter(pk=old.pk).update(created=old.created - uploads.KEPT * 2)
    assert uploads.uploads_sweep() == 1
    assert (uploads.folder_of(old).exists(), uploads.folder_of(kept).exists()) == (False, True)
    with pytest.raises(RuleBroken, match=r"upload\.gone"):
        uploads.path_of(old, 0)


def test_the_list_of_imports_asks_few_questions(cast: Cast, client: Client, django_assert_max_num_queries: Any) -> None:
    upload = uploads.upload_keep(actor=SYSTEM, files=[ledger(ROWS), ledger(ROWS)], as_of=AS_OF)
    uploads.upload_start(actor=SYSTEM, upload_id=upload.pk)
    uploads.upload_run(upload_id=upload.pk, dry=False)
    signed_in(cast, client).get(reverse("records:imports"))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("records:imports"))
    assert len(page.context["batches"]) == 2
