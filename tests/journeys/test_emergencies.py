"""An officer starts a plan; a grid worker answers on the phone; the duty post sees a help card until it is over."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.walking import Check, Open, fill, says

pytestmark = [pytest.mark.journey, pytest.mark.slow]
PLAN = re.compile(r"/emergencies/plans/\d+/$")
EMERGENCY = re.compile(r"/emergencies/\d+/$")
NAME = "宋求助"


def test_from_a_plan_to_the_end_of_the_emergency(visit: Open, accessible: Check) -> None:
    resident, officer, worker = visit("jumin", phone=True), visit("shuji"), visit("wangge", phone=True)
    keep_card(resident, accessible)
    officer.goto("/emergencies/")
    accessible(officer)
    write_plan(officer, accessible)
    # Before it nobody sees the card.
    assert NAME not in officer.inner_text("main")
    officer.click("summary:has-text('启动应急响应')")
    fill(officer, reason="暴雨红色预警")
    officer.click("form[action$='/start/'] button[type=submit]")
    officer.wait_for_url(EMERGENCY)
    accessible(officer)

    worker.goto("/")
    worker.locator(".alert:has-text('暴雨红色预警') a").click()
    worker.wait_for_url(EMERGENCY)
    accessible(worker)
    worker.click("button[value='coming']")
    says(worker, "正在赶来")
    worker.locator("form[action*='/steps/'] button").first.click()
    says(worker, "已完成")
    assert worker.locator("#cards").count() == 0

    officer.click("form[action$='/cards/'] button")
    says(officer, NAME)
    accessible(officer)
    officer.locator("details", has=officer.locator("form[action$='/end/']")).locator("summary").click()
    officer.click("form[action$='/end/'] button")
    says(officer, "已结束，待复盘")
    expect(officer.locator("main")).not_to_contain_text(NAME)
    assert officer.locator("#cards").count() == 0
    resident.reload()
    says(resident, "暴雨红色预警")


def keep_card(page: Page, accessible: Check) -> None:
    """Keep one's help card with a clear yes."""
    page.goto("/public/emergencies/")
    accessible(page)
    page.goto("/emergencies/card/")
    page.locator("#id_place").select_option(label="零五鑫港社区居民委员会")
    page.fill("#id_name", NAME)
    page.fill("#id_phone", "10000000799")
    page.check("text=独自在家")
    page.check("#id_agreed")
    accessible(page)
    page.locator("main form:has(#id_name) button[type=submit]").click()
    says(page, "求助卡有效期至")


def write_plan(page: Page, accessible: Check) -> None:
    """A plan that calls the grid workers, with a step of theirs."""
    page.click("summary:has-text('新建预案')")
    page.locator("#id_place").select_option(label="零五鑫港社区居民委员会")
    page.fill("#id_title", "走查防汛预案")
    page.click("main details form button[type=submit]")
    page.wait_for_url(PLAN)
    page.fill("#id_text", "查看低洼处")
    page.locator("#id_doer").select_option(label="网格员")
    page.click("form[action$='/step/'] button[type=submit]")
    page.wait_for_url(PLAN)
    page.click("summary:has-text('修改预案')")
    page.locator("#id_calls").select_option(label="网格员")
    accessible(page)
    page.click("form[action$='/save/'] button[type=submit]")
    page.wait_for_url(PLAN)
