"""A resident books half of a hall on the phone; the other one is told what is left; the house sees its day."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page
from tests.journeys.walking import Check, Open, says

from linli.core import clock

pytestmark = [pytest.mark.journey, pytest.mark.slow]
BOOKING = re.compile(r"/venues/bookings/\d+/$")
CENTRE, HALL, HALF = "演示党群服务中心", "多功能厅", "多功能厅东半厅"


def test_a_resident_books_half_of_a_hall(visit: Open, accessible: Check) -> None:
    resident, desk = visit("jumin", phone=True), visit("shequ")
    day = clock.today() + timedelta(days=11)

    def choose(page: Page, room: str, since: str, until: str) -> None:
        page.goto("/public/venues/")
        accessible(page)
        page.locator("main a", has_text=CENTRE).first.click()
        accessible(page)
        page.get_by_role("link", name=re.compile(f"^{room}[^东西]")).first.click()
        page.fill("#id_on", f"{day}")
        page.fill("#id_starts", since)
        page.fill("#id_ends", until)
        accessible(page)
        page.click("main form.card button[type=submit]")

    choose(resident, HALF, "14:00", "16:00")
    resident.wait_for_url(BOOKING)
    accessible(resident)
    resident.fill("#purpose", "太极拳练习")
    resident.click("main form.card button[type=submit]")
    says(resident, "已订")

    # The hall is taken by its half; whoever comes later learns what is free, and takes that.
    choose(desk, HALL, "15:00", "17:00")
    says(desk, "16:15–20:30")
    assert "太极拳" not in desk.inner_text("main")
    desk.fill("#id_starts", "16:15")
    desk.click("main form.card button[type=submit]")
    desk.wait_for_url(BOOKING)
    desk.fill("#purpose", "居民议事会")
    desk.click("main form.card button[type=submit]")

    # The house sees its day, and calls the resident's booking off with a reason that the resident reads.
    desk.goto("/venues/")
    accessible(desk)
    desk.locator("main a", has_text=CENTRE).first.click()
    desk.fill("#day", f"{day}")
    desk.locator("form[method=get] button").first.click()
    accessible(desk)
    desk.locator("main a", has_text=HALF).first.click()
    desk.locator("details summary").first.click()
    desk.fill("#reason", "临时检修")
    desk.locator("form[action$='/cancel/'] button[type=submit]").click()
    resident.goto("/venues/mine/")
    accessible(resident)
    resident.locator("main a", has_text=HALF).first.click()
    says(resident, "临时检修")


def test_works_end_and_a_studio_is_asked(visit: Open, accessible: Check) -> None:
    visitor, desk = visit("", phone=True), visit("shequ")
    visitor.goto("/public/venues/?q=演示社区服务站")
    visitor.locator("main .list-group a").first.click()
    says(visitor, "暂停开放至")
    accessible(visitor)
    desk.goto("/venues/?q=演示社区服务站")
    desk.locator("main td a").first.click()
    accessible(desk)
    desk.get_by_role("link", name=re.compile("^完工")).click()
    accessible(desk)
    desk.locator("main select").last.select_option("service")
    desk.check("#id_right")
    desk.locator("main form button[type=submit]").click()
    says(desk, "改造后")
    visitor.reload()
    assert "暂停开放" not in visitor.inner_text("main")

    visitor.goto("/public/venues/?q=调解工作室")
    visitor.locator("main .list-group a").first.click()
    accessible(visitor)
    visitor.get_by_role("link", name="申请调解").click()
    accessible(visitor)
    visitor.fill("#id_text", "邻居装修噪声，想请人调解")
    visitor.click("#report button[type=submit]")
    visitor.wait_for_url(re.compile("/public/report/received/"))
