"""What is overdue is made public from the list of the day, a visitor reads it, asks, and finds the answer."""

import pytest
from playwright.sync_api import expect
from tests.journeys.walking import Check, Open

pytestmark = [pytest.mark.journey, pytest.mark.slow]
PAGE = "/public/disclosure/130824001012/"


def test_what_is_owed_is_posted_read_asked_about_and_answered(visit: Open, accessible: Check) -> None:
    desk, visitor = visit("shequ"), visit(phone=True)
    visitor.goto(PAGE)
    accessible(visitor)
    # Overdue, or still to come in the first days of a quarter.
    open_yet = visitor.locator("section:has(#must) .tone-red, section:has(#must) .tone-yellow")
    before = open_yet.count()
    assert before > 0

    desk.goto("/")
    desk.locator("main a", has_text="财务收支").first.click()
    accessible(desk)
    desk.fill("#id_text", "收入两万元，支出一万八千元，结余两千元。")
    desk.click("main form button[type=submit]")
    desk.wait_for_url("**/disclosure/*/")
    accessible(desk)

    visitor.goto(PAGE)
    expect(open_yet).to_have_count(before - 1)
    visitor.locator("section:has(#now) a", has_text="财务收支").first.click()
    expect(visitor.locator("main")).to_contain_text("结余两千元")
    accessible(visitor)
    notice = visitor.url
    visitor.fill("#id_text", "一万八千元花在哪里?")
    visitor.click("main form button[type=submit]")
    visitor.wait_for_url("**/disclosure/questions/*/")
    accessible(visitor)
    own = visitor.url

    desk.goto("/disclosure/")
    accessible(desk)
    desk.click("text=一万八千元花在哪里")
    accessible(desk)
    desk.fill("#id_text", "更换楼道灯和购买活动用品。")
    desk.click("main form.card button[type=submit]")
    desk.wait_for_url("**/disclosure/*/")
    for address in (notice, own):
        visitor.goto(address)
        expect(visitor.locator("main")).to_contain_text("更换楼道灯和购买活动用品。")
    desk.goto("/disclosure/new/")
    accessible(desk)
