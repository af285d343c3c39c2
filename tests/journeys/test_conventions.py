"""A courtyard's convention is adopted, filed and amended; a resident comments on a clause of another by phone."""

import re

import pytest
from tests.journeys.walking import Check, Open, fill, says

from linli.demo.conventions import YARD

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def test_a_convention_is_adopted_and_amended(visit: Open, accessible: Check) -> None:
    desk, street, resident = visit("shequ"), visit("jiedao"), visit(phone=True)
    desk.goto("/conventions/")
    accessible(desk)
    desk.locator("main a", has_text="楼院公约").first.click()
    desk.wait_for_url("**/conventions/*/")
    accessible(desk)
    fill(desk, source="居民代表会议：楼院公约", due="40", came="33", votes_for="31")
    desk.click("form[action$='/adopt/'] button[type=submit]")
    desk.click("form[action$='/publish/'] button")
    desk.click("form[action$='/submit/'] button")

    street.goto(desk.url)
    accessible(street)
    street.fill("#id_number", "街备〔2026〕9号")
    street.click("form[action$='/receive/'] button[type=submit]")
    says(street, "街备〔2026〕9号")

    # The next edition says what changes, clause by clause.
    desk.goto(desk.url)
    desk.click("form[action$='/amend/'] button")
    desk.locator("main a[href$='/text/']").first.click()
    accessible(desk)
    desk.fill("#id_text", "\n".join((YARD[0], "楼道不堆物，每周六一起清。", YARD[2])))
    desk.click("main form button[type=submit]")
    desk.wait_for_url(re.compile(r"/conventions/\d+/$"))
    accessible(desk)
    says(desk, "每周六一起清")
    says(desk, "每月最后一个周六")
    desk.click("form[action$='/open/'] button[type=submit]")

    # A resident of the compound says on the phone what they think of a clause, and reads the answer there.
    public = f"/public/conventions/{desk.url.split('/conventions/')[1]}convention/"
    resident.goto(public)
    accessible(resident)
    resident.select_option("[name=position]", "2")
    resident.fill("[name=text]", "周日也行吗?")
    resident.click("main form button[type=submit]")
    desk.goto(desk.url)
    says(desk, "周日也行吗?")
    desk.locator("main form[action*='/comments/'] [name=answer]").first.fill("周六为准，周日可补。")
    desk.locator("main form[action*='/comments/'] button[value=answer]").first.click()
    resident.goto(public)
    says(resident, "周六为准，周日可补。")
