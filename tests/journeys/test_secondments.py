"""A first secretary serves on the phone, the community confirms in one click, the street sees what is short."""

import pytest
from playwright.sync_api import expect
from tests.journeys.walking import Check, Open, says

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def test_a_term_is_served_confirmed_and_watched_over(visit: Open, accessible: Check) -> None:
    first, secretary, officer = visit("diyi", phone=True), visit("shuji"), visit("jiedao")

    # One's own term is the first page: what is there, what is missing, which months are stated.
    first.goto("/secondments/")
    accessible(first)
    says(first, "意外保险")
    first.fill("#days", "31")
    first.click("form[action$='/state/'] button")
    says(first, "不能填报更多")
    first.fill("#days", "1")
    first.click("form[action$='/state/'] button")
    expect(first.locator("form[action$='/state/']")).to_have_count(0)
    first.locator("form[action*='/items/'] input[name=result]").first.fill("走访十二户，记下三件难事")
    first.locator("form[action*='/items/'] button").first.click()
    first.wait_for_url("**/secondments/lists/*/")
    accessible(first)

    # The community finds it among what it owes, and confirms in one click.
    secretary.goto("/secondments/months/")
    accessible(secretary)
    waiting = secretary.locator("form[action$='/confirm/']")
    before = waiting.count()
    assert before >= 2
    waiting.first.locator("button").click()
    secretary.wait_for_url("**/secondments/months/")
    assert secretary.locator("form[action$='/confirm/']").count() == before - 1

    # Whoever keeps secondments sees what is short, and by how much.
    officer.goto("/secondments/short/")
    accessible(officer)
    says(officer, "演示第一书记")
    says(officer, "2,000")
    officer.locator("main a", has_text="演示第一书记").first.click()
    accessible(officer)
    officer.locator("summary", has_text="结束任期").click()
    officer.click("form[action$='/end/'] button")
    says(officer, "提前召回")
