"""A community books what a company shares; the company promises it on the phone, and a third one finds it taken."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page
from tests.journeys.walking import Check, Open, says

from linli.core import clock

pytestmark = [pytest.mark.journey, pytest.mark.slow]
BOOKING = re.compile(r"/bookings/\d+/$")
ROOM = "物业多功能厅"


def test_a_community_books_what_a_company_shares(visit: Open, accessible: Check) -> None:
    company, desk, other = visit("wuye", phone=True), visit("shequ"), visit("qiaodong")
    company.goto("/organizations/offers/new/")
    accessible(company)
    company.fill("#id_title", ROOM)
    company.select_option("#id_organization", label="演示安居物业公司")
    company.select_option("#id_lending", "time")
    company.fill("#id_amount", "1")
    company.fill("#id_terms", "用后关灯")
    company.click("main form.card button[type=submit]")
    says(company, ROOM)

    def book(page: Page) -> None:
        page.goto("/bookings/offers/")
        accessible(page)
        page.locator("tr", has_text=ROOM).locator("a.btn").click()
        accessible(page)
        page.fill("#id_on", f"{clock.today() + timedelta(days=7)}")
        page.fill("#id_starts", "14:00")
        page.fill("#id_ends", "16:00")
        page.fill("#id_purpose", "居民议事会")
        page.click("main form.card button[type=submit]")

    book(desk)
    desk.wait_for_url(BOOKING)
    accessible(desk)

    # Who comes later is told at once, and what was typed is still there.
    book(other)
    assert other.input_value("#id_purpose") == "居民议事会"
    says(other, "这段时间已被订满")
    other.fill("#id_starts", "16:00")
    other.fill("#id_ends", "18:00")
    other.click("main form.card button[type=submit]")
    other.wait_for_url(BOOKING)

    # The company finds it among what it owes.
    company.goto("/")
    company.locator("main a", has_text=ROOM).first.click()
    accessible(company)
    company.click("form[action$='/approve/'] button")
    says(company, "已同意")
    desk.reload()
    says(desk, "已同意")
