"""A community is assessed for a quarter: rated on the phone, frozen, told, objected to, answered; then inspected."""

from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from tests.journeys.walking import Check, Open, fill, says

from linli.core import clock

pytestmark = [pytest.mark.journey, pytest.mark.slow]
HERE: Final = "零五鑫港社区居民委员会"


def quarter_before() -> str:
    """The last day of the quarter that is over."""
    today = clock.today()
    return (today.replace(month=3 * ((today.month - 1) // 3) + 1, day=1) - timedelta(days=1)).isoformat()


def step(page: Page, round_page: str, verb: str) -> None:
    """A step of the round, by its button."""
    page.goto(round_page)
    page.locator(f"form[action$='/do/{verb}/'] button").click()
    page.wait_for_load_state()


def give(page: Page, sheet: str, points: str, words: str = "") -> None:
    """Give one's part of a sheet."""
    page.goto(sheet)
    form = page.locator("form[action*='/assessments/parts/']").first
    form.locator("[name=points]").fill(points)
    form.locator("[name=words]").fill(words)
    form.locator("button").click()
    page.wait_for_url("**/assessments/assessed/*/#criterion-*")


def test_a_quarter_from_opening_to_the_answer(visit: Open, accessible: Check) -> None:
    officer = visit("jiedao")
    officer.goto("/assessments/new/")
    accessible(officer)
    fill(officer, scheme="社区治理季度考核", place=f"{HERE} ·", day=quarter_before())
    officer.locator("main form button[type=submit]").click()
    officer.wait_for_url("**/assessments/*/")
    accessible(officer)
    round_page = officer.url
    officer.locator("main table a").first.click()
    officer.wait_for_url("**/assessments/assessed/*/")
    sheet = officer.url
    accessible(officer)
    give(officer, sheet, "90", "重点工作推进有力")

    secretary = visit("shuji", phone=True)
    secretary.goto("/")
    mine = secretary.locator(f"main a[href='{urlsplit(round_page).path}']")
    mine.first.click()
    secretary.wait_for_url("**/assessments/*/")
    accessible(secretary)
    give(secretary, sheet, "88")
    accessible(secretary)
    secretary.goto("/")
    assert not mine.count()

    for verb in ("freeze", "close", "score", "publish"):
        step(officer, round_page, verb)
    accessible(officer)
    secretary.goto(sheet)
    accessible(secretary)
    says(secretary, "88")
    secretary.locator("#criterion-street summary").click()
    secretary.locator("#object-street").fill("有一次会议没有算进去")
    secretary.locator("#criterion-street details button").click()
    secretary.wait_for_load_state()

    leader = visit("lingdao")
    leader.goto(sheet)
    accessible(leader)
    form = leader.locator("form[action*='/assessments/objections/']")
    form.locator("[name=text]").fill("属实，已更正")
    form.locator("[name=verdict]").select_option("uphold")
    form.locator("[name=points]").fill("95")
    form.locator("button").click()
    leader.wait_for_url("**/assessments/assessed/*/#criterion-street")
    says(leader, "90 → 95")
    accessible(leader)
    leader.locator("a[href*='/assessments/scores/']").first.click()
    leader.wait_for_url("**/rows/**")
    accessible(leader)

    visitor = visit()
    visitor.goto("/public/assessments/")
    visitor.locator("main li a").first.click()
    visitor.wait_for_url("**/public/assessments/*/")
    says(visitor, HERE)
    accessible(visitor)


def test_an_inspection_is_planned(visit: Open, accessible: Check) -> None:
    leader = visit("lingdao")
    leader.goto("/inspections/")
    accessible(leader)
    leader.locator("main a[href*='/inspections/plan/']").first.click()
    leader.wait_for_url("**/inspections/plan/*/")
    accessible(leader)
