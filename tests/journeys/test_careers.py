"""A community nominates a reserve on a phone and the street approves; a promotion takes its step; pay is one's own."""

import re

import pytest
from tests.journeys.walking import Check, Open, says

from linli.core import clock

pytestmark = [pytest.mark.journey, pytest.mark.slow]
RESERVE = re.compile(r"/careers/reserves/\d+/$")
NAME = "演示后备丙"


def test_reserves_promotion_and_ones_own_pay(visit: Open, accessible: Check) -> None:
    desk, street = visit("shequ", phone=True), visit("jiedao")
    desk.goto("/careers/reserves/new/")
    accessible(desk)
    desk.select_option("#id_target", "committee")
    desk.fill("#id_name", NAME)
    desk.fill("#id_phone", "10000000299")
    desk.click("main form.card button[type=submit]")
    desk.wait_for_url(RESERVE)
    accessible(desk)

    # What the community lacks shows at once, and the street has the nomination on its list.
    street.goto("/careers/reserves/")
    accessible(street)
    street.locator("main a", has_text=NAME).first.click()
    accessible(street)
    street.click("form[action$='/approve/'] button")
    street.wait_for_url(RESERVE)
    street.goto("/careers/promotions/")
    accessible(street)
    street.locator("main a", has_text="演示社区干部").first.click()
    accessible(street)
    street.fill("#on_vetting", f"{clock.today()}")
    street.click("form[action$='/step/'] button")
    street.fill("#on_appoint", f"{clock.today()}")
    street.click("form[action$='/appoint/'] button")
    says(street, f"{clock.today()}")
    for page in ("/careers/", "/careers/stewards/", "/careers/talents/", "/careers/rounds/"):
        street.goto(page)
        accessible(street)

    desk.goto("/careers/mine/")
    accessible(desk)
    says(desk, "3200.00")
