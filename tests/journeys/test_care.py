"""A community writes down to what somebody agreed and asks a body for help, which gives it and reads no name."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.walking import Check, Open, says

from linli.core import clock

pytestmark = [pytest.mark.journey, pytest.mark.slow]
PERSON = re.compile(r"/care/\d+/$")
NAME = "盛暖暖"


def test_somebody_is_helped_by_the_body_that_was_asked(visit: Open, accessible: Check) -> None:
    desk, body = visit("shequ"), visit("chengguan", phone=True)
    desk.goto("/care/")
    accessible(desk)
    desk.goto("/care/new/")
    desk.fill("#id_name", NAME)
    desk.check("text=助餐")
    desk.select_option("#id_agreed_by", "guardian")
    accessible(desk)
    # Without the guardian's name nothing is written down, and nothing that was filled in is lost.
    desk.click("main form button[type=submit]")
    desk.wait_for_selector("#errors")
    assert desk.input_value("#id_name") == NAME
    desk.select_option("#id_agreed_by", "self")
    desk.click("main form button[type=submit]")
    desk.wait_for_url(PERSON)
    assert NAME not in desk.inner_text("main")
    accessible(desk)
    ask(desk)

    body.goto("/care/services/?view=asked")
    accessible(body)
    body.locator(f"tr:has-text('{clock.today()}') form[action$='/give/'] button").first.click()
    says(body, "已提供")
    desk.reload()
    says(desk, "已提供")


def test_a_resident_asks_and_wants_no_more(visit: Open, accessible: Check) -> None:
    home, desk = visit("jumin", phone=True), visit("shequ")
    home.goto("/care/mine/")
    accessible(home)
    form = home.locator("form[action$='/care/mine/']")
    form.locator("[name=name]").fill(NAME)
    form.locator("label:has-text('理发')").click()
    form.locator("[name=contact]").fill("3号楼201")
    form.locator("button").click()
    says(home, NAME)
    accessible(home)
    desk.goto("/")
    desk.locator("li.work:has-text('联系申请照护服务的居民') a").first.click()
    desk.wait_for_url(PERSON)
    home.locator(f"section:has-text('{NAME}') form[action$='/end/'] button").click()
    expect(home.locator("main")).not_to_contain_text(NAME)


def ask(page: Page) -> None:
    """Ask the department for a meal today."""
    value = page.locator("#id_provider option", has_text="城市管理").first.get_attribute("value")
    page.select_option("#id_provider", value)
    page.click("button[formaction$='/ask/']")
    page.wait_for_url(PERSON)
