"""A community sees which compound has nobody, bundles it with another, and is told at once what stands in the way."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page
from tests.journeys.walking import Check, Open, says

from linli.core import clock

pytestmark = [pytest.mark.journey, pytest.mark.slow]
CONTRACT = re.compile(r"/property/contracts/\d+/$")
OLD = "演示二小区"


def test_a_community_finds_management_for_a_compound(visit: Open, accessible: Check) -> None:
    desk, company, visitor = visit("shequ"), visit("wuye", phone=True), visit("", phone=True)
    desk.goto("/property/")
    accessible(desk)
    desk.goto("/property/gaps/")
    says(desk, OLD)
    accessible(desk)

    def conclude(page: Page, since: str) -> None:
        page.fill("#id_since", since)
        page.click("main form button[type=submit]")

    desk.goto("/property/contracts/new/")
    accessible(desk)
    desk.select_option("#id_model", "bundled")
    desk.select_option("#id_company", label="演示安居物业公司")
    desk.fill("#id_number", "演示合同9")
    for name in (OLD, "演示一小区"):
        desk.check(f"tr:has-text('{name}') input[type=checkbox]")
    # One of them is under a contract already: it is named, and what was filled in is still there.
    conclude(desk, f"{clock.today()}")
    says(desk, "演示合同1")
    assert desk.input_value("#id_number") == "演示合同9"
    conclude(desk, f"{clock.today() + timedelta(days=90)}")
    desk.wait_for_url(CONTRACT)
    accessible(desk)

    # The company finds it on the phone, and everybody reads who manages what.
    company.goto("/property/contracts/?q=演示合同9")
    company.click("main tbody a")
    says(company, OLD)
    accessible(company)
    company.goto("/property/")
    accessible(company)
    company.locator("main tbody a", has_text="演示一小区").first.click()
    accessible(company)
    visitor.goto("/public/property/130824001012/")
    says(visitor, "演示安居物业公司")
    accessible(visitor)
