"""A community tells of a fair: a resident who subscribes finds it in their messages, and then wants no more."""

import re

import pytest
from playwright.sync_api import Page
from tests.journeys.walking import Check, Open, says

pytestmark = [pytest.mark.journey, pytest.mark.slow]
NOTICE = re.compile(r"/notices/\d+/$")
TITLE = "端午包粽子"
# Where the resident of the demo place subscribes.
HOME = "/public/notices/?place=130824001012"


def test_a_notice_reaches_who_subscribes(visit: Open, accessible: Check) -> None:
    resident, desk = visit("jumin", phone=True), visit("shequ")
    resident.goto(HOME)
    accessible(resident)

    desk.goto("/notices/new/")
    accessible(desk)
    write(desk)
    desk.wait_for_url(NOTICE)
    accessible(desk)
    assert int(desk.inner_text("#reach strong")) > 1
    desk.click("form[action$='/publish/'] button")
    says(desk, "站内消息")

    resident.goto("/messages/")
    resident.locator("form", has_text=TITLE).locator("button").first.click()
    says(resident, "周六在活动室")
    accessible(resident)
    assert TITLE in resident.input_value("#share")
    resident.goto(HOME)
    resident.click("button[value=leave]")
    resident.wait_for_selector(".alert")
    assert resident.locator("button[value=leave]").count() == 0


def write(page: Page) -> None:
    """A notice for everybody, and for grid workers."""
    page.fill("#id_title", TITLE)
    page.fill("#id_body", "周六在活动室一起包粽子。")
    page.check("text=网格员")
    page.click("main form button[type=submit]")
