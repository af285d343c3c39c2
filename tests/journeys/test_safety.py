"""A hazard from the phone to the re-check: found item by item, put right by the company, looked at again, closed."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page
from tests.journeys.walking import Check, Open, open_case, says, step

from linli.core import clock

pytestmark = [pytest.mark.journey, pytest.mark.slow]
ROUND = re.compile(r"/safety/rounds/\d+/$")
TARGET = re.compile(r"/safety/targets/\d+/$")
HAZARD = re.compile(r"/safety/hazards/\d+/$")
FOUND = "井盖缺了一角"


def test_from_a_hazard_to_its_re_check(visit: Open, accessible: Check) -> None:
    desk, company = visit("shequ"), visit("wuye")
    desk.goto("/safety/")
    accessible(desk)
    desk.goto("/safety/new/round/")
    accessible(desk)
    desk.fill("#id_name", "小区风险联排一季度")
    desk.select_option("#id_kind", "compound_risks")
    desk.fill("#id_until", f"{clock.today() + timedelta(days=20)}")
    desk.click("main form.card button[type=submit]")
    desk.wait_for_url(ROUND)
    accessible(desk)
    here = desk.url

    phone = visit("shuji", phone=True)
    phone.goto(here)
    phone.locator("main a[href^='/safety/targets/']", has_text="演示一小区").click()
    phone.wait_for_url(TARGET)
    accessible(phone)
    go_through(phone)
    hazard = phone.locator("main a[href^='/safety/hazards/']").filter(has_text=FOUND).first
    hazard.click()
    phone.wait_for_url(HAZARD)
    accessible(phone)
    assert not phone.locator("button[value=remove]").count()

    open_case(desk, FOUND)
    step(desk, "accept")
    open_case(desk, FOUND)
    step(desk, "dispatch", lead_id="演示安居物业公司")
    open_case(company, FOUND)
    step(company, "take")
    open_case(company, FOUND)
    step(company, "finish", result="已更换井盖")

    phone.reload()
    phone.click("button[value=again]")
    phone.wait_for_selector("#errors")
    phone.fill("#note", "现场查看，井盖完好")
    phone.click("button[value=remove]")
    says(phone, "已销号")
    accessible(phone)
    open_case(desk, FOUND)
    step(desk, "close")


def go_through(page: Page) -> None:
    """All is in order but for the covers."""
    for item in page.locator("main input[type=radio][value=good]").all():
        item.check()
    page.check("input[name='result-covers'][value=hazard]")
    page.locator("fieldset", has=page.locator("[name='result-covers']")).locator("summary").click()
    page.fill("#text-covers", FOUND)
    page.click("main form button[type=submit]")
    page.wait_for_selector(f"main a:has-text('{FOUND}')")


def test_patrols_and_events_read_well(visit: Open, accessible: Check) -> None:
    for page in (visit("shequ"), visit("shequ", phone=True)):
        for part in ("patrols", "hazards", "events"):
            page.goto(f"/safety/?part={part}")
            accessible(page)
            page.locator("main td a").first.click()
            page.wait_for_url(re.compile(r"/safety/\w+/\d+/$"))
            accessible(page)
