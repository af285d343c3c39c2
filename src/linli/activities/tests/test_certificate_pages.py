"""The pages of certificates: asked for on the phone, issued at the desk, printed, checked by a stranger."""

import io
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from linli.accounts.testing import Cast
from linli.activities.models import ServiceCertificate
from linli.activities.queries.certificates import code_of
from linli.activities.tests.served import corrected, person_of, served
from linli.core import printing
from linli.records.tests.test_import_pages import signed_in

CHECK = "/public/certificates/"


def test_from_ones_own_page_to_the_strangers_check(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "pdf", lambda html: b"%PDF-" + html.encode())
    head = person_of(cast.building_head)
    record = served(head, cast.places["community"], 90)
    volunteer, stranger = signed_in(cast, Client(), "building_head"), Client()
    mine = volunteer.get("/certificates/mine/").content.decode()
    assert ("1.5" in mine, f"/certificates/people/{head.pk}/" in mine) == (True, True)
    page = volunteer.post(f"/certificates/people/{head.pk}/", {"records": [record.pk]})["Location"]
    row = ServiceCertificate.objects.get()
    paper = volunteer.post(f"{page}print/").content.decode()
    assert all(word in paper for word in (head.name, row.number, code_of(row), "data:image/svg"))
    sent = {"number": row.number, "code": code_of(row)}
    shown = stranger.get(CHECK, sent).content.decode()
    assert (row.number in shown, head.name in shown, f"{head.name[0]}**" in shown) == (True, False, True)
    assert stranger.post(CHECK, {**sent, "name": head.name}).context["found"].named is True
    assert stranger.post(CHECK, {**sent, "code": "AAAA-AAAA-AAAA"}).status_code == 404
    corrected(record, 60)
    assert stranger.post(CHECK, sent).context["found"].line.standing == "outdated"
    assert volunteer.post(f"{page}print/").status_code == 404
    assert volunteer.post(f"{page}renew/")["Location"] != page
    assert volunteer.post(f"{page}renew/").status_code == 409


def test_wrong_tries_at_a_number_are_limited(cast: Cast) -> None:
    served(person_of(cast.building_head), cast.places["community"])
    head = signed_in(cast, Client(), "building_head")
    head.post(f"/certificates/people/{cast.building_head.person_id}/", {})
    row, stranger = ServiceCertificate.objects.get(), Client()
    tries = [stranger.post(CHECK, {"number": row.number, "code": f"AAAA-AAAA-AAA{at}"}).status_code for at in range(12)]
    assert (tries[0], tries[-1] in (403, 429)) == (404, True)
    assert stranger.post(CHECK, {"number": row.number, "code": code_of(row)}).status_code == tries[-1]


def test_the_desk_finds_people_by_name_and_names_nobody(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    head = person_of(cast.building_head)
    for _each in range(3):
        served(head, cast.places["community"])
        signed_in(cast, Client(), "building_head").post(f"/certificates/people/{head.pk}/", {})
    desk = signed_in(cast, Client(), "community_worker")
    with django_assert_max_num_queries(20):
        shown = desk.get("/certificates/", {"name": head.name}).content.decode()
    assert (shown.count("ZM20"), f"/certificates/people/{head.pk}/" in shown) == (3, True)
    page = desk.get(f"/certificates/people/{head.pk}/").content.decode()
    assert (head.name in page, f"{head.name[0]}**" in page) == (False, True)
    assert signed_in(cast, Client(), "outsider").get(f"/certificates/people/{head.pk}/").status_code == 404
    revoked = desk.post(f"/certificates/{ServiceCertificate.objects.latest('pk').pk}/revoke/", {"reason": ""})
    assert revoked.status_code == 400


def test_statement_stars_and_ones_own_file(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "pdf", lambda html: b"%PDF-" + html.encode())
    head = person_of(cast.building_head)
    for at in range(55):
        served(head, cast.places["community"], 120, date(2026, 3, 1 + at % 28))
    volunteer = signed_in(cast, Client(), "building_head")
    with django_assert_max_num_queries(16):
        shown = volunteer.get("/certificates/statement/")
    assert len(shown.context["rows"]) == 50
    assert len(volunteer.get("/certificates/statement/", {"before": shown.context["more"]}).context["rows"]) == 5
    assert volunteer.get("/certificates/statement/", {"before": "x"}).status_code == 400
    assert head.name in volunteer.post("/certificates/statement/2026/").content.decode()
    assert volunteer.post("/certificates/statement/2020/").status_code == 404
    assert volunteer.get("/certificates/stars/").context["stars"].count == 1
    file = volunteer.post("/certificates/export/", {"identity": "11010519491231002X"}).content
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(file))
    assert sheets.get_sheet_by_name("个人基本信息").to_python()[1][3] == "11010519491231002X"
    assert len(sheets.get_sheet_by_name("志愿服务情况").to_python()) == 56


def test_a_desk_reckons_a_body_and_takes_its_records(cast: Cast) -> None:
    office = cast.bodies["community_office"]
    served(person_of(cast.building_head), cast.places["community"], day=date(2026, 3, 1), organization=office)
    desk = signed_in(cast, Client(), "community_worker")
    sent = {"body": office.pk, "since": "2026-01-01", "until": "2026-12-31"}
    assert desk.post("/certificates/bodies/", sent).context["totals"].served is None
    file = desk.post("/certificates/bodies/", {**sent, "file": "1"})
    assert len(CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0).to_python()) == 2
    assert signed_in(cast, Client(), "outsider").post("/certificates/bodies/", sent).status_code == 400
