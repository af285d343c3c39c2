"""A community tells of a fair: a resident who subscribes finds it in their messages, and then wants no more."""

import re

import pytest
from playwright.sync_api import Page
from tests.journeys.walking import Check, Open, says

pytestmark = [pytest.mark.journey, pytest.mark.slow]
NOTICE = re.compile(r"/notices/\d+/$")
TITLE = "端午包粽子"


def test_a_notice_reaches_who_subscribes(visit: Open, accessible: Check) -> None:
    resident, desk = visit("jumin", phone=True), visit("shequ")
    resident.goto("/public/notices/")
    accessible(resident)
    resident.click("#subscribe button[type=submit] >> nth=0")
    resident.wait_for_selector("button[value=leave]")

    desk.goto("/notices/new/")
    accessible(desk)
    write(desk)
    desk.wait_for_url(NOTICE)
    accessible(desk)
    assert int(desk.inner_text("#reach strong")) >= 2
    desk.click("form[action$='/publish/'] button")
    says(desk, "站内消息")

    resident.goto("/messages/")
    resident.locator("form", has_text=TITLE).locator("button").first.click()
    says(resident, "周六在活动室")
    accessible(resident)
    assert TITLE in resident.input_value("#share")
    resident.goto("/public/notices/")
    resident.click("button[value=leave]")
    resident.wait_for_selector(".alert")
    assert resident.locator("button[value=leave]").count() == 0


def write(page: Page) -> None:
    """A notice of the county for everybody and for the posts of grid workers."""
    page.fill("#id_title", TITLE)
    page.fill("#id_body", "周六在活动室一起包粽子。")
    page.check("text=网格员")
    page.click("main form button[type=submit]")
