"""Staff pages on a phone: a table reads as cards, one's account and the way out are at hand, a word of English too."""

import pytest
from playwright.sync_api import expect
from tests.journeys.walking import Check, Open

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def test_a_table_reads_as_cards_on_the_phone_and_stays_a_table_at_the_desk(visit: Open, accessible: Check) -> None:
    phone = visit("shuji", phone=True)
    for address in ("/organizations/posts/", "/organizations/matrix/", "/territory/"):
        phone.goto(address)
        first = phone.locator("table[data-stack] tbody tr").first
        lefts = first.locator("[data-label]").evaluate_all(
            "cells => cells.map(cell => cell.getBoundingClientRect().left)"
        )
        assert len(lefts) > 1, address
        assert len(set(lefts)) == 1, "each value stands in a line of its own"
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
        accessible(phone)
    desk = visit("shuji")
    desk.goto("/organizations/posts/")
    cells = desk.locator("table[data-stack] tbody tr").first.locator("td")
    assert len(set(cells.evaluate_all("cells => cells.map(cell => cell.getBoundingClientRect().top)"))) == 1


def test_one_s_account_is_reached_from_every_page_and_leads_out(visit: Open, accessible: Check) -> None:
    phone = visit("wangge", phone=True)
    phone.locator("header a[href='/me/']").click()
    phone.wait_for_url("**/me/")
    accessible(phone)
    phone.locator("main form[action='/accounts/logout/'] button").click()
    expect(phone.locator("a[href='/accounts/login/']").first).to_be_visible()


def test_public_pages_speak_english_too(visit: Open) -> None:
    visitor = visit()
    visitor.goto("/public/report/")
    visitor.locator("header button[name=language]").click()
    expect(visitor.locator("html[lang=en]")).to_be_attached()
    expect(visitor.locator("h1")).to_contain_text("problem")
