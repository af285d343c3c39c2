"""A resident without an account lets an agent act, follows each step by number and code on the phone, and rates it."""

import re
from datetime import timedelta

import pytest
from tests.journeys.walking import Check, Open, says

from linli.core import clock

pytestmark = [pytest.mark.journey, pytest.mark.slow]
ITEM = "供水过户"
REQUEST = re.compile(r"/services/\d+/$")


def test_by_proxy_without_login_to_the_result(visit: Open, accessible: Check) -> None:
    resident, desk, back = visit("", phone=True), visit("shequ"), visit("gongshui")
    resident.goto("/public/services/?q=过户")
    accessible(resident)
    resident.click(f"text={ITEM}")
    accessible(resident)
    resident.fill("#id_name", "演示居民")
    resident.fill("#id_phone", "10000003099")
    resident.check("#id_proxy")
    resident.fill("#id_until", f"{clock.today() + timedelta(days=10)}")
    resident.click("main form.card button[type=submit]")
    resident.wait_for_url(re.compile(r"/own/"))
    accessible(resident)
    number, code = (resident.locator(".slip-value").nth(at).inner_text() for at in (0, 1))

    # The agent finds it among what the desk owes, accepts, and takes it in with its papers.
    desk.goto("/services/?state=asked")
    accessible(desk)
    desk.click(f"text={number}")
    desk.wait_for_url(REQUEST)
    accessible(desk)
    desk.click("form[action$='/accept/'] button")
    for box in desk.locator("form[action$='/take/'] input[type=checkbox]").all():
        box.check()
    desk.click("form[action$='/take/'] button")
    says(desk, "材料齐全")

    # The back office works on it, the agent hands it over.
    back.goto("/services/?state=taken")
    back.click(f"text={number}")
    back.click("form[action$='/start/'] button")
    back.fill("#words_finish", "已过户，新户号10086。")
    back.click("form[action$='/finish/'] button")
    says(back, "待交付")
    desk.reload()
    desk.fill("#words_hand_over", "送到家里")
    desk.click("form[action$='/hand_over/'] button")
    says(desk, "已交付")

    # Number and code open it on any phone.
    other = visit("", phone=True)
    other.goto("/public/cases/")
    other.fill("#number", number)
    other.fill("#code", code)
    other.click("main form button[type=submit]")
    other.wait_for_url(re.compile(r"/own/"))
    says(other, "新户号10086")
    other.check("input[name=solved][value=yes]")
    other.check("input[name=satisfied][value='5']")
    other.click("section[aria-labelledby=rate] button")
    says(other, "已评价")
    accessible(other)
