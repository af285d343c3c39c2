"""A department's form on its way: proposed, approved by the leader, filled in by the community, and back again."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from tests.journeys.walking import Check, Open

from linli.accountability.tests import forms_made
from linli.core import clock

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def test_a_form_is_asked_approved_filled_and_goes_back(visit: Open, accessible: Check, tmp_path: Path) -> None:
    form = tmp_path / "居民小区情况表.xlsx"
    form.write_bytes(forms_made.compounds())
    due = clock.today() + timedelta(days=12)
    office = visit("chengguan")
    office.goto("/asks/new/")
    accessible(office)
    office.fill("#id_name", "居民小区情况月报")
    office.fill("#id_ground", "县城市管理条例第十条")
    office.fill("#id_due", due.isoformat())
    office.fill("#id_valid_until", (due + timedelta(days=200)).isoformat())
    office.locator(".checks label", has_text="零五鑫港").locator("input").check()
    office.set_input_files("#id_file", form)
    office.click("main form button[type=submit]")
    address = re.search(r"/asks/\d+/", office.url)
    assert address, office.url
    leader = visit("lingdao")
    leader.goto(address[0])
    accessible(leader)
    leader.click("form[action$='/approve/'] button")
    office.goto(address[0])
    office.fill("#id_due", due.isoformat())
    office.click("form[action$='/send/'] button")
    expect(office.locator("main table tbody tr")).to_have_count(1)

    worker = visit("shequ", phone=True)
    worker.goto("/asks/")
    accessible(worker)
    worker.click("text=居民小区情况月报 >> nth=0")
    accessible(worker)
    worker.click("button[value=give]")
    expect(worker.locator(".alert-success")).to_be_visible()
    accessible(worker)
    with worker.expect_download() as download:
        worker.click("main a[href$='/file/']")
    sheet = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).worksheets[0]
    assert [sheet.cell(5, column).value for column in (1, 2)] == [1, "演示一小区"]
    assert str(sheet["E9"].value).startswith("=SUM(E5:")


def test_a_form_that_came_by_message_is_filled_at_the_desk(visit: Open, accessible: Check, tmp_path: Path) -> None:
    form = tmp_path / "工作月报.xlsx"
    form.write_bytes(forms_made.indicators())
    worker = visit("shequ")
    worker.goto("/asks/received/")
    accessible(worker)
    worker.set_input_files("#id_file", form)
    worker.fill("#id_asker", "县民政局")
    worker.fill("#id_due", (clock.today() + timedelta(days=9)).isoformat())
    worker.click("main form button[type=submit]")
    accessible(worker)
    worker.fill("input[name^='v:'] >> nth=0", "12")
    worker.click("button[value=save]")
    expect(worker.locator("input[name^='v:'] >> nth=0")).to_have_value("12")
