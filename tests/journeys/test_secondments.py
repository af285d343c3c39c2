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

    # What the street found is read by whoever it is about, who may answer.
    first.goto("/secondments/")
    first.locator("a[href*='/secondments/reviews/']").first.click()
    accessible(first)
    first.fill("#text", "值班用房已经落实")
    first.click("form[action$='/answer/'] button")
    first.wait_for_url("**/secondments/reviews/*/")

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
    officer.locator("a", has_text="写述评").click()
    accessible(officer)
    officer.fill("[name=note]", "走访扎实，台账清楚")
    officer.click("main form button[type=submit]")
    officer.wait_for_url("**/secondments/reviews/*/")
    accessible(officer)
    officer.go_back()
    officer.go_back()
    officer.locator("summary", has_text="结束任期").click()
    officer.click("form[action$='/end/'] button")
    says(officer, "提前召回")
